from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box

from koppelkans.context import City, read_city
from koppelkans.context.reading.layouts import known_layouts, layouts_of
from koppelkans.context.reading.roles import ROLES
from koppelkans.ground.settings import make_settings

DATA = Path(__file__).parents[4] / "shared" / "data"
PIPE = LineString([(150_000, 400_000), (150_050, 400_000)])
GWSW = {
    "Dataset": "Dorp",
    "naam": "1-2",
    "uri": "lei1",
    "type": "http://data.gwsw.nl/1.4/totaal/GemengdRiool",
    "Begindatum": "1968-01-01",
    "Einddatum": "",
    "MateriaalLeiding": "http://data.gwsw.nl/1.4/totaal/Beton",
    "BreedteLeiding": "300",
}


def city_of(folder: Path, frame: pd.DataFrame, role: str, name: str = "rows.geojson", **source: object) -> City:
    """Write a table and return the city that consists of it in one role."""
    frame.to_csv(folder / name, index=False, sep=";") if name.endswith(".csv") else frame.to_file(folder / name)
    return read_city(folder, settings=make_settings({"sources": [{"name": "s", "role": role, "path": name, **source}]}))


def real(role: str, path: str, **source: object) -> City:
    """Return the city that consists of one real file."""
    if not (DATA / path).exists():
        pytest.skip(f"{path} is not there")
    settings = make_settings({"sources": [{"name": "s", "role": role, "path": str(DATA / path), **source}]})
    return read_city(DATA, settings=settings, sources_from=[DATA])


def placed(*rows: dict[str, object], shape: object = PIPE) -> gpd.GeoDataFrame:
    """Return rows that all lie in one place."""
    return gpd.GeoDataFrame(list(rows), geometry=[shape] * len(rows), crs="EPSG:28992")


def test_every_layout_promises_only_columns_that_its_roles_have():
    for layout in known_layouts():
        assert layout.source
        assert layouts_of(layout.has[0])[0].layout == layout.layout or len(layouts_of(layout.has[0])) > 1
        for role, columns in layout.roles.items():
            assert set(columns) <= set(ROLES[role].arriving), layout.layout


def test_a_table_of_other_columns_has_no_layout():
    assert layouts_of(["asset", "owner", "kind", "naam", "id", "type"]) == ()


def test_a_pipe_of_gwsw_is_an_asset_without_a_line_in_the_settings(tmp_path: Path):
    city = city_of(tmp_path, placed(GWSW), "assets")
    pipe = city.layers["s"].iloc[0]
    assert not city.faults
    assert pipe[["asset", "reference", "owner", "kind", "built_year", "material", "diameter_mm"]].tolist() == [
        "lei1", "1-2", "Dorp", "sewer_gravity", 1968, "Beton", 300,
    ]  # fmt: skip
    assert pd.isna(pipe["condition"])


def test_zero_and_empty_are_unknown_and_a_strange_type_is_told(tmp_path: Path):
    odd = GWSW | {
        "BreedteLeiding": "0",
        "Begindatum": "",
        "type": "http://data.gwsw.nl/1.4/totaal/Waterslot",
        "uri": "b",
    }
    city = city_of(tmp_path, placed(GWSW, odd), "assets")
    pipe = city.layers["s"].iloc[1]
    assert pd.isna(pipe["diameter_mm"])
    assert pd.isna(pipe["built_year"])
    assert [fault.found for fault in city.faults] == ["Waterslot"]


def test_settings_go_before_a_layout(tmp_path: Path):
    city = city_of(
        tmp_path, placed(GWSW), "assets", columns={"asset": "naam"}, values={"kind": {"GemengdRiool": "heat"}}
    )
    assert city.layers["s"][["asset", "kind"]].iloc[0].tolist() == ["1-2", "heat"]


def test_the_bgt_of_an_ogc_api_takes_its_class_from_the_name_of_its_file(tmp_path: Path):
    row = {"lokaal_id": "G1.a", "bronhouder": "G1", "relatieve_hoogteligging": 0, "functie": "voetpad", "type": None}
    rows = placed(
        row,
        row | {"lokaal_id": "G1.b", "eind_registratie": "2020-01-01T00:00:00Z"},
        shape=box(150_000, 400_000, 150_009, 400_005),
    )
    city = city_of(tmp_path, rows, "topography", name="bgt_wegdeel.geojson")
    assert city.layers["s"][["class", "function", "local_id"]].to_numpy().tolist() == [["wegdeel", "voetpad", "G1.a"]]
    assert sum(city.left_out["s"].values()) == 1
    assert city.understood["licence"].tolist() == ["BGT: CC0"]


def test_json_fg_is_read_in_the_system_of_its_place(tmp_path: Path):
    row = {"lokaal_id": "G1.a", "bronhouder": "G1", "relatieve_hoogteligging": 0}
    placed(row, shape=Point(150_000.25, 400_000)).to_file(tmp_path / "wegdeel.json", driver="JSONFG")
    settings = make_settings({"sources": [{"name": "s", "role": "topography", "path": "wegdeel.json"}]})
    city = read_city(tmp_path, settings=settings)
    assert city.layers["s"].geometry.iloc[0] == Point(150_000.25, 400_000)
    text = (
        (tmp_path / "wegdeel.json").read_text().replace("http://www.opengis.net/def/crs/", "http://elsewhere.example/")
    )
    (tmp_path / "wegdeel.json").write_text(text)
    assert "fetched from an address" in str(read_city(tmp_path, settings=settings).faults[0].found)


def test_road_sections_of_nwb_have_a_class_where_one_is_known(tmp_path: Path):
    row = {"wvk_id": 1, "stt_naam": "Laan", "jte_id_beg": 7, "bst_code": "VP", "frc": "7"}
    others = (
        {"wvk_id": 2, "bst_code": "#"},
        {"wvk_id": 3, "bst_code": "#", "frc": "3"},
        {"wvk_id": 4, "bst_code": "", "frc": ""},
    )
    city = city_of(tmp_path, placed(row, *(row | other for other in others)), "sections")
    assert city.layers["s"]["road_class"].fillna("").tolist() == ["path", "residential", "main", ""]
    assert city.layers["s"]["name"].tolist() == ["Laan"] * 4


def test_addresses_of_bag_and_neighbourhoods_of_cbs_need_no_lines(tmp_path: Path):
    rows = placed(
        {"identificatie": "01", "huisnummer": 3, "postcode": "1234AB", "openbare_ruimte_naam": "Laan"},
        shape=Point(150_000, 400_000),
    )
    assert city_of(tmp_path, rows, "addresses").layers["s"][["address", "street"]].to_numpy().tolist() == [
        ["01", "Laan"]
    ]
    row = {
        "buurtcode": "BU1",
        "buurtnaam": "Kom",
        "gemeentenaam": "Dorp",
        "aantal_inwoners": 12,
        "aantal_huishoudens": -99997,
    }
    city = city_of(tmp_path, placed(row, shape=box(150_000, 400_000, 151_000, 401_000)), "areas", name="b.geojson")
    assert city.layers["s"][["area", "name", "municipality", "inhabitants"]].iloc[0].tolist() == [
        "BU1",
        "Kom",
        "Dorp",
        12,
    ]
    assert pd.isna(city.layers["s"]["households"].iloc[0])
    assert not city.faults


def test_names_of_imbor_and_scores_of_nen_2767_and_crow_are_known_in_a_plain_table(tmp_path: Path):
    table = pd.DataFrame(
        {
            "identificatie_imbor": ["a", "b"], "jaar_van_aanleg": ["1975", ""], "Type Beheerder": ["Dorp", "Dorp"], "themaIMKL": ["rioolVrijverval", "water"],
            "conditiescore": ["4", ""], "kwaliteitsniveauActueel": ["C", "A+"], "inspectiejaar": ["2020", "2021"], "x": [150_000, 150_010], "y": [400_000, 400_000],
        }
    )  # fmt: skip
    city = city_of(tmp_path, table, "assets", name="bor.csv", crs="EPSG:28992")
    rows = city.layers["s"]
    assert rows["kind"].tolist() == ["sewer_gravity", "water_main"]
    assert rows["condition"].fillna(0).tolist() == [4, 0]  # a score goes before a level of quality
    assert rows["condition_year"].tolist() == [2020, 2021]
    without = city_of(tmp_path, table.drop(columns="conditiescore"), "assets", name="bor.csv", crs="EPSG:28992")
    assert without.layers["s"]["condition"].tolist() == [4, 1]
    assert any("assumed" in str(fault.wanted) for fault in without.faults)


@pytest.mark.parametrize(
    ("role", "path", "layer", "count"),
    [
        ("assets", "gwsw/beheer_leiding.geojson", "", 4),
        ("assets", "gwsw/beheer_put.geojson", "", 2),
        ("assets", "gwsw/amsterdam_ligging_lijn_totaal.geojson", "", 3),
        ("sections", "werken/nwb_wfs_harlingen.json", "", 7),
        ("addresses", "otterlo/dutch_addresses_28992.gpkg", "", 2481),
        ("areas", "buurten/buurten.gpkg", "", 87),
        ("topography", "otterlo/otterlo_bgt_actueel.gpkg", "wegdeel", 1252),
        ("topography", "otterlo/otterlo_bgt_actueel.gpkg", "put", 1009),
    ],
)
def test_real_files_read_whole_without_a_line_in_the_settings(role: str, path: str, layer: str, count: int):
    city = real(role, path, layer=layer, **({"crs": "EPSG:28992"} if "nwb" in path else {}))
    assert len(city.layers["s"]) == count
    assert not any(fault.row for fault in city.faults)
