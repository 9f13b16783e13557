"""Real files of Dutch towns and registers, kept outside the project: tests use them where present and are skipped by name where not."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "data"


def path(name: str) -> Path:
    """Return the path of a real file, or skip the test by its name."""
    found = FOLDER / name
    if not found.exists():
        pytest.skip(f"real file {name} is not here")
    return found
