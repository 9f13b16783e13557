"""Programmeertafel: a ten-year programme per area. (nl: programmeertafel)."""
