"""Laws of fetching: killed at any moment it goes on without loss or doubles; and real servers are read."""

import json
import os
import subprocess
import sys
import urllib.request
from math import hypot
from pathlib import Path

import pytest
import shapely
from typer.testing import CliRunner

import fetched_and_killed
import real
from koppelkans.cli import app
from koppelkans.context import read_city
from koppelkans.context.exchange.checking import check_file
from koppelkans.context.fetching.bringing import FOLDER
from koppelkans.context.readers.vector import VECTOR
from koppelkans.ground.settings import Source
from public_services import CRS84, RD, Said, before, features_api, pipe, pygeoapi, serving

ROWS = [pipe(number) for number in range(15)]
EXAMPLE = Path(__file__).parents[2] / "docs" / "profile" / "examples" / "planned-works.geojson"
GDAL = "import pyogrio, sys; print(pyogrio.read_dataframe(f'OAPIF:{sys.argv[1]}', layer='planned-works')['work'].to_list())"
OWSLIB = """
import json, sys
from owslib.ogcapi.features import Features
server = Features(sys.argv[1])
page = server.collection_items("planned-works", limit=2, offset=2)
one = server.collection_item("planned-works", "riool-2029-014")
print(json.dumps([server.feature_collections(), page["numberMatched"], [row["properties"]["work"] for row in page["features"]], one]))
"""
ROAD = {"bronhouder": "G0228", "relatieve_hoogteligging": 0, "functie": "rijbaan lokale weg", "eind_registratie": None}


def test_a_fetch_that_was_killed_at_any_moment_goes_on_without_loss_or_doubles(tmp_path: Path):
    with serving(features_api(ROWS)) as service:
        script = Path(fetched_and_killed.__file__)
        done = subprocess.run(
            [sys.executable, script, str(tmp_path), service.address], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    whole, found = json.loads(done.stdout)
    assert len(found) > 15
    assert [json.loads(line.rstrip(","))["id"] for line in whole.splitlines()[1:-1]] == [row["id"] for row in ROWS]
    assert {one["file"] for one in found} == {whole}
    assert {tuple(one["beside"]) for one in found} == {(".bladzijden", "opgehaald.json", "proef_leiding.geojson")}
    assert {one["rows"] for one in found} == {15}
    assert len(service.asked) <= 2 + (2 + 1) * len(found)  # only the page that was on its way is asked twice


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    """Return an independent OGC server over invented rows, and over Otterlo where it is present."""
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("ogc")
    roads = gpd.GeoDataFrame(
        {"lokaal_id": [f"w{number}" for number in range(25)]} | ROAD,
        geometry=[shapely.box(180_000 + 10 * n, 456_000, 180_010 + 10 * n, 456_005) for n in range(25)],
        crs="EPSG:28992",
    )
    roads.to_file(folder / "wegdeel.geojson", driver="GeoJSON")
    parts = {"wegdeel": (folder / "wegdeel.geojson", "lokaal_id", RD), "planned-works": (EXAMPLE, "work", CRS84)}
    otterlo = real.FOLDER / "otterlo" / "dutch_addresses_28992.gpkg"
    if otterlo.exists():
        gpd.read_file(otterlo).rename_axis("rij").reset_index().to_file(folder / "adres.geojson", driver="GeoJSON")
        parts["adres"] = (folder / "adres.geojson", "rij", RD)
    wessem = real.FOLDER / "wessem" / "wessem.gpkg"
    if wessem.exists():
        pipes = gpd.read_file(wessem, layer="leidingen").rename_axis("rij").reset_index()
        pipes.to_file(folder / "leiding.geojson", driver="GeoJSON")
        parts["leiding"] = (folder / "leiding.geojson", "rij", RD)
    with pygeoapi(folder, parts) as address:
        yield address


TABLE = """
[[services]]
service = "bgt"
nl = "BGT"
en = "BGT"
protocol = "features"
address = "{address}"
crs = "EPSG:28992"
page = {page}
licence = "CC0"
source = "invented"
collections = [{{ collection = "{collection}", role = "{role}" }}]
"""


def fetch(city: Path, address: str, *more: str, collection: str = "wegdeel", role: str = "topography", page: int = 10):
    """Fetch from one service into a city folder by the command itself."""
    city.mkdir(exist_ok=True)
    if not (city / "koppelkans.toml").exists():
        (city / "koppelkans.toml").write_text('[city]\nname = "Proef"\n', encoding="utf-8")
    table = city.parent / "services.toml"
    table.write_text(TABLE.format(address=address, collection=collection, role=role, page=page), encoding="utf-8")
    given = ["fetch", str(city), "--only", "bgt", "--services", str(table), "--allow-private", "--json", *more]
    done = CliRunner().invoke(app, given)
    return done, json.loads(done.stdout.splitlines()[-1])


def test_a_server_of_others_is_fetched_through_faults_and_the_city_reads_it(server: str, tmp_path: Path):
    city = tmp_path / "stad"
    service = before(
        server,
        [Said(status=503), None, Said(b'{"feat', cut=True), None, Said(status=429, headers={"Retry-After": "0"})],
    )
    try:
        done, told = fetch(city, service.address, "--bbox", "179990,455990,180400,456100", "--write")
    finally:
        service.close()
    assert (done.exit_code, told["ok"], told["faults"]) == (0, True, [])
    assert told["files"][0]["rows"] == 25
    assert len(service.asked) == 6

    checked = CliRunner().invoke(app, ["check", str(city), "--json"])
    (line,) = json.loads(checked.stdout.splitlines()[-1])["sources"]
    assert (line["source"], line["role"], line["read"], line["set_aside"]) == ("bgt-wegdeel", "topography", 25, 0)
    done, told = fetch(city, service.address, "--bbox", "179990,455990,180400,456100", "--offline", "--write")
    assert (done.exit_code, told["files"][0]["state"], told["lines"]) == (0, "kept", "")


def test_a_private_address_is_refused_unless_the_operator_allows_it(server: str, tmp_path: Path):
    (tmp_path / "koppelkans.toml").write_text('[city]\nname = "Proef"\n', encoding="utf-8")
    given = [
        "fetch",
        str(tmp_path),
        "--only",
        "nwb",
        "--service",
        f"nwb={server}",
        "--bbox",
        "179990,455990,180400,456100",
    ]
    done = CliRunner().invoke(app, [*given, "--json"])
    (fault,) = json.loads(done.stdout.splitlines()[-1])["faults"]
    assert (done.exit_code, fault["where"], fault["found"]) == (1, "127.0.0.1", "a private address: 127.0.0.1")


def test_addresses_of_otterlo_come_whole_from_a_server_of_others(server: str, tmp_path: Path):
    real.path("otterlo/dutch_addresses_28992.gpkg")
    city = tmp_path / "stad"
    box = "150000,440000,220000,470000"
    done, told = fetch(city, server, "--bbox", box, collection="adres", role="addresses", page=1000)
    assert (done.exit_code, told["faults"]) == (0, [])
    raw = VECTOR.read(city / FOLDER / "bgt_adres.geojson", Source(name="a", role="addresses", path="bgt_adres.geojson"))
    assert (len(raw.columns), raw.crs) == (2481, "EPSG:28992")


def test_pipes_and_cables_of_wessem_come_whole_from_a_server_of_others(server: str, tmp_path: Path):
    wessem = real.path("wessem/wessem.gpkg")
    city = tmp_path / "stad"
    done, told = fetch(
        city, server, "--bbox", "180000,350000,195000,365000", collection="leiding", role="assets", page=1000
    )
    assert (done.exit_code, told["faults"]) == (0, [])
    one = Source(name="a", role="assets", path="a")
    raw = VECTOR.read(city / FOLDER / "bgt_leiding.geojson", one)
    there = VECTOR.read(wessem, one.model_copy(update={"layer": "leidingen"}))
    assert (len(raw.columns), raw.crs) == (3657, "EPSG:28992")
    assert sorted(raw.columns["gml_id"]) == sorted(there.columns["gml_id"])
    assert shapely.length(raw.geometry).sum() == pytest.approx(shapely.length(there.geometry).sum(), rel=1e-9)


def test_planned_works_are_read_by_owslib_page_by_page_as_the_profile_has_them(server: str):
    done = subprocess.run([sys.executable, "-c", OWSLIB, server], capture_output=True, text=True, check=True)
    collections, matched, page, one = json.loads(done.stdout)
    asked = json.loads(EXAMPLE.read_text(encoding="utf-8"))["features"]
    assert "planned-works" in collections
    assert matched == len(asked)
    assert page == [row["properties"]["work"] for row in asked[2:4]]
    assert one["properties"] == asked[0]["properties"]
    assert one["geometry"] == asked[0]["geometry"]


def test_planned_works_are_read_by_gdal_from_a_server_of_others_and_stay_of_the_profile(server: str, tmp_path: Path):
    free = {name: value for name, value in os.environ.items() if name != "GDAL_SKIP"}
    done = subprocess.run([sys.executable, "-c", GDAL, server], capture_output=True, text=True, check=True, env=free)
    assert done.stdout.strip() == "['riool-2029-014', 'W-771', 'net-12', 'markt']"
    with urllib.request.urlopen(f"{server}/collections/planned-works/items?f=json") as page:  # noqa: S310
        (tmp_path / "bladzijde.json").write_bytes(page.read())
    assert check_file(tmp_path / "bladzijde.json") == (4, [])

    city = tmp_path / "stad"
    box = "179000,455000,181000,457000"
    done, told = fetch(city, server, "--bbox", box, "--write", collection="planned-works", role="plans")
    assert (done.exit_code, told["files"][0]["rows"]) == (0, 4)
    plans = read_city(city).layers["bgt-planned-works"].set_index("work")
    assert plans.loc["riool-2029-014", "best_year"] == 2029
    assert plans.loc["riool-2029-014"].geometry.length == pytest.approx(hypot(300, 40) + hypot(110, 15), abs=0.002)
