"""What everyone may see: no personal data, and of other parties only what they share. (nl: openbaar)."""

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import PurePath

import pandas as pd

from koppelkans.alignment.shares import UNDECLARED
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.trace import Trace
from koppelkans.ground.words import say
from koppelkans.programme.problem import emptied
from koppelkans.programme.product import Programme
from koppelkans.report.names import listed, streets_of
from koppelkans.report.plan import Plan
from koppelkans.report.public_cases import without_cases
from koppelkans.report.public_programme import (
    partners_renamed,
    scenarios_unsummed,
    what_if_shown,
    years_renamed,
    years_without,
)
from koppelkans.rules.purses import OWN

PERSONAL = (
    r"[\w.+-]+@[\w-]+\.[\w.-]*\w"  # e-mail
    r"|(?<![\d+])(?:\+31|0031|0)[\s()-]{0,2}[1-9](?:[\s()-]{0,2}\d){8}(?!\d)"  # telephone number
    r"|\bNL\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b"  # bank account
)
HIDDEN = "…"
NEEDED = ("section", "window", "kind")
"""A work of a third party that keeps one of these to itself is left out of what everyone may see."""
NOT_SHOWN = "not_shown"
"""Figure of the programme: works that are left out of what everyone may see."""
FREE_TEXT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vision": {"webs": ("decided_by", "reason")},
    "context": {
        "works": ("name", "why_nl", "why_en"),
        "wishes": ("text",),
        "bottlenecks": ("note",),
        "set_aside": ("found",),
        "parties": ("contact",),
    },
    "opportunities": {"finds": ("why_nl", "why_en")},
    "alignment": {"calls": ("contact", "terms_nl", "terms_en")},
    "weighing": {"knock_outs": ("reason_nl", "reason_en"), "overrules": ("reason",)},
    "programme": {"plan": ("why_nl", "why_en"), "promises": ("made_to",), "what_if": ("decision",)},
    "areas": {"answers": ("text", "why_nl", "why_en")},
    "financing": {"purses": ("rule_nl", "rule_en", "source")},
}
"""Columns in which people may have typed anything."""


def for_everyone(plan: Plan) -> Plan:
    """Return a copy of the plan that everyone may see.

    E-mail addresses, telephone and bank account numbers in free text become "…". Works of third parties of which place,
    window or kind is not shared are left out (`NOT_SHOWN` counts them), with the calls of their owners; names and costs
    are hidden where these are not shared, also as a partner in the sentence of another work, and taken out of sums, with the
    own money of these parties.
    """
    works = plan.context.works
    theirs = works["origin"] == "third_party"
    shares = works["owner"].map(_shares(plan.settings, works["owner"]))
    gone = works.loc[theirs & ~shares.map(lambda found: found.issuperset(NEEDED)).astype(bool), "work"]
    nameless = works.loc[theirs & ~shares.map(lambda found: "name" in found).astype(bool), ["work", "name", "kind"]]
    priceless = works.loc[theirs & ~shares.map(lambda found: "cost" in found).astype(bool), "work"]
    names = _plain_names(nameless[~nameless["work"].isin(gone)], plan.context, plan.settings)
    asked = what_if_shown(plan, set(gone), priceless=set(priceless), nameless=set(nameless["work"]))
    told = partners_renamed(plan, names, set(gone))
    plan = replace(plan, programme=replace(plan.programme, plan=told, problem=emptied(plan.programme.problem), **asked))
    shown = _unsummed(plan, set(gone) | set(priceless))
    shown = _without(without_cases(shown, set(gone) | set(priceless)), set(gone))
    shown = _unnamed(shown, names)
    shown = _unpriced(shown, set(priceless))
    return _untraced(_unsigned(shown))


def _shares(settings: Settings, owners: pd.Series) -> dict[str, frozenset[str]]:
    """Return per owner the fields of its plans that others may see."""
    usual = frozenset(UNDECLARED)
    declared = {party.party: frozenset(party.shares) for party in settings.parties}
    return {owner: declared.get(owner, usual) for owner in owners.unique()}


def _plain_names(works: pd.DataFrame, context: Context, settings: Settings) -> pd.DataFrame:
    """Return per work its name and the name that everyone may see: that of its kind, and its streets."""
    kinds = {name: getattr(kind, settings.city.lang) for name, kind in settings.kinds.items()}
    shown = works["kind"].map(kinds).astype("str").fillna(works["kind"]).str.capitalize()
    streets = works["work"].map(streets_of(context))
    short = [
        listed(text.split(", "), most=2, lang=settings.city.lang) if isinstance(text, str) else "" for text in streets
    ]
    return works.assign(shown=[f"{kind} {text}".rstrip() for kind, text in zip(shown, short, strict=True)])


def _without(plan: Plan, gone: set[str]) -> Plan:
    """Leave works out of every table, with the finds and matches that speak of them."""
    if not gone:
        return plan
    involved = plan.opportunities.involved
    finds = set(involved.loc[(involved["what"] == "work") & involved["name"].isin(gone), "find"])
    rooms = {}
    for part in fields(plan):
        room = getattr(plan, part.name)
        tables = {name: getattr(room, name) for name in getattr(room, "TABLES", {})}
        kept = {name: _rows_without(table, gone, finds) for name, table in tables.items() if name != "answers"}
        if kept:
            rooms[part.name] = replace(room, **kept)
    owners = set(plan.context.works.loc[plan.context.works["work"].isin(gone), "owner"])
    calls = plan.alignment.calls
    told = ~(calls["party"].isin(owners) | calls["other_party"].isin(owners))
    rooms["alignment"] = replace(rooms["alignment"], calls=calls[told].reset_index(drop=True))
    years = years_without(rooms["programme"].other_years, gone)
    figures = plan.programme.value | {NOT_SHOWN: len(gone)}
    rooms["programme"] = replace(rooms["programme"], other_years=years, **_unsplit(plan.programme, gone), value=figures)
    answers = plan.areas.answers
    hit = answers["work"].isin(gone)
    hidden = {f"why_{lang}": say("Another party plans to work here.", lang) for lang in ("nl", "en")}
    answers = answers.assign(
        work=answers["work"].mask(hit),
        why_nl=answers["why_nl"].mask(hit, hidden["why_nl"]),
        why_en=answers["why_en"].mask(hit, hidden["why_en"]),
    )
    rooms["areas"] = replace(rooms["areas"], answers=answers)
    return replace(plan, **rooms)


def _unsplit(programme: Programme, gone: set[str]) -> dict[str, pd.DataFrame]:
    """Return bundles and their split without who pays what in a bundle with a work that is not shown."""
    planned = programme.plan
    hidden = set(planned.loc[planned["work"].isin(gone), "bundle"].dropna())
    bundles = programme.bundles
    group = bundles["worst_group"].mask(bundles["bundle"].isin(hidden))
    shares = programme.split[~programme.split["bundle"].isin(hidden)]
    return {"bundles": bundles.assign(worst_group=group), "split": shares.reset_index(drop=True)}


def _rows_without(table: pd.DataFrame, gone: set[str], finds: set[str]) -> pd.DataFrame:
    """Leave out the rows that name a work or a find that is not shown."""
    kept = pd.Series(data=True, index=table.index)
    for column, names in (("work", gone), ("other_work", gone), ("find", finds)):
        if column in table.columns and not pd.api.types.is_numeric_dtype(table[column]):
            kept &= ~table[column].isin(names)
    return table[kept].reset_index(drop=True)


def _unnamed(plan: Plan, names: pd.DataFrame) -> Plan:
    """Put the name of the kind where a party does not share the name of its work, also inside sentences."""
    if names.empty:
        return plan
    by_work = {
        work: (name, shown) for work, name, shown in zip(names["work"], names["name"], names["shown"], strict=True)
    }
    involved = plan.opportunities.involved
    hit = involved[(involved["what"] == "work") & involved["name"].isin(by_work)]
    by_find: dict[str, list[tuple[str, str]]] = {}
    for find, work in zip(hit["find"], hit["name"], strict=True):
        by_find.setdefault(find, []).append(by_work[work])
    per_work = {work: [pair] for work, pair in by_work.items()}
    works = _replaced(plan.context.works, "work", per_work, ("name", "why_nl", "why_en"))
    finds = _replaced(plan.opportunities.finds, "find", by_find, ("why_nl", "why_en"))
    planned = _replaced(plan.programme.plan, "work", per_work, ("why_nl", "why_en"))
    answers = _replaced(plan.areas.answers, "work", per_work, ("why_nl", "why_en"))
    years = years_renamed(plan.programme.other_years, names)
    return replace(
        plan,
        context=replace(plan.context, works=works),
        opportunities=replace(plan.opportunities, finds=finds),
        programme=replace(
            plan.programme,
            plan=planned,
            other_years=years,
        ),
        areas=replace(plan.areas, answers=answers),
    )


def _replaced(
    table: pd.DataFrame, key: str, pairs: Mapping[str, list[tuple[str, str]]], columns: tuple[str, ...]
) -> pd.DataFrame:
    """Replace names in text columns of the rows whose key is named."""
    rows = table[key].isin(pairs)
    if not rows.any():
        return table
    made = table.copy()
    for column in columns:
        texts = [
            _swap(text, pairs[name]) for text, name in zip(table.loc[rows, column], table.loc[rows, key], strict=True)
        ]
        made.loc[rows, column] = texts
    return made


def _swap(text: str, pairs: list[tuple[str, str]]) -> str:
    """Replace each name by what may be shown."""
    for name, shown in pairs:
        text = text.replace(name, shown)
    return text


def _unpriced(plan: Plan, works: set[str]) -> Plan:
    """Make the cost of works unknown where their party does not share it."""
    if not works:
        return plan
    context, appraisal, programme, areas = plan.context, plan.appraisal, plan.programme, plan.areas
    unknown = context.works["work"].isin(works)
    basis = context.works["cost_basis"].mask(unknown, "unknown")
    return replace(
        plan,
        context=replace(context, works=_blank(context.works, works, ("cost_eur",)).assign(cost_basis=basis)),
        appraisal=replace(
            appraisal,
            amounts=_blank(appraisal.amounts, works, ("amount_eur",)),
            worths=_blank(
                appraisal.worths, works, ("cost_eur", "apart_eur", "early_eur_per_year", "late_eur_per_year")
            ),
        ),
        programme=replace(
            programme,
            plan=_blank(programme.plan, works, ("cost_eur",)),
            payments=_blank(programme.payments, works, ("amount_eur",)),
            other_years=_blank(programme.other_years, works, ("extra_eur",)),
            promises=_blank(programme.promises, works, ("move_eur",)),
        ),
        areas=replace(areas, agenda=_blank(areas.agenda, works, ("cost_eur",))),
    )


def _unsummed(plan: Plan, works: set[str]) -> Plan:
    """Take hidden costs out of sums, for a sum of few works tells what each of them costs."""
    if not works:
        return plan
    programme, areas, years = plan.programme, plan.areas, plan.systems.years
    parties = set(plan.context.works.loc[plan.context.works["work"].isin(works), "owner"])
    purses = {OWN + party for party in parties}
    open_costs = areas.agenda[~areas.agenda["work"].isin(works)].groupby("area")["cost_eur"].sum()
    summary = areas.summary.assign(cost_eur=areas.summary["area"].map(open_costs).fillna(0).astype("int64"))
    hidden = programme.plan[programme.plan["work"].isin(works)].dropna(subset=["year", "cost_eur"])
    hidden = hidden.merge(plan.context.works[["work", "system", "kind"]], on="work")
    off = hidden.groupby(["system", "kind", "year"])["cost_eur"].sum().rename("off").reset_index()
    costs = years.merge(off.astype({"year": "int64"}), on=["system", "kind", "year"], how="left")
    left = (costs["cost_eur"] - costs["off"].fillna(0).astype("int64")).clip(lower=0)
    return replace(
        plan,
        programme=replace(
            programme,
            money=programme.money[~programme.money["fund"].isin(purses)].reset_index(drop=True),
            payments=programme.payments[~programme.payments["fund"].isin(purses)].reset_index(drop=True),
            **scenarios_unsummed(programme, works, parties, _places(plan.context)),
        ),
        systems=replace(plan.systems, years=years.assign(cost_eur=left.to_numpy())),
        areas=replace(
            areas,
            summary=summary,
            holders=areas.holders[~areas.holders["holder"].isin(parties)].reset_index(drop=True),
        ),
    )


def _places(context: Context) -> pd.DataFrame:
    """Return the area of each section of each work (work, area)."""
    return context.touches[["work", "section"]].merge(context.sections[["section", "area"]], on="section")[
        ["work", "area"]
    ]


def _blank(table: pd.DataFrame, works: set[str], columns: tuple[str, ...]) -> pd.DataFrame:
    """Make columns unknown in the rows of some works."""
    hit = table["work"].isin(works)
    return table.assign(**{column: table[column].mask(hit) for column in columns})


def _unsigned(plan: Plan) -> Plan:
    """Take e-mail addresses, telephone and bank account numbers out of free text."""
    rooms = {}
    for room_name, tables in FREE_TEXT.items():
        room = getattr(plan, room_name)
        made = {}
        for table_name, columns in tables.items():
            table = getattr(room, table_name)
            cleaned = {column: table[column].str.replace(PERSONAL, HIDDEN, regex=True) for column in columns}
            made[table_name] = table.assign(**cleaned)
        rooms[room_name] = replace(room, **made)
    return replace(plan, **rooms)


def _untraced(plan: Plan) -> Plan:
    """Take the folders of whoever ran it out of the traces: they often hold a personal name."""
    rooms = {}
    for part in fields(plan):
        room = getattr(plan, part.name)
        trace = getattr(room, "trace", None)
        if isinstance(trace, Trace):
            marks = tuple(replace(mark, path=PurePath(mark.path).name) for mark in trace.sources)
            rooms[part.name] = replace(room, trace=trace.noting(sources=marks, city_folder=""))
    return replace(plan, **rooms)
