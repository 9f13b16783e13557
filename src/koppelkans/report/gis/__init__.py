"""Layers for a GIS and how they look in QGIS. (nl: gis)."""
