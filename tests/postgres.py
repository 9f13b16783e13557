"""A PostgreSQL of our own for tests, on a socket in a folder of its own, with PostGIS where that is there."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "postgres"


def program(name: str) -> str:
    """Return a program of PostgreSQL, or skip the test by its name."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        pytest.skip(f"{name} of PostgreSQL is not here")
    return path


@contextmanager
def serving_database() -> Iterator[str]:
    """Start a server, yield its connection, and stop it."""
    initdb, server = program("initdb"), program("pg_ctl")
    user = USER if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="kk-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            [initdb, "-D", folder / "d", "-U", USER, "-A", "trust", "--no-sync"],
            check=True,
            capture_output=True,
            user=user,
        )
        settings = f"-c listen_addresses='' -k {folder} -c fsync=off -c shared_buffers=16MB"
        subprocess.run(
            [server, "-D", folder / "d", "-w", "-l", folder / "log", "-o", settings, "start"],
            check=True,
            capture_output=True,
            user=user,
        )
        try:
            yield f"host={folder} user={USER} dbname=postgres"
        finally:
            subprocess.run(
                [server, "-D", folder / "d", "-m", "immediate", "stop"], check=True, capture_output=True, user=user
            )
    finally:
        shutil.rmtree(folder)
