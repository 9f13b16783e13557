"""Works from assets that fall due and from plans of people. (nl: werken)."""
