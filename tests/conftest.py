"""What every test shares: one small run of the invented town, quiet Hypothesis, and no skipping on CI."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import koppelkans as kk
import quiet  # noqa: F401 -- laws without a clock
from kept import SHARED, shared
from proefdorp import walk

HOMES = 50
BRIEF = """
[appraisal.business]
most_cases = 2

[report]
most_areas = 2
"""
"""Fewer of the same pages: each is made by the same code."""

LONG = ("tests/journeys/", "tests/core/test_steering.py", "tests/laws/")
"""Tests that take long begin first, so that no worker is left alone with one at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests in front, each group in the order that it had."""
    items.sort(key=lambda item: next((at for at, part in enumerate(LONG) if item.nodeid.startswith(part)), len(LONG)))


def pytest_collection_finish() -> None:
    """Leave the thousands of tests, and all that was imported for them, out of every later search for garbage."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """On CI a skipped test is a failed test: what could not be proven there was not proven."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"


def pytest_configure(config: pytest.Config) -> None:
    """Give the workers of one run a folder for what they make once."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="koppelkans-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take that folder away."""
    if SHARED in os.environ and not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED))


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the city folder of a small invented town. Read only: tests that change it copy it first."""
    return shared("town", _brief_town, tmp_path_factory.mktemp("t"))


def _brief_town(folder: Path) -> Path:
    """Make the town, with fewer budgets on its curve, futures and pages than the demo: the walk is the same."""
    city = kk.make_town(folder / "stad", homes=HOMES, seed=1)
    settings = city / "koppelkans.toml"
    text, curve = settings.read_text(encoding="utf-8"), "front = [0.9, 1.2]"
    assert curve in text
    settings.write_text(text.replace(curve, "front = [0.9]\nfutures.count = 6", 1) + BRIEF, encoding="utf-8")
    return city


@pytest.fixture(scope="session")
def town_run(town: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[kk.Plan, Path]:
    """Return the plan of that town and the folder with everything that was written. Read only."""
    return shared(
        "town_run",
        lambda folder: (kk.run(kk.read_city(town), out=folder / "uit"), folder / "uit"),
        tmp_path_factory.mktemp("run"),
    )


@pytest.fixture(scope="session")
def steps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of Proefdorp: the city (`stad`), its run (`eerst`), and that with `reports` (`heel`). Read only."""
    return shared("proefdorp", walk, tmp_path_factory.mktemp("proefdorp"))
