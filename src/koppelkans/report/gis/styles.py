"""How each layer looks in QGIS, in the colours and words of the map (QML). (nl: stijlen)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from koppelkans.ground.columns import ANSWER_WORDS
from koppelkans.ground.words import say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.report.gis.layers import Layer
from koppelkans.report.names import ambition_names, kind_names
from koppelkans.report.pictures.look import periods
from koppelkans.report.plan import Plan

Family = Literal["points", "lines", "areas"]
HEADER = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
VERSION = "3.28.0"
SYMBOLS: dict[Family, str] = {"points": "marker", "lines": "line", "areas": "fill"}
EVERYTHING_ELSE = ""
"""Value of the class that takes every value without a class of its own, and the unknown."""
Renderer = ET.Element
ALONE, TOGETHER, MANY = "#7c8794", "#2b83c6", "#0b2f66"
CHANCE, CLASH, QUIET = "#0b7a4b", "#c4480b", "#b9b3a6"
NEED = ("#f7e6df", "#efc2b3", "#dd9482", "#bd5f56", "#872b31")
BACKDROP = {"other": "#ece8e0", "green": "#dfe8d6", "water": "#cfdfe8", "road": "#fdfcfa", "building": "#e3ddd1"}
BACKDROP_WORDS = {"other": "other", "green": "green", "water": "water", "road": "road", "building": "building"}
ANSWER_COLOURS = {
    "yes": CHANCE,
    "partly": "#4f7f2f",
    "later": TOGETHER,
    "no": CLASH,
    "not_ours": "#8e6bb0",
    "to_be_judged": ALONE,
}
Paint = Callable[[Plan, Layer, Family, str], Renderer]


@dataclass(frozen=True)
class Look:
    """Colours, sizes and shape of one class.

    Colour (#rrggbb), width of a line or size of a point (mm), share that covers, dashes, shape.

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
    """Columns with the first and last day of a row, for the temporal controller of QGIS."""

    begin: str
    end: str


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
    """Return a renderer with one symbol per range of a column.

    A class is lowest, highest, name in the legend, look.
    """
    made, listed = _renderer("graduatedSymbol", attr=column, graduatedMethod="GraduatedColor"), list(classes)
    place = ET.SubElement(made, "ranges")
    for position, (low, high, name, _) in enumerate(listed):
        ET.SubElement(
            place, "range", render="true", symbol=str(position), lower=f"{low:.6f}", upper=f"{high:.6f}", label=name
        )
    _symbols(made, family, [look for *_, look in listed])
    return made


def qml_document(
    renderer: Renderer, *, names: Mapping[str, str], label: Label | None = None, period: Period | None = None
) -> str:
    """Return a whole style: renderer, names of columns, labels and period."""
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


def styles(plan: Plan, layer: Layer, lang: str) -> list[tuple[str, str]]:
    """Return the styles of a layer, name and QML, the first of them the default.

    None for a layer without places.
    """
    if layer.family not in ("points", "lines", "areas"):
        return []
    family: Family = layer.family  # type: ignore[assignment]
    paint = PAINTS.get(layer.key, _plain)
    period = Period("begin", "end") if layer.key == "programme.open" else None
    made = [
        (
            layer.title,
            qml_document(
                paint(plan, layer, family, lang), names=layer.names, label=LABELS.get(layer.key), period=period
            ),
        )
    ]
    if layer.key == "context.sections":
        for ambition, word in ambition_names(plan, lang).items():
            if f"need_{ambition}" in layer.frame.columns:
                needs = qml_document(_by_need(family, f"need_{ambition}"), names=layer.names)
                made.append((say("need for {ambition}", lang, ambition=word), needs))
    return made


def _plain(_plan: Plan, _layer: Layer, family: Family, _lang: str) -> Renderer:
    """Return one quiet symbol."""
    return single(family, Look(ALONE, alpha=0.8))


def _areas(_plan: Plan, _layer: Layer, family: Family, _lang: str) -> Renderer:
    """Return a dashed outline."""
    return single(family, Look("#8d8677", dashed=True, outline="#8d8677", filled=False))


def _sections(_plan: Plan, layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one symbol per number of parties that open it at once."""
    closed = (EVERYTHING_ELSE, say("not opened", lang), Look(QUIET, 0.4, 0.7))
    return categorised(family, "most_owners", [*_owners(layer, "most_owners", lang), closed])


def _open(_plan: Plan, layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one symbol per number of parties."""
    return categorised(family, "owners", _owners(layer, "owners", lang))


def _owners(layer: Layer, column: str, lang: str) -> list[tuple[object, str, Look]]:
    """Return the classes alone, two together, three together, and every larger number that occurs."""
    more = sorted({int(number) for number in layer.frame[column].dropna() if number > 3})  # noqa: PLR2004
    return [
        (1, say("one party", lang), Look(ALONE, 0.7)),
        (2, say("two parties together", lang), Look(TOGETHER, 1.1)),
        *((number, say("{n} parties together", lang, n=number), Look(MANY, 1.5)) for number in (3, *more)),
    ]


def _bundles(_plan: Plan, _layer: Layer, family: Family, _lang: str) -> Renderer:
    """Return a broad orange band."""
    return single(family, Look("#f08c00", 2.2, 0.8, outline="#8a4b00"))


def _works(plan: Plan, _layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one class per year in the colour of its period, and one for what is left undone."""
    years = plan.settings.horizon
    classes: list[tuple[object, str, Look]] = [
        (year, str(year), Look(colour, 0.9, outline="#ffffff"))
        for start, end, colour in periods(years.first, years.last)
        for year in range(start, end + 1)
    ]
    undone = Look("#17324d", 0.6, dashed=True, outline="#17324d", filled=False)
    return categorised(family, "year", [*classes, (EVERYTHING_ELSE, say("not in the programme", lang), undone)])


def _finds(_plan: Plan, layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one class per kind that was found: chances round and green, clashes triangles and orange."""
    met = set(layer.frame["kind"])
    sides = {"chance": say("Chance", lang), "clash": say("Bottleneck", lang)}
    known = {kind.name: (str(getattr(kind, lang)), kind.side) for kind in KINDS if kind.name in met}
    classes: list[tuple[object, str, Look]] = [
        (kind, f"{sides[side]}: {word}", _side(side)) for kind, (word, side) in known.items()
    ]
    return categorised(family, "kind", [*classes, (EVERYTHING_ELSE, say("other", lang), _side("clash"))])


def _side(side: str) -> Look:
    """Return how a chance or a clash looks."""
    if side == "chance":
        return Look(CHANCE, 0.8, 0.85, outline="#ffffff")
    return Look(CLASH, 0.8, 0.85, shape="triangle", outline="#ffffff")


def _wishes(_plan: Plan, _layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one class per answer."""
    looks = [
        (key, say(ANSWER_WORDS[key], lang), Look(colour, 0.8, shape="square", outline="#ffffff"))
        for key, colour in ANSWER_COLOURS.items()
    ]
    return categorised(family, "answer", looks)


def _needs(_plan: Plan, _layer: Layer, family: Family, _lang: str) -> Renderer:
    """Return five classes of need."""
    return _by_need(family, "need_score")


def _by_need(family: Family, column: str) -> Renderer:
    """Return five classes of a need from 0 to 1."""
    steps = [
        (at / 5, (at + 1) / 5, f"{at * 20}–{(at + 1) * 20} %", Look(colour, 1.4, 0.85, outline="#ffffff"))
        for at, colour in enumerate(NEED)
    ]
    return graduated(family, column, steps)


def _assets(plan: Plan, layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one class per kind, in the colour of the settings."""
    words, known, met = kind_names(plan, lang), plan.settings.kinds, set(layer.frame["kind"])
    classes: list[tuple[object, str, Look]] = [
        (kind, words[kind], Look(known[kind].colour, 0.4, 0.9, outline="#ffffff")) for kind in known if kind in met
    ]
    return categorised(family, "kind", [*classes, (EVERYTHING_ELSE, say("other", lang), Look(ALONE, 0.4))])


def _bottlenecks(_plan: Plan, _layer: Layer, family: Family, _lang: str) -> Renderer:
    """Return one symbol in the colour of a clash."""
    return single(family, Look(CLASH, 0.8, 0.5, shape="triangle", outline=CLASH))


def _backdrop(_plan: Plan, _layer: Layer, family: Family, lang: str) -> Renderer:
    """Return one quiet colour per kind."""
    looks = [(kind, say(BACKDROP_WORDS[kind], lang), Look(colour)) for kind, colour in BACKDROP.items()]
    return categorised(family, "kind", looks)


PAINTS: dict[str, Paint] = {
    "context.areas": _areas,
    "context.sections": _sections,
    "programme.open": _open,
    "programme.bundles": _bundles,
    "context.works": _works,
    "opportunities.finds": _finds,
    "context.wishes": _wishes,
    "context.bottlenecks": _bottlenecks,
    "vision.needs": _needs,
    "context.assets": _assets,
    "context.backdrop": _backdrop,
}
"""Per layer what it looks like."""


LABELS = {
    "context.areas": Label("name", 100_000, 11),
    "context.sections": Label("name", 5_000),
    "programme.bundles": Label("name", 10_000),
}
"""Per layer the column that is written in the map."""
