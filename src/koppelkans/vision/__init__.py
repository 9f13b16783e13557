"""Visievorming: ambitions stacked per place. (nl: visievorming)."""
