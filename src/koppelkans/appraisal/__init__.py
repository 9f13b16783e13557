"""Kosten en baten: cost, saving, benefit and nuisance, per holder. (nl: kosten en baten)."""
