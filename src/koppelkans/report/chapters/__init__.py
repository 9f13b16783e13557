"""Chapters of documents: each takes the plan and gives blocks. (nl: hoofdstukken)."""
