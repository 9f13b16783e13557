"""Koppelkans: from vision to integrated execution of public space. (nl: Koppelkans)."""
