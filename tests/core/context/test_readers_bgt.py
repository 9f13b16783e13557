import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

import real
import samples
from koppelkans.context.readers.bgt import BGT, COLUMNS
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source
from samples import Pipe

ENDED = "<imgeo:eindRegistratie>2020-01-01T00:00:00</imgeo:eindRegistratie>"
HEAD = '<CityModel xmlns:gml="http://www.opengis.net/gml" xmlns:imgeo="http://www.geostandaarden.nl/imgeo/2.1">'
POINT = "<gml:Point><gml:pos>{x} 400000</gml:pos></gml:Point>"
LABEL = "<imgeo:positie><imgeo:Labelpositie><imgeo:plaatsingspunt>{point}</imgeo:plaatsingspunt></imgeo:Labelpositie></imgeo:positie>"


def read(folder: Path, **members: str) -> Raw:
    """Return what is read from a zip with these members."""
    with zipfile.ZipFile(folder / "bgt.zip", "w") as archive:
        for name, text in members.items():
            archive.writestr(f"bgt_{name}.gml", text)
    return BGT.read(folder / "bgt.zip", Source(name="bgt", role="topography", path="bgt.zip"))


def model(*features: str) -> str:
    """Return a document with these features."""
    return HEAD + "".join(f"<cityObjectMember>{feature}</cityObjectMember>" for feature in features) + "</CityModel>"


def test_a_road_part_arrives_with_its_canonical_columns(tmp_path: Path):
    raw = read(tmp_path, wegdeel=samples.bgt([Pipe("w1", 0, 0, 0)]))
    assert raw.columns[list(COLUMNS)].iloc[0].fillna("").tolist() == [
        "wegdeel", "voetpad", "open verharding", "", "", "G0001", "w1", "0", "", "",
    ]  # fmt: skip
    assert raw.columns["kind"].tolist() == ["paving"]
    assert shapely.area(raw.geometry[0]) == 100


def test_what_has_ended_is_left_out_and_counted(tmp_path: Path):
    road = samples.BGT_ROAD.format(asset="w1", ring="0 0 1 0 1 1 0 0", ended=ENDED)
    raw = read(tmp_path, wegdeel=samples.GML_BGT.format(features=road + samples.BGT_ROAD.format(asset="w2", ring="0 0 1 0 1 1 0 0", ended="")))  # fmt: skip
    assert raw.columns["local_id"].tolist() == ["w2"]
    assert list(raw.left_out.values()) == [1]
    assert raw.total == 2
    assert raw.rows.tolist() == [2]


def test_a_building_is_its_surface_and_not_the_point_of_its_number(tmp_path: Path):
    ring = "<gml:exterior><gml:LinearRing><gml:posList>0 0 10 0 10 10 0 10 0 0</gml:posList></gml:LinearRing></gml:exterior>"
    surface = (
        f"<gml:MultiSurface><gml:surfaceMember><gml:Polygon>{ring}</gml:Polygon></gml:surfaceMember></gml:MultiSurface>"
    )
    number = f"<imgeo:nummeraanduidingreeks><imgeo:tekst>71</imgeo:tekst>{LABEL.format(point=POINT.format(x=5))}</imgeo:nummeraanduidingreeks>"
    pand = f'<BuildingPart xmlns="http://www.opengis.net/citygml/building/2.0">{number}<imgeo:geometrie2dGrondvlak>{surface}</imgeo:geometrie2dGrondvlak></BuildingPart>'  # fmt: skip
    raw = read(tmp_path, pand=model(pand))
    assert raw.columns["class"].tolist() == ["pand"]
    assert raw.columns["name"].isna().all()
    assert raw.geometry[0].geom_type == "Polygon"
    assert raw.geometry[0].area == 100


def test_a_street_name_lies_where_it_is_written(tmp_path: Path):
    label = "".join(LABEL.format(point=POINT.format(x=x)) for x in (1, 2))
    name = f"<imgeo:openbareRuimteNaam><imgeo:Label><imgeo:tekst>Dorpsstraat</imgeo:tekst>{label}</imgeo:Label></imgeo:openbareRuimteNaam>"
    raw = read(tmp_path, openbareruimtelabel=model(f"<imgeo:OpenbareRuimteLabel>{name}</imgeo:OpenbareRuimteLabel>"))
    assert raw.columns["name"].tolist() == ["Dorpsstraat"]
    assert raw.columns["class"].tolist() == ["openbareruimtelabel"]
    assert len(raw.geometry[0].geoms) == 2


def test_the_flat_layout_of_imgeo_is_read_too(tmp_path: Path):
    flat = (
        "<imgeo:Wegdeel><imgeo:identificatie.lokaalID>G1.a</imgeo:identificatie.lokaalID><imgeo:bronhouder>G1</imgeo:bronhouder>"
        "<imgeo:bgt-functie>fietspad</imgeo:bgt-functie><imgeo:bgt-fysiekVoorkomen>gesloten verharding</imgeo:bgt-fysiekVoorkomen>"
        "<imgeo:plus-fysiekVoorkomen>asfalt</imgeo:plus-fysiekVoorkomen><imgeo:objectEindTijd/>"
        f"<imgeo:geometrie2d>{POINT.format(x=150000)}</imgeo:geometrie2d></imgeo:Wegdeel>"
    )
    raw = read(tmp_path, wegdeel=model(flat))
    found = raw.columns.iloc[0]
    assert found[["class", "function", "surface", "plus_surface", "owner", "local_id", "kind"]].tolist() == [
        "wegdeel", "fietspad", "gesloten verharding", "asfalt", "G1", "G1.a", "paving",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "plus", "kind"),
    [
        ("imgeo:Put", "kolk", "gully"),
        ("imgeo:Put", "inspectie- / rioolput", "manhole"),
        ("imgeo:Paal", "lichtmast", "lighting"),
        ("imgeo:Paal", "haltepaal", "none"),
        ("imgeo:VegetatieObject", "boom", "tree"),
    ],
)
def test_what_stands_in_the_street_has_its_kind(tmp_path: Path, tag: str, plus: str, kind: str):
    place = f"<imgeo:geometrie2dPut>{POINT.format(x=150000)}</imgeo:geometrie2dPut>"
    raw = read(tmp_path, put=model(f"<{tag}><imgeo:plus-type>{plus}</imgeo:plus-type>{place}</{tag}>"))
    assert raw.columns["kind"].tolist() == [kind]


def test_a_member_that_breaks_off_does_not_take_the_others_with_it(tmp_path: Path):
    whole = samples.bgt([Pipe("w1", 0, 0, 0), Pipe("w2", 0, 0, 5)])
    cut = whole[: whole.index("w2")]
    raw = read(tmp_path, ondersteunendwegdeel=cut, wegdeel=samples.bgt([Pipe("w3", 0, 0, 0)]))
    assert raw.columns["local_id"].tolist() == ["w1", "w3"]
    (fault,) = raw.faults
    assert fault.layer == "bgt_ondersteunendwegdeel.gml"
    assert raw.layers is not None
    assert raw.layers.tolist() == ["bgt_ondersteunendwegdeel.gml", "bgt_wegdeel.gml"]


def test_a_shape_that_cannot_be_read_is_missing_and_its_row_stays(tmp_path: Path):
    raw = read(tmp_path, wegdeel=samples.bgt([Pipe("w1", 0, 0, 0, "none"), Pipe("w2", 0, 0, 0)]))
    assert [shape is None for shape in raw.geometry] == [True, False]


def test_a_zip_without_features_cannot_be_used(tmp_path: Path):
    with pytest.raises(InputError, match="no features"):
        read(tmp_path, wijk=model())


@pytest.fixture(scope="module")
def otterlo() -> Raw:
    """Return the BGT of Otterlo."""
    path = real.path("otterlo/bgt_gmllight_otterlo.zip")
    return BGT.read(path, Source(name="bgt", role="topography", path=path.name))


def test_otterlo_has_as_many_current_features_of_each_class_as_counted_elsewhere(otterlo: Raw):
    counted = {name: pyogrio.read_info(real.path("otterlo/otterlo_bgt_actueel.gpkg"), layer=name)["features"] for name, _ in pyogrio.list_layers(real.path("otterlo/otterlo_bgt_actueel.gpkg"))}  # fmt: skip
    assert otterlo.columns["class"].value_counts().to_dict() == counted
    assert {name: counted[name] for name in ("wegdeel", "vegetatieobject", "put", "paal", "pand")} == {
        "wegdeel": 1_252, "vegetatieobject": 2_104, "put": 1_009, "paal": 398, "pand": 1_711,
    }  # fmt: skip


def test_otterlo_has_its_trees_and_gullies(otterlo: Raw):
    kinds = otterlo.columns["kind"].value_counts()
    assert kinds["tree"] == 2_088
    assert kinds["gully"] == 727
    assert kinds["lighting"] == 388


@pytest.mark.parametrize("name", ["wegdeel", "waterdeel", "scheiding", "kunstwerkdeel"])
def test_the_shapes_of_otterlo_are_those_that_gdal_makes(otterlo: Raw, name: str):
    theirs = pyogrio.read_dataframe(real.path("otterlo/otterlo_bgt_actueel.gpkg"), layer=name).set_index("lokaalID")
    ours = gpd.GeoSeries(otterlo.geometry, index=otterlo.columns["local_id"])[
        (otterlo.columns["class"] == name).to_numpy()
    ]
    ours = ours.loc[theirs.index]
    # Shapes without arcs are the same; GDAL takes pieces of 4 degrees where ours are never more than 1 cm off an arc.
    same = shapely.equals_exact(ours.to_numpy(), theirs.geometry.to_numpy(), 1e-6, normalize=True)
    assert same.mean() > 0.6
    assert shapely.hausdorff_distance(ours.to_numpy(), theirs.geometry.to_numpy()).max() < 0.5
    np.testing.assert_allclose(ours.area.sum(), theirs.area.sum(), rtol=1e-3)
    np.testing.assert_allclose(ours.length.sum(), theirs.length.sum(), rtol=1e-4)
    assert ours.is_valid.all()


def test_surfaces_of_otterlo_that_share_an_arc_do_not_overlap(otterlo: Raw):
    ground = otterlo.columns["class"].isin(
        ["wegdeel", "ondersteunendwegdeel", "begroeidterreindeel", "onbegroeidterreindeel", "waterdeel"]
    )
    shapes = otterlo.geometry[(ground & (otterlo.columns["relative_height"] == "0")).to_numpy()]
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    assert shapely.area(shapely.intersection(shapes[one[pairs]], shapes[other[pairs]])).sum() < 0.01


def test_every_building_of_otterlo_is_a_surface(otterlo: Raw):
    pand = (otterlo.columns["class"] == "pand").to_numpy()
    assert (shapely.get_dimensions(otterlo.geometry[pand]) == 2).all()
    assert not any(shape is None for shape in otterlo.geometry)
