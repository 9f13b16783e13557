"""Works, funds and parties by what people call them. (nl: zoals men het noemt)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase
from koppelkans.programme.change import WHERE
from koppelkans.programme.problem import Problem

MOST = 8
"""Candidates that are listed."""


def folded(text: str) -> str:
    """Return a text in small letters without accents and signs, its words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def meant(text: str, said: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the keys that a text may mean: by key, by name, or by all its words.

    Parameters
    ----------
    text
        What somebody typed.
    said
        By key what people say of it: its name first, then its streets.
    """
    if text in said:
        return [text]
    asked = folded(text)
    if not asked:
        return []
    same = [key for key, words in said.items() if asked in (folded(key), folded(words[0] if words else key))]
    if same:
        return same
    found = []
    for key, words in said.items():
        there = folded(" ".join([key, *words]))
        if all(f" {part}" in f" {there}" for part in asked.split()):
            found.append(key)
    return found


def work_meant(problem: Problem, programme: pd.DataFrame, text: str) -> str:
    """Return the key of the one work that a text means; the text itself where none is.

    Raises
    ------
    InputError
        Where more works may be meant; it lists their key, year and street.
    """
    names, streets = problem.names["work"], streets_of(problem)
    said = {work: (names.get(work, work), *streets.get(work, ())) for work in problem.works["work"]}
    found = meant(text, said)
    if len(found) <= 1:
        return found[0] if found else text
    year = dict(zip(programme["work"], programme["year"], strict=True))
    raise InputError([_many("work", text, len(found), _listed(found, said, year))])


def outside_meant(plan: pd.DataFrame, context: Context, text: str) -> str | None:
    """Return the one work that a text means where it was never planned; else None.

    Parameters
    ----------
    plan
        Every work by key, with its `year` and `outside`.
    context
        Names of works and streets.

    Raises
    ------
    InputError
        Where more works may be meant and one of them was not put to the solver; it lists their key, year and street.
    """
    met = context.touches[["work", "section"]].merge(context.sections[["section", "name"]], on="section")
    streets = met.dropna(subset=["name"]).drop_duplicates(["work", "name"]).groupby("work")["name"].agg(list)
    names = dict(zip(context.works["work"], context.works["name"], strict=True))
    said = {str(work): (names.get(work, work), *streets.get(work, ())) for work in plan.index}
    found = meant(text, said)
    if not any(pd.notna(plan.loc[work, "outside"]) for work in found):
        return None
    if len(found) == 1:
        return found[0]
    year = plan["year"].astype("object").where(plan["year"].notna(), "–")
    raise InputError([_many("work", text, len(found), _listed(found, said, dict(year)))])


def _listed(found: Sequence[str], said: Mapping[str, Sequence[str]], year: Mapping[str, object]) -> list[str]:
    """Return the first works that may be meant, each with key, name, year and streets."""
    return [
        ", ".join([f"{key}: {said[key][0]}", str(year.get(key, "–")), *said[key][1:3]]) for key in sorted(found)[:MOST]
    ]


def fund_meant(problem: Problem, text: str) -> str:
    """Return the key of the one fund that a text means; the text itself where none is called so.

    Raises
    ------
    InputError
        Where more funds may be meant; it lists them.
    """
    names = problem.names["fund"]
    return _one("fund", text, {fund: (names.get(fund, fund),) for fund in sorted(set(problem.funds["fund"]))})


def party_meant(problem: Problem, text: str) -> str:
    """Return the one party that a text means; the text itself where none is called so.

    Raises
    ------
    InputError
        Where more parties may be meant; it lists them.
    """
    return _one("party", text, {party: (party,) for party in sorted(set(problem.works["owner"].dropna()))})


def streets_of(problem: Problem) -> dict[str, list[str]]:
    """Return by work the names of the streets that it opens, each once, most sections first."""
    met = problem.touches[["work", "section"]].merge(problem.sections[["section", "name"]], on="section")
    count = met.dropna(subset=["name"]).groupby(["work", "name"]).size().rename("count").reset_index()
    count = count.sort_values(["work", "count", "name"], ascending=[True, False, True])
    return {str(work): list(names) for work, names in count.groupby("work")["name"]}


def _one(sort: str, text: str, said: Mapping[str, Sequence[str]]) -> str:
    """Return the one key that is meant, or the text itself where none is."""
    found = meant(text, said)
    if len(found) > 1:
        raise InputError([_many(sort, text, len(found), [f"{key}: {said[key][0]}" for key in found[:MOST]])])
    return found[0] if found else text


def _many(sort: str, text: str, count: int, listed: Sequence[str]) -> Fault:
    """Return a fault that lists what may be meant."""
    wanted = Phrase("one {sort} by its key; {count} may be meant: {listed}", sort=Phrase(sort), count=count, listed="; ".join(listed) + (" …" if count > len(listed) else ""))  # fmt: skip
    return Fault(WHERE, text, wanted, column=sort, fatal=True)
