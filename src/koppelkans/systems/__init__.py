"""Vitale systemen: a routeboek per system. (nl: vitale systemen)."""
