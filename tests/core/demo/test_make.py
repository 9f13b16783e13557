import tomllib
from pathlib import Path

import pytest

import small_town
from koppelkans.context import City, read_city, survey
from koppelkans.demo import make, make_town, telling
from koppelkans.demo.files import FILES
from koppelkans.ground.settings import read_settings


def test_the_folder_holds_settings_that_can_be_read_and_every_file_that_they_name(town: Path):
    found = read_settings(town)

    assert found.city.name == "Overmeer"
    assert len(found.sources) >= 20
    assert all((town / source.path).is_file() for source in found.sources)
    assert {party.party for party in found.parties} >= {"gemeente", "waterbedrijf", "netbeheerder", "warmtebedrijf"}


def test_the_council_set_the_ambitions_with_a_date(town: Path):
    own = [ambition for ambition in read_settings(town).vision.ambitions if ambition.set_by == "gemeenteraad"]

    assert len(own) >= 5
    assert all(ambition.set_on.startswith("202") for ambition in own)


def test_a_file_that_was_not_written_is_not_named():
    town, layers = small_town.town(), small_town.layers()
    text = telling.settings_text(town, layers, [name for name in FILES if name != "warmtenet"])

    paths = [source["path"] for source in tomllib.loads(text)["sources"]]
    assert FILES["warmtenet"].path not in paths
    assert FILES["warmteplan"].path in paths


def test_two_bridges_are_never_open_in_one_year_and_nothing_is_built_during_the_jubilee():
    text = telling.settings_text(small_town.town(), small_town.layers(), list(FILES))
    programme = tomllib.loads(text)["programme"]

    carried = set(small_town.layers()["bruggen"]["wegvak"])
    assert all(limit["open_sections"] == 1 for limit in programme["limits"])
    assert all(set(limit["sections"]) <= carried for limit in programme["limits"])
    assert programme["decisions"][0]["not_years"] == [2030]


def test_budgets_stand_per_year_and_are_lean_around_2030():
    text = telling.settings_text(small_town.town(), small_town.layers(), list(FILES))
    budget = next(fund for fund in tomllib.loads(text)["funds"] if fund["fund"] == "rioolheffing")["budget_eur"]

    assert list(budget) == [str(year) for year in range(2027, 2042)]
    assert budget["2030"] < budget["2028"] < budget["2036"]


def test_a_second_town_replaces_the_first_and_leaves_other_files_alone(tmp_path: Path):
    make_town(tmp_path, homes=60, seed=2)
    (tmp_path / "notitie.txt").write_text("van mij", encoding="utf-8")
    make_town(tmp_path, homes=20, seed=1)

    assert (tmp_path / "notitie.txt").read_text(encoding="utf-8") == "van mij"
    assert read_settings(tmp_path).city.name == "Overmeer"


def test_fewer_than_20_homes_are_taken_as_20(tmp_path: Path):
    folder = make_town(str(tmp_path), homes=1, seed=1)

    assert "20 woningen" in (folder / "koppelkans.toml").read_text(encoding="utf-8")


def test_the_map_shows_every_tree_as_a_point():
    layers = small_town.layers()
    trees = layers["topografie"][layers["topografie"]["klasse"] == "vegetatieobject"]

    assert len(trees) == len(layers["bomen"])
    assert (trees["plus_type"] == "boom").all()
    assert layers["topografie"]["lokaalid"].is_unique
    assert make.CLASS_NL["main"] == "hoofdweg"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Return a town that is large enough for every flaw and every kind of asset, read once."""
    return read_city(make_town(tmp_path_factory.mktemp("m") / "stad", homes=300, seed=1))


def test_the_reader_finds_what_is_wrong_and_reads_the_rest(city: City):
    told = " ".join(str(fault) for fault in city.faults)

    assert not any(fault.fatal for fault in city.faults)
    assert (city.understood["read"] >= 0.9 * (city.understood["rows"] - city.understood["left_out"]) - 2).all()
    for wrong in ("no geometry", "earlier row", "ca. 300", "a real year", "does not cross itself", "declared party"):
        assert wrong in told


def test_several_owners_have_works_in_the_same_streets_and_no_kind_of_asset_is_lost(city: City):
    context = survey(city)
    owners = context.touches.merge(context.works[["work", "owner"]], on="work").groupby("section")["owner"].nunique()

    assert {"gemeente", "waterbedrijf", "netbeheerder", "warmtebedrijf"} <= set(context.works["owner"])
    assert {"derived", "planned", "third_party"} == set(context.works["origin"])
    assert (owners >= 2).sum() > 0.3 * len(context.sections)
    assert {"sewer_gravity", "water_main", "gas_low", "power_low", "paving", "lighting", "tree"} <= set(
        context.assets["kind"]
    )
    assert context.sections["addresses"].sum() > 250
