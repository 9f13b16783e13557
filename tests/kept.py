"""What tests make once: kept in memory, and on disk for the other worker of the same run."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar

SHARED = "KOPPELKANS_TESTS_SHARED"
Made = TypeVar("Made")


def once(make: Callable[[], Any]) -> Callable[[], Any]:
    """Return a maker of a product that does its work once; who asks gets tables of his own."""
    first = cache(make)

    @wraps(make)
    def copied() -> Any:  # noqa: ANN401
        return own(first())

    return copied


def own(made: Any) -> Any:  # noqa: ANN401
    """Return a product with tables of its own, which a test may change."""
    return replace(made, **{name: getattr(made, name).copy() for name in made.TABLES})


def shared(name: str, make: Callable[[Path], Made], folder: Path) -> Made:
    """Return what `make` makes in a folder: made by the first worker that asks, read by the others.

    Without other workers it is made in `folder`.
    """
    if SHARED not in os.environ:
        return make(folder)
    place = Path(os.environ[SHARED]) / name
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = place.with_suffix(".pickle")
        if not kept.exists():
            shutil.rmtree(
                place, ignore_errors=True
            )  # of a worker that failed: the same error tells more than that it is there
            place.mkdir()
            kept.write_bytes(pickle.dumps(make(place)))
    return pickle.loads(kept.read_bytes())  # noqa: S301
