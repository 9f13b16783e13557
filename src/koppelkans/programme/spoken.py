"""Works, funds and parties by what people call them. (nl: zoals men het noemt)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import pandas as pd

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
    listed = [
        ", ".join([f"{key}: {said[key][0]}", str(year.get(key, "–")), *said[key][1:3]]) for key in sorted(found)[:MOST]
    ]
    raise InputError([_many("work", text, len(found), listed)])


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
