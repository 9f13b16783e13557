"""Steady or fragile: the programme in sampled futures, beside parties who plan alone. (nl: toekomsten)."""
