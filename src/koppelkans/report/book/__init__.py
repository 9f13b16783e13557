"""The sheets of the workbook. (nl: werkboek)."""
