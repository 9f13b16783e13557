"""Forms of report, one file each. (nl: vormen van rapport)."""
