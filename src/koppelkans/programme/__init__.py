"""Programmeerkamer, programmeren: which work in which year, proven. (nl: programmeren)."""
