"""BGT and IMGeo, the large-scale base map of PDOK: GML in a zip, current rows. (nl: BGT).

Both layouts are read: CityGML (gmllight, `TrafficArea` and the like) and flat IMGeo (`Wegdeel` with `bgt-functie`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from koppelkans.context.reading.archive import Breaks, documents, features, member_head, nothing_in
from koppelkans.context.reading.gml import epsg, find_geometry, local, shape_of
from koppelkans.context.reading.reader import About, Apart, Raw, Reader
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

CITYGML = {
    "TrafficArea": "wegdeel",
    "AuxiliaryTrafficArea": "ondersteunendwegdeel",
    "Railway": "spoor",
    "PlantCover": "begroeidterreindeel",
    "SolitaryVegetationObject": "vegetatieobject",
    "BuildingPart": "pand",
    "BuildingInstallation": "gebouwinstallatie",
    "BridgeConstructionElement": "overbruggingsdeel",
    "TunnelPart": "tunneldeel",
}
"""Names of CityGML for classes of the BGT; the other classes have their own name."""
ENDED = frozenset({"terminationDate", "eindRegistratie", "objectEindTijd"})
VOID = frozenset({"", "niet-bgt", "geenWaarde", "waardeOnbekend"})
SURFACED = frozenset({"begroeidterreindeel", "onbegroeidterreindeel"})
"""Classes whose CityGML `class` is their physical surface; of the others it is their type."""
PAVED = ("open verharding", "gesloten verharding", "half verhard", "transitie")
NO_ASSET = "none"
COLUMNS = (
    "class",
    "function",
    "surface",
    "plus_type",
    "plus_surface",
    "owner",
    "local_id",
    "relative_height",
    "status",
    "name",
)

_PLAIN = {
    "bronhouder": "owner",
    "relatieveHoogteligging": "relative_height",
    "bgt-status": "status",
    "function": "function",
    "bgt-functie": "function",
    "bgt-type": "function",
    "surfaceMaterial": "surface",
    "bgt-fysiekVoorkomen": "surface",
    "naam": "name",
    "tekst": "name",
    "identificatie.lokaalID": "local_id",
}
_STARTS = (("plus-fysiekVoorkomen", "plus_surface"), ("plus-type", "plus_type"), ("plus-functie", "plus_type"))
_NOT_THE_SHAPE = ("kruinlijn", "nummeraanduiding", "lod")


def fits(path: Path) -> bool:
    """Tell whether a file, or a member of it, is GML of IMGeo."""
    return any(b"geostandaarden.nl/imgeo" in start for start in member_head(path, ".gml"))


def about(path: Path) -> About:
    """Tell the version of IMGeo by its names."""
    said = (re.search(rb"geostandaarden\.nl/imgeo/(\d[\d.]*)", start) for start in member_head(path, ".gml"))
    return About("BGT (GML)", next(("IMGeo " + hit[1].decode() for hit in said if hit), ""))


def read(path: Path, source: Source) -> Raw:
    """Read every current feature of every member of the file.

    With the columns `COLUMNS`, and `kind` where it is an asset of a city.

    Raises
    ------
    InputError
        Where no feature can be read.
    """
    faults: Breaks = []
    rows: list[dict[str, object]] = []
    total, ended = 0, 0
    systems: Counter[str] = Counter()
    for member, stream in documents(path, source.path, ".gml"):
        tags = ("cityObjectMember", "featureMember")
        for number, holder in enumerate(features(stream, tags, place=(source.path, member), faults=faults), start=1):
            total += 1
            feature = next(holder.iterchildren(etree.Element), None)
            if feature is None or any(local(part) in ENDED and part.text for part in feature):
                ended += 1
                continue
            rows.append({"row": number, "layer": member, **_attributes(feature), "shape": _shape(feature, systems)})
    if not total and (faults or not rows):
        raise nothing_in(source.path, Phrase("features of the BGT"), faults)
    frame = pd.DataFrame(rows, columns=["row", "layer", *COLUMNS, "shape"])
    columns = frame[list(COLUMNS)].astype("str")
    columns["kind"] = _kinds(columns)
    return Raw(
        columns=columns,
        rows=frame["row"].to_numpy(dtype=np.int64),
        total=total,
        geometry=frame["shape"].to_numpy(dtype=object),
        crs=systems.most_common(1)[0][0] if systems else BGT.crs,
        layers=frame["layer"].to_numpy(dtype=object) if any(frame["layer"]) else None,
        left_out={Phrase("ended: no longer there"): ended} if ended else {},
        apart=(Apart("kind", (NO_ASSET,), Phrase("topography that is no asset"), roles=("assets",)),),
        faults=tuple(faults),
    )


def _attributes(feature: etree._Element) -> dict[str, object]:
    """Return the attributes of a feature under the names of `COLUMNS`; void values are missing."""
    name = local(feature)
    kind = CITYGML.get(name, name.lower())
    made: dict[str, object] = {"class": kind}
    for part in feature.iterchildren(etree.Element):
        tag = local(part)
        column = _PLAIN.get(tag) or next((ours for start, ours in _STARTS if tag.startswith(start)), "")
        if tag == "class":
            column = "surface" if kind in SURFACED else "function"
        text = (part.text or "").strip()
        if column and text not in VOID and column not in made:
            made[column] = text
        elif tag in ("identificatie", "openbareRuimteNaam"):
            made |= _inner(part)
    return made


def _inner(part: etree._Element) -> dict[str, object]:
    """Return identity or label from within a complex attribute."""
    found: dict[str, object] = {}
    for deep in part.iterdescendants(etree.Element):
        if local(deep) == "lokaalID" and deep.text:
            found["local_id"] = deep.text.strip()
        elif local(deep) == "tekst" and deep.text:
            found["name"] = deep.text.strip()
    return found


def _shape(feature: etree._Element, systems: Counter[str]) -> BaseGeometry | None:
    """Return the shape of a feature on the ground: its surface or point, not the place of its label nor its ridge."""
    for part in feature.iterchildren(etree.Element):
        if local(part).lower().startswith("geometrie"):
            geometry = find_geometry(part)
            if geometry is not None:
                systems[epsg(geometry) or BGT.crs] += 1
                return _one(shape_of(geometry))
    points = [one for point in _labels(feature) if (one := shape_of(point)) is not None]
    return _one(shapely.MultiPoint(points)) if points else None


def _labels(feature: etree._Element) -> Iterator[etree._Element]:
    """Yield the points at which the name of a street is written."""
    for part in feature.iterchildren(etree.Element):
        if not local(part).startswith(_NOT_THE_SHAPE):
            yield from part.iterdescendants("{*}Point")


def _one(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Return a multi-part shape of one part as that part."""
    return shape.geoms[0] if shape is not None and len(getattr(shape, "geoms", ())) == 1 else shape


def _kinds(columns: pd.DataFrame) -> pd.Series:
    """Return the kind of asset that a feature is in the settings; `none` where it is none."""
    what, plus, surface = columns["class"], columns["plus_type"], columns["surface"]
    road = what.isin(("wegdeel", "ondersteunendwegdeel"))
    cases = {
        "paving": road & surface.isin(PAVED),
        "green": (what == "begroeidterreindeel") | (road & (surface == "groenvoorziening")),
        "tree": (what == "vegetatieobject") & (plus == "boom"),
        "gully": (what == "put") & (plus == "kolk"),
        "manhole": (what == "put") & plus.str.contains("rioolput", regex=False, na=False),
        "lighting": (what.isin(("paal", "mast"))) & (plus == "lichtmast"),
        "bridge": what == "overbruggingsdeel",
        "quay": columns["function"] == "kademuur",
    }
    found = np.select([case.to_numpy(dtype=bool) for case in cases.values()], list(cases), default=NO_ASSET)
    return pd.Series(found, index=columns.index, dtype="str")


BGT = Reader(
    name="bgt",
    nl="BGT (GML-light in een zip)",
    en="BGT (GML-light in a zip)",
    suffixes=(".gml", ".zip"),
    fits=fits,
    read=read,
    about=about,
    source="Geonovum, IMGeo 2.1.1, gmlapplicatieschema imgeo.xsd and imgeo-simple.xsd",
    licence="BGT: CC0",
    crs="EPSG:28992",
    promises={
        "topography": {name: name for name in COLUMNS},
        "assets": {"asset": "local_id", "owner": "owner", "kind": "kind"},
        "sections": {"section": "local_id", "name": "name"},
        "bottlenecks": {"bottleneck": "local_id", "kind": "function"},
    },
)
