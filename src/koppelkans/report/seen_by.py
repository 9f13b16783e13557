"""A plan as one viewer may see it, cell by cell, by the labels of the columns. (nl: wie ziet wat)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import PurePath

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.account.reckon import reckoned_for
from koppelkans.appraisal.business.product import CITY
from koppelkans.area.answers import count_answers
from koppelkans.area.compose import as_seen
from koppelkans.area.product import WISH_COUNTS
from koppelkans.context.parties import UNDECLARED
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import TEXT, Column, Schema, Seen, shape
from koppelkans.ground.trace import Trace
from koppelkans.ground.words import LANGUAGES, say
from koppelkans.programme.problem import BETWEEN, emptied
from koppelkans.report.circle import EVERYONE, Viewer
from koppelkans.report.hidden_names import HiddenNames, hidden_names
from koppelkans.report.hidden_sums import without_hidden_sums
from koppelkans.report.neutral import in_neutral_words
from koppelkans.report.personal import HIDDEN, without_personal
from koppelkans.report.plan import Plan
from koppelkans.report.shared_in_part import without_partners
from koppelkans.rules.purses import OWN

KLIC = re.compile("klic|wibon", re.IGNORECASE)
"""What the licence of an answer of KLIC says: not to be passed on."""
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
COST_NOT_SHOWN = "cost_not_shown"
"""Figure of the programme: works with a year that this viewer may see, but not what they cost."""
ANY, WORKS, PARTIES, ASSETS = "any", "context.works", "context.parties", "context.assets"
TYPED = ("name", "text", "told")
"""Labels of columns in which people may have typed anything."""
Keys = dict[str, set[str]]
"""`room.table` = keys of its rows."""
Mask = npt.NDArray[np.bool_]


def seen_by(plan: Plan, viewer: Viewer = EVERYONE, *, lang: str | None = None) -> Plan:
    """Return a copy of the plan with only what a viewer may see.

    A cell is seen where its label is among what the owners behind its row share; all other cells become unknown, and where a
    column must be known the row goes. A work of which place, window or kind is not shared goes (`NOT_SHOWN` counts
    them), with the rows that refer to it in their key; other references become empty. Names that are not shared leave the
    sentences of others too, hidden costs leave sums, and personal data leaves free text. Names that are made for what is
    hidden are in `lang`, else in the language of the city.
    """
    if viewer.circle == "inside":
        return plan
    efforts = plan.programme.problem.efforts
    plan = replace(plan, viewer=viewer, programme=replace(plan.programme, problem=emptied(plan.programme.problem)))
    shares = _shares(plan.settings, viewer)
    hidden = _hidden(plan, shares, viewer)
    touches = plan.context.touches
    kept_back = frozenset(touches.loc[touches["work"].isin(hidden["place"][WORKS]), "section"])
    plan = replace(plan, kept_back=kept_back)
    if any(keys[WORKS] or keys[ASSETS] for keys in hidden.values()):
        costly = hidden["cost"]
        plan = without_hidden_sums(plan, costly=costly[WORKS], gone=hidden["place"][WORKS], efforts=efforts)
        seen, theirs = _others(plan, viewer)
        others = set(theirs.loc[theirs["owner"] != viewer.party, "work"]) | _works_from_klic(plan)
        plan = in_neutral_words(plan, theirs=others, costly=costly[WORKS], seen=seen)
        names = hidden_names(
            plan,
            gone=hidden["place"][WORKS],
            nameless=hidden["name"][WORKS],
            purses=costly["financing.purses"],
            lang=lang,
        )
        whole, paid = plan, plan.account.charges
        plan = without_partners(_redacted(plan, hidden, names), whole)
        counts = count_answers(plan.areas.answers, plan.areas.summary)
        plan = replace(plan, areas=replace(plan.areas, wish_counts=shape(counts, WISH_COUNTS)))
        account = reckoned_for(plan.account, viewer.circle, settings=plan.settings, paid=paid)
        areas = as_seen(plan.areas, plan.programme, plan.context, account, city=plan.settings.city.name)
        plan = replace(plan, account=account, areas=areas)
        plan = replace(plan, programme=replace(plan.programme, value=plan.programme.value | _not_shown(plan, hidden)))
    else:
        figures = plan.account.figures.assign(circle=viewer.circle)
        plan = replace(plan, account=replace(plan.account, figures=figures))
    plan = _untraced(_unsigned(plan))
    return _off_the_phone(plan) if viewer.circle == "public" else plan


def _off_the_phone(plan: Plan) -> Plan:
    """Take out who must phone whom, and every desk but that of the municipality: that is for those who plan."""
    parties, calls = plan.context.parties, plan.alignment.calls
    desk = parties["contact"].where(parties["kind"] == "gemeente")
    return replace(
        plan,
        context=replace(plan.context, parties=parties.assign(contact=desk)),
        alignment=replace(plan.alignment, calls=calls.iloc[:0]),
    )


def _not_shown(plan: Plan, hidden: dict[Seen, Keys]) -> dict[str, int]:
    """Return how many works are not shown, and of how many the cost is not; none where 0."""
    planned = plan.programme.plan.dropna(subset=["year"])
    found = {NOT_SHOWN: len(hidden["place"][WORKS]), COST_NOT_SHOWN: int(planned["work"].isin(hidden["cost"][WORKS]).sum())}  # fmt: skip
    return {name: count for name, count in found.items() if count}


def _shares(settings: Settings, viewer: Viewer) -> dict[str, frozenset[str]]:
    """Return per declared party what the viewer sees of its plans: all of its own."""
    found = {party.party: frozenset(party.shares) for party in settings.parties}
    return found | (
        {viewer.party: frozenset(field for label in FIELD.values() for field in label)} if viewer.party else {}
    )


def _others(plan: Plan, viewer: Viewer) -> tuple[set[str], pd.DataFrame]:
    """Return the owners of which a viewer sees everything, and the works of others."""
    works = plan.context.works
    city = {party.party for party in plan.settings.parties if party.kind == "gemeente"} | {viewer.party}
    city |= set(works.loc[works["origin"] == "planned", "owner"])  # what the city plans itself is its own
    own = works["owner"].isin(city)
    return city, works[(works["origin"] == "third_party") | ((works["origin"] == "derived") & ~own)]


def klic_sources(plan: Plan) -> set[str]:
    """Return the sources that are an answer of KLIC, whoever brought it in.

    They are for those inside only; known by the reader that the settings name, or by the licence of what was read.
    """
    named = {source.name for source in plan.settings.sources if source.format == "imkl"}
    read = plan.context.understood
    return named | set(read.loc[read["licence"].str.contains(KLIC, na=False), "source"])


def _works_from_klic(plan: Plan) -> set[str]:
    """Return the works that were derived from an answer of KLIC."""
    sources, works = klic_sources(plan), plan.context.works
    if not sources:
        return set()
    derived = works[works["origin"] == "derived"]
    return {
        work
        for work, source in zip(derived["work"], derived["source"], strict=True)
        if isinstance(source, str) and not sources.isdisjoint(source.split(", "))
    }


def _hidden(plan: Plan, shares: Mapping[str, frozenset[str]], viewer: Viewer) -> dict[Seen, Keys]:
    """Return per label the keys of everything that has an owner behind it who does not share that."""
    city, theirs = _others(plan, viewer)
    assets = plan.context.assets
    told = theirs["owner"].map(lambda owner: shares.get(owner, frozenset(UNDECLARED)))
    # What a party shares is its plans: what others have in the ground (as in a KLIC answer) is for those inside.
    klic = assets["source"].isin(klic_sources(plan)) & (assets["owner"] != viewer.party)
    lost = set(assets.loc[~assets["owner"].isin(city) | klic, "asset"])
    kept = [
        ~told.map(lambda shared, wanted=wanted: shared.issuperset(wanted)).astype(bool) for wanted in FIELD.values()
    ]
    rows = {label: theirs[hides] for label, hides in zip(FIELD, kept, strict=True)}
    paid = pd.concat([part[["work", "fund"]] for part in (plan.programme.payments, plan.financing.mix)])
    costly = rows["cost"]
    purses = {OWN + owner for owner in costly["owner"]} | set(paid.loc[paid["work"].isin(costly["work"]), "fund"])
    return {label: _behind(plan, label, part, lost=lost, purses=purses) for label, part in rows.items()}


def _behind(plan: Plan, label: Seen, hidden: pd.DataFrame, *, lost: set[str], purses: set[str]) -> Keys:
    """Return the keys of every table behind which a hidden work stands."""
    works, owners = set(hidden["work"]), set(hidden["owner"])
    planned, involved, matches = plan.programme.plan, plan.opportunities.involved, plan.alignment.matches
    moves, asked = plan.programme.what_if_moves, plan.programme.what_if
    bundles = set(planned.loc[planned["work"].isin(works), "bundle"].dropna())
    assets = lost if label == "place" else set()
    anything = works | owners | assets | purses
    about = involved["name"].isin(works | assets | (owners if label == "cost" else set()))
    return {
        WORKS: works,
        PARTIES: owners,
        ASSETS: assets,
        ANY: anything,
        "financing.purses": purses,
        "programme.bundles": bundles,
        "business.cases": bundles | works | ({CITY} if works else set()),
        "opportunities.finds": set(involved.loc[about, "find"]),
        "alignment.matches": set(matches.loc[matches["work"].isin(works) | matches["other_work"].isin(works), "match"]),
        "programme.what_if": set(moves.loc[moves["work"].isin(works), "what_if"])
        | set(asked.loc[asked["about"].isin(anything), "what_if"]),
    }


def _redacted(plan: Plan, hidden: dict[Seen, Keys], names: dict[str, HiddenNames]) -> Plan:
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


def _cut(
    frame: pd.DataFrame, schema: Schema, hidden: dict[Seen, Keys], gone: Keys, names: dict[str, HiddenNames]
) -> pd.DataFrame:
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
            changed[name] = frame[name].where(~secret, frame["work"].map(names[""].shown))
        elif column.known and name not in schema.key and (open_word := _open_word(column)):
            changed[name] = frame[name].mask(secret, open_word)
        elif column.known or name in schema.key:
            away |= secret
        else:
            changed[name] = frame[name].mask(secret)
            if column.refers == WORKS:
                partner |= secret
            elif column.refers == ANY and column.seen in FIELD:  # a purse is no partner
                keys = hidden[column.seen]
                partner |= _holds(frame[name], ANY, {ANY: keys[ANY] - keys["financing.purses"]})
    made = _told(frame.assign(**changed) if changed else frame, schema, partner & ~away, names)
    return made[~away].reset_index(drop=True) if away.any() else made


def _open_word(column: Column) -> str:
    """Return the word of a column that gives nothing away; empty where it has none."""
    return next((word for word in ("unknown", "to_be_judged") if word in column.one_of), "")


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


def _told(frame: pd.DataFrame, schema: Schema, partner: Mask, names: dict[str, HiddenNames]) -> pd.DataFrame:
    """Return sentences that name nothing that is hidden, and tell nothing of a partner that is."""
    made = {}
    for name, column in schema.columns.items():
        if column.seen == "told" and len(frame):
            lang = next((tongue for tongue in LANGUAGES if name.endswith(f"_{tongue}")), "")
            texts = frame[name].map(names[lang].without, na_action="ignore")
            if column.known:
                texts = texts.where(texts.notna() | frame[name].isna(), names[lang].untold)
            if partner.any():
                instead = say("Another party plans to work here.", lang or "nl") if column.known else None
                texts = texts.mask(partner, instead)
            made[name] = texts.astype(frame[name].dtype)
    return frame.assign(**made) if made else frame


def _unsigned(plan: Plan) -> Plan:
    """Take out who it was, by column, and what points at a person in what people typed."""
    for room, tables in _rooms(plan):
        made = {}
        for name, (schema, frame) in tables.items():
            typed = [name_ for name_, column in schema.columns.items() if _typed(column)]
            cleaned = {
                column: frame[column].map(without_personal, na_action="ignore").astype(frame[column].dtype)
                for column in typed
            }
            cleaned |= {
                name_: pd.Series(HIDDEN if column.known else pd.NA, frame.index, frame[name_].dtype)
                for name_, column in schema.columns.items()
                if column.seen == "person"
            }
            if cleaned and len(frame):
                made[name] = frame.assign(**cleaned)
        plan = replace(plan, **{room: replace(getattr(plan, room), **made)})
    parties = [party.model_copy(update={"contact": without_personal(party.contact)}) for party in plan.settings.parties]
    return replace(plan, settings=plan.settings.model_copy(update={"parties": parties}))


def _typed(column: Column) -> bool:
    """Tell whether people may have typed anything in a column."""
    return column.seen in TYPED and column.dtype == TEXT


def _untraced(plan: Plan) -> Plan:
    """Take out of the traces what they tell of the whole: settings, sums, and the folders of whoever ran it."""
    rooms = {}
    for part in fields(plan):
        room = getattr(plan, part.name)
        trace = getattr(room, "trace", None)
        if isinstance(trace, Trace):
            marks = tuple(replace(mark, path=PurePath(mark.path).name) for mark in trace.sources)
            bare = trace.noting(sources=marks, city_folder="", settings={}, tables={}, notes=())
            rooms[part.name] = replace(room, trace=bare.noting(value_eur=None, bound_eur=None))
    return replace(plan, **rooms)
