"""Planned works handed to others and taken from them, in one published profile. (nl: uitwisseling)."""
