"""Pictures for documents: charts, ambitieweb and maps as SVG, in one letter and one set of colours. (nl: beelden)."""
