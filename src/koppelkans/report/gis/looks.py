"""How each layer looks in QGIS: the same colours and words as the map and the documents. (nl: uiterlijk in QGIS)."""

from collections.abc import Callable

from koppelkans.ground.words import say
from koppelkans.opportunities.kinds import KINDS
from koppelkans.report.gis.layers import Layer
from koppelkans.report.gis.qml import (
    EVERYTHING_ELSE,
    Family,
    Label,
    Look,
    Period,
    Renderer,
    categorised,
    document,
    graduated,
    single,
)
from koppelkans.report.names import ambition_names, kind_names
from koppelkans.report.pictures.look import periods
from koppelkans.report.plan import Plan

ALONE, TOGETHER, MANY = "#7c8794", "#2b83c6", "#0b2f66"
CHANCE, CLASH, QUIET = "#0b7a4b", "#c4480b", "#b9b3a6"
NEED = ("#f7e6df", "#efc2b3", "#dd9482", "#bd5f56", "#872b31")
BACKDROP = {"other": "#ece8e0", "green": "#dfe8d6", "water": "#cfdfe8", "road": "#fdfcfa", "building": "#e3ddd1"}
BACKDROP_WORDS = {"other": "other", "green": "green", "water": "water", "road": "road", "building": "building"}
ANSWERS = {
    "rides_along": ("can ride along with a work", CHANCE),
    "street_opens": ("the street opens, the work is for something else", TOGETHER),
    "no_carrier": ("no work near it yet", CLASH),
    "no_place": ("street not known", ALONE),
}
Paint = Callable[[Plan, Layer, Family, str], Renderer]


def styles(plan: Plan, layer: Layer, lang: str) -> list[tuple[str, str]]:
    """Return the styles of a layer, name and QML, the first of them the default; none for a layer without places."""
    if layer.family not in ("points", "lines", "areas"):
        return []
    family: Family = layer.family  # type: ignore[assignment]
    paint = PAINTS.get(layer.key, _plain)
    period = Period("begin", "end") if layer.key == "programme.open" else None
    made = [
        (
            layer.title,
            document(paint(plan, layer, family, lang), names=layer.names, label=LABELS.get(layer.key), period=period),
        )
    ]
    if layer.key == "context.sections":
        for ambition, word in ambition_names(plan, lang).items():
            if f"need_{ambition}" in layer.frame.columns:
                needs = document(_by_need(family, f"need_{ambition}"), names=layer.names)
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
        (key, say(word, lang), Look(colour, 0.8, shape="square", outline="#ffffff"))
        for key, (word, colour) in ANSWERS.items()
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
