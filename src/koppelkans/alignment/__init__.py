"""Afstemmen: who shares which window, and who must phone whom. (nl: afstemmen)."""
