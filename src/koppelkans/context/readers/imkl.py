"""IMKL: cables and pipes of KLIC, version 2.0 and 1.2.1, XML alone or in a zip. (nl: IMKL, KLIC-levering).

Cables and pipes carry no geometry: it is followed from `net:link` to the centre line of a UtilityLink, and their theme
from `net:inNetwork` to a Utiliteitsnet. The order of features is arbitrary, so everything is gathered before it is joined.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from lxml import etree

from koppelkans.context.reading.archive import Breaks, documents, features, member_head, nothing_in
from koppelkans.context.reading.gml import epsg, find_geometry, local, shape_of
from koppelkans.context.reading.reader import About, Apart, Raw, Reader, Things
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

PIPES = frozenset(
    {
        "Elektriciteitskabel",
        "Telecommunicatiekabel",
        "OlieGasChemicalienPijpleiding",
        "Rioolleiding",
        "Waterleiding",
        "ThermischePijpleiding",
        "Overig",
    }
)
CONTAINERS = frozenset({"Duct", "Kabelbed", "Mantelbuis", "Kast", "Mangat", "Mast", "Toren", "TechnischGebouw"})
POINTS = frozenset({"Appurtenance"})
FRAMEWORK = frozenset(
    {
        "UtilityLink",
        "Utiliteitsnet",
        "Beheerder",
        "Belang",
        "Belanghebbende",
        "GebiedsinformatieAanvraag",
        "GebiedsinformatieLevering",
        "Graafpolygoon",
        "Orientatiepolygoon",
        "Informatiepolygoon",
        "Bijlage",
        "EisVoorzorgsmaatregelBijlage",
    }
)
"""Features that say how the others hang together, or what was asked: no rows of their own."""
COLUMNS = (
    "asset", "class", "theme", "kind", "status", "owner", "owner_code", "built_year", "material", "diameter_mm",
    "pressure_bar", "voltage_v", "water_type", "label", "description",
)  # fmt: skip
KINDS = {
    "rioolVrijverval": "sewer_gravity",
    "rioolOnderOverOfOnderdruk": "sewer_pressure",
    "rioolOnderDruk": "sewer_pressure",
    "water": "water_main",
    "gasLageDruk": "gas_low",
    "gasHogeDruk": "gas_high",
    "laagspanning": "power_low",
    "middenspanning": "power_medium",
    "hoogspanning": "power_high",
    "landelijkHoogspanningsnet": "power_high",
    "datatransport": "telecom",
    "warmte": "heat",
    "kolk": "gully",
    "manhole": "manhole",
    "rioolput": "manhole",
    "streetLight": "lighting",
    "*": "other",
}
"""Theme of a cable or pipe, or type of an appurtenance = kind in the settings."""
LABEL_MATERIALS = frozenset(
    {
        "AC",
        "PVC",
        "HPVC",
        "SPVC",
        "PE",
        "HDPE",
        "HPE",
        "LDPE",
        "GIJ",
        "NGIJ",
        "GY",
        "NGY",
        "ST",
        "STAAL",
        "KOPER",
        "CU",
        "GVK",
    }
)
"""Material codes that stand behind the diameter in the label of a water main, as in `100 AC`."""
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
VOLTS = {"V": 1.0, "kV": 1000.0}
BARS = {"bar": 1.0, "mbar": 0.001, "Pa": 1e-5, "kPa": 0.01}
NO_TYPE = "onbekend"
VOID = frozenset({"", NO_TYPE, "unknown"})
PREFIX = "nl.imkl-"

_HREF = "{http://www.w3.org/1999/xlink}href"
_ID = "{http://www.opengis.net/gml/3.2}id"
_CODED = {
    "currentStatus": "status",
    "appurtenanceType": "type",
    "buismateriaalType": "material",
    "telecommunicationsCableMaterialType": "material",
    "sewerWaterType": "water_type",
}
_PLAIN = {"label": "label", "omschrijving": "description", "validFrom": "built_year"}
_MEASURED = {
    "pipeDiameter": ("diameter_mm", MILLIMETRES),
    "kabelDiameter": ("diameter_mm", MILLIMETRES),
    "pressure": ("pressure_bar", BARS),
    "operatingVoltage": ("voltage_v", VOLTS),
    "nominalVoltage": ("voltage_v", VOLTS),
}


@dataclass
class _Delivery:
    """What was gathered from a delivery, before it is joined."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    links: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    systems: Counter[str] = field(default_factory=Counter)


def fits(path: Path) -> bool:
    """Tell whether a file, or a member of it, is XML of IMKL."""
    return any(b"geostandaarden.nl/imkl" in start for start in member_head(path, ".xml"))


def about(path: Path) -> About:
    """Tell the version of IMKL by its names."""
    starts = [start for start in member_head(path, ".xml") if b"geostandaarden.nl/imkl" in start]
    return About("IMKL", "1.2.1" if any(b"imkl/2015" in start for start in starts) else "2.0")


def read(path: Path, source: Source) -> Raw:
    """Read every cable, pipe, container and appurtenance with its geometry, theme and owner.

    Raises
    ------
    InputError
        Where no feature can be read.
    """
    faults: Breaks = []
    found = _Delivery()
    for member, stream in documents(path, source.path, ".xml"):
        tags = ("featureMember",)
        for number, holder in enumerate(features(stream, tags, place=(source.path, member), faults=faults), start=1):
            feature = next(holder.iterchildren(etree.Element), None)
            if feature is not None:
                _gather(found, feature, row=number, layer=member)
    if not found.rows:
        raise nothing_in(source.path, Phrase("cables and pipes of IMKL"), faults)
    frame = pd.DataFrame(found.rows, columns=["row", "layer", "links", "shape", "type", *COLUMNS])
    measured = {column for column, _ in _MEASURED.values()}
    frame = frame.astype({name: "float64" if name in measured else "str" for name in (*COLUMNS, "type")})
    frame["theme"] = frame["theme"].map(found.themes).astype("str")
    point = frame["class"].isin(POINTS)
    frame["kind"] = frame["theme"].mask(point, frame["type"].fillna(NO_TYPE))
    frame["owner"] = frame["owner_code"].map(found.owners).astype("str").fillna(frame["owner_code"])
    frame["material"] = frame["material"].fillna(_labelled(frame["label"]))
    members = frame["layer"].to_numpy(dtype=object)
    return Raw(
        columns=frame[list(COLUMNS)],
        rows=frame["row"].to_numpy(dtype=np.int64),
        total=len(frame) + found.others.total(),
        geometry=_geometry(frame, found.links),
        crs=found.systems.most_common(1)[0][0] if found.systems else IMKL.crs,
        layers=members if len(set(members)) > 1 else None,
        left_out=dict(sorted(found.others.items())),
        apart=(
            Apart("class", tuple(sorted(CONTAINERS)), Phrase("ducts, casings and other containers")),
            Apart("status", ("disused",), Phrase("out of use")),
        ),
        words={"kind": KINDS},
        faults=tuple(faults),
    )


def _gather(found: _Delivery, feature: etree._Element, *, row: int, layer: str) -> None:
    """Put one feature with its like."""
    name = local(feature)
    identity = _bare(feature.get(_ID, ""))
    if name == "UtilityLink":
        line = find_geometry(feature)
        if line is not None:
            found.systems[epsg(line) or IMKL.crs] += 1
            found.links[identity] = shape_of(line)
    elif name == "Utiliteitsnet":
        found.themes[identity] = _code(next(feature.iter("{*}thema"), None))
    elif name == "Beheerder":
        code, organisation = feature.find(".//{*}bronhoudercode"), feature.find(".//{*}Organisatie/{*}naam")
        if code is not None and code.text and organisation is not None and organisation.text:
            found.owners[code.text.strip()] = organisation.text.strip()
    elif name in PIPES or name in CONTAINERS or name in POINTS:
        row_of = {"row": row, "layer": layer, "class": name, "asset": identity, "owner_code": identity.split(".")[0]}
        found.rows.append(row_of | _attributes(feature, found))
    elif name not in FRAMEWORK:
        found.others[name] += 1


def _attributes(feature: etree._Element, found: _Delivery) -> dict[str, Any]:
    """Return the attributes of a cable, pipe, container or appurtenance, in our units."""
    made: dict[str, Any] = {"links": []}
    for part in feature.iterchildren(etree.Element):
        tag = local(part)
        if tag == "link":
            made["links"].append(_bare(part.get(_HREF, "")))
        elif tag == "inNetwork":
            made["theme"] = _bare(part.get(_HREF, ""))
        elif tag in _CODED:
            code = _code(part)
            made.setdefault(_CODED[tag], code if code not in VOID else None)
        elif tag in _PLAIN and part.text and part.text.strip():
            made.setdefault(_PLAIN[tag], part.text.strip())
        elif tag in _MEASURED:
            column, units = _MEASURED[tag]
            amount = _amount(part, units)
            if amount is not None:
                made[column] = max(amount, made.get(column, 0.0))
        elif tag == "geometry":
            shape = find_geometry(part)
            if shape is not None:
                found.systems[epsg(shape) or IMKL.crs] += 1
                made["shape"] = shape_of(shape)
    return made


def _geometry(frame: pd.DataFrame, links: dict[str, Any]) -> Things:
    """Return the lines of each row's links as one, or the row's own shape; None where neither is there."""
    made: Things = frame["shape"].to_numpy(dtype=object, copy=True)
    made[frame["shape"].isna()] = None
    pairs = frame["links"].explode().dropna()
    lines = pairs.map(links).dropna()
    if lines.empty:
        return made
    rows, nth = np.unique(lines.index.to_numpy(), return_inverse=True)
    whole = shapely.line_merge(shapely.multilinestrings(lines.to_numpy(dtype=object), indices=nth))
    made[rows] = whole
    return made


def _labelled(labels: pd.Series) -> pd.Series:
    """Return the material that stands in a label behind the diameter, where it is one that is known."""
    word = labels.astype("str").str.extract(r"^\d+\s+(\w+)", expand=False).str.upper()
    return word.where(word.isin(LABEL_MATERIALS))


def _amount(part: etree._Element, units: dict[str, float]) -> float | None:
    """Return a measure in our unit; None where it is not known: nil, no number, zero, or in a unit that is not known."""
    unit = part.get("uom", "").rpartition(":")[2]
    try:
        amount = float(part.text or "")
    except ValueError:
        return None
    return amount * units[unit] if unit in units and amount > 0 else None


def _code(part: etree._Element | None) -> str:
    """Return the last part of the address of a code."""
    return "" if part is None else part.get(_HREF, "").rstrip("/").rpartition("/")[2]


def _bare(identity: str) -> str:
    """Return an identity without `#` and without the prefix that only some deliveries have."""
    return identity.removeprefix("#").removeprefix(PREFIX)


IMKL = Reader(
    name="imkl",
    nl="IMKL (KLIC-levering, XML of zip)",
    en="IMKL (KLIC delivery, XML or zip)",
    suffixes=(".xml", ".zip"),
    fits=fits,
    read=read,
    about=about,
    source="Geonovum, IMKL 2.0.0 (imkl-wibon.xsd) and IMKL2015 1.2.1, on INSPIRE Utility Networks 4.0",
    licence="KLIC: alleen om te plannen en zorgvuldig te graven (WIBON); niet verder verspreiden",
    crs="EPSG:28992",
    promises={
        "assets": {name: name for name in ("asset", "owner", "kind", "built_year", "material", "diameter_mm", "status")}
    },
)
