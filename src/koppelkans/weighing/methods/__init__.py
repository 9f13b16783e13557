"""Methods that combine scores and weights, one file each. (nl: methoden)."""
