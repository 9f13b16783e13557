"""Ground: errors, tables, coordinates, money, years, settings, words, trace and shelf that every room stands on. (nl: fundament)."""
