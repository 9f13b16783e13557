"""Works that a person called one, made into one; nothing is joined without an answer. (nl: samengevoegde werken)."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from koppelkans.context.city import City, faults_of
from koppelkans.context.parties import UNDECLARED
from koppelkans.context.product import CERTAINTIES
from koppelkans.context.reading.troubles import MOST_TOLD
from koppelkans.ground.errors import Fault
from koppelkans.ground.settings import SAME_NAME, SameAnswer, joined_keys
from koppelkans.ground.words import Phrase

Row = Mapping[str, Any]
YEARS = ("earliest_year", "best_year", "latest_year")
TAKEN = {"name": "name", "cost_eur": "cost", "quantity": "section", "digs": "kind", "resurfaces": "kind", "mandatory": "window"}  # fmt: skip
"""Columns that come from the surest work that knows them, and what its owner must share for that."""


def with_keys(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return works with `key`: the source of each and its name there."""
    own = [work.removeprefix(f"{source}:") for work, source in zip(rows["work"], rows["source"], strict=True)]
    return rows.assign(key=pd.Series(list(zip(rows["source"], own, strict=True)), index=rows.index, dtype=object))


def joined_works(city: City, rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Fault]]:
    """Return works with those that were called one made into one, and what is to be told of it.

    The work of the city itself leads, else the surest one: its name, owner, kind and place count. The window is what all
    have in common; cost and what else is not known come from the surest work that knows it. Of a work of another owner
    only what that owner shares is taken, so that nothing is shown through the back door. `partners` holds the other owners.

    Parameters
    ----------
    rows
        Works with complete windows, and `key`.
    """
    things = {source.name for source in city.settings.sources if source.role not in ("works", "plans")}
    answers = [one for one in city.settings.context.same_works if one.one.source not in things]
    rows = rows.assign(partners=pd.Series([()] * len(rows), index=rows.index, dtype=object))
    if not answers:
        return rows, []
    at = pd.Series(rows.index, index=pd.MultiIndex.from_tuples(rows["key"], names=["source", "work"]))
    at = at[~at.index.duplicated(keep=False)]
    faults = list(_unknown(answers, set(at.index)))
    first = {key: top for key, top in joined_keys(answers).items() if key in at.index}
    groups: dict[tuple[str, str], list[int]] = {}
    for key, top in first.items():
        groups.setdefault(top, []).append(int(at[key]))
    shares = {party.party: tuple(party.shares) for party in city.settings.parties}
    made: dict[int, dict[str, Any]] = {}
    gone: dict[int, Row] = {}
    for places in (places for places in groups.values() if len(places) > 1):
        members = sorted(rows.loc[places].assign(at=places).drop(columns="geometry").to_dict("records"), key=_turn)
        made[members[0]["at"]], clash = _one(members, shares)
        gone |= {member["at"]: members[0] for member in members[1:]}
        faults += faults_of(city, rows.loc[[members[0]["at"]]], found=clash, wanted=_kept(members[0])) if clash else []
    lost = rows.loc[list(gone)]
    said = [
        Phrase("work {work} of {owner}: the same job as {other}", work=work, owner=owner, other=gone[place]["work"])
        for place, work, owner in zip(lost.index, lost["work"], lost["owner"], strict=True)
    ]
    faults += faults_of(
        city, lost, found=said, wanted=Phrase("one work: it was joined, as {file} says", file=SAME_NAME)
    )
    return _with(rows, made).drop(index=list(gone)), faults


def _turn(row: Row) -> tuple[bool, int, bool, tuple[str, str]]:
    """Return the turn of a work in its group: the city's own first, then the surest, then of known cost."""
    return row["origin"] != "planned", -CERTAINTIES.index(row["certainty"]), pd.isna(row["cost_eur"]), row["key"]


def _kept(lead: Row) -> Phrase:
    """Return what is wanted of works that are one and of which the windows do not meet."""
    return Phrase("windows that meet; that of {work} is kept", work=lead["work"])


def _one(members: Sequence[Row], shares: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, Any], list[Phrase]]:
    """Return what becomes of the first of works that are one, and their windows where these do not meet."""
    lead = members[0]
    surest = sorted(
        members, key=lambda row: (-CERTAINTIES.index(row["certainty"]), row["origin"] != "planned", row["key"])
    )

    def telling(field: str) -> list[Row]:
        free = ("planned", lead["owner"])
        return [
            row
            for row in surest
            if row["origin"] in free or row["owner"] in free or field in shares.get(row["owner"], UNDECLARED)
        ]

    made: dict[str, Any] = {"partners": tuple(sorted({row["owner"] for row in members} - {lead["owner"]}))}
    for column, field in TAKEN.items():
        known = [row[column] for row in telling(field) if pd.notna(row[column])]
        made[column] = next(iter(known), pd.NA)
    made["name"] = lead["name"] if pd.notna(lead["name"]) else made["name"]
    made["mandatory"] = (
        any(pd.notna(row["mandatory"]) and bool(row["mandatory"]) for row in telling("window")) or made["mandatory"]
    )
    made["certainty"] = telling("certainty")[0]["certainty"]
    dated = [row for row in telling("window") if row["told"] != "none"]
    made |= {name: lead[name] for name in (*YEARS, "told")}
    if not dated:
        return made, []
    early, late = max(row["earliest_year"] for row in dated), min(row["latest_year"] for row in dated)
    if early > late:
        spans = ", ".join(sorted(f"{row['earliest_year']}-{row['latest_year']}" for row in dated))
        return made, [Phrase("work {work}: windows that do not meet: {windows}", work=lead["work"], windows=spans)]
    best = (lead if lead["told"] != "none" else dated[0])["best_year"]
    told = "window" if any(row["told"] == "window" for row in dated) else "part"
    return made | {
        "earliest_year": early,
        "latest_year": late,
        "best_year": min(max(best, early), late),
        "told": told,
    }, []


def _with(rows: gpd.GeoDataFrame, made: Mapping[int, Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Return rows with other values at some places, every column of the type that it had."""
    changed = rows.copy()
    for column in next(iter(made.values()), {}):
        values = changed[column].astype("object").to_dict() | {place: row[column] for place, row in made.items()}
        fresh = pd.Series(values, dtype="object").reindex(changed.index)
        changed[column] = fresh.where(fresh.notna(), None).astype(rows[column].dtype)
    return changed


def _unknown(answers: Sequence[SameAnswer], known: set[tuple[str, str]]) -> list[Fault]:
    """Return a fault for each work in an answer that is not there, or of which the source holds two."""
    lost = sorted({key for answer in answers for key in answer.pair} - known)
    wanted = Phrase("a work that is there once; take the answer back (`koppelkans same --forget`) where it is gone")
    return [
        Fault(SAME_NAME, Phrase("work {work} of source {source}", work=work, source=source), wanted)
        for source, work in lost[:MOST_TOLD]
    ]
