"""The map page: its facts, its template, its style and its script. (nl: kaartpagina)."""
