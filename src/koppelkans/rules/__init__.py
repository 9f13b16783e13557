"""Regelgeving: purses, crews, graafrust, notice terms and what opening a street takes, as data and formulas with their source. (nl: regelgeving)."""
