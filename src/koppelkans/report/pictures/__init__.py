"""Pictures for documents: charts, ambitieweb and maps as SVG. (nl: beelden)."""
