"""The verb of this room: every total of a programme, counted once from its entries. (nl: rekening opmaken)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

import numpy as np
import pandas as pd

from koppelkans.account.entries import Entries, make_entries, weakest, weighed_shift
from koppelkans.account.figures import FIGURES, FigureKind, counted_from, named_for
from koppelkans.account.product import AREAS, BY_BUNDLE, BY_YEAR, FIGURES_TABLE, OWNERS, PURSES, UNCOVERED, Account
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Figure, Settings
from koppelkans.ground.tables import Schema, shape
from koppelkans.ground.words import LANGUAGES
from koppelkans.programme.decided import late_works
from koppelkans.programme.product import Programme
from koppelkans.programme.value import joined_works

Circle = Literal["public", "party", "inside"]
OPENING_FIGURES = ("setup_eur", "traffic_eur_per_m", "paving_eur_per_m2", "opened_share")
NUISANCE_FIGURES = ("days_per_100m", "address_day_eur")
COUNTED = (
    "works_eur", "openings_eur", "on_top_eur", "charged_eur", "uncovered_works_eur", "uncovered_openings_eur",
    "nuisance_eur", "early_eur", "late_eur", "breach_eur", "owners_apart_eur", "works_apart_eur", "nuisance_saved_eur",
)  # fmt: skip
"""Figures that are counted row by row; all others add up from these."""
BASES = ("measured", "derived", "assumed")
KEY = ["work", "section", "fund", "year"]
"""What a charge is told apart by."""


@dataclass(frozen=True)
class AccountScope:
    """Years, price level and circle of an account, VAT by purse, and figures of the search.

    `vat` holds the share of VAT that a purse bears, as a cost or in a charge.
    """

    price_year: int
    first_year: int
    last_year: int
    circle: Circle = "inside"
    vat: Mapping[str, float] = field(default_factory=dict)
    joint_eur: float | None = None
    weighted_cost_eur: float | None = None
    lower_bound_eur: float | None = None


def reckon(context: Context, appraisal: Appraisal, programme: Programme, *, settings: Settings) -> Account:
    """Return the account of a programme: undiscounted, at one price level, without VAT.

    What the works cost that are done and what opening the streets costs is counted once per work and once per opened section
    and year; what comes on top only with figures that the city declared. Charged and uncovered add up to the investment.
    """
    years = settings.years
    problem = programme.problem
    entries = make_entries(
        _works(context, appraisal, programme, settings=settings),
        _touches(context, programme),
        _sections(context, appraisal, programme, settings=settings),
        programme.payments,
        ssk=settings.appraisal.business.ssk,
    )
    placed = programme.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    scope = AccountScope(
        price_year=settings.city.price_year,
        first_year=years.first,
        last_year=years.last,
        vat=_vat_of(settings),
        joint_eur=float(joined_works(problem, placed)["saving_eur"].sum()),
        weighted_cost_eur=_number(programme.value.get("value_eur")),
        lower_bound_eur=_number(programme.value.get("bound_eur")),
    )
    return Account(**add_up(entries, scope), **_tables(entries), trace=programme.trace)


def reckoned_for(account: Account, circle: Circle, *, settings: Settings, paid: pd.DataFrame) -> Account:
    """Return the account with all sums counted again from the entries that a circle may see.

    What is paid of an opening of which every work may be seen counts as charged, also where the purse that pays it (a row of
    `paid`, the charges of the whole) may not be seen: a hidden purse is no shortage. Figures of the search are over the whole programme and can be told for no part of it: they become unknown.
    """
    entries = Entries(**{part.name: getattr(account, part.name) for part in fields(Entries)})
    years = settings.years
    scope = AccountScope(settings.city.price_year, years.first, years.last, circle, _vat_of(settings))
    return Account(**add_up(entries, scope, paid), **_tables(entries), trace=account.trace)


def add_up(entries: Entries, scope: AccountScope, paid: pd.DataFrame | None = None) -> dict[str, pd.DataFrame]:
    """Return the sums over the entries, by the name of their table; `paid` as in `reckoned_for`."""
    rows = ledger(entries, paid)
    by_year = _sums(rows, "year", schema=BY_YEAR, years=range(scope.first_year, scope.last_year + 1))
    by_purse = entries.charges.groupby(["fund", "year"], as_index=False)["amount_eur"].sum()
    rest = by_year[["year", "uncovered_eur"]].rename(columns={"uncovered_eur": "amount_eur"}).assign(fund=None)
    rest = rest[rest["amount_eur"] != 0]
    uncovered = _sums(rows, "owner", "year", schema=UNCOVERED)
    return {
        "figures": shape(_figures(entries, rows, scope), FIGURES_TABLE),
        "owners": _known(_sums(rows, "owner", schema=OWNERS), entries.works),
        "uncovered": uncovered[uncovered["uncovered_eur"] != 0].reset_index(drop=True),
        "purses": shape(pd.concat([by_purse, rest.astype({"fund": "str"})], ignore_index=True), PURSES),
        "areas": _sums(rows, "area", "year", schema=AREAS),
        "years": by_year,
        "bundles": _sums(rows, "bundle", schema=BY_BUNDLE),
    }


def ledger(entries: Entries | Account, paid: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return all amounts, a row per work and area, and per part or charge of an opening.

    Columns: `work`, `owner`, `area`, `year`, `bundle`, `basis` and the figures that are counted. An opening of which not
    all works may be seen counts only for what is charged to purses that may be seen.
    """
    works = entries.works[entries.works["year"].notna()].astype({"year": "int64"})
    known = works[["work", "owner", "year", "bundle", "basis"]]
    money = entries.places.drop(columns=["early_eur", "late_eur"]).merge(known, on="work")
    money["uncovered_works_eur"] = (
        money["works_eur"].fillna(0) + money["on_top_eur"].fillna(0) - money["charged_eur"].fillna(0)
    )
    weighed = entries.places[["work", "area", "early_eur", "late_eur"]].merge(known, on="work").assign(basis="assumed")
    seen = entries.parts.merge(
        entries.openings.drop(columns=["on_top_eur"]).rename(columns={"works": "all_works"}), on=["section", "year"]
    )
    whole = seen.groupby(["section", "year"])["work"].transform("size") == seen["all_works"]
    seen = seen[whole].merge(known.drop(columns=["year", "basis"]), on="work")
    rows = [money, weighed, *_streets(seen), *_street_charges(entries, seen, known, paid)]
    every = pd.concat([part for part in rows if len(part)] or [money], ignore_index=True)
    return every.reindex(columns=["work", "owner", "area", "year", "bundle", "basis", *COUNTED]).assign(
        **{name: _whole(every, name) for name in COUNTED}
    )


def shared_money(account: Account, *by: str) -> pd.DataFrame:
    """Return what openings cost and save by bundle, or by bundle and owner (empty: none).

    Columns fair_eur, apart_eur, saving_eur, own_saving_eur, nuisance_saved_eur. Of the account of a circle only openings that
    are seen whole may have parts.
    """
    rows, parts = ledger(account), account.parts.merge(account.works[["work", "owner", "bundle"]], on="work")
    rows, parts = (
        table.assign(owner=table["owner"].astype("object").where(table["owner"].notna(), "")) for table in (rows, parts)
    )
    names = ["owners_apart_eur", "works_apart_eur", "openings_eur", "nuisance_saved_eur"]
    sums = rows.groupby(list(by))[names].sum()
    fair = parts.groupby(list(by))["part_eur"].sum().reindex(sums.index)
    saving = sums["owners_apart_eur"] - sums["openings_eur"]
    own = sums["works_apart_eur"] - sums["owners_apart_eur"]
    made = sums[["nuisance_saved_eur"]].assign(
        fair_eur=fair, apart_eur=fair + saving, saving_eur=saving, own_saving_eur=own
    )
    return made.dropna(subset=["fair_eur"])


def _streets(seen: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of openings: each work its part, and nuisance and damage once, on the first work in it."""
    seen = seen.sort_values(["section", "year", "alone_eur", "owner", "work"], ignore_index=True)
    cell = seen["section"].astype("str") + "\n" + seen["year"].astype("str")
    owner = cell + "\n" + seen["owner"].astype("object").where(seen["owner"].notna(), "").astype("str")
    leads = ~owner.duplicated(keep="last")
    parts = seen.assign(
        openings_eur=seen["part_eur"],
        uncovered_openings_eur=seen["part_eur"] + seen["on_top_eur"],
        owners_apart_eur=seen["alone_eur"].where(leads, 0),
        works_apart_eur=seen["alone_eur"],
    )
    keep = ["work", "owner", "area", "year", "bundle", "basis", "openings_eur", "on_top_eur", "uncovered_openings_eur"]
    keep += ["owners_apart_eur", "works_apart_eur"]
    hindered = seen[~cell.duplicated()].assign(
        basis=seen["nuisance_basis"], nuisance_saved_eur=seen["nuisance_eur"] * (seen["owners"] - 1)
    )
    names = ["work", "owner", "area", "year", "bundle", "basis", "nuisance_eur", "nuisance_saved_eur", "breach_eur"]
    return [parts[keep], hindered[names]]


def _street_charges(
    entries: Entries | Account, seen: pd.DataFrame, known: pd.DataFrame, paid: pd.DataFrame | None
) -> list[pd.DataFrame]:
    """Return what purses pay of openings: it is covered where the whole opening is seen, else it is all that is seen of it."""
    charges = entries.charges if paid is None else pd.concat([entries.charges, paid]).drop_duplicates(KEY)
    charges = charges[charges["section"].notna()]
    rows = charges.merge(known.drop(columns="year"), on="work").merge(
        entries.openings[["section", "year", "area"]], on=["section", "year"], how="left"
    )
    whole = pd.MultiIndex.from_frame(rows[["section", "year"]]).isin(
        pd.MultiIndex.from_frame(seen[["section", "year"]])
    )
    named = pd.MultiIndex.from_frame(rows[KEY]).isin(pd.MultiIndex.from_frame(entries.charges[KEY]))
    rows, whole = rows[whole | named], whole[whole | named]
    if rows.empty:
        return []
    amount = rows["amount_eur"]
    part = amount.where(~whole, 0)  # on both sides of a saving: what is seen in part saves nothing that can be told
    names = ["work", "owner", "area", "year", "bundle", "basis"]
    return [
        rows[names].assign(
            charged_eur=amount,
            uncovered_openings_eur=(-amount).where(whole, 0),
            openings_eur=part,
            owners_apart_eur=part,
            works_apart_eur=part,
        )
    ]


def _whole(rows: pd.DataFrame, name: str) -> pd.Series:
    """Return a column in whole euros; what a row does not have is 0."""
    found = rows[name] if name in rows else pd.Series(0, index=rows.index)
    return found.astype("Float64").fillna(0.0).round().astype("int64")


def _with_sums(amounts: pd.DataFrame) -> pd.DataFrame:
    """Return amounts with the figures that add up from them."""
    made = amounts.copy()
    late = [kind for kind in FIGURES if kind.adds and set(_names(kind.adds)) <= set(COUNTED) | {"direct_eur"}]
    for kind in late:
        made[kind.key] = sum((-1 if name.startswith("-") else 1) * made[name.lstrip("-")] for name in kind.adds)
    return made


def _names(adds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the figures that are added or taken off."""
    return tuple(name.lstrip("-") for name in adds)


def _sums(rows: pd.DataFrame, *by: str, schema: Schema, years: range | None = None) -> pd.DataFrame:
    """Return the sums by one or two columns, the row of what has none last."""
    keyed = rows.assign(
        **{name: rows[name].astype("object").where(rows[name].notna(), "") for name in by if name != "year"}
    )
    grouped = keyed.groupby(list(by))
    sums = grouped[list(COUNTED)].sum().assign(works=grouped["work"].nunique())
    if years is not None:
        sums = sums.reindex(sorted({*years, *sums.index}), fill_value=0).rename_axis(by[0])
    made = _with_sums(sums).reset_index()
    for name in set(by) - {"year"}:
        rest = made[name] == ""
        made = pd.concat([made[~rest], made[rest].assign(**{name: None})], ignore_index=True)
    return shape(made, schema)


def _known(owners: pd.DataFrame, works: pd.DataFrame) -> pd.DataFrame:
    """Return the account per owner with unknown for 0 where the cost of none of its works is known or shared."""
    done = works[works["year"].notna()]
    owner = done["owner"].astype("object").where(done["owner"].notna(), "")
    blind = done["works_eur"].isna().groupby(owner).all()
    rows = (
        owners["owner"].astype("object").where(owners["owner"].notna(), "").map(blind).fillna(value=False).astype(bool)
    )
    money = ["works_eur", "on_top_eur", "direct_eur", "investment_eur", "charged_eur", "uncovered_eur"]
    return owners.assign(**{name: owners[name].mask(rows & (owners[name] == 0)) for name in money})


def _figures(entries: Entries, rows: pd.DataFrame, scope: AccountScope) -> pd.DataFrame:
    """Return every figure with its amount and what it rests on."""
    sums = _with_sums(rows.groupby("basis")[list(COUNTED)].sum())
    totals: dict[str, float | None] = {name: float(sums[name].sum()) for name in sums.columns}
    totals |= _undone(entries.works) | {"on_top_assumed_eur": _assumed(entries), "vat_eur": _vat(entries, scope)}
    totals |= {name: getattr(scope, name) for name in ("joint_eur", "weighted_cost_eur", "lower_bound_eur")}
    cost, bound = scope.weighted_cost_eur, scope.lower_bound_eur
    totals["gap_eur"] = None if cost is None or bound is None else cost - bound
    done = int(entries.works["year"].notna().sum())
    table = []
    for nth, kind in enumerate(FIGURES, start=1):
        basis, share = _rests(sums.get(kind.key))
        table.append(
            {
                "figure": kind.key, "nth": nth, "rung": kind.rung, **_words(kind, scope.circle),
                "amount": totals[kind.key], "unit": kind.unit,
                "price_year": scope.price_year, "discounted": kind.discounted, "first_year": scope.first_year,
                "last_year": scope.last_year, "adds": _added(kind.adds), "basis": basis, "assumed_share": share,
                "works": int(totals["undone_works"] or 0) if kind.key.startswith("undone") else done,
                "circle": scope.circle,
            }
        )  # fmt: skip
    return pd.DataFrame(table)


def _words(kind: FigureKind, circle: Circle) -> dict[str, str]:
    """Return name and contents of a figure in both languages, as its circle reads them."""
    named = {f"name_{lang}": named_for(circle, getattr(kind, lang), lang) for lang in LANGUAGES}
    holds = {f"holds_{lang}": f"{getattr(kind, f'holds_{lang}')} {counted_from(circle, lang)}".strip() for lang in LANGUAGES}  # fmt: skip
    return named | holds


def _assumed(entries: Entries) -> float:
    """Return what comes on top with assumed shares, of works that are done and of openings."""
    works = entries.works.loc[entries.works["year"].notna(), "on_top_assumed_eur"]
    return float(works.fillna(0).sum() + entries.openings["on_top_assumed_eur"].sum())


def _vat_of(settings: Settings) -> dict[str, float]:
    """Return the VAT (share) of each purse that bears it, as a cost or in a charge."""
    rate = settings.appraisal.business.ssk.vat.value
    return {fund.fund: rate for fund in settings.funds if fund.vat in {"cost", "tariff"}}


def _vat(entries: Entries, scope: AccountScope) -> float:
    """Return the VAT on what purses pay that bear it (whole euros)."""
    rate = entries.charges["fund"].map(dict(scope.vat)).astype("float64").fillna(0.0)
    return float((entries.charges["amount_eur"] * rate).sum().round())


def _added(adds: tuple[str, ...]) -> str | None:
    """Return the figures that a figure adds up from, with their sign."""
    text = " ".join(f"- {name[1:]}" if name.startswith("-") else f"+ {name}" for name in adds)
    return text.removeprefix("+ ") or None


def _rests(amounts: pd.Series | None) -> tuple[str, float | None]:
    """Return on what most of an amount rests, and which share of it is assumed."""
    if amounts is None:
        return "derived", None
    sizes = amounts.reindex(list(BASES)).fillna(0).abs()
    total = float(sizes.sum())
    if not total:
        return "derived", None
    return str(sizes.idxmax()), float(round(sizes["assumed"] / total, 6))


def _undone(works: pd.DataFrame) -> dict[str, float | None]:
    """Return the figures of works done and left undone; what leaving them is worth is no sum in euros."""
    done, left = works[works["year"].notna()], works[works["year"].isna() & works["in_years"]]
    points = works.loc[works["year"].notna() | works["in_years"], "need_points"].sum()
    backlog = left["backlog_years"].astype("Float64").mean()
    cost = (left["works_eur"].fillna(0) + left["on_top_eur"].fillna(0)).sum()
    return {
        "done_works": float(len(done)),
        "unpriced_works": float(done["works_eur"].isna().sum()),
        "undone_works": float(len(left)),
        "undone_cost_eur": float(cost),
        "undone_need_share": float(left["need_points"].sum() / points) if points > 0 else None,
        "undone_backlog_years": None if pd.isna(backlog) else float(backlog),
    }


def _works(context: Context, appraisal: Appraisal, programme: Programme, *, settings: Settings) -> pd.DataFrame:
    """Return every work with its year, owner, cost and the prices of coming early or late, as the search weighed them."""
    years, problem = settings.years, programme.problem.works.set_index("work")
    columns = ["work", "owner", "origin", "certainty", "earliest_year", "best_year", "latest_year", "cost_basis"]
    works = pd.DataFrame(late_works(context.works, settings.programme.slips)[[*columns, "digs", "resurfaces"]])
    works = works.merge(programme.plan[["work", "year", "bundle", "cost_eur"]], on="work")
    for name in ("earliest_year", "best_year", "latest_year"):
        works[name] = works["work"].map(problem[name]).fillna(works[name]).astype("int64")
    worths = appraisal.worths.set_index("work")
    price = {
        side: works["work"]
        .map(problem[f"{side}_eur_per_year"])
        .astype("Float64")
        .fillna(works["work"].map(worths[f"{side}_eur_per_year"].astype("Float64")))
        for side in ("early", "late")
    }
    early, late = weighed_shift(works["year"] - works["best_year"], early=price["early"], late=price["late"])
    undone = works["year"].isna()
    backlog = (years.last - works["best_year"] + 1).clip(lower=0).astype("Int64")
    return works.assign(
        in_years=(works["earliest_year"] <= years.last) & (works["latest_year"] >= years.first),
        basis=works["cost_basis"],
        opens=works["digs"] | works["resurfaces"],
        early_eur=early,
        late_eur=late,
        need_points=works["work"].map(worths["need_points"]),
        backlog_years=backlog.where(undone),
    )


def _touches(context: Context, programme: Programme) -> pd.DataFrame:
    """Return where each work lies, and the part of the paved width that it takes up; the whole where nobody says."""
    shares = programme.problem.touches[["work", "section", "share"]]
    made = pd.DataFrame(context.touches[["work", "section"]]).merge(shares, on=["work", "section"], how="left")
    return made.fillna({"share": 1.0})


def _sections(context: Context, appraisal: Appraisal, programme: Programme, *, settings: Settings) -> pd.DataFrame:
    """Return every section with its area, the price of one opening, and the years in which its graafrust is broken."""
    figures = settings.appraisal.figures
    sections = pd.DataFrame(context.sections[["section", "area"]])
    prices = appraisal.openings[["section", "opening_eur", "nuisance_eur", "nuisance_basis", "breach_eur"]]
    broken = programme.open[programme.open["breach"]].groupby("section")["year"].agg(list).to_dict()
    widths = programme.problem.sections[["section", "base_eur", "paving_eur"]]
    made = sections.merge(prices, on="section").merge(widths, on="section", how="left")
    return made.assign(
        basis=_basis(figures, OPENING_FIGURES),
        nuisance_basis=_basis(figures, NUISANCE_FIGURES),
        broken=made["section"].map(lambda section: broken.get(section, [])),
    )


def _basis(figures: Mapping[str, Figure], names: tuple[str, ...]) -> str:
    """Return the weakest basis of some key figures."""
    return weakest([figures[name].basis for name in names if name in figures])


def _number(value: float | str | None) -> float | None:
    """Return a figure of the programme as a number; None where there is none."""
    return None if value is None or isinstance(value, str) or np.isnan(value) else float(value)


def _tables(entries: Entries) -> dict[str, pd.DataFrame]:
    """Return the entries by the name of their table."""
    return {part.name: getattr(entries, part.name) for part in fields(Entries)}
