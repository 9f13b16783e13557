"""Programmeerkamer, afwegen: works weighed on the six grounds. (nl: afwegen)."""
