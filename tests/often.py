"""How many examples a law tries: few in every run of the tests, more where somebody asks for them (`make laws`)."""

import os

MORE = "KOPPELKANS_LAWS"
"""Variable that says how many times as many."""


def few(count: int) -> int:
    """Return a number of examples, so many times as large as was asked for."""
    return count * int(os.environ.get(MORE, "1"))
