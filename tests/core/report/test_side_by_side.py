"""Forms written in a second process are the same as those of one."""

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest

import hamlet_plan
from koppelkans.ground.errors import Fault, InputError
from koppelkans.report import side_by_side, write
from koppelkans.report.circle import INSIDE
from koppelkans.report.form import Form, Output
from koppelkans.report.forms import CITY_PDF, MAP_PAGE
from koppelkans.report.plan import Plan

TWO = (MAP_PAGE, CITY_PDF)


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(side_by_side, "LEAST_WORKS", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def outputs(*forms: Form) -> list[Output]:
    """Return these forms for those inside."""
    return [Output(form, INSIDE) for form in forms]


def read(folder: Path, files: list[Path]) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hamlet_plan.plan()


@pytest.mark.usefixtures("two_cores")
def test_two_processes_write_the_same_bytes_as_one_and_hand_over_what_they_logged(
    plan: Plan, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    told = list[str]()
    with caplog.at_level(logging.INFO, logger="koppelkans"):
        both = write(plan, tmp_path / "two", outputs=outputs(*TWO), tell=lambda one: told.append(one.form.name))
    lines = [record.getMessage() for record in caplog.records]
    assert sum("report city_pdf: 1 files" in line for line in lines) == 1
    assert not any("written here" in line for line in lines)
    assert sorted(told) == ["city_pdf", "map_page"]
    monkeypatch.setattr(side_by_side, "LEAST_WORKS", 10**6)
    assert read(tmp_path / "two", both) == read(tmp_path / "one", write(plan, tmp_path / "one", outputs=outputs(*TWO)))
    assert [path.suffix for path in both] == [".html", ".pdf"]


def _put(folder: Path) -> Path:
    (folder / "x.pdf").write_text("here")
    return folder / "x.pdf"


def refused(_plan: object, _folder: Path, _lang: str) -> list[Path]:
    raise InputError([Fault("stad", "niets", "iets")])


@pytest.mark.usefixtures("two_cores")
def test_a_form_that_the_second_process_does_not_hand_over_is_written_here_and_its_error_is_its_own(
    plan: Plan, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    unknown = replace(CITY_PDF, name="elsewhere", write=lambda _plan, folder, _lang: [_put(folder)])
    here, other = write(plan, tmp_path, outputs=outputs(MAP_PAGE, unknown))
    assert (here.suffix, other.read_text()) == (".html", "here")
    assert "written here" in caplog.text
    failing = replace(unknown, write=refused)
    with pytest.raises(InputError, match="found niets; wanted iets"):
        write(plan, tmp_path, outputs=outputs(MAP_PAGE, failing))
