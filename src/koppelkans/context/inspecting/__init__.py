"""What files nobody configured are, and what they can be used for. (nl: bestanden bekijken)."""
