"""A plan as one viewer may see it, cell by cell, by the labels of the columns. (nl: wie ziet wat)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.alignment.shares import UNDECLARED
from koppelkans.appraisal.business.product import CITY
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import TEXT, Column, Schema, Seen
from koppelkans.ground.trace import Trace
from koppelkans.ground.words import say
from koppelkans.programme.problem import BETWEEN, emptied
from koppelkans.report.hidden_names import HiddenNames, hidden_names
from koppelkans.report.plan import Plan
from koppelkans.report.shown_sums import without_hidden_costs
from koppelkans.rules.purses import OWN

PERSONAL = (
    r"[\w.+-]+@[\w-]+\.[\w.-]*\w"  # e-mail
    r"|(?<![\d+])(?:\+31|0031|0)[\s()-]{0,2}[1-9](?:[\s()-]{0,2}\d){8}(?!\d)"  # telephone number
    r"|\bNL\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b"  # bank account
)
HIDDEN = "…"
NEEDED = ("section", "window", "kind")
"""A work of a third party that keeps one of these to itself is left out of what others see."""
FIELD: Mapping[Seen, tuple[str, ...]] = {
    "place": NEEDED,
    "window": NEEDED,
    "kind": NEEDED,
    "certainty": (*NEEDED, "certainty"),
    "name": (*NEEDED, "name"),
    "cost": (*NEEDED, "cost"),
}
"""Label of a column = what the owner must share for it to be seen; the first three stand or fall together."""
NOT_SHOWN = "not_shown"
"""Figure of the programme: works that are left out of what this viewer may see."""
ANY, WORKS, PARTIES, ASSETS = "any", "context.works", "context.parties", "context.assets"
TYPED = ("name", "text", "told")
"""Labels of columns in which people may have typed anything."""

Keys = dict[str, set[str]]
"""`room.table` = keys of its rows."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Viewer:
    """Who looks at a plan: everyone, one party, or those inside."""

    circle: Literal["public", "party", "inside"]
    party: str = ""


EVERYONE = Viewer("public")
INSIDE = Viewer("inside")


def seen_by(plan: Plan, viewer: Viewer = EVERYONE) -> Plan:
    """Return a copy of the plan with only what a viewer may see.

    A cell is seen where its label is among what the owners behind its row share; all other cells become unknown, and where a
    column must be known the row goes. A work of which place, window or kind is not shared goes (`NOT_SHOWN` counts
    them), with the rows that refer to it in their key; other references become empty. Names that are not shared leave the
    sentences of others too, hidden costs leave sums, and personal data leaves free text.
    """
    if viewer.circle == "inside":
        return plan
    plan = replace(plan, programme=replace(plan.programme, problem=emptied(plan.programme.problem)))
    shares = _shares(plan.settings, viewer)
    hidden = _hidden(plan, shares, viewer)
    if any(keys[WORKS] or keys[ASSETS] for keys in hidden.values()):
        costly = hidden["cost"]
        plan = without_hidden_costs(plan, costly[WORKS])
        names = hidden_names(plan, gone=hidden["place"][WORKS], nameless=hidden["name"][WORKS], purses=costly["funds"])
        plan = _redacted(plan, hidden, names)
        if hidden["place"][WORKS]:
            figures = plan.programme.value | {NOT_SHOWN: len(hidden["place"][WORKS])}
            plan = replace(plan, programme=replace(plan.programme, value=figures))
    return _untraced(_unsigned(plan))


def _shares(settings: Settings, viewer: Viewer) -> dict[str, frozenset[str]]:
    """Return per declared party what the viewer sees of its plans: all of its own."""
    found = {party.party: frozenset(party.shares) for party in settings.parties}
    return found | (
        {viewer.party: frozenset(field for label in FIELD.values() for field in label)} if viewer.party else {}
    )


def _hidden(plan: Plan, shares: Mapping[str, frozenset[str]], viewer: Viewer) -> dict[Seen, Keys]:
    """Return per label the keys of everything that has an owner behind it who does not share that."""
    works, assets = plan.context.works, plan.context.assets
    theirs = works[works["origin"] == "third_party"]
    city = {party.party for party in plan.settings.parties if party.kind == "gemeente"} | {viewer.party}
    told = theirs["owner"].map(lambda owner: shares.get(owner, frozenset(UNDECLARED)))
    closed = {party for party, shared in shares.items() if "section" not in shared} - city
    lost = set(assets.loc[assets["owner"].isin(closed), "asset"])
    kept = [
        ~told.map(lambda shared, wanted=wanted: shared.issuperset(wanted)).astype(bool) for wanted in FIELD.values()
    ]
    rows = {label: theirs[hides] for label, hides in zip(FIELD, kept, strict=True)}
    purses = {OWN + owner for owner in rows["cost"]["owner"]}
    return {label: _behind(plan, label, part, lost=lost, purses=purses) for label, part in rows.items()}


def _behind(plan: Plan, label: Seen, hidden: pd.DataFrame, *, lost: set[str], purses: set[str]) -> Keys:
    """Return the keys of every table behind which a hidden work stands."""
    works, owners = set(hidden["work"]), set(hidden["owner"])
    planned, involved, matches = plan.programme.plan, plan.opportunities.involved, plan.alignment.matches
    paid = pd.concat([part[["work", "fund"]] for part in (plan.programme.payments, plan.financing.mix)])
    moves, asked = plan.programme.what_if_moves, plan.programme.what_if
    bundles = set(planned.loc[planned["work"].isin(works), "bundle"].dropna())
    funds = purses | (set(paid.loc[paid["work"].isin(works), "fund"]) if label == "cost" else set())
    assets = lost if label == "place" else set()
    anything = works | owners | assets | (purses if label == "place" else set())
    about = involved["name"].isin(works | assets | (owners if label == "cost" else set()))
    return {
        WORKS: works,
        PARTIES: owners,
        ASSETS: assets,
        ANY: anything,
        "funds": purses,
        "financing.purses": funds,
        "programme.bundles": bundles,
        "business.cases": bundles | works | ({CITY} if works else set()),
        "opportunities.finds": set(involved.loc[about, "find"]),
        "alignment.matches": set(matches.loc[matches["work"].isin(works) | matches["other_work"].isin(works), "match"]),
        "programme.what_if": set(moves.loc[moves["work"].isin(works), "what_if"])
        | set(asked.loc[asked["about"].isin(anything), "what_if"]),
    }


def _redacted(plan: Plan, hidden: dict[Seen, Keys], names: HiddenNames) -> Plan:
    """Return the plan with every table cut to what may be seen, in the order of the corridor."""
    gone: Keys = {}
    for room, tables in _rooms(plan):
        made = {}
        for name, (schema, frame) in tables.items():
            table = f"{room}.{name}"
            cut = _cut(frame, schema, hidden, gone, names)
            if len(schema.key) == 1:
                lost = set(frame[schema.key[0]]) - set(cut[schema.key[0]])
                gone |= {table: lost} if lost else {}
            made[name] = cut
        plan = replace(plan, **{room: replace(getattr(plan, room), **made)})
    return plan


def _rooms(plan: Plan) -> Iterator[tuple[str, dict[str, tuple[Schema, pd.DataFrame]]]]:
    """Yield every room with its tables."""
    for part in fields(plan):
        product = getattr(plan, part.name)
        schemas: Mapping[str, Schema] = getattr(product, "TABLES", {})
        if schemas:
            yield part.name, {name: (schema, getattr(product, name)) for name, schema in schemas.items()}


def _cut(frame: pd.DataFrame, schema: Schema, hidden: dict[Seen, Keys], gone: Keys, names: HiddenNames) -> pd.DataFrame:
    """Return one table with what may not be seen unknown, and without the rows that cannot do without it."""
    away, changed, partner = np.zeros(len(frame), dtype=bool), {}, np.zeros(len(frame), dtype=bool)
    for name, column in schema.columns.items():
        secret = np.zeros(len(frame), dtype=bool)
        if column.seen in FIELD:
            keys = hidden[column.seen]
            secret |= _holds(frame[name], column.refers, keys) if column.refers else _owned(frame, schema, keys)
        if column.refers in gone:
            secret |= _holds(frame[name], column.refers, gone)
        if not secret.any():
            continue
        if column.seen == "name":
            changed[name] = frame[name].where(~secret, frame["work"].map(names.shown))
        elif column.known and name not in schema.key and "unknown" in column.one_of:
            changed[name] = frame[name].mask(secret, "unknown")
        elif column.known or name in schema.key:
            away |= secret
        else:
            changed[name] = frame[name].mask(secret)
            partner |= secret & (column.refers in (WORKS, ANY))
    made = _told(frame.assign(**changed) if changed else frame, schema, partner & ~away, names)
    return made[~away].reset_index(drop=True) if away.any() else made


def _holds(values: pd.Series, refers: str, keys: Keys) -> Mask:
    """Tell of which cells the key that they hold is hidden; `any` may hold two keys."""
    wanted = keys.get(refers, set())
    if not wanted:
        return np.zeros(len(values), dtype=bool)
    if refers != ANY:
        return np.asarray(values.isin(wanted), dtype=bool)
    parts = values.astype("object").map(lambda text: text.split(BETWEEN) if isinstance(text, str) else [])
    return np.asarray(parts.map(lambda both: not wanted.isdisjoint(both)), dtype=bool)


def _owned(frame: pd.DataFrame, schema: Schema, keys: Keys) -> Mask:
    """Tell behind which rows a hidden owner stands; behind a row that names no owner stand all."""
    refers = {name: column.refers for name, column in schema.columns.items() if column.refers in keys}
    named = {name: table for name, table in refers.items() if name in schema.key}
    for held in (named, {name: table for name, table in refers.items() if table != PARTIES}):
        for wanted in ((WORKS,), tuple(set(keys) - {PARTIES}), (PARTIES,)):
            behind = [_holds(frame[name], table, keys) for name, table in held.items() if table in wanted]
            if behind:
                return np.asarray(np.logical_or.reduce(behind), dtype=bool)
    return np.full(len(frame), bool(keys[WORKS]))


def _told(frame: pd.DataFrame, schema: Schema, partner: Mask, names: HiddenNames) -> pd.DataFrame:
    """Return sentences that name nothing that is hidden, and tell nothing of a partner that is."""
    made = {}
    for name, column in schema.columns.items():
        if column.seen == "told" and len(frame):
            texts = frame[name].map(names.without, na_action="ignore")
            if partner.any():
                lang = "nl" if name.endswith("_nl") else "en"
                instead = say("Another party plans to work here.", lang) if column.known else None
                texts = texts.mask(partner, instead)
            made[name] = texts.astype(frame[name].dtype)
    return frame.assign(**made) if made else frame


def _unsigned(plan: Plan) -> Plan:
    """Take e-mail addresses, telephone and bank account numbers out of what people typed."""
    for room, tables in _rooms(plan):
        made = {}
        for name, (schema, frame) in tables.items():
            typed = [column for column, shape in schema.columns.items() if _typed(shape)]
            cleaned = {column: frame[column].str.replace(PERSONAL, HIDDEN, regex=True) for column in typed}
            if cleaned and len(frame):
                made[name] = frame.assign(**cleaned)
        plan = replace(plan, **{room: replace(getattr(plan, room), **made)})
    parties = [
        party.model_copy(update={"contact": pd.Series([party.contact]).str.replace(PERSONAL, HIDDEN, regex=True)[0]})
        for party in plan.settings.parties
    ]
    return replace(plan, settings=plan.settings.model_copy(update={"parties": parties}))


def _typed(column: Column) -> bool:
    """Tell whether people may have typed anything in a column."""
    return column.seen in TYPED and column.dtype == TEXT


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
