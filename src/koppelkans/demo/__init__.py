"""An invented Dutch town of any size, the same for the same seed. (nl: voorbeeldstad)."""
