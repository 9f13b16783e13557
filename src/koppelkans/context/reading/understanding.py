"""From a file to the rows of a role: mapped, typed, named and placed, with faults. (nl: begrijpen van een bron)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.context.reading.casting import Writing, cast
from koppelkans.context.reading.claimed import name_effects
from koppelkans.context.reading.mapping import arrange
from koppelkans.context.reading.mending import mend
from koppelkans.context.reading.naming import doubles, known_owners, name_kinds, name_owners, name_rows
from koppelkans.context.reading.opening import OpenedFiles
from koppelkans.context.reading.placing import Placed, borrow, has_place, lend, place
from koppelkans.context.reading.reader import Raw, Reader, unusable
from koppelkans.context.reading.roles import ANNOUNCED, BUDGETS, COSTS, EFFECTS, ROLES, RoleTable
from koppelkans.context.reading.texts import texts
from koppelkans.context.reading.troubles import Trouble, lost, places, set_aside, tell
from koppelkans.context.reading.windows import make_windows
from koppelkans.context.reading.yearly import ONLY_TOTAL, TOTAL, by_year
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Settings, Source
from koppelkans.ground.words import Phrase

USUAL_WIDTH_M = 8.0
"""Width of a street (m, assumed) by which square metres of a work that is drawn as a line are checked, and no more than that."""
ABOVE = "above the column names: "
"""Start of what is told of a unit above the column names, which `units` of the source answers."""


@dataclass(frozen=True)
class Understood:
    """What became of one source; `frame` is None where nothing of it can be used."""

    frame: gpd.GeoDataFrame | None = None
    faults: tuple[Fault, ...] = ()
    aside: pd.DataFrame = field(default_factory=pd.DataFrame)
    left_out: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    set_aside: int = 0
    accuracy_m: float | None = None
    licence: str = ""


def understand(source: Source, settings: Settings, opened: OpenedFiles) -> Understood:
    """Return what became of one source; where nothing of it can be used, only why."""
    try:
        reader, raw = opened.open(source)
    except InputError as problem:
        return Understood(faults=problem.faults, licence=source.licence)
    licence = source.licence or reader.licence
    try:
        return _rows(source, settings, opened, reader=reader, raw=raw)
    except InputError as problem:
        return Understood(faults=(*raw.faults, *problem.faults), rows=raw.total, set_aside=raw.total, licence=licence)


def _vat_in(source: Source, settings: Settings) -> float:
    """Return the VAT (share) that the amounts of a source hold; of a budget its purse says what VAT is for it."""
    held = source.role != BUDGETS and (source.vat or settings.city.vat) == "with"
    return settings.appraisal.business.ssk.vat.value if held else 0.0


def _rows(source: Source, settings: Settings, opened: OpenedFiles, *, reader: Reader, raw: Raw) -> Understood:
    """Return the rows of one source in their role, and what was wrong with the others."""
    raw, source = by_year(raw, source)
    table = ROLES[source.role]
    promises = reader.promises.get(source.role, {})
    arranged = arrange(raw, table, source, promises=promises, extra=_asked(source, settings))
    placed = _placed(raw, arranged.frame.index, source, settings, opened)
    measured = _measured(arranged.frame, placed.geometry, settings)
    beside = {ours: raw.units[column] for ours, column in arranged.theirs.items() if column in raw.units}
    writing = Writing({**beside, **source.units}, source.decimal, _vat_in(source, settings), measured)
    frame, troubles = _typed(arranged.frame, table, arranged.theirs, settings, writing)
    missed = tuple(replace(one, kept=one.kept or not table.placed) for one in placed.troubles)
    geometry, mended = mend(placed.geometry.drop(lost(missed)), table)
    troubles += (*missed, *mended)
    if table.identity:
        troubles += (_totals(frame, table, arranged.theirs),)
        frame[table.identity] = name_rows(frame[table.identity], raw, source.name)
        label = arranged.theirs.get(table.identity, table.identity)
        troubles += (doubles(_versions(frame, table), lost(troubles), label),)
    gone = lost(troubles)
    good = frame.drop(gone)
    made = None if len(gone) and good.empty else _finished(good, geometry, raw, settings.city.crs)
    return Understood(
        frame=made,
        faults=(
            *(fault for fault in raw.faults if not (source.units and fault.found.startswith(ABOVE))),
            *arranged.faults,
            *placed.faults,
            *tell(troubles, raw, source.path),
            *_nothing_left(source, raw, meant=len(frame), good=len(good)),
        ),
        aside=set_aside(troubles, raw),
        left_out=arranged.left_out,
        rows=raw.total,
        set_aside=len(gone) + len(raw.aside),
        accuracy_m=placed.accuracy_m,
        licence=source.licence or reader.licence,
    )


def _totals(frame: pd.DataFrame, table: RoleTable, theirs: Mapping[str, str]) -> Trouble:
    """Return the rows that are no thing of their own but a total of others, by their name."""
    column = table.identity if table.identity in theirs else "name"
    own = texts(frame[column]) if column in frame else pd.Series(np.nan, index=frame.index, dtype="str")
    at = places(own.str.fullmatch(TOTAL if column == table.identity else ONLY_TOTAL, na=False))
    wanted = Phrase("a row of its own; this is a total of others")
    return Trouble(at, own.loc[at].tolist(), wanted, theirs.get(column, column))


def _versions(frame: pd.DataFrame, table: RoleTable) -> pd.Series:
    """Return the names of rows, with the day from which a version of a work or wish was known behind them."""
    own = frame[table.identity]
    if ANNOUNCED not in frame or frame[ANNOUNCED].isna().all():
        return own
    return own.where(frame[ANNOUNCED].isna(), own + frame[ANNOUNCED].dt.strftime(" (%Y-%m-%d)"))


def _typed(
    frame: pd.DataFrame, table: RoleTable, theirs: Mapping[str, str], settings: Settings, writing: Writing
) -> tuple[pd.DataFrame, tuple[Trouble, ...]]:
    """Return the columns of a role in their types, windows made, owners and kinds by their names."""
    made, troubles = cast(frame, table, theirs, until=settings.horizon.last, writing=writing)
    if table.window:
        made, more = make_windows(made, theirs)
        troubles += more
    if "owner" in table.needed:
        made["owner"], more = name_owners(made["owner"], settings.parties, theirs.get("owner", "owner"))
        troubles += more
    elif "owner" in table.columns:
        made["owner"] = known_owners(made["owner"], settings.parties)
    if table.schema.name == EFFECTS:
        made, more = name_effects(made, theirs, ambitions=settings.vision.ambitions, kinds=settings.kinds)
        troubles += more
    elif "kind" in table.needed:
        made["kind"], more = name_kinds(made["kind"], settings.kinds, theirs.get("kind", "kind"))
        troubles += more
    elif table.schema.name == COSTS:
        found, more = name_kinds(made["kind"].dropna(), settings.kinds, theirs.get("kind", "kind"))
        made["kind"] = found.reindex(made.index)
        troubles += more
    return made, troubles


def _measured(frame: pd.DataFrame, geometry: pd.Series, settings: Settings) -> dict[str, pd.Series]:
    """Return what the map measures of the rows: length of lines, area of polygons, and of works what their kind counts."""
    named = [name for name in ("quantity", "length_m", "area_m2") if name in frame.columns]
    if not named:
        return {}
    shapes = geometry.reindex(frame.index).to_numpy(dtype=object)
    flat = shapely.get_dimensions(shapes)
    measures = {
        "length_m": pd.Series(np.where(flat == 1, shapely.length(shapes), np.nan), index=frame.index),
        "area_m2": pd.Series(np.where(flat == 2, shapely.area(shapes), np.nan), index=frame.index),  # noqa: PLR2004
    }
    if "quantity" in named and "kind" in frame.columns:
        kinds = name_kinds(frame["kind"], settings.kinds, "kind")[0]
        unit = kinds.map({name: kind.unit for name, kind in settings.kinds.items()})
        area = measures["area_m2"].fillna(measures["length_m"] * USUAL_WIDTH_M)
        measures["quantity"] = measures["length_m"].where(unit == "m", area.where(unit == "m2"))
    return {name: measures[name] for name in named if name in measures}


def _placed(raw: Raw, keep: pd.Index, source: Source, settings: Settings, opened: OpenedFiles) -> Placed:
    """Return the rows in their place: from the file itself, from another source, or nowhere where the role needs none."""
    crs = settings.city.crs
    if source.join is not None:
        other = next(one for one in settings.sources if source.join and one.name == source.join.source)
        if other.join is not None:
            wanted = Phrase("a source with a geometry of its own")
            raise unusable(source.path, Phrase("a join to a source that joins itself"), wanted, column="join")
        _, held = opened.open(other)
        at = place(held, held.columns.index, other, crs=crs)
        return borrow(raw, keep, source, lent=lend(held, at, other, source.join.there))
    table = ROLES[source.role]
    bare = raw.geometry is None and not (source.wkt or source.x)
    if (not table.shapes and bare) or (not table.placed and not has_place(raw, source)):
        return Placed(pd.Series([None] * len(keep), index=keep, dtype=object))
    return place(raw, keep, source, crs=crs)


def _asked(source: Source, settings: Settings) -> list[str]:
    """Return the columns of a source from which the vision reads a need."""
    needs = (need for ambition in settings.vision.ambitions for need in ambition.needs)
    return list(dict.fromkeys(need.column for need in needs if need.source == source.name and need.column))


def _finished(frame: pd.DataFrame, geometry: pd.Series, raw: Raw, crs: str) -> gpd.GeoDataFrame:
    """Return the good rows with their row number and geometry, in the order of the file."""
    made = frame.copy()
    made.insert(0, "row", raw.rows[frame.index.to_numpy()])
    shapes = gpd.GeoSeries(geometry.loc[frame.index].to_numpy(dtype=object), index=frame.index, crs=crs)
    return gpd.GeoDataFrame(made, geometry=shapes, crs=crs).reset_index(drop=True)


def _nothing_left(source: Source, raw: Raw, *, meant: int, good: int) -> Iterator[Fault]:
    """Yield the fault that no row was left: fatal where every row was set aside."""
    if good:
        return
    if meant:
        found = Phrase("not one good row of {n}", n=meant)
        yield Fault(source.path, found, Phrase("at least one good row"), source.layer, fatal=True)
    elif raw.total:
        yield Fault(
            source.path,
            Phrase("all rows left out: {n}", n=raw.total),
            Phrase("rows that are meant; see `only`"),
            source.layer,
        )
    else:
        yield Fault(source.path, Phrase("no rows"), Phrase("at least one row"), source.layer)
