"""Laws that every reader meets, on the same pipes written in every format."""

from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from koppelkans.context import City, read_city
from koppelkans.context.readers import READERS
from koppelkans.context.reading.opening import OpenedFiles, pick, reading_process
from koppelkans.context.reading.reader import Raw
from koppelkans.context.reading.roles import ROLES
from koppelkans.ground.settings import Settings, Source, make_settings
from samples import WRITERS, Pipe

FEW = settings(max_examples=4, deadline=None)
FORMATS = tuple(WRITERS)
SILENT = {"bgt": ("built_year", "diameter_mm", "kind", "owner"), "hydx": ("built_year",), "datex": ("diameter_mm",)}
"""What a format cannot tell of a pipe."""


@st.composite
def many_pipes(draw: st.DrawFn, *, spoilt: tuple[str, ...] = ("",)) -> list[Pipe]:
    """Draw a few pipes, each beside the other."""
    count = draw(st.integers(1, 6))
    year, diameter = st.integers(1905, 2024), st.integers(4, 80).map(lambda size: size * 10.0)
    return [Pipe(f"p{at}", draw(year), draw(diameter), 3.0 * at, draw(st.sampled_from(spoilt))) for at in range(count)]


def settings_of(name: str, folder: Path, pipes: list[Pipe]) -> Settings:
    """Write the pipes in a format and return settings with that one source."""
    if name == "orox":
        pytest.importorskip("pyoxigraph", reason="an environment of before Turtle was read")
    return make_settings({"sources": [{"name": "pipes", "role": "assets", **WRITERS[name][1](folder, pipes)}]})


def city_of(name: str, pipes: list[Pipe]) -> City:
    """Return the city that consists of these pipes in one format."""
    with TemporaryDirectory() as folder:
        made = settings_of(name, Path(folder), pipes)
        return read_city(folder, settings=made)


def raw_of(name: str, pipes: list[Pipe], *, apart: bool = False) -> tuple[Source, Raw]:
    """Return what the reader itself makes of these pipes, here or in a process of its own."""
    with TemporaryDirectory() as folder, (reading_process(60, 2_048) if apart else None) or nullcontext() as process:
        source = settings_of(name, Path(folder), pipes).sources[0]
        return source, OpenedFiles(Path(folder), process=process).open(source)[1]


def test_every_reader_has_a_sample_of_its_own():
    assert {reader for reader, _ in WRITERS.values()} == {reader.name for reader in READERS}


def test_every_reader_says_what_it_is():
    for reader in READERS:
        assert reader.nl
        assert reader.en
        assert reader.source
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)
        assert set(reader.promises) <= set(ROLES)
        assert all(ours in ROLES[role].arriving for role, columns in reader.promises.items() for ours in columns)


@pytest.mark.parametrize("name", FORMATS)
def test_exactly_one_reader_takes_a_file_by_looking_at_it(name: str, tmp_path: Path):
    source = settings_of(name, tmp_path, [Pipe("p0", 1970, 100, 0)]).sources[0]
    path = tmp_path / source.path
    taking = [reader.name for reader in READERS if reader.fits(path)]
    assert taking[0] == WRITERS[name][0]
    assert set(taking[1:]) <= {"json_records"}  # which takes every list in JSON that no other reader knows
    assert pick(path, source).name == WRITERS[name][0]


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(pipes=many_pipes())
def test_columns_units_and_crs_are_as_promised(name: str, pipes: list[Pipe]):
    reader = next(reader for reader in READERS if reader.name == WRITERS[name][0])
    source, raw = raw_of(name, pipes)
    for columns in reader.promises.values():
        assert set(columns.values()) <= set(raw.columns.columns)
    if reader.crs:
        assert raw.crs == reader.crs
    assert len(raw.columns) == len(raw.rows)
    city = city_of(name, pipes)
    layer = city.layers["pipes"].set_index("asset")
    assert layer.crs.to_epsg() == 28992
    assert not city.faults
    assert source.role == "assets"
    for pipe in pipes:
        found = layer.loc[pipe.asset if name != "imkl" else f"KL1.{pipe.asset}"]
        expected = pipe.surface if name == "bgt" else pipe.line
        assert found.geometry.normalize().equals_exact(expected.normalize(), 0.001)
        told = {"built_year": pipe.year, "diameter_mm": pipe.diameter_mm, "kind": "water_main", "owner": "Waterbedrijf"}
        for column, value in told.items():
            if column not in SILENT.get(name, ()):
                assert found[column] == value


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(pipes=many_pipes(spoilt=("", "far")))
def test_reading_twice_gives_the_same(name: str, pipes: list[Pipe]):
    (_, one), (_, other) = raw_of(name, pipes), raw_of(name, pipes, apart=True)
    pd.testing.assert_frame_equal(one.columns, other.columns, check_column_type=False)
    np.testing.assert_array_equal(one.rows, other.rows)
    assert one.faults == other.faults
    if one.geometry is not None and other.geometry is not None:
        assert (shapely.to_wkb(one.geometry) == shapely.to_wkb(other.geometry)).all()


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(pipes=many_pipes(spoilt=("", "far", "none")))
def test_a_bad_row_never_takes_the_good_ones_with_it(name: str, pipes: list[Pipe]):
    pipes = [*pipes, Pipe("last", 1980, 100, 90.0)]
    mixed, clean = city_of(name, pipes), city_of(name, [pipe for pipe in pipes if not pipe.spoilt])
    one, other = mixed.layers["pipes"].drop(columns="row"), clean.layers["pipes"].drop(columns="row")
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(pipes=many_pipes(spoilt=("", "far", "none")))
def test_every_bad_row_is_told_at_once_and_can_be_found_again(name: str, pipes: list[Pipe]):
    pipes = [*pipes, Pipe("last", 1980, 100, 90.0)]
    bad = [pipe.asset for pipe in pipes if pipe.spoilt]
    city = city_of(name, pipes)
    line = city.understood.iloc[0]
    assert line["set_aside"] == len(bad)
    assert line["rows"] == line["read"] + line["set_aside"] + line["left_out"]
    assert sum(fault.row is not None for fault in city.faults) == len(bad)
    assert not any(fault.fatal for fault in city.faults)
    if bad:
        aside = city.aside["pipes"]
        reader = next(reader for reader in READERS if reader.name == WRITERS[name][0])
        named = aside[
            reader.promises.get("assets", {}).get("asset", "work" if name == "datex" else "asset")
        ].str.removeprefix("KL1.")
        assert sorted(named) == sorted(bad)
        assert sorted(aside["row"]) == sorted(fault.row for fault in city.faults)


@pytest.mark.parametrize("name", FORMATS)
def test_the_row_number_is_that_of_the_file(name: str):
    pipes = [Pipe(f"p{at}", 1970, 100, 3.0 * at, "far" if at == 1 else "") for at in range(4)]
    rows = city_of(name, pipes).layers["pipes"]["row"].tolist()
    # In IMKL the network and its owner come first, and each pipe is followed by its link.
    assert rows == ([3, 7, 9] if name == "imkl" else [1, 3, 4])


def test_the_samples_are_what_they_say():
    assert samples.Pipe("a", 1970, 100, 0, "none").line is None
    assert samples.Pipe("a", 1970, 100, 5).line.length == 100
