"""The profile of planned works: what goes out for whom, and what is told of a file."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from koppelkans.cli import app
from koppelkans.cli.exchange import validate
from koppelkans.context import City, read_city
from koppelkans.context.exchange import checking
from koppelkans.context.exchange.checking import check_apart, check_file
from koppelkans.context.exchange.exporting import collection, export, write
from koppelkans.context.exchange.planned_work import PROFILE, THEMES
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import make_settings
from koppelkans.report.personal import without_personal

EXAMPLE = Path(__file__).parents[3] / "docs" / "profile" / "examples" / "planned-works.geojson"
ROWS = """work;name;owner;kind;certainty;earliest_year;latest_year;cost_eur;quantity;wkt
g1;Riool Dorpsstraat;gemeente;sewer_gravity;gepland;2028;2030;300000;120;LINESTRING (150000 400000, 150120 400000)
w1;Geheime leiding;waterbedrijf;water_main;wens;2029;2031;90000;;LINESTRING (150000 400002, 150120 400002)
t1;Kabel;telecom;telecom;wens;2029;2031;5000;;LINESTRING (150000 400004, 150120 400004)
x1;Onbekend;nooit genoemd;gas_low;wens;2029;2031;5000;;LINESTRING (150000 400006, 150120 400006)
"""
PARTIES = [
    {"party": "gemeente", "shares": ["section", "window", "kind", "certainty", "cost", "name"]},
    {"party": "waterbedrijf", "shares": ["section", "window", "kind"]},
    {"party": "telecom", "shares": ["section"]},
]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Return a city of four works whose owners share more, less, and next to nothing."""
    folder = tmp_path_factory.mktemp("stad")
    (folder / "w.csv").write_text(ROWS, encoding="utf-8")
    sources = [{"name": "w", "role": "works", "path": "w.csv", "crs": "EPSG:28992"}]
    return read_city(
        folder, settings=make_settings({"city": {"name": "Proef"}, "parties": PARTIES, "sources": sources})
    )


def test_what_an_owner_does_not_share_goes_to_no_other(city: City):
    whole, parties = export(city), export(city, audience="parties")
    assert [one.work for one in whole.works] == ["g1", "t1", "w1", "x1"]
    assert whole.works[2].visibility == {
        "certainty": "issuer",
        "cost_eur": "issuer",
        "price_year": "issuer",
        "name": "issuer",
    }
    assert [one.work for one in parties.works] == ["g1", "w1"]
    assert parties.kept_in == 2
    shown = parties.works[1]
    assert (shown.name, shown.certainty, shown.cost_eur) == (None, None, None)
    assert set(shown.withheld) == {"name", "certainty", "cost_eur", "price_year"}
    text = json.dumps(collection(parties, issuer="Proef", licence="", today=date(2026, 11, 29)))
    assert not [word for word in ("Geheime", "90000", "Kabel", "Onbekend", "telecom") if word in text]


def test_no_person_is_named_to_others_and_what_klic_gave_stays_in(tmp_path: Path):
    rows = "work;name;owner;kind;earliest_year;wkt\na;Bel 06-12345678;gemeente;paving;2030;POINT (150000 400000)\n"
    (tmp_path / "w.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "k.csv").write_text(rows.replace("\na;", "\nk;"), encoding="utf-8")
    sources = [{"name": name, "role": "plans", "path": f"{name}.csv", "crs": "EPSG:28992"} for name in ("w", "k")]
    sources[1]["licence"] = "KLIC-levering, alleen voor zorgvuldig graven"
    read = read_city(tmp_path, settings=make_settings({"parties": PARTIES, "sources": sources}))
    own, others = export(read), export(read, audience="parties", clean=without_personal)
    assert [(one.work, one.name) for one in own.works] == [("a", "Bel 06-12345678"), ("k", "Bel 06-12345678")]
    assert [(one.work, one.name) for one in others.works] == [("a", "Bel …")]
    assert others.kept_in == 1


def test_kinds_units_and_price_level_come_along(city: City):
    first = export(city, owners=["gemeente"]).works[0]
    assert (first.imkl_theme, first.unit, first.quantity, first.price_year) == (
        "rioolVrijverval",
        "m",
        120.0,
        city.settings.city.price_year,
    )
    assert set(THEMES) <= set(city.settings.kinds)
    with pytest.raises(InputError, match="gemeente, nooit genoemd, telecom, waterbedrijf"):
        export(city, owners=["Gemeente"])


def test_a_place_stands_in_degrees_and_comes_back_to_the_millimetre(city: City):
    (first, *_) = collection(export(city), issuer="P", licence="", today=date(2026, 11, 29))["features"]
    lon, lat = first["geometry"]["coordinates"][0]
    assert (5.3 < lon < 5.4, 51.5 < lat < 51.7) == (True, True)


def test_a_name_that_asks_for_no_form_is_refused(city: City, tmp_path: Path):
    with pytest.raises(InputError, match="gpkg"):
        write(export(city), tmp_path / "uit.docx", issuer="P", licence="", today=date(2026, 11, 29))


def changed(path: Path, **more: object) -> Path:
    """Write the example with other members of its first work."""
    told = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    first = told["features"][0]
    for name, value in more.items():
        (
            first
            if name in ("id", "geometry")
            else told
            if name in ("audience", "numberMatched")
            else first["properties"]
        )[name] = value
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("more", "column", "wanted"),
    [
        ({"earliest_year": 2032}, "", "a window in order"),
        ({"fixed_year": 2040}, "", "a window in order"),
        ({"start": "2028-05-01", "end": "2028-04-01"}, "", "not after the last"),
        ({"unit": None}, "", "a unit with the quantity"),
        ({"price_year": None}, "", "a price level with the cost"),
        ({"withheld": ["cost_eur"]}, "", "no value for what is withheld: cost_eur"),
        ({"withheld": ["place"]}, "", "no place where `place` is withheld"),
        ({"kind": None, "imkl_theme": None}, "", "a kind, a thema"),
        ({"visibility": {"kosten": "issuer"}}, "", "not kosten"),
        ({"visibility": {"cost_eur": "issuer"}}, "", "nothing that this audience may not see: cost_eur"),
        ({"earliest_yaer": 2030}, "", "not earliest_yaer"),
        ({"id": "anders"}, "", "an id that is the same"),
        ({"certainty": "zeker"}, "certainty", "'wens', 'voornemen', 'gepland' or 'vast'"),
        ({"earliest_year": "2028"}, "earliest_year", "valid integer"),
        ({"geometry": {"type": "Polygon", "coordinates": [[1, 2], [3, 4]]}}, "geometry", "a place in GeoJSON"),
        ({"geometry": {"type": "Point", "coordinates": [180_000, 456_000]}}, "geometry", "longitude and latitude"),
        ({"numberMatched": 9}, "", "all rows in one file"),
    ],
)
def test_what_is_not_of_the_profile_is_told_with_its_work_and_field(
    more: dict, column: str, wanted: str, tmp_path: Path
):
    _, faults = check_file(changed(tmp_path / "w.geojson", **more))
    assert len(faults) == 1, faults
    assert (faults[0].column, wanted in str(faults[0].wanted)) == (column, True), faults[0]
    assert faults[0].row == (None if "rows in one file" in wanted or "audience" in wanted else 1)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"type": "FeatureCollection"}', "[" * 100_000])
def test_a_file_that_is_none_is_told(text: str, tmp_path: Path):
    (tmp_path / "w.json").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["validate", str(tmp_path / "w.json"), "--json"])
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.exit_code, told["ok"], bool(told["faults"])) == (1, False, True)


def test_rows_of_a_table_are_told_by_their_number(tmp_path: Path):
    head = "work,owner,kind,certainty,earliest_year,latest_year,visibility,profile\n"
    rows = f"a,g,paving,vast,2030,2029,,{PROFILE}\nb,g,paving,zeker,,,name=issuer,{PROFILE}\nb,,paving,,,,,{PROFILE}\n"
    (tmp_path / "w.csv").write_text(head + rows, encoding="utf-8")
    works, faults = check_file(tmp_path / "w.csv")
    assert works == 3
    assert [(fault.row, fault.column) for fault in faults] == [(1, ""), (2, "certainty"), (3, "owner"), (None, "work")]
    (tmp_path / "w.csv").write_text("naam;jaar\nx;2030\n", encoding="utf-8")
    assert [fault.column for fault in check_file(tmp_path / "w.csv")[1]] == ["work", "owner", "profile"]


def test_a_file_is_checked_within_bounds_of_memory_and_as_it_is_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = changed(tmp_path / "w.geojson", work="x" * 300)
    assert check_apart(path, seconds=6, memory_mb=768) == check_file(path)
    monkeypatch.setattr(checking, "check_file", lambda _path: (len(bytearray(2**31)), []))
    with pytest.raises(InputError, match="MB of memory"):
        check_apart(path, seconds=6, memory_mb=256)


def test_a_file_of_others_is_read_as_plans_and_what_it_keeps_back_is_told(tmp_path: Path):
    path = changed(tmp_path / "p.geojson", visibility={"certainty": "parties"}, kind=None)
    sources = [{"name": "p", "role": "plans", "path": path.name}]
    read = read_city(tmp_path, settings=make_settings({"sources": sources}))
    assert [str(fault.found) for fault in read.faults] == ["fields that are not for everyone: certainty"]
    rows = read.layers["p"].set_index("work")
    assert list(rows["kind"].sort_index()) == ["water_main", "redesign", "power_medium", "sewer_gravity"]
    assert rows.loc["markt", "earliest_year"] == 2030
    assert shapely.distance(rows.loc["riool-2029-014"].geometry, shapely.Point(180_000, 456_000)) < 0.001
    assert pd.isna(rows.loc["net-12", "cost_eur"])


def test_works_are_exported_and_checked_by_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "w.csv").write_text(ROWS, encoding="utf-8")
    party = '[[parties]]\nparty = "gemeente"\n'
    source = '[[sources]]\nname = "w"\nrole = "works"\npath = "w.csv"\ncrs = "EPSG:28992"\n'
    (tmp_path / "koppelkans.toml").write_text(f'[city]\nname = "Proef"\n{party}{source}', encoding="utf-8")
    out = tmp_path / "uit.geojson"
    done = CliRunner().invoke(app, ["export", str(tmp_path), "--out", str(out), "--owner", "gemeente", "--json"])
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.exit_code, told["works"], told["kept_in"], told["profile"]) == (0, 1, 0, PROFILE)
    validate([out], as_json=False)
    assert "1" in capsys.readouterr().out
