"""GWSW OroX: a sewer network as RDF in Turtle, one file or in a zip. (nl: GWSW OroX).

What is known of a pipe or manhole hangs on it as aspects, each a node of its own: its size, its material, and, by way of
its orientation, its place. Triples come in any order, so what is needed of them is gathered before it is joined.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import IO

import numpy as np
import pandas as pd
import shapely
from lxml import etree
from shapely.geometry.base import BaseGeometry

from koppelkans.context.reading.archive import DAMAGED_ZIP, Breaks, documents, member_head, nothing_in
from koppelkans.context.reading.gml import epsg, find_geometry, shape_of
from koppelkans.context.reading.layouts import known_layouts
from koppelkans.context.reading.reader import Raw, Reader, Things, unusable
from koppelkans.context.reading.texts import with_points
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

MOST_TRIPLES = 30_000_000
"""Triples of one file; a city of 100,000 pipes and as many manholes has some 9 million."""
LONGEST_SHAPE = 1_000_000
"""Letters of one geometry."""
PIPE, MANHOLE = "Leiding", "Put"
ENDINGS = {"riool": PIPE, "Riool": PIPE, "leiding": PIPE, "drain": PIPE, "put": MANHOLE, "kolk": MANHOLE}
"""How names of classes end of which the file does not say what they are a kind of; an aspect (`LengteLeiding`) has a capital there."""
ASPECTS = {
    "Begindatum": "built_year",
    "Einddatum": "removed_year",
    "MateriaalLeiding": "material",
    "MateriaalPut": "material",
    "BreedteLeiding": "diameter_mm",
    "BreedtePut": "diameter_mm",
    "DatumInspectie": "condition_year",
    "Beheerder": "owner",
}
PLACES = frozenset({"Lijn", "Punt"})
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
"""Reads XML without expanding an entity or fetching an address."""
COLUMNS = (
    "asset", "reference", "owner", "class", "kind", "built_year", "removed_year", "material", "diameter_mm", "condition_year",
)  # fmt: skip

NO_USE = re.compile(r"orientatie$|[a-z](?:Leiding|Put|niveau|hoogte)$")
"""Classes of nodes that say nothing we use, of which the values are not kept."""
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
BELOW = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


@dataclass
class _Graph:
    """What was kept of the triples, by node."""

    types: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)


def fits(path: Path) -> bool:
    """Tell whether a file, or a member of it, is Turtle with words of GWSW."""
    if path.suffix.lower() not in OROX.suffixes:
        return False
    return any(b"data.gwsw.nl" in start and b"@prefix" in start.lower() for start in member_head(path, ".ttl"))


def read(path: Path, source: Source) -> Raw:
    """Read every pipe and manhole with its aspects and its place.

    Raises
    ------
    InputError
        Where no pipe or manhole can be read.
    """
    faults: Breaks = []
    graph = _Graph()
    for member, stream in documents(path, source.path, ".ttl"):
        _gather(graph, stream, member=member, where=source.path, faults=faults)
    kinds = {name: kind for name in ("gwsw_pipes", "gwsw_manholes") for name, kind in _words(name).items()}
    rank = dict.fromkeys(kinds, PIPE)
    found = [node for node, own in graph.types.items() if _rank(own, graph.above, rank)]
    others = sum(1 for own in graph.types.values() if own in ("Bouwwerk", "Gemaal", "Rioolgemaal", "Pomp"))
    if not found:
        raise nothing_in(source.path, Phrase("pipes and manholes of GWSW"), faults)
    frame = pd.DataFrame(index=pd.Index(found), columns=list(COLUMNS), dtype=object)
    frame["asset"] = [_short(node) for node in found]
    frame["reference"] = [graph.labels.get(node) for node in found]
    frame["class"] = [graph.types[node] for node in found]
    frame["kind"] = [_known(graph.types[node], graph.above, kinds) for node in found]
    shapes, system = _hang(graph, frame)
    columns = frame.reset_index(drop=True).astype("str")
    members = np.array([graph.members.get(node, "") for node in found], dtype=object)
    return Raw(
        columns=columns.assign(diameter_mm=with_points(columns["diameter_mm"])),
        rows=np.arange(1, len(frame) + 1, dtype=np.int64),
        total=len(frame) + others,
        geometry=shapes,
        crs=system or OROX.crs,
        layers=members if len(set(members)) > 1 else None,
        left_out={Phrase("structures and pumps"): others} if others else {},
        words={"kind": kinds},
        faults=tuple(faults),
    )


def _words(name: str) -> Mapping[str, str]:
    """Return class of GWSW = kind in the settings, as the layout of that name has it."""
    return next(layout.words["type"] for layout in known_layouts() if layout.layout == name)


def _gather(graph: _Graph, stream: IO[bytes], *, member: str, where: str, faults: Breaks) -> None:
    """Keep what is needed of the triples of a document, until it ends or breaks off."""
    from pyoxigraph import RdfFormat, parse  # noqa: PLC0415  only who reads Turtle needs it

    count, aside = 0, ""
    try:
        for quad in parse(stream, format=RdfFormat.TURTLE, without_named_graphs=True):
            count += 1
            if count > MOST_TRIPLES:
                raise unusable(where, Phrase("more than {n} triples", n=MOST_TRIPLES), Phrase("a file per district"), layer=member)  # fmt: skip
            verb, subject = quad.predicate.value, intern(quad.subject.value)
            if verb != TYPE:
                if subject != aside:
                    _keep(graph, subject, verb, quad.object.value)
                continue
            name = intern(_short(quad.object.value))
            if NO_USE.search(name) and name not in ASPECTS:
                aside = subject if not name.endswith("orientatie") else ""
            elif graph.types.setdefault(subject, name) == name and member:
                graph.members[subject] = member
    except (SyntaxError, *DAMAGED_ZIP) as problem:
        found = Phrase("the document breaks off after triple {n}: {problem}", n=count, problem=str(problem)[:80])
        faults.append(Fault(where, found, Phrase("whole Turtle; what stood before the break was read"), member))


def _keep(graph: _Graph, subject: str, verb: str, thing: str) -> None:
    """Keep a triple where something we use may hang on it."""
    if verb.endswith("/hasValue"):
        graph.said[subject] = thing
    elif verb.endswith("/hasReference"):
        graph.said[subject] = intern(_short(thing))
    elif verb.endswith("/hasAspect"):
        graph.owners[intern(thing)] = subject
    elif verb == LABEL:
        graph.labels[subject] = thing
    elif verb == BELOW:
        graph.above[_short(subject)] = _short(thing)


def _hang(graph: _Graph, frame: pd.DataFrame) -> tuple[Things, str]:
    """Hang the aspects on the rows, and return the place of each row and the system that the first of them names."""
    at = {node: nth for nth, node in enumerate(frame.index)}
    columns = {name: frame[name].to_numpy(dtype=object, copy=True) for name in set(ASPECTS.values())}
    shapes: Things = np.full(len(frame), None, dtype=object)
    system = ""
    for node, own in graph.types.items():
        holder = graph.owners.get(node, "")
        if own in ASPECTS and holder in at:
            columns[ASPECTS[own]][at[holder]] = graph.said.get(node)
        elif own in PLACES:
            nth = at.get(graph.owners.get(holder, ""), at.get(holder))
            if nth is not None and shapes[nth] is None:
                shapes[nth], said = _shape(graph.said.get(node, ""))
                system = system or said
    for name, values in columns.items():
        frame[name] = values
    return shapes, system


def _shape(text: str) -> tuple[BaseGeometry | None, str]:
    """Return the shape of GML or WKT, and the system that it names; None where it cannot be read."""
    if len(text) > LONGEST_SHAPE:
        return None, ""
    if not text.lstrip().startswith("<"):
        bare = text.rpartition("> ")[2]
        return shapely.from_wkt(bare, on_invalid="ignore") if bare else None, ""
    try:
        root = etree.fromstring(text.encode(), SAFE)
    except etree.XMLSyntaxError:
        return None, ""
    geometry = find_geometry(root) if root.getroottree().docinfo.internalDTD is None else None
    return (None, "") if geometry is None else (shape_of(geometry), epsg(geometry))


def _rank(name: str, above: Mapping[str, str], rank: dict[str, str]) -> str:
    """Return whether a class is a kind of pipe or of manhole; empty where it is neither. `rank` remembers."""
    if name not in rank:
        line = list(_line(name, above))
        known = next((rank.get(one) or one for one in line if one in (PIPE, MANHOLE) or rank.get(one)), "")
        endings = (ENDINGS[end] for end in ENDINGS if name.endswith(end))
        rank[name] = known or ("" if line[1:] else next(endings, ""))
    return rank[name]


def _known(name: str, above: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """Return the nearest class above a class, itself included, of which the kind is known; itself where none is."""
    return next((one for one in _line(name, above) if one in kinds), name)


def _line(name: str, above: Mapping[str, str]) -> Iterator[str]:
    """Yield a class and those above it, each once."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        yield name
        name = above.get(name, "")


def _short(address: str) -> str:
    """Return the last part of an address."""
    return address.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


OROX = Reader(
    name="orox",
    nl="GWSW OroX (Turtle, ook in een zip)",
    en="GWSW OroX (Turtle, also in a zip)",
    suffixes=(".ttl", ".orox", ".zip"),
    fits=fits,
    read=read,
    source="Stichting RIONED, GWSW 1.6 (data.gwsw.nl), exchange format OroX",
    crs="EPSG:28992",
    promises={
        "assets": {
            name: name
            for name in ("asset", "reference", "owner", "kind", "built_year", "removed_year", "material", "diameter_mm")
        }
    },
)
