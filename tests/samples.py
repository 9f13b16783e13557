"""Tiny hand-made files of every format that can be read: the same pipes in each, some of them spoilt on purpose."""

import gzip
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from openpyxl import Workbook
from pyproj import Transformer
from shapely import LineString, box

X, Y = 150_000.0, 400_000.0
FAR_Y = 9_000_000.0
"""Far outside the Netherlands."""

GML_IMKL = """<?xml version="1.0" encoding="UTF-8"?>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:imkl="http://www.geostandaarden.nl/imkl/wibon"
 xmlns:net="http://inspire.ec.europa.eu/schemas/net/4.0" xmlns:us="http://inspire.ec.europa.eu/schemas/us-net-common/4.0"
 xmlns:xlink="http://www.w3.org/1999/xlink">
{features}
</gml:FeatureCollection>
"""
IMKL_MEMBER = "<gml:featureMember>{feature}</gml:featureMember>"
IMKL_NET = (
    '<imkl:Utiliteitsnet gml:id="nl.imkl-KL1.net"><imkl:thema xlink:href="http://x/Thema/water"/></imkl:Utiliteitsnet>'
)
IMKL_OWNER = (
    '<imkl:Beheerder gml:id="nl.imkl-KL1.b"><imkl:bronhoudercode>KL1</imkl:bronhoudercode>'
    "<imkl:organisatie><imkl:Organisatie><imkl:naam>Waterbedrijf</imkl:naam></imkl:Organisatie></imkl:organisatie></imkl:Beheerder>"
)
IMKL_LINK = (
    '<us:UtilityLink gml:id="nl.imkl-KL1.l-{asset}"><net:centrelineGeometry><gml:LineString srsName="urn:ogc:def:crs:EPSG::28992">'
    "<gml:posList>{x} {y} {end} {y}</gml:posList></gml:LineString></net:centrelineGeometry></us:UtilityLink>"
)
IMKL_PIPE = (
    '<imkl:Waterleiding gml:id="nl.imkl-KL1.{asset}"><net:inNetwork xlink:href="nl.imkl-KL1.net"/><net:link xlink:href="nl.imkl-KL1.{link}"/>'
    '<us:currentStatus xlink:href="http://x/{status}"/><us:validFrom>{year}-01-01T00:00:00+01:00</us:validFrom>'
    '<us:pipeDiameter uom="urn:ogc:def:uom:OGC::{unit}">{diameter}</us:pipeDiameter></imkl:Waterleiding>'
)
GML_BGT = """<?xml version="1.0" encoding="UTF-8"?>
<CityModel xmlns:gml="http://www.opengis.net/gml" xmlns:imgeo="http://www.geostandaarden.nl/imgeo/2.1" xmlns="http://www.opengis.net/citygml/2.0">
{features}
</CityModel>
"""
BGT_ROAD = (
    '<cityObjectMember><TrafficArea xmlns="http://www.opengis.net/citygml/transportation/2.0">{ended}'
    "<imgeo:identificatie><imgeo:NEN3610ID><imgeo:lokaalID>{asset}</imgeo:lokaalID></imgeo:NEN3610ID></imgeo:identificatie>"
    "<imgeo:bronhouder>G0001</imgeo:bronhouder><imgeo:relatieveHoogteligging>0</imgeo:relatieveHoogteligging>"
    "<function>voetpad</function><surfaceMaterial>open verharding</surfaceMaterial>"
    "<imgeo:geometrie2dWegdeel><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{ring}</gml:posList></gml:LinearRing>"
    "</gml:exterior></gml:Polygon></imgeo:geometrie2dWegdeel></TrafficArea></cityObjectMember>"
)

WGS84 = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
DATEX_NAMES = (
    'xmlns:d2="http://datex2.eu/schema/3/d2Payload" xmlns:com="http://datex2.eu/schema/3/common" '
    'xmlns:sit="http://datex2.eu/schema/3/situation" xmlns:loc="http://datex2.eu/schema/3/locationReferencing" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
DATEX_WORK = (
    '<sit:situationRecord xsi:type="sit:MaintenanceWorks" id="{asset}"><sit:probabilityOfOccurrence>certain</sit:probabilityOfOccurrence>'
    "<sit:source><com:sourceName><com:values><com:value>Waterbedrijf</com:value></com:values></com:sourceName></sit:source>"
    "<com:overallStartTime>{year}-05-01T06:00:00Z</com:overallStartTime><com:overallEndTime>{year}-09-01T06:00:00Z</com:overallEndTime>"
    "<loc:gmlLineString><loc:posList>{corners}</loc:posList></loc:gmlLineString><sit:roadMaintenanceType>roadworks</sit:roadMaintenanceType>"
    "</sit:situationRecord>"
)
RIBX_POINT = '<{tag}><gml:Point srsName="Netherlands-RD"><gml:pos>{x} {y}</gml:pos></gml:Point></{tag}>'
RIBX_PIPE = (
    "<ZB_G><GAA>{asset}</GAA><GBF>2016-07-04</GBF>{points}<GCC>{diameter}</GCC><GCN>{year}</GCN>"
    "<ZC><A>HBG</A><B>B</B><I>0.00</I></ZC></ZB_G>"
)
OROX_HEAD = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix gwsw: <http://data.gwsw.nl/1.6/totaal/> .
@prefix : <http://dorp.example/net#> .
"""
OROX_PIPE = """:{asset}_ori rdf:type gwsw:Leidingorientatie ; gwsw:hasAspect [ gwsw:hasValue
  "<gml:LineString xmlns:gml=\\"http://www.opengis.net/gml\\"><gml:posList>{corners}</gml:posList></gml:LineString>" ; rdf:type gwsw:Lijn ] .
:{asset} rdf:type gwsw:GemengdRiool ; rdfs:label "{asset}" ; gwsw:hasAspect :{asset}_ori ,
  [ rdf:type gwsw:Begindatum ; gwsw:hasValue "{year}-05-01" ] , [ rdf:type gwsw:BreedteLeiding ; gwsw:hasValue {diameter} ] ,
  [ rdf:type gwsw:LengteLeiding ; gwsw:hasValue 3 ] , [ rdf:type gwsw:Beheerder ; gwsw:hasValue "Waterbedrijf" ] .
"""


@dataclass(frozen=True)
class Pipe:
    """One pipe of 100 m, `y` m north of the corner; `spoilt` says what is wrong with it: nothing, `far` away, or `none`: no shape."""

    asset: str
    year: int
    diameter_mm: float
    y: float
    spoilt: str = ""

    @property
    def line(self) -> LineString | None:
        """Return its line, far away or missing where it is spoilt."""
        y = FAR_Y + self.y if self.spoilt == "far" else Y + self.y
        return None if self.spoilt == "none" else LineString([(X, y), (X + 100, y)])

    @property
    def surface(self) -> object:
        """Return a strip of a metre along it."""
        return None if self.line is None else box(X, self.line.coords[0][1], X + 100, self.line.coords[0][1] + 1)


Write = Callable[[Path, Sequence[Pipe]], dict[str, object]]


def table(pipes: Sequence[Pipe]) -> pd.DataFrame:
    """Return the pipes as a table with our column names, without shape."""
    return pd.DataFrame(
        {
            "asset": [pipe.asset for pipe in pipes],
            "owner": ["Waterbedrijf"] * len(pipes),
            "kind": ["water_main"] * len(pipes),
            "built_year": [pipe.year for pipe in pipes],
            "diameter_mm": [pipe.diameter_mm for pipe in pipes],
        }
    )


def vector(suffix: str, driver: str | None) -> Write:
    """Return the writer of one vector format."""

    def write(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
        frame = gpd.GeoDataFrame(table(pipes), geometry=[pipe.line for pipe in pipes], crs="EPSG:28992")
        path = folder / f"pipes{suffix}"
        if driver is None:
            frame.to_parquet(path)
            return {"path": path.name}
        short = driver == "ESRI Shapefile"
        frame = frame.rename(columns={"diameter_mm": "diameter"} if short else {})
        frame.to_file(path, driver=driver, **({"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}))
        return {"path": path.name, "columns": {"diameter_mm": "diameter"} if short else {}}

    return write


def write_csv(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the pipes as CSV with WKT; one without shape has half of it."""
    frame = table(pipes)
    frame["wkt"] = [pipe.line.wkt if pipe.line else "LINESTRING (150000" for pipe in pipes]
    frame.to_csv(folder / "pipes.csv", index=False, sep=";")
    return {"path": "pipes.csv", "crs": "EPSG:28992"}


def write_xlsx(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the pipes as a workbook with WKT."""
    frame = table(pipes)
    frame["wkt"] = [pipe.line.wkt if pipe.line else None for pipe in pipes]
    book = Workbook()
    book.active.append(list(frame.columns))
    for line in frame.astype(object).where(frame.notna(), None).to_numpy().tolist():
        book.active.append(line)
    book.save(folder / "pipes.xlsx")
    return {"path": "pipes.xlsx", "crs": "EPSG:28992"}


def write_json_records(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the pipes as a page of a portal, each record in its own object; one without shape has half a coordinate."""
    shapes = [
        {"type": "LineString", "coordinates": [list(point) for point in pipe.line.coords] if pipe.line else [[1]]}
        for pipe in pipes
    ]
    lines = table(pipes).to_dict("records")
    records = [{"record": {"fields": {**line, "shape": shape}}} for line, shape in zip(lines, shapes, strict=True)]
    (folder / "pipes.json").write_text(json.dumps({"total_count": len(records), "records": records}), encoding="utf-8")
    return {"path": "pipes.json", "crs": "EPSG:28992"}


def imkl(pipes: Sequence[Pipe]) -> str:
    """Return the pipes as IMKL, every second one in centimetres and before its link; one without shape has no link."""
    features = [IMKL_NET, IMKL_OWNER]
    for at, pipe in enumerate(pipes):
        unit, diameter = ("cm", pipe.diameter_mm / 10) if at % 2 else ("mm", pipe.diameter_mm)
        link = "nowhere" if pipe.line is None else f"l-{pipe.asset}"
        own = IMKL_PIPE.format(
            asset=pipe.asset, link=link, status="functional", year=pipe.year, unit=unit, diameter=diameter
        )
        y = 0.0 if pipe.line is None else pipe.line.coords[0][1]
        features += [own, IMKL_LINK.format(asset=pipe.asset, x=X, y=y, end=X + 100)]
    return GML_IMKL.format(features="\n".join(IMKL_MEMBER.format(feature=feature) for feature in features))


def write_imkl(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the pipes as an IMKL zip."""
    with zipfile.ZipFile(folder / "klic.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("levering/GI_gebiedsinformatielevering.xml", imkl(pipes))
    return {"path": "klic.zip"}


def bgt(pipes: Sequence[Pipe]) -> str:
    """Return strips along the pipes as road parts of the BGT; one without shape has half a coordinate."""
    features = []
    for pipe in pipes:
        ring = (
            "150000 400000 1500"
            if pipe.surface is None
            else " ".join(f"{x} {y}" for x, y in pipe.surface.exterior.coords)
        )  # type: ignore[attr-defined]
        features.append(BGT_ROAD.format(asset=pipe.asset, ring=ring, ended=""))
    return GML_BGT.format(features="\n".join(features))


def write_bgt(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the strips as a zip like that of PDOK."""
    with zipfile.ZipFile(folder / "bgt.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bgt_wegdeel.gml", bgt(pipes))
    return {"path": "bgt.zip"}


def write_hydx(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the pipes as a set of GWSW-Hyd in a zip, each with nodes and a profile of its own; one without shape lacks a node."""
    ends = {
        f"{pipe.asset}{end}": corner
        for pipe in pipes
        for end, corner in zip("ab", pipe.line.coords if pipe.line else (), strict=False)
    }
    tables = {
        "Verbinding": ["UNI_IDE;KN1_IDE;KN2_IDE;VRB_TYP;PRO_IDE"]
        + [f"{pipe.asset};{pipe.asset}a;{pipe.asset}b;GSL;P{pipe.asset}" for pipe in pipes],
        "Knooppunt": ["UNI_IDE;RST_IDE;PUT_IDE;KNP_XCO;KNP_YCO;KNP_TYP"]
        + [f"{name};r;{name};{x};{y};INS" for name, (x, y) in ends.items()],
        "Profiel": ["PRO_IDE;PRO_MAT;PRO_VRM;PRO_BRE"]
        + [f"P{pipe.asset};PVC;RND;{pipe.diameter_mm}" for pipe in pipes],
    }
    with zipfile.ZipFile(folder / "hyd.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in tables.items():
            archive.writestr(f"dorp/{name}.csv", "\n".join(lines) + "\n")
    words = {"owner": "Waterbedrijf"}
    return {"path": "hyd.zip", "layer": "Verbinding", "constants": words, "values": {"kind": {"GSL": "water_main"}}}


def write_orox(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the pipes as Turtle of GWSW; one without shape has half a coordinate."""
    lines = []
    for pipe in pipes:
        corners = "150000" if pipe.line is None else " ".join(f"{x} {y}" for x, y in pipe.line.coords)
        lines.append(OROX_PIPE.format(asset=pipe.asset, year=pipe.year, diameter=pipe.diameter_mm, corners=corners))
    (folder / "pipes.ttl").write_text(OROX_HEAD + "\n".join(lines), encoding="utf-8")
    return {"path": "pipes.ttl", "values": {"kind": {"GemengdRiool": "water_main"}}}


def write_ribx(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write the cleaning of each pipe as RIBX; one without shape has no second manhole."""
    records = []
    for pipe in pipes:
        corners = list(pipe.line.coords) if pipe.line else [(X, Y)]
        points = [RIBX_POINT.format(tag=tag, x=x, y=y) for tag, (x, y) in zip(("GAE", "GAG"), corners, strict=False)]
        records.append(
            RIBX_PIPE.format(asset=pipe.asset, year=pipe.year, diameter=pipe.diameter_mm, points="".join(points))
        )
    text = '<DATA xmlns:gml="http://www.opengis.net/gml"><ZA><A6>RIBX 1.3</A6></ZA>' + "".join(records) + "</DATA>"
    (folder / "pipes.ribx").write_text(text, encoding="utf-8")
    return {
        "path": "pipes.ribx",
        "constants": {"owner": "Waterbedrijf"},
        "values": {"kind": {"sewer_gravity": "water_main"}},
    }


def write_datex(folder: Path, pipes: Sequence[Pipe]) -> dict[str, object]:
    """Write works along the pipes as a gzipped feed of NDW; one without shape has half a coordinate."""
    records = []
    for pipe in pipes:
        line = [] if pipe.line is None else shapely.transform(pipe.line, WGS84.transform, interleaved=False).coords
        corners = " ".join(f"{y} {x}" for x, y in line) or "52.1"
        records.append(DATEX_WORK.format(asset=pipe.asset, year=pipe.year, corners=corners))
    head = f'<d2:payload {DATEX_NAMES}><sit:situation id="s">'
    (folder / "feed.xml.gz").write_bytes(
        gzip.compress((head + "".join(records) + "</sit:situation></d2:payload>").encode())
    )
    ours = {"asset": "work", "built_year": "start", "owner": "owner", "kind": "kind"}
    return {"path": "feed.xml.gz", "columns": ours, "values": {"kind": {"roadworks": "water_main"}}}


WRITERS: Mapping[str, tuple[str, Write]] = {
    "gpkg": ("vector", vector(".gpkg", "GPKG")),
    "geojson": ("vector", vector(".geojson", "GeoJSON")),
    "shp": ("vector", vector(".shp", "ESRI Shapefile")),
    "fgb": ("vector", vector(".fgb", "FlatGeobuf")),
    "parquet": ("vector", vector(".parquet", None)),
    "csv": ("csv", write_csv),
    "xlsx": ("xlsx", write_xlsx),
    "json_records": ("json_records", write_json_records),
    "hydx": ("hydx", write_hydx),
    "datex": ("datex", write_datex),
    "orox": ("orox", write_orox),
    "ribx": ("ribx", write_ribx),
    "imkl": ("imkl", write_imkl),
    "bgt": ("bgt", write_bgt),
}
"""Per format: the reader that takes it, and how the pipes are written in it. A new reader brings its own."""
