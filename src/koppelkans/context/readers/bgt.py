"""BGT and IMGeo, the large-scale base map of PDOK: GML in a zip, current rows. (nl: BGT).

Both layouts are read: CityGML (gmllight, `TrafficArea` and the like) and flat IMGeo (`Wegdeel` with `bgt-functie`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import IO, Any, cast

import numpy as np
import pandas as pd
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from koppelkans.context.reading.archive import Breaks, documents, features, member_head, nothing_in
from koppelkans.context.reading.ended import WithoutEnded
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
ENDS = frozenset({"terminationDate", "eindRegistratie", "objectEindTijd"})
"""Attributes that say since when an object is no longer there."""
TAGS = ("cityObjectMember", "featureMember")
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
SHORT = 40
"""Letters below which a word is held once, however often it stands in a file."""
Parts = Sequence[tuple[str, Any]]
"""Elements of a feature, each behind its name."""
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
    rows: list[tuple[object, ...]] = []
    shapes: list[BaseGeometry | None] = []
    total, ended = 0, 0
    systems: Counter[str] = Counter()
    for member, stream in documents(path, source.path, ".gml"):
        current = cast("IO[bytes]", WithoutEnded(stream, TAGS, ENDS))
        for number, holder in enumerate(features(current, TAGS, place=(source.path, member), faults=faults), start=1):
            total += 1
            feature = next((part for part in holder if local(part)), None)
            parts = [] if feature is None else [(local(part), part) for part in feature]
            if feature is None or any(tag in ENDS and part.text for tag, part in parts):
                ended += 1
                continue
            own = _attributes(local(feature), parts)
            rows.append((number, member, *(own.get(column) for column in COLUMNS)))
            shapes.append(_shape(parts, systems))
    if not total and (faults or not rows):
        raise nothing_in(source.path, Phrase("features of the BGT"), faults)
    frame = pd.DataFrame(rows, columns=["row", "layer", *COLUMNS])
    columns = frame[list(COLUMNS)].astype("str")
    columns["kind"] = _kinds(columns)
    return Raw(
        columns=columns,
        rows=frame["row"].to_numpy(dtype=np.int64),
        total=total,
        geometry=np.fromiter(shapes, dtype=object, count=len(shapes)),
        crs=systems.most_common(1)[0][0] if systems else BGT.crs,
        layers=frame["layer"].to_numpy(dtype=object) if any(frame["layer"]) else None,
        left_out={Phrase("ended: no longer there"): ended} if ended else {},
        apart=(Apart("kind", (NO_ASSET,), Phrase("topography that is no asset"), roles=("assets",)),),
        faults=tuple(faults),
    )


def _attributes(name: str, parts: Parts) -> dict[str, str]:
    """Return the attributes of a feature under the names of `COLUMNS`; void values are missing."""
    kind = CITYGML.get(name, name.lower())
    made = {"class": kind}
    for tag, part in parts:
        column = ("surface" if kind in SURFACED else "function") if tag == "class" else _column(tag)
        if column and column not in made:
            text = (part.text or "").strip()
            if text not in VOID:
                made[column] = intern(text) if len(text) < SHORT else text
                continue
        if tag in ("identificatie", "openbareRuimteNaam"):
            made |= _inner(part)
    return made


@lru_cache(maxsize=4_096)
def _column(tag: str) -> str:
    """Return the column of ours that an attribute is; empty where it is none."""
    return _PLAIN.get(tag) or next((ours for start, ours in _STARTS if tag.startswith(start)), "")


def _inner(part: etree._Element) -> dict[str, str]:
    """Return identity or label from within a complex attribute."""
    found: dict[str, str] = {}
    for deep in part.iterdescendants():
        if local(deep) == "lokaalID" and deep.text:
            found["local_id"] = deep.text.strip()
        elif local(deep) == "tekst" and deep.text:
            found["name"] = deep.text.strip()
    return found


def _shape(parts: Parts, systems: Counter[str]) -> BaseGeometry | None:
    """Return the shape of a feature on the ground: its surface or point, not the place of its label nor its ridge."""
    for tag, part in parts:
        if tag.startswith(("geometrie", "Geometrie")):
            geometry = find_geometry(part)
            if geometry is not None:
                systems[epsg(geometry) or BGT.crs] += 1
                return _one(shape_of(geometry))
    points = [one for point in _labels(parts) if (one := shape_of(point)) is not None]
    return _one(shapely.MultiPoint(points)) if points else None


def _labels(parts: Parts) -> Iterator[etree._Element]:
    """Yield the points at which the name of a street is written."""
    for tag, part in parts:
        if not tag.startswith(_NOT_THE_SHAPE):
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
