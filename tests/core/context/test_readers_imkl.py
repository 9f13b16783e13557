from pathlib import Path

import pytest
import shapely

import real
import samples
from koppelkans.context import read_city
from koppelkans.context.readers.imkl import IMKL
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Settings, Source, make_settings

SOURCE = Source(name="klic", role="assets", path="a.xml")
APPURTENANCE = (
    '<imkl:Appurtenance gml:id="KL1.{id}"><net:inNetwork xlink:href="#nl.imkl-KL1.net"/><net:geometry>'
    '<gml:Point srsName="EPSG:28992" srsDimension="3"><gml:pos>150000 400000 -1.2</gml:pos></gml:Point></net:geometry>'
    '<us:currentStatus xlink:href="x/{status}"/><us:validFrom>0001-01-01T00:00:00</us:validFrom>'
    '<us:appurtenanceType xlink:href="http://x/{type}"/></imkl:Appurtenance>'
)
CABLE = '<imkl:Elektriciteitskabel gml:id="KL1.{id}"><net:inNetwork xlink:href="KL1.net"/>{links}{more}</imkl:Elektriciteitskabel>'
LINK = '<net:link xlink:href="nl.imkl-KL1.{id}"/>'


def read(folder: Path, *features: str) -> Raw:
    """Return what is read from these features."""
    members = "".join(samples.IMKL_MEMBER.format(feature=feature) for feature in features)
    (folder / "a.xml").write_text(samples.GML_IMKL.format(features=members), encoding="utf-8")
    return IMKL.read(folder / "a.xml", SOURCE)


def line(name: str, x: float, end: float) -> str:
    """Return a link that is a straight line."""
    return samples.IMKL_LINK.format(asset=name, x=x, end=end, y=400_000).replace(".l-", ".")


def test_a_cable_takes_its_line_from_its_links_whatever_the_order(tmp_path: Path):
    cable = CABLE.format(id="k1", links=LINK.format(id="a") + LINK.format(id="b"), more="")
    raw = read(tmp_path, line("b", 10, 30), cable, line("a", 0, 10), samples.IMKL_NET)
    assert raw.geometry[0].geom_type == "LineString"
    assert raw.geometry[0].length == 30
    assert raw.columns["theme"].tolist() == ["water"]


def test_links_that_do_not_touch_stay_apart_but_keep_their_length(tmp_path: Path):
    cable = CABLE.format(id="k1", links=LINK.format(id="a") + LINK.format(id="b"), more="")
    raw = read(tmp_path, line("a", 0, 10), line("b", 50, 70), cable)
    assert raw.geometry[0].geom_type == "MultiLineString"
    assert shapely.length(raw.geometry[0]) == 30


def test_a_cable_whose_link_is_not_there_has_no_shape_and_stays(tmp_path: Path):
    raw = read(tmp_path, CABLE.format(id="k1", links=LINK.format(id="weg"), more=""), samples.IMKL_NET)
    assert raw.geometry[0] is None
    assert raw.columns["asset"].tolist() == ["KL1.k1"]


def test_measures_come_in_our_units_and_zero_is_unknown(tmp_path: Path):
    more = (
        '<us:pipeDiameter uom="urn:ogc:def:uom:OGC::cm">11</us:pipeDiameter><us:operatingVoltage uom="x:kV">10</us:operatingVoltage>'
        '<us:nominalVoltage uom="x:V">400</us:nominalVoltage><us:pressure uom="x:mbar">100</us:pressure>'
    )
    zero = '<us:pipeDiameter uom="x:mm">0</us:pipeDiameter><us:pressure uom="x:psi">3</us:pressure>'
    raw = read(tmp_path, CABLE.format(id="a", links="", more=more), CABLE.format(id="b", links="", more=zero))
    measured = raw.columns[["diameter_mm", "voltage_v", "pressure_bar"]]
    assert measured.iloc[0].tolist() == [110, 10_000, pytest.approx(0.1)]
    assert measured.iloc[1].isna().all()


def test_the_owner_is_called_by_its_organisation_else_by_its_code(tmp_path: Path):
    other = CABLE.format(id="b", links="", more="").replace("KL1.b", "GM2.b")
    raw = read(tmp_path, CABLE.format(id="a", links="", more=""), other, samples.IMKL_OWNER)
    assert raw.columns["owner"].tolist() == ["Waterbedrijf", "GM2"]
    assert raw.columns["owner_code"].tolist() == ["KL1", "GM2"]


def test_a_material_comes_from_its_code_else_from_the_label_of_a_main(tmp_path: Path):
    coded = '<imkl:buismateriaalType xlink:href="http://x/concrete"/><imkl:label>300 PVC</imkl:label>'
    raw = read(
        tmp_path,
        CABLE.format(id="a", links="", more=coded),
        CABLE.format(id="b", links="", more="<imkl:label>100 AC</imkl:label>"),
        CABLE.format(id="c", links="", more="<imkl:label>2 Dorpsstraat</imkl:label>"),
        CABLE.format(id="d", links="", more='<imkl:buismateriaalType xlink:href="http://x/onbekend"/>'),
    )
    assert raw.columns["material"].fillna("").tolist() == ["concrete", "AC", "", ""]


def settings(**source: object) -> Settings:
    """Return settings with this one delivery."""
    return make_settings({"sources": [{"name": "klic", "role": "assets", "path": "a.xml", **source}]})


def test_a_fitting_is_an_asset_by_its_type_and_a_cable_by_its_theme(tmp_path: Path):
    kinds = {"a": "kolk", "b": "streetLight", "c": "afsluiter"}
    read(
        tmp_path,
        samples.IMKL_NET,
        *(APPURTENANCE.format(id=name, type=kind, status="functional") for name, kind in kinds.items()),
        CABLE.format(id="d", links=LINK.format(id="l"), more=""),
        line("l", 150_000, 150_010),
    )
    city = read_city(tmp_path, settings=settings())
    layer = city.layers["klic"]
    assert layer["kind"].tolist() == ["gully", "lighting", "other", "water_main"]
    assert not layer.geometry.has_z.any()
    assert layer["built_year"].isna().all()
    (fault,) = city.faults
    assert "year 0001 in 3 rows" in fault.found
    changed = settings(values={"kind": {"afsluiter": "water_main"}})
    assert read_city(tmp_path, settings=changed).layers["klic"]["kind"].tolist()[2] == "water_main"


def test_out_of_use_and_containers_are_left_out_and_counted_unless_asked_for(tmp_path: Path):
    read(
        tmp_path,
        samples.IMKL_NET,
        APPURTENANCE.format(id="a", type="mof", status="disused"),
        APPURTENANCE.format(id="b", type="mof", status="projected"),
        '<imkl:Kast gml:id="KL1.c"><us:geometry><gml:Point><gml:pos>150000 400000</gml:pos></gml:Point></us:geometry></imkl:Kast>',
        '<imkl:Maatvoering gml:id="KL1.m"/>',
        '<imkl:Annotatie gml:id="KL1.n"/>',
    )
    city = read_city(tmp_path, settings=settings())
    assert city.left_out["klic"] == {
        "Annotatie": 1,
        "Maatvoering": 1,
        "ducts, casings and other containers": 1,
        "out of use": 1,
    }
    assert city.layers["klic"]["status"].tolist() == ["projected"]
    asked = read_city(tmp_path, settings=settings(only={"status": ["disused"]}))
    assert asked.layers["klic"]["asset"].tolist() == ["KL1.a"]


def test_a_document_without_cables_cannot_be_used(tmp_path: Path):
    with pytest.raises(InputError, match="no features"):
        read(tmp_path, samples.IMKL_NET)


@pytest.fixture(scope="module")
def wessem() -> Raw:
    """Return the KLIC delivery of Wessem as it stands."""
    path = real.path("klic/22O000517_1_wessem.zip")
    return IMKL.read(path, Source(name="klic", role="assets", path=path.name))


@pytest.mark.parametrize(
    ("theme", "classes", "pieces", "metres"),
    [
        ("rioolVrijverval", {"Rioolleiding"}, 409, 6_137),
        ("rioolOnderOverOfOnderdruk", {"Rioolleiding"}, 4, 192),
        ("water", {"Waterleiding"}, 628, 8_645),
        ("gasLageDruk", {"OlieGasChemicalienPijpleiding"}, 1_019, 10_590),
        ("gasHogeDruk", {"OlieGasChemicalienPijpleiding"}, 14, 560),
        ("laagspanning", {"Elektriciteitskabel"}, 915, 12_589),
        ("middenspanning", {"Elektriciteitskabel"}, 34, 3_290),
    ],
)
def test_wessem_holds_what_was_counted_straight_from_its_xml(
    wessem: Raw, theme: str, classes: set[str], pieces: int, metres: int
):
    mine = ((wessem.columns["theme"] == theme) & wessem.columns["class"].isin(classes)).to_numpy()
    assert int(mine.sum()) == pieces
    assert round(float(shapely.length(wessem.geometry[mine]).sum())) == metres


def test_every_row_of_wessem_has_a_shape_a_theme_and_an_owner(wessem: Raw):
    assert not any(shape is None for shape in wessem.geometry)
    assert wessem.columns["theme"].notna().all()
    assert set(wessem.columns["owner"]) == {"WML N.V.", "Enexis B.V.", "Gemeente Maasgouw"}
    assert wessem.left_out["Maatvoering"] == 7_026
    assert wessem.total == len(wessem.columns) + sum(wessem.left_out.values())


def test_what_is_out_of_use_in_wessem_is_counted_and_the_rest_is_there():
    real.path("klic/22O000517_1_wessem.zip")
    city = read_city(Path(__file__).parents[2] / "journeys" / "wessem_klic", sources_from=[real.FOLDER])
    # Of the 3,023 cables and pipes 127 are out of use; 601 + 44 ducts, casings, beds, boxes and buildings are apart.
    assert city.left_out["klic"]["out of use"] == 127
    kinds = city.layers["klic"]["kind"].value_counts().to_dict()
    assert kinds["sewer_gravity"] == 406
    assert kinds["water_main"] == 573
    assert kinds["gully"] == 497


@pytest.mark.parametrize(
    ("name", "rows", "owners"),
    [
        ("klic/18G007160_1_imkl121.zip", 61, {"Netbeheerder Actualiseren01"}),
        ("klic/22G003180_1.zip", 59, {"Liander"}),
        ("klic/Voorbeeld_1._Utiliteitsnet_met_Mantelbuis_en_ExtraGeometrie.xml", 3, {"KL3131"}),
        ("klic/Voorbeeld_5._Toepassing_netwerktopologie.xml", 7, {"GM3131"}),
    ],
)
def test_older_and_smaller_deliveries_are_read_too(name: str, rows: int, owners: set[str]):
    raw = IMKL.read(real.path(name), Source(name="klic", role="assets", path=name))
    assert len(raw.columns) == rows
    assert owners <= set(raw.columns["owner"])
    assert not any(shape is None for shape in raw.geometry)
    assert not raw.faults


def test_a_request_is_no_delivery():
    path = real.path("klic/b2b_aanvraag_v1.1.xml")
    assert not IMKL.fits(path)
