"""Ground: the foundation of all rooms, from errors and tables to trace and shelf. (nl: fundament)."""
