"""Built-in indicators on topography, one file each. (nl: indicatoren)."""
