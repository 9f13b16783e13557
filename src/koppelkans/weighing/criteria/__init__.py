"""Criteria, one file each. (nl: criteria)."""
