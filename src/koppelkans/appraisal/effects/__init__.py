"""Effects, one file per cost or benefit. (nl: effecten)."""
