"""Every wish gets an answer on its own street: one of six words, and a year. (nl: antwoord op wensen)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.context.streets.own_streets import WORD, OwnStreets, Street, make_book
from koppelkans.ground.columns import ANSWER_WORDS
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Settings, WorkKind
from koppelkans.ground.words import LANGUAGES, number, say
from koppelkans.programme.problem import BETWEEN
from koppelkans.vision.product import Vision

NOT = frozenset({"niet", "geen", "nooit", "zonder", "not", "no", "never", "without", "don", "dont"})
"""A wish with one of these words is not read by a rule: it may ask the contrary."""
WHEN, NOT_OURS = "when", "not_ours"
LEADS = {
    "yes": "Yes: what is asked is in the work.",
    "when": "This is when there is work.",
    "partly": "Partly: not all that is asked is in the work.",
    "later": "Later: what is asked is in the work, but after the years of this area programme.",
    "no": "No: what is asked is in no work here up to and including {last}.",
    "not_ours": "This is not up to the municipality.",
    "to_be_judged": "It still has to be judged whether what is asked can be done.",
    "like": "We do not know a street “{found}”. Is it {names}?",
    "several": "There are several streets with the name {found}. We do not know which one is meant.",
    "no_street": "We do not know to which street this wish belongs.",
}
FACTS = {
    "work": "{street}: {year} ({work}).",
    "serves": "{street}: {year} ({work}); this helps the ambition {ambition}.",
    "nothing": "{street}: no work up to and including {last}.",
    "elsewhere": "{street}, on another stretch: {year} ({work}).",
    "near": "Nearby, at {metres} m: {year} ({work}).",
    "owner": "It is up to {owner}.",
}
AWAY = frozenset({"near", "elsewhere"})
"""Facts on works that are not where the wish lies."""


@dataclass(frozen=True)
class Fact:
    """One sentence on a street: its key in `FACTS`, and the work and year that it tells of."""

    key: str
    street: str = ""
    work: str = ""
    year: int | None = None
    metres: float = 0.0
    owner: str = ""
    ambition: str = ""


@dataclass(frozen=True)
class Reply:
    """The answer to one wish, and all that its sentences tell."""

    answer: str
    lead: str
    own: OwnStreets
    facts: tuple[Fact, ...] = ()
    asks: tuple[str, ...] = ()
    read_by: str | None = None

    @property
    def year(self) -> int | None:
        """The first year of the works that it names where the wish lies in its own street."""
        return min((fact.year for fact in self.facts if fact.year is not None and fact.key not in AWAY), default=None)


@dataclass(frozen=True)
class _Ground:
    """What the answers are found in: the works with a year per section, in order of year and name, and who does what."""

    here: pd.DataFrame
    kinds: Mapping[str, WorkKind]
    others: Mapping[str, str]
    serves: frozenset[tuple[str, str]]
    near: Mapping[str, Fact]
    until: int


def answer_wishes(
    context: Context, vision: Vision, plan: pd.DataFrame, *, settings: Settings, years: Horizon
) -> pd.DataFrame:
    """Return one answer per wish, on the street that it names or lies on.

    A wish is only answered yes, partly, later or no where a person (`asks`) or a rule of the settings read what it asks; all
    others are still to be judged, and hear what comes in their street, and when.

    Parameters
    ----------
    plan
        Work, year (unknown where it is left undone).
    years
        The years of the area programmes: what comes after them comes later.
    """
    wishes = context.wishes.sort_values("wish", ignore_index=True)
    book, sections = make_book(context.sections), context.sections.set_index("section")
    reach_m = settings.context.sections.near_m
    ground = _ground(context, vision, plan, settings=settings, until=years.last)
    replies = []
    for row in wishes.astype("object").where(wishes.notna(), None).itertuples(index=False):
        own = book.of_wish(row.text, section=row.section, place=row.geometry)
        own = book.at_wish(own, sections, place=row.geometry, area=row.area, reach_m=reach_m)
        asks, read_by = read_wish(row.text, row.asks, rules=settings.area.asks)
        reply = replace(_reply(ground, own, asks=asks, ambition=row.ambition), asks=asks, read_by=read_by)
        replies.append(_with_near(reply, ground.near.get(row.wish)))
    return _table(context, vision, wishes, replies, last=settings.years.last)


def read_wish(text: str, asks: str | None, *, rules: Mapping[str, str]) -> tuple[tuple[str, ...], str | None]:
    """Return what a wish asks and who read that: a person, a rule of the settings, or nobody."""
    if asks:
        return tuple(asks.split(", ")), "person"
    words = {word.casefold() for word in WORD.findall(text)}
    if words & NOT:
        return (), None
    for rule, asked in sorted(rules.items(), key=lambda pair: (-len(pair[0].split()), pair[0])):
        if words.issuperset(rule.casefold().split()):
            return tuple(part.strip() for part in asked.split(",")), "rule"
    return (), None


def _ground(context: Context, vision: Vision, plan: pd.DataFrame, *, settings: Settings, until: int) -> _Ground:
    """Return what the answers are found in."""
    works = context.works.drop(columns="year", errors="ignore")
    done = works.merge(plan.loc[plan["year"].notna(), ["work", "year"]], on="work")
    columns = ["work", "section", "year", "kind", "digs", "resurfaces"]
    here = context.touches[["work", "section"]].merge(pd.DataFrame(done)[columns[:1] + columns[2:]], on="work")
    useful = vision.effects[vision.effects["need_per_unit"] > 0]
    return _Ground(
        here=here.sort_values(["year", "work", "section"], ignore_index=True),
        kinds=settings.kinds,
        others=_others(context),
        serves=frozenset(zip(useful["ambition"], useful["kind"], strict=True)),
        near=_nearest(context.wishes, done, within_m=settings.area.near_m),
        until=until,
    )


def _others(context: Context) -> dict[str, str]:
    """Return the kinds of which no municipality has an asset or a work here, with the names of those who have."""
    held = pd.concat([context.assets[["owner", "kind"]], context.works[["owner", "kind"]]]).drop_duplicates()
    held = held.merge(
        context.parties[["party", "name", "kind"]], left_on="owner", right_on="party", suffixes=("", "_of")
    )
    city = set(held.loc[held["kind_of"] == "gemeente", "kind"])
    theirs = held[~held["kind"].isin(city)].sort_values(["kind", "name"])
    return {str(kind): ", ".join(dict.fromkeys(part["name"])) for kind, part in theirs.groupby("kind")}


def _nearest(wishes: gpd.GeoDataFrame, done: gpd.GeoDataFrame, *, within_m: float) -> dict[str, Fact]:
    """Return the nearest work with a year within a distance of each wish; of two, the first in time and name."""
    spots = wishes.loc[~(wishes.geometry.is_empty | wishes.geometry.isna()), ["wish", "geometry"]]
    there = done.loc[~(done.geometry.is_empty | done.geometry.isna()), ["work", "year", "geometry"]]
    found = gpd.sjoin_nearest(spots, there, max_distance=within_m, distance_col="metres")
    found = found.sort_values(["wish", "metres", "year", "work"]).drop_duplicates("wish")
    return {
        wish: Fact("near", work=work, year=int(year), metres=float(metres))
        for wish, work, year, metres in zip(*(found[name] for name in ("wish", "work", "year", "metres")), strict=True)
    }


def _reply(ground: _Ground, own: OwnStreets, *, asks: Sequence[str], ambition: str | None) -> Reply:
    """Return the answer to a wish of these streets that asks this."""
    ours = [one for one in asks if one != NOT_OURS]
    if asks and not ours:
        return Reply("not_ours", "not_ours", own)
    if not own.streets:
        lead = "like" if own.proposed else "several" if own.unclear else "no_street"
        return Reply("to_be_judged", lead, own)
    kinds = [one for one in ours if one != WHEN]
    if not asks:
        return Reply("to_be_judged", "to_be_judged", own, tuple(_coming(ground, own, ambition)))
    wanted: Sequence[str | None] = kinds or [None]
    facts = [_first(ground, street, kind) for street in own.streets for kind in wanted]
    carried = [fact for fact in facts if fact.key == "work"]
    if not carried:
        owners = dict.fromkeys(ground.others[kind] for kind in kinds if kind in ground.others)
        if kinds and all(kind in ground.others for kind in kinds):
            return Reply("not_ours", "not_ours", own, tuple(Fact("owner", owner=one) for one in owners))
        asked = [fact for fact in facts if fact.key == "elsewhere"]
        coming = [fact for fact in _coming(ground, own, ambition) if fact.key not in (AWAY if asked else ())]
        return Reply("no", "no", own, tuple(dict.fromkeys((*coming, *asked) if kinds else facts)))
    soon = [fact for fact in carried if fact.year is not None and fact.year <= ground.until]
    answer = "later" if not soon else "yes" if len(soon) == len(facts) and len(ours) == len(asks) else "partly"
    lead = "when" if answer == "yes" and not kinds else answer
    return Reply(answer, lead, own, tuple(dict.fromkeys(facts)))


def _coming(ground: _Ground, own: OwnStreets, ambition: str | None) -> Iterator[Fact]:
    """Yield per street the first work that serves the ambition, else the first that opens it, else the first."""
    for street in own.streets:
        for key, sections in (("work", street.sections), ("elsewhere", street.elsewhere)):
            here = ground.here[ground.here["section"].isin(sections)]
            served = here[[(ambition, kind) in ground.serves for kind in here["kind"]]]
            opening = here[here["digs"] | here["resurfaces"]]
            best = next((part for part in (served, opening, here) if len(part)), here)
            if len(best):
                said = "serves" if key == "work" and len(served) else key
                served_by = (ambition or "") if said == "serves" else ""
                yield Fact(said, street.name, best["work"].iloc[0], int(best["year"].iloc[0]), ambition=served_by)
                break
        else:
            yield Fact("nothing", street.name)


def _first(ground: _Ground, street: Street, kind: str | None) -> Fact:
    """Return the first work in a street that holds what is asked: works of that kind, or without a kind any that opens it.

    Where only new paving is asked, every work that leaves new paving holds it. Where the wish lies goes before elsewhere.
    """
    for key, sections in (("work", street.sections), ("elsewhere", street.elsewhere)):
        here = ground.here[ground.here["section"].isin(sections)]
        if kind is None:
            found = here[here["digs"] | here["resurfaces"]]
        else:
            asked = ground.kinds.get(kind)
            paves = asked is not None and asked.resurfaces and not asked.digs
            found = here[(here["kind"] == kind) | (here["resurfaces"] & paves)]
        if len(found):
            return Fact(key, street.name, found["work"].iloc[0], int(found["year"].iloc[0]))
    return Fact("nothing", street.name)


def _with_near(reply: Reply, near: Fact | None) -> Reply:
    """Add what comes nearby where nothing comes in the own street and what is asked is not up to others."""
    if near is None or reply.answer == "not_ours" or reply.own.unclear or any(fact.work for fact in reply.facts):
        return reply
    return replace(reply, facts=(*reply.facts, near))


def _table(
    context: Context, vision: Vision, wishes: pd.DataFrame, replies: Sequence[Reply], *, last: int
) -> pd.DataFrame:
    """Return the answers as a table, in words in both languages."""
    works = context.works.set_index("work")["name"].to_dict()
    names = {lang: vision.ambitions.set_index("ambition")[f"name_{lang}"].to_dict() for lang in LANGUAGES}
    made = wishes[["wish", "area", "text", "ambition"]].copy()
    found = {
        "street": [", ".join(street.name for street in reply.own.streets if street.name) or None for reply in replies],
        "proposed": [", ".join(reply.own.proposed) or None for reply in replies],
        "asks": [", ".join(reply.asks) or None for reply in replies],
        "read_by": [reply.read_by for reply in replies],
        "answer": [reply.answer for reply in replies],
        "work": [
            BETWEEN.join(dict.fromkeys(fact.work for fact in reply.facts if fact.work)) or None for reply in replies
        ],
        "year": [reply.year for reply in replies],
        "distance_m": [next((fact.metres for fact in reply.facts if fact.key == "near"), None) for reply in replies],
    }
    made = made.assign(**{name: pd.Series(values, index=made.index, dtype="object") for name, values in found.items()})
    typed = {"year": "Int64", "distance_m": "float64"}
    made = made.astype({name: typed.get(name, "str") for name in found})
    for lang in LANGUAGES:
        made[f"why_{lang}"] = [_sentence(one, works, names[lang], lang=lang, last=last) for one in replies]
    return made


def _sentence(reply: Reply, works: Mapping[str, str], ambitions: Mapping[str, str], *, lang: str, last: int) -> str:
    """Return an answer in words."""
    nameless = say("street without a name", lang)
    proposed = f" {say('or', lang)} ".join(reply.own.proposed)
    said = [say(LEADS[reply.lead], lang, last=last, found=reply.own.unclear, names=proposed)]
    said += [
        say(
            FACTS[fact.key], lang, street=(fact.street or nameless), year=fact.year, work=works.get(fact.work, ""), last=last,
            metres=number(fact.metres, lang), owner=fact.owner, ambition=ambitions.get(fact.ambition, fact.ambition),
        )
        for fact in reply.facts
    ]  # fmt: skip
    return " ".join(said)


def count_answers(answers: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return how many wishes per area have which answer.

    With a last row, without area, for wishes outside every area, if there are any.

    Parameters
    ----------
    areas
        `area`: every one gets a row.
    """
    rows = [*areas["area"], *([""] if (~answers["area"].isin(areas["area"])).any() else [])]
    home = answers["area"].where(answers["area"].isin(areas["area"]), "")
    counted = pd.crosstab(home, answers["answer"]).reindex(index=rows, columns=list(ANSWER_WORDS), fill_value=0)
    made = counted.reset_index(drop=True).astype("int64")
    made.columns.name = None
    return made.assign(area=pd.Series(rows, dtype="str").replace("", None), wishes=made.sum(axis=1))
