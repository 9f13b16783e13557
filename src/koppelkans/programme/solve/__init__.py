"""The only place where solvers run. (nl: oplossen)."""
