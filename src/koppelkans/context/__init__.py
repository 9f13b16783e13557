"""Planningscontext: what is there and what is planned, street by street. (nl: planningscontext)."""
