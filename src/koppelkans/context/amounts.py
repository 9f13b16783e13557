"""Budgets and real costs of a finance system, laid into purses, prices of kinds and works. (nl: begroting en nacalculatie)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.context.city import City, faults_of
from koppelkans.context.reading.mapping import find
from koppelkans.context.reading.roles import ANNOUNCED, BUDGETS, COSTS, INCOME, SORT
from koppelkans.context.reading.texts import Flags, texts
from koppelkans.context.reading.troubles import MOST_TOLD
from koppelkans.ground.errors import Fault
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import FILE_NAME, Figure, Fund, Settings, Source, WorkKind, make_settings
from koppelkans.ground.settings.figures import at_price_year
from koppelkans.ground.words import Phrase

NAMED = 3
"""Codes and works that are named in one fault."""


def with_amounts(city: City) -> City:
    """Return a city with the amounts of its files with budgets and real costs in its settings.

    A purse gets per year the spending on the lines with its codes, of several budgets that say when they were announced
    that of the last (with `known_on`: the last by then); income is no budget. A year that the settings name
    stays as it is there. A kind of work gets the mean real price per unit, where its price is still that of the defaults.
    """
    if not any(source.role in (BUDGETS, COSTS) for source in city.settings.sources):
        return city
    funds, faults = _budgeted(city)
    kinds, more = _priced(city)
    settings = city.settings.model_copy(update={"funds": funds, "kinds": kinds})
    trace = replace(city.trace, settings=settings.model_dump(mode="json"))
    return replace(city, settings=settings, trace=trace, faults=(*city.faults, *faults, *more))


def with_real_costs(city: City, works: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return works with what was really spent on them, and the faults.

    An unknown cost becomes what was spent; a work costs no less than what was spent on it.
    """
    spent = _spent(city)
    if spent.empty:
        return works, []
    key = works["work"].astype("str").str.casefold()
    total = spent.groupby("key")["amount_eur"].sum()
    booked = whole_euros(key.map(total).astype("Float64"))
    over = ((booked > works["cost_eur"]) & works["cost_eur"].notna()).fillna(value=False).to_numpy(dtype=bool)
    cost = works["cost_eur"].astype("Int64").fillna(booked.where(booked > 0))
    made = works.assign(cost_eur=cost.mask(over, booked))
    told = works[over]
    said = [
        Phrase("work {work}: {cost} euros, of which {spent} are spent", work=work, cost=int(old), spent=int(new))
        for work, old, new in zip(told["work"], told["cost_eur"], booked[over], strict=True)
    ]
    faults = faults_of(city, told, found=said, wanted=Phrase("a cost that holds what was spent; that is taken"), column="cost_eur")  # fmt: skip
    lost = spent[~spent["key"].isin(key)]
    for _, part in lost.groupby("source", sort=True):
        names = list(dict.fromkeys(part["work"]))
        found = Phrase("real costs of works that are not there: {n}, such as {name}", n=len(names), name=names[0])
        faults += faults_of(city, part.iloc[:1], found=[found], wanted=Phrase("a work with that name"), column="work")
    return made, [*faults[:MOST_TOLD], *faults[MOST_TOLD:][-1:]]


def _lines(city: City, role: str) -> Iterator[tuple[Source, pd.DataFrame]]:
    """Yield each source of a role with its lines, each with the name of its source, as far as they were known.

    Real costs are known from their year, budgets from the day on which they were announced, where they say one.
    """
    day = city.settings.context.known_on
    for source, frame in city.of_role(role):
        lines = pd.DataFrame(frame.drop(columns="geometry")).assign(source=source.name)
        if day is not None and role == COSTS:
            lines = lines[lines["year"] <= day.year]
        elif day is not None:
            lines = lines[~(lines[ANNOUNCED] > pd.Timestamp(day))]
        yield source, lines


def _budgeted(city: City) -> tuple[list[Fund], list[Fault]]:
    """Return the purses with the budgets of the files, and what is to be told."""
    funds = city.settings.funds
    first = city.settings.horizon.first
    faults: list[Fault] = []
    amounts: dict[str, dict[str, int]] = {}
    sources = list(_lines(city, BUDGETS))
    last = _last_announced([lines.assign(purse=_purses(lines, funds)[0]) for _, lines in sources])
    for source, lines in sources:
        income = (lines[SORT] == INCOME) | (lines[SORT].isna() & (lines["amount_eur"] < 0))
        purse, shared = _purses(lines, funds)
        mine = lines.assign(purse=purse)[~income & purse.notna()]
        mine = mine[mine[ANNOUNCED].eq(_of(mine, last)) | _of(mine, last).isna()]
        for (fund, year), amount in mine.groupby(["purse", "year"])["amount_eur"].sum().items():
            own = amounts.setdefault(fund, {})
            own[str(year)] = own.get(str(year), 0) + int(amount)
        faults += _shared(source, lines, shared)
        faults += _left(source, lines[~income & purse.isna() & (shared == "") & (lines["year"] >= first)])
        faults += _income(source, lines[income & purse.notna() & (lines["year"] >= first)])
    faults += _no_column([source for source, _ in sources], [lines for _, lines in sources], funds)
    made = []
    for fund in funds:
        own = {year: max(0, amount) for year, amount in amounts.get(fund.fund, {}).items() if int(year) >= first}
        typed, differ = _typed(fund, own)
        if own and differ:
            found = Phrase("budget of {fund} in {years}: other amounts than in the file", fund=fund.fund, years=", ".join(differ))  # fmt: skip
            faults.append(Fault(FILE_NAME, found, Phrase("one of the two; that of the settings is kept"), column=f"funds.{fund.fund}.budget_eur"))  # fmt: skip
        merged = typed if own and isinstance(typed, int) else own | (typed if isinstance(typed, dict) else {})
        made.append(fund.model_copy(update={"budget_eur": merged, "stands_in": False}) if own else fund)
    return made, faults


def _last_announced(parts: Sequence[pd.DataFrame]) -> pd.Series:
    """Return per purse and year the last day on which a budget of it was announced; none where no line says a day."""
    own = [part.loc[part[ANNOUNCED].notna() & part["purse"].notna(), ["purse", "year", ANNOUNCED]] for part in parts]
    if not any(len(part) for part in own):
        return pd.Series(dtype="datetime64[s]", index=pd.MultiIndex.from_tuples([], names=["purse", "year"]))
    last: pd.Series = pd.concat([part for part in own if len(part)]).groupby(["purse", "year"])[ANNOUNCED].max()
    return last


def _of(lines: pd.DataFrame, last: pd.Series) -> pd.Series:
    """Return the last day of announcement of the purse and year of each line."""
    keys = pd.MultiIndex.from_frame(lines[["purse", "year"]])
    return pd.Series(last.reindex(keys).to_numpy(), index=lines.index, dtype="datetime64[s]")


def _typed(fund: Fund, own: Mapping[str, int]) -> tuple[dict[str, int] | int | None, list[str]]:
    """Return the budget that the settings name, and the years of which a file says something else."""
    if isinstance(fund.budget_eur, str):
        return None, []
    if isinstance(fund.budget_eur, int):
        return fund.budget_eur, sorted(year for year, amount in own.items() if amount != fund.budget_eur)
    return dict(fund.budget_eur), sorted(
        year for year, amount in own.items() if fund.budget_eur.get(year, amount) != amount
    )


def _purses(lines: pd.DataFrame, funds: Sequence[Fund]) -> tuple[pd.Series, pd.Series]:
    """Return the purse of each line, and the names of purses that claim a line together.

    A purse that is named goes before codes; of codes those of most columns count.
    """
    names = {
        spelling.casefold(): fund.fund for fund in reversed(funds) for spelling in (fund.name or fund.fund, fund.fund)
    }
    named = texts(lines["fund"]).str.casefold().map(names)
    claimed: list[list[tuple[int, str]]] = [[] for _ in range(len(lines))]
    for fund in funds:
        if fund.codes:
            fits = np.ones(len(lines), dtype=bool)
            for column, codes in fund.codes.items():
                fits &= _fits(lines, column, codes)
            for at in np.flatnonzero(fits):
                claimed[at].append((len(fund.codes), fund.fund))
    best = [[fund for many, fund in own if many == max(own)[0]] for own in claimed]
    by_code = pd.Series([own[0] if len(own) == 1 else None for own in best], index=lines.index, dtype="str")
    shared = pd.Series([", ".join(own) if len(own) > 1 else "" for own in best], index=lines.index, dtype="str")
    return named.astype("str").where(named.notna(), by_code), shared.where(named.isna(), "")


def _fits(lines: pd.DataFrame, column: str, codes: Sequence[str]) -> Flags:
    """Tell which lines hold one of the codes in a column."""
    name = find([str(one) for one in lines.columns], column)
    if name is None:
        return np.zeros(len(lines), dtype=bool)
    own = texts(lines[name]).str.casefold()
    wanted = [code.strip().casefold() for code in codes]
    good = {one for one in own.dropna().unique() if any(fnmatchcase(one, code) for code in wanted)}
    found: Flags = own.isin(good).to_numpy(dtype=bool)
    return found


def _shared(source: Source, lines: pd.DataFrame, shared: pd.Series) -> Iterator[Fault]:
    """Yield the lines that two purses claim; these count for neither."""
    for purses, part in lines[shared != ""].groupby(shared[shared != ""]):
        found = Phrase("{n} amounts that are claimed by {purses}", n=len(part), purses=purses)
        wanted = Phrase("`codes` by which a line has one purse; they count for neither")
        yield Fault(source.path, found, wanted, source.layer, int(part["row"].iloc[0]))


def _left(source: Source, own: pd.DataFrame) -> Iterator[Fault]:
    """Yield what lines hold that no purse claims."""
    if own.empty:
        return
    used = ("row", "source", "fund", SORT, "year", "amount_eur", ANNOUNCED)
    told = own.drop(columns=[name for name in used if name in own])
    such = [" ".join(str(one) for one in row if pd.notna(one))[:40] for row in told.drop_duplicates().head(NAMED).itertuples(index=False)]  # fmt: skip
    found = Phrase("lines of no purse: {n}, {amount} euros, such as {codes}", n=own["row"].nunique(), amount=int(own["amount_eur"].sum()), codes=", ".join(filter(None, such)) or "–")  # fmt: skip
    wanted = Phrase("`codes` of the purse that they are, where they pay for works; else nothing")
    yield Fault(source.path, found, wanted, source.layer, int(own["row"].iloc[0]))


def _income(source: Source, lines: pd.DataFrame) -> Iterator[Fault]:
    """Yield what purses receive, which is no budget."""
    if len(lines):
        found = Phrase("income: {n} lines, {amount} euros", n=lines["row"].nunique(), amount=int(lines["amount_eur"].abs().sum()))  # fmt: skip
        wanted = Phrase('spending; income is no budget and lowers none. Corrections below zero: `constants = { sort = "spending" }`')  # fmt: skip
        yield Fault(source.path, found, wanted, source.layer, int(lines["row"].iloc[0]))


def _no_column(sources: Sequence[Source], lines: Sequence[pd.DataFrame], funds: Sequence[Fund]) -> Iterator[Fault]:
    """Yield the columns of codes that no file has."""
    columns = {str(name) for one in lines for name in one.columns}
    for fund in funds if sources else ():
        for column in fund.codes:
            if find(columns, column) is None:
                listed = ", ".join(sorted(columns - {"row", "source"})[:20])
                wanted = Phrase("one of the columns in the file: {columns}", columns=listed)
                yield Fault(FILE_NAME, Phrase("no such column"), wanted, column=f"funds.{fund.fund}.codes.{column}")


def _spent(city: City) -> pd.DataFrame:
    """Return real costs of works."""
    parts = [lines[lines["work"].notna()] for _, lines in _lines(city, COSTS)]
    if not parts:
        return pd.DataFrame()
    whole = pd.concat(parts, ignore_index=True)
    return whole.assign(key=whole["work"].astype("str").str.casefold())


def _priced(city: City) -> tuple[dict[str, WorkKind], list[Fault]]:
    """Return the kinds with real prices per unit, and what is to be told."""
    settings = city.settings
    kinds = dict(settings.kinds)
    faults: list[Fault] = []
    usual = make_settings({"city": {"name": settings.city.name}}).kinds
    index = settings.appraisal.figures.get("price_index")
    for source, lines in _lines(city, COSTS):
        useless = lines[lines["work"].isna() & (lines["kind"].isna() | ~(lines["quantity"] > 0).to_numpy())]
        if len(useless):
            found = Phrase("real costs without a work, and without a kind and a quantity: {n}", n=len(useless))
            wanted = Phrase("`work`, or `kind` and `quantity`; they are not used")
            faults.append(Fault(source.path, found, wanted, source.layer, int(useless["row"].iloc[0])))
        good = lines[lines["kind"].notna() & (lines["quantity"] > 0) & (lines["amount_eur"] > 0)]
        for name, part in good.groupby("kind"):
            kind = kinds.get(str(name))
            if kind is None:
                continue
            old, ours = kind.price, f"{source.path}: "
            if old is not None and not old.source.startswith(ours) and old != (usual[name].price if name in usual else None):  # fmt: skip
                found = Phrase("real price of {kind}: the settings have one of their own", kind=name)
                faults.append(Fault(source.path, found, Phrase("one of the two; that of the settings is kept"), source.layer))  # fmt: skip
                continue
            kinds[str(name)] = kind.model_copy(update={"price": _price(part, settings, index, ours)})
    return kinds, faults


def _price(part: pd.DataFrame, settings: Settings, index: Figure | None, ours: str) -> Figure:
    """Return the mean price per unit of real costs, at the price level of the city."""
    level = settings.city.price_year
    amount = [
        at_price_year(Figure(value=float(value), unit="eur", price_year=int(year)), price_year=level, index=index)
        for value, year in zip(part["amount_eur"], part["year"], strict=True)
    ]
    each = np.array(amount) / part["quantity"].to_numpy(dtype=float)
    value = float(np.sum(amount) / part["quantity"].sum())
    unit = settings.kinds[str(part["kind"].iloc[0])].unit
    low, high = min(float(each.min()), value), max(float(each.max()), value)
    return Figure(value=round(value, 2), unit=f"eur/{unit}", source=f"{ours}{len(part)}", price_year=level, basis="measured", low=min(round(low, 2), round(value, 2)), high=max(round(high, 2), round(value, 2)))  # fmt: skip
