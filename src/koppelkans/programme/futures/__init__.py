"""Firm or fragile: the programme in many sampled futures, beside that of parties who plan alone. (nl: toekomsten)."""
