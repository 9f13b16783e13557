"""Regelgeving: purses, crews, graafrust, notice terms and openings, each with source. (nl: regelgeving)."""
