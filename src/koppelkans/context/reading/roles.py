"""Roles of sources: their columns, types, ranges, requirements and shapes. (nl: rollen)."""

from collections.abc import Mapping
from dataclasses import dataclass

from koppelkans.context.product import CERTAINTIES, ROAD_CLASSES
from koppelkans.ground.tables import GEOMETRY, NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema

YES_NO_OR_UNKNOWN = "boolean"
DAY = "datetime64[s]"
POINT, LINE, POLYGON = "point", "line", "polygon"
ANY_SHAPE = (POINT, LINE, POLYGON)
PERIOD, START, END = "period", "start", "end"
"""Columns of works and plans that arrive as text or date and become years of the window."""
FIXED = "fixed_year"
MOST_EUR = 1e11
EFFECTS = "effects"
"""Role of a table with effects of kinds of work on ambitions."""
INSPECTIONS = "inspections"
BUDGETS, COSTS = "budgets", "costs"
"""Roles of tables with amounts per year, as finance systems export them."""
YEAR, AMOUNT, SORT = "year", "amount_eur", "sort"
SPENDING, INCOME = "spending", "income"
FIGURE_BASES = ("measured", "derived", "assumed")


@dataclass(frozen=True)
class RoleTable:
    """What may arrive in one role.

    Parameters
    ----------
    schema
        The table that comes out; a column that is `known` is needed in every row.
    identity
        Column that names a row; made from the name of the source and the row number where it is missing.
    shapes
        Shapes that a row may have; empty where it needs none.
    placed
        False where a row is kept without a place, since its text may name one.
    window
        True where `period`, `start` and `end` are understood and make a window of years.
    keeps_rest
        True where columns that are not named here are kept as they are.
    codes
        True where those columns are codes, which stay text: `0400` is no number.
    """

    schema: Schema
    identity: str = ""
    shapes: tuple[str, ...] = ANY_SHAPE
    placed: bool = True
    window: bool = False
    keeps_rest: bool = False
    codes: bool = False

    @property
    def columns(self) -> Mapping[str, Column]:
        """Return the columns that may be mapped in the settings, without row number and geometry."""
        return {name: column for name, column in self.schema.columns.items() if name not in ("row", "geometry")}

    @property
    def arriving(self) -> tuple[str, ...]:
        """Return the names of every column that may arrive, also those that only make a window."""
        return (*self.columns, *((PERIOD, START, END) if self.window else ()))

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the names of the columns that must arrive."""
        return tuple(name for name, column in self.columns.items() if column.known and name != self.identity)


def is_year(name: str) -> bool:
    """Tell whether a column holds years."""
    return name == "year" or name.endswith("_year")


def _text(meaning: str, *, needed: bool = False, one_of: tuple[str, ...] = ()) -> Column:
    """Return a column of text."""
    return Column(TEXT, meaning, known=needed, one_of=one_of)


def _number(meaning: str, least: float | None = 0, most: float | None = None) -> Column:
    """Return a column of numbers that may be unknown."""
    return Column(NUMBER, meaning, known=False, least=least, most=most)


def _whole(meaning: str, least: float | None = 0, most: float | None = None) -> Column:
    """Return a column of whole numbers that may be unknown."""
    return Column(WHOLE_OR_UNKNOWN, meaning, known=False, least=least, most=most)


def _year(meaning: str) -> Column:
    """Return a column of years that may be unknown."""
    return Column(WHOLE_OR_UNKNOWN, meaning, known=False)


def _yes_no(meaning: str) -> Column:
    """Return a column of yes and no that may be unknown."""
    return Column(YES_NO_OR_UNKNOWN, meaning, known=False)


def _day(meaning: str) -> Column:
    """Return a column of days that may be unknown; a year stands for its first day."""
    return Column(DAY, meaning, known=False)


def _schema(role: str, meaning: str, **columns: Column) -> Schema:
    """Return the table of a role, with its row number in front and its geometry behind."""
    row = {"row": Column(WHOLE, "row number in the file, from 1", least=1)}
    return Schema(role, meaning, row | columns | {"geometry": Column(GEOMETRY, "place", known=False)})


ANNOUNCED, WITHDRAWN, EXECUTED = "announced", "withdrawn", "executed"
"""Days on which a work or wish became known, was taken back, and was done."""
_HISTORY = {
    ANNOUNCED: _day("day or year from which it was known; rows of one name with different days are versions of it"),
    WITHDRAWN: _day("day or year on which it was taken back"),
    EXECUTED: _day("day or year in which it was done"),
}

_WORKS = {
    "work": _text("work", needed=True),
    "name": _text("name that people know it by"),
    "owner": _text("party that does it", needed=True),
    "kind": _text("kind of work", needed=True),
    "certainty": _text("how certain", one_of=CERTAINTIES),
    "earliest_year": _year("earliest year"),
    "best_year": _year("best year"),
    "latest_year": _year("latest year"),
    FIXED: _year("the one year in which it is done; its window is that year"),
    "cost_eur": _whole("cost without opening and closing the street, price level of the city (eur)", most=MOST_EUR),
    "quantity": _number("quantity in the unit of its kind"),
    "mandatory": _yes_no("legal duty, danger or agreement: never left undone by choice"),
    "digs": _yes_no("opens the ground; unknown: as its kind"),
    "resurfaces": _yes_no("leaves new paving; unknown: as its kind"),
    "partners": _text("parties that it is planned with, `;` between them"),
    "measure": _text("measure of GWSW-Maatregelen by its code: 9 is replacing"),
    "accuracy_m": _number("how far off its place may be (m)", most=10_000),
    **_HISTORY,
}

ROLES: Mapping[str, RoleTable] = {
    "assets": RoleTable(
        _schema(
            "assets",
            "What lies in and along the street.",
            asset=_text("asset", needed=True),
            owner=_text("party that owns it", needed=True),
            kind=_text("kind of asset", needed=True),
            built_year=_year("year of laying"),
            condition=_number("condition score NEN 2767, 1 (new) to 6", least=1, most=6),
            condition_year=_year("year of the inspection"),
            criticality=_number("consequence of failure 0-1", most=1),
            material=_text("material"),
            diameter_mm=_number("diameter (mm)", most=10_000),
            pieces=_whole("number of pieces", least=1),
            length_m=_number("length (m), where it is not that of the line"),
            area_m2=_number("area (m2), where it is not that of the polygon"),
            status=_text("status in the words of the file; `projected` is not there yet (IMKL)"),
            reference=_text("name of the asset in inspections, where that is not `asset`"),
            removed_year=_year("year in which it was taken away or out of use"),
        ),
        identity="asset",
    ),
    INSPECTIONS: RoleTable(
        _schema(
            INSPECTIONS,
            "Inspections of assets, joined to them by the name of the asset.",
            asset=_text("`asset` or `reference` of the asset", needed=True),
            condition=_number("condition score NEN 2767, 1 (new) to 6", least=1, most=6),
            condition_year=_year("year of the inspection"),
        ),
        shapes=(),
        placed=False,
    ),
    "works": RoleTable(_schema("works", "Works that the city plans itself.", **_WORKS), identity="work", window=True),
    "plans": RoleTable(
        _schema("plans", "Plans of third parties, often rough.", **_WORKS), identity="work", window=True
    ),
    "sections": RoleTable(
        _schema(
            "sections",
            "Sections (wegvakken): the pieces of street that are opened as one.",
            section=_text("section", needed=True),
            name=_text("street name"),
            road_class=_text("class of the road", one_of=ROAD_CLASSES),
            width_m=_number("paved width (m)", most=200),
        ),
        identity="section",
        shapes=(LINE, POLYGON),
    ),
    "areas": RoleTable(
        _schema(
            "areas",
            "Quarters (buurten) or other areas that a gebiedsprogramma is made for.",
            area=_text("area", needed=True),
            name=_text("name"),
            municipality=_text("municipality"),
            inhabitants=_whole("inhabitants"),
            households=_whole("households"),
        ),
        identity="area",
        shapes=(POLYGON,),
    ),
    "bottlenecks": RoleTable(
        _schema(
            "bottlenecks",
            "Bottlenecks (knelpunten) that the city already knows.",
            bottleneck=_text("bottleneck", needed=True),
            kind=_text("kind, in the words of the source"),
            severity=_number("severity 0-1", most=1),
            note=_text("explanation"),
        ),
        identity="bottleneck",
    ),
    "wishes": RoleTable(
        _schema(
            "wishes",
            "Wishes of residents, without personal data.",
            wish=_text("wish", needed=True),
            text=_text("what is wished", needed=True),
            ambition=_text("ambition that it belongs to"),
            asks=_text("what a person read in it: kinds of work with a comma between them, `when`, or `not ours`"),
            year=_year("year in which it was made"),
            **_HISTORY,
        ),
        identity="wish",
        placed=False,
    ),
    "ambitions": RoleTable(_schema("ambitions", "A layer with columns that tell where a need is."), keeps_rest=True),
    "addresses": RoleTable(
        _schema("addresses", "Addresses.", address=_text("address", needed=True), street=_text("street name")),
        identity="address",
    ),
    "care": RoleTable(
        _schema(
            "care",
            "Schools and care: places to reach at all times.",
            care=_text("place", needed=True),
            name=_text("name"),
            kind=_text("kind, in the words of the source"),
        ),
        identity="care",
    ),
    "topography": RoleTable(
        _schema(
            "topography",
            "Topography: roads, green, water, buildings and what stands in the street, as in the BGT.",
            **{"class": _text("class, as in the BGT: wegdeel, pand, waterdeel …", needed=True)},
            function=_text("function or type"),
            surface=_text("physical surface"),
            plus_type=_text("type by IMGeo-plus"),
            plus_surface=_text("physical surface by IMGeo-plus"),
            owner=_text("owner (bronhouder)"),
            local_id=_text("name of the object at its owner"),
            relative_height=_whole("height relative to the ground: 0 is the ground", least=None),
            status=_text("status"),
            name=_text("name, of a street where it is a label"),
        ),
    ),
    "table": RoleTable(
        _schema("table", "A table or layer that other sources take their geometry from."), shapes=(), keeps_rest=True
    ),
    EFFECTS: RoleTable(
        _schema(
            EFFECTS,
            "How much of a need a kind of work meets, over the figures that come along.",
            ambition=_text("ambition, by its short name or its name", needed=True),
            kind=_text("kind of work, by its short name or its name", needed=True),
            effect=Column(
                NUMBER, "share of the need that is met (0-1) per `unit`; 0: it is known to have none", least=0
            ),
            unit=_text("need per 100 m, per 100 m2, per m, per m2 or per piece; empty: per 100 m, 100 m2 or piece"),
            low=_number("lower end of the range, where known"),
            high=_number("upper end of the range, where known"),
            source=_text("where the figure was found", needed=True),
            basis=_text("how it is known; empty: assumed", one_of=FIGURE_BASES),
        ),
        shapes=(),
    ),
    BUDGETS: RoleTable(
        _schema(
            BUDGETS,
            "What purses may spend per year, as a finance system exports it; other columns hold codes.",
            fund=_text("purse, by its short name or its name; empty: by the `codes` of purses"),
            sort=_text("spending or income; empty: below zero is income", one_of=(SPENDING, INCOME)),
            year=Column(WHOLE_OR_UNKNOWN, "year"),
            amount_eur=Column(WHOLE_OR_UNKNOWN, "amount (eur)", least=-MOST_EUR, most=MOST_EUR),
            announced=_day("day or year on which this budget was set; of one purse and year the last counts"),
        ),
        shapes=(),
        placed=False,
        keeps_rest=True,
        codes=True,
    ),
    COSTS: RoleTable(
        _schema(
            COSTS,
            "What works really cost, per work or per kind of work.",
            work=_text("work, by its name in the register of works"),
            kind=_text("kind of work"),
            year=Column(WHOLE_OR_UNKNOWN, "year of the price level"),
            amount_eur=Column(WHOLE_OR_UNKNOWN, "amount (eur)", least=-MOST_EUR, most=MOST_EUR),
            quantity=_number("quantity in the unit of its kind, for a price per unit"),
        ),
        shapes=(),
        placed=False,
    ),
}
"""The table of each role, by the name in the settings."""
