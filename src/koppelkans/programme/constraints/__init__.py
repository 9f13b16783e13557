"""Demands on the programme, one file each, each with two faces: tell and judge. (nl: eisen)."""
