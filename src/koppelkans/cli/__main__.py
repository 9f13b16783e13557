"""`python -m koppelkans.cli` is the same as `koppelkans`. (nl: opdrachtregel)."""

from koppelkans.cli import main

main()
