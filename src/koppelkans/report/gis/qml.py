"""Styles as QGIS keeps them (QML): one symbol, one per value, or one per range, with names of columns and a label. (nl: stijlen)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

Family = Literal["points", "lines", "areas"]
HEADER = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
VERSION = "3.28.0"
SYMBOLS: dict[Family, str] = {"points": "marker", "lines": "line", "areas": "fill"}
EVERYTHING_ELSE = ""
"""Value of the class that takes every value without a class of its own, and the unknown."""


@dataclass(frozen=True)
class Look:
    """How one class looks: colour (#rrggbb), width of a line or size of a point (mm), share that covers, dashes, shape.

    `outline` is the colour around points and areas; empty: none. `filled` False leaves an area open.
    """

    colour: str
    width: float = 0.6
    alpha: float = 1.0
    dashed: bool = False
    shape: Literal["circle", "triangle", "square"] = "circle"
    outline: str = ""
    filled: bool = True


@dataclass(frozen=True)
class Label:
    """A column that is written in the map, from a scale on (1:`scale`)."""

    column: str
    scale: int
    size: float = 9.0


@dataclass(frozen=True)
class Period:
    """Columns with the first and the last day on which a row is there: the temporal controller of QGIS plays them."""

    begin: str
    end: str


Renderer = ET.Element


def single(family: Family, look: Look) -> Renderer:
    """Return a renderer with one symbol for every row."""
    made = _renderer("singleSymbol")
    _symbols(made, family, [look])
    return made


def categorised(family: Family, column: str, classes: Iterable[tuple[object, str, Look]]) -> Renderer:
    """Return a renderer with one symbol per value of a column: value, name in the legend, look."""
    made, listed = _renderer("categorizedSymbol", attr=column), list(classes)
    place = ET.SubElement(made, "categories")
    for position, (value, name, _) in enumerate(listed):
        ET.SubElement(place, "category", render="true", symbol=str(position), value=str(value), label=name)
    _symbols(made, family, [look for _, _, look in listed])
    return made


def graduated(family: Family, column: str, classes: Iterable[tuple[float, float, str, Look]]) -> Renderer:
    """Return a renderer with one symbol per range of a column: lowest, highest, name in the legend, look."""
    made, listed = _renderer("graduatedSymbol", attr=column, graduatedMethod="GraduatedColor"), list(classes)
    place = ET.SubElement(made, "ranges")
    for position, (low, high, name, _) in enumerate(listed):
        ET.SubElement(
            place, "range", render="true", symbol=str(position), lower=f"{low:.6f}", upper=f"{high:.6f}", label=name
        )
    _symbols(made, family, [look for *_, look in listed])
    return made


def document(
    renderer: Renderer, *, names: Mapping[str, str], label: Label | None = None, period: Period | None = None
) -> str:
    """Return a whole style: the renderer, what columns are called, what is written in the map, and when rows are there."""
    root = ET.Element(
        "qgis",
        version=VERSION,
        styleCategories="Symbology|Labeling|Fields|Temporal",
        labelsEnabled="1" if label else "0",
    )
    if period:
        ET.SubElement(
            root,
            "temporal",
            enabled="1",
            mode="2",  # two columns: begin and end
            limitMode="0",
            startField=period.begin,
            endField=period.end,
            durationUnit="min",
            fixedDuration="0",
            accumulate="0",
        )
    root.append(renderer)
    if label:
        root.append(_labeling(label))
    aliases = ET.SubElement(root, "aliases")
    for position, (column, name) in enumerate(names.items(), start=1):  # the first column is the number of the row
        ET.SubElement(aliases, "alias", index=str(position), field=column, name=name)
    ET.indent(root, space=" ")
    return HEADER + ET.tostring(root, encoding="unicode") + "\n"


def _renderer(kind: str, **more: str) -> Renderer:
    """Return an empty renderer."""
    attributes = {"type": kind, "symbollevels": "0", "enableorderby": "0", "forceraster": "0"}
    return ET.Element("renderer-v2", attributes | more)


def _symbols(renderer: Renderer, family: Family, looks: Iterable[Look]) -> None:
    """Put a symbol in the renderer for each look, numbered from 0."""
    place = ET.SubElement(renderer, "symbols")
    for position, look in enumerate(looks):
        kind = SYMBOLS[family]
        symbol = ET.SubElement(
            place, "symbol", name=str(position), type=kind, alpha=f"{look.alpha:g}", clip_to_extent="1", force_rhr="0"
        )
        shape = f"Simple{kind.capitalize()}"
        layer = ET.SubElement(symbol, "layer", {"class": shape, "pass": "0", "locked": "0", "enabled": "1"})
        options = ET.SubElement(layer, "Option", type="Map")
        for name, value in _options(family, look).items():
            ET.SubElement(options, "Option", name=name, type="QString", value=value)


def _options(family: Family, look: Look) -> dict[str, str]:
    """Return the options of a simple symbol layer."""
    line = "dash" if look.dashed else "solid"
    if family == "lines":
        return {
            "line_color": _rgba(look.colour), "line_width": f"{look.width:g}", "line_width_unit": "MM",
            "line_style": line, "capstyle": "flat" if look.dashed else "round", "joinstyle": "round",
        }  # fmt: skip
    outline = {
        "outline_color": _rgba(look.outline or look.colour), "outline_style": line if look.outline else "no",
        "outline_width": "0.26", "outline_width_unit": "MM",
    }  # fmt: skip
    if family == "areas":
        return {"color": _rgba(look.colour), "style": "solid" if look.filled else "no", **outline}
    return {
        "name": look.shape, "color": _rgba(look.colour), "size": f"{look.width * 4:g}", "size_unit": "MM", **outline,
    }  # fmt: skip


def _labeling(label: Label) -> ET.Element:
    """Return a simple labelling with a white edge, unseen when zoomed out beyond its scale."""
    made = ET.Element("labeling", type="simple")
    settings = ET.SubElement(made, "settings", calloutType="simple")
    style = ET.SubElement(
        settings, "text-style", fieldName=label.column, isExpression="0", fontFamily="Public Sans",
        fontSize=f"{label.size:g}", fontSizeUnit="Point", textColor="74,70,64,255",
    )  # fmt: skip
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor="255,255,255,255"
    )
    ET.SubElement(settings, "rendering", drawLabels="1", scaleVisibility="1", scaleMin="1", scaleMax=str(label.scale))
    return made


def _rgba(colour: str) -> str:
    """Return a colour as QGIS writes it: red, green, blue, alpha."""
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
