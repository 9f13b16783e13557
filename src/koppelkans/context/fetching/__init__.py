"""Open data from public services, page by page into the city folder. (nl: ophalen)."""
