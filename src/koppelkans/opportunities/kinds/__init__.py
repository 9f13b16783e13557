"""Kinds of chance and clash, one file each. (nl: soorten kansen en knelpunten)."""
