"""Readers, one file per source format. (nl: lezers)."""
