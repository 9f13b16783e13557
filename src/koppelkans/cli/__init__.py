"""The command line: one command per door. (nl: opdrachtregel)."""

from koppelkans.cli.commands import app


def main() -> None:
    """Start the command line."""
    app()


__all__ = ["app", "main"]
