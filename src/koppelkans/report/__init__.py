"""What people take to the meeting: maps, tables, documents. (nl: rapport)."""
