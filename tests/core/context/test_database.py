"""Tables and views of a real PostgreSQL, with PostGIS and without."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from typer.testing import CliRunner

from koppelkans.cli.commands import app
from koppelkans.context import read_city
from koppelkans.context.fetching.database import bring_tables, tables_in
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import make_settings
from postgres import serving_database

psycopg = pytest.importorskip("psycopg", reason="psycopg is not here")
PIPES = """
CREATE SCHEMA "Riool beheer";
CREATE DOMAIN "Riool beheer".jaartal AS integer;
CREATE TABLE "Riool beheer"."Leidingen" (
  id text, beheerder text, soort text, jaar "Riool beheer".jaartal, doorsnede numeric, contactpersoon text, gezien timestamptz, {place});
INSERT INTO "Riool beheer"."Leidingen"
  SELECT 'LEIDING-' || n, 'Gemeente', 'riolering', 1960 + n, 300.5, 'Jan', '2027-12-31T23:30:00Z', {shape} FROM generate_series(0, 24) n;
CREATE VIEW public.oud AS SELECT * FROM "Riool beheer"."Leidingen" WHERE jaar < 1965;
"""
LINE = "'LINESTRING(150000 ' || 400000 + n || ', 150100 ' || 400000 + n || ')'"
MIXED = "CREATE TABLE public.gemengd AS SELECT ST_SetSRID(ST_MakePoint(1, 1), s) AS plek FROM (VALUES (28992), (4326)) v(s);"
CURVES = "CREATE TABLE public.bogen AS SELECT 'B' AS id, ST_GeomFromText('CIRCULARSTRING(150000 400000, 150010 400010, 150020 400000)', 28992) AS plek, NULL::geometry AS andere;"


@pytest.fixture(scope="module")
def connection() -> Iterator[str]:
    with serving_database() as found:
        yield found


@pytest.fixture(scope="module")
def postgis(connection: str) -> str:
    with psycopg.connect(connection, autocommit=True) as opened:
        if not opened.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone():
            pytest.skip("PostGIS is not here")
        opened.execute("CREATE DATABASE gis")
    within = connection.replace("dbname=postgres", "dbname=gis")
    with psycopg.connect(within, autocommit=True) as opened:
        opened.execute(
            "CREATE SCHEMA gereedschap; CREATE EXTENSION postgis SCHEMA gereedschap; SET search_path = public, gereedschap"
        )
        opened.execute(PIPES.format(place="plek geometry(LineString, 28992)", shape=f"ST_GeomFromText({LINE}, 28992)"))  # type: ignore[arg-type]
        opened.execute(MIXED)  # type: ignore[arg-type]
        opened.execute(CURVES)  # type: ignore[arg-type]
    return within


def assets_of(city: Path, file: str, **more: object):
    columns = {"asset": "id", "owner": "beheerder", "kind": "soort", "built_year": "jaar", "diameter_mm": "doorsnede"}
    source = {
        "name": "l",
        "role": "assets",
        "path": file,
        "columns": columns,
        "values": {"kind": {"riolering": "sewer_gravity"}},
    }
    found = read_city(city, settings=make_settings({"sources": [source | more]}), apart=False)
    return found.layers["l"]


def test_a_table_and_a_view_of_postgis_come_in_as_they_are(
    postgis: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    found = {one.name: one.placed for one in tables_in("beheer", postgis)}
    assert found == {"Riool beheer.Leidingen": True, "public.bogen": True, "public.gemengd": True, "public.oud": True}
    (tmp_path / "koppelkans.toml").write_text('[city]\nname = "Dorp"\n')
    monkeypatch.setenv("KOPPELKANS_DATABASE_BEHEER", postgis)
    told = CliRunner().invoke(
        app, ["database", str(tmp_path), "beheer", "Riool beheer.Leidingen", "public.oud", "--write", "--json"]
    )
    assert told.exit_code == 0, told.output
    files = json.loads(told.stdout.splitlines()[-1])["files"]
    assert [(one["rows"], one["crs"], one["personal"]) for one in files] == [
        (25, "EPSG:28992", ["contactpersoon"]),
        (5, "EPSG:28992", ["contactpersoon"]),
    ]
    city = read_city(tmp_path, apart=False)
    assert [source.role for source in city.settings.sources] == [
        "assets"
    ]  # the view holds rows of the table: read once
    frame = next(iter(city.layers.values()))
    assert frame["built_year"].tolist() == list(range(1960, 1985))
    assert frame.geometry.length.tolist() == [100.0] * 25
    assert assets_of(tmp_path, files[0]["file"])["diameter_mm"].tolist() == [300.5] * 25


def test_curves_become_lines_and_two_systems_in_one_column_are_told(postgis: str, tmp_path: Path):
    (arc,) = bring_tables(tmp_path, "beheer", postgis, ["public.bogen"])
    assert arc.other_shapes == ("andere",)
    lines = assets_of(
        tmp_path, arc.file, constants={"owner": "g", "kind": "sewer_gravity"}, columns={"asset": "id"}, values={}
    )
    assert lines.geometry.length.iloc[0] == pytest.approx(31.4, abs=0.1)
    with pytest.raises(InputError, match="4326, 28992"):
        bring_tables(tmp_path, "beheer", postgis, ["public.gemengd"])
    assert [path.name for path in (tmp_path / "opgehaald").glob("*parquet*")] == [Path(arc.file).name]


@pytest.mark.parametrize(("place", "crs"), [("wkt text", "EPSG:28992"), ("vorm bytea", "EPSG:28992")])
def test_without_postgis_shapes_are_text_or_bytes(connection: str, tmp_path: Path, place: str, crs: str):
    name = place.split(maxsplit=1)[0]
    wkb = shapely.to_wkb(shapely.from_wkt("LINESTRING (150000 400000, 150100 400000)"), hex=True)
    shape = LINE if name == "wkt" else f"decode('{wkb}', 'hex')"
    with psycopg.connect(connection, autocommit=True) as opened:
        opened.execute('DROP SCHEMA IF EXISTS "Riool beheer" CASCADE')
        opened.execute(PIPES.format(place=place, shape=shape))  # type: ignore[arg-type]
    (one,) = bring_tables(tmp_path, "beheer", connection, ["public.oud"])
    assert assets_of(tmp_path, one.file, crs=crs).geometry.length.tolist() == [100.0] * 5


@pytest.mark.parametrize(
    ("wrong", "table"),
    [
        ("host=/nowhere password=geheim", "public.x"),
        ("geheim", "public.x"),
        ("", "public.weg"),
        ("", "x'; DROP TABLE y; --"),
    ],
)
def test_what_is_wrong_with_a_database_is_told_without_its_password(
    connection: str, tmp_path: Path, wrong: str, table: str
):
    with pytest.raises(InputError) as told:
        bring_tables(tmp_path, "beheer", wrong or connection, [table])
    assert "geheim" not in str(told.value)
    assert told.value.faults[0].where == "beheer"


def test_a_database_of_which_nobody_says_where_it_is_is_told(tmp_path: Path):
    (tmp_path / "koppelkans.toml").write_text('[city]\nname = "Dorp"\n')
    told = CliRunner().invoke(app, ["database", str(tmp_path), "mijn beheer"])
    assert told.exit_code != 0
    assert "KOPPELKANS_DATABASE_MIJN_BEHEER" in " ".join(told.output.split())
