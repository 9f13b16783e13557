"""Knock-outs before the ranking: works that must be done, and works that cannot. (nl: knock-outs)."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Fund, KnockOut, WeighingPart
from koppelkans.ground.words import say
from koppelkans.rules.purses import OWN
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Floats
from koppelkans.weighing.why import in_words

NO_PURSE = "no purse may pay for it"
MANDATORY = "legal duty, danger or agreement"
VETO = "worse than the veto of a criterion"


@dataclass(frozen=True)
class Question:
    """A question that is asked before ranking.

    Parameters
    ----------
    name
        Short name.
    nl, en
        The question, for people.
    yes
        What a yes does: the work must be done, or it is out.
    reason
        The reason as it stands in the ranking; a phrase that the catalogue translates.
    """

    name: str
    nl: str
    en: str
    yes: Literal["must", "out"]
    reason: str


QUESTIONS = (
    Question("legal_duty", "wettelijke plicht met een datum", "legal duty with a date", "must", "legal duty"),
    Question("danger", "gevaar", "danger", "must", "danger"),
    Question("convenant", "afgesproken in een convenant", "agreed in a convenant", "must", "agreed in a convenant"),
    Question("mandatory", "verplicht volgens de bron", "mandatory in the source", "must", MANDATORY),
    Question("place", "plek niet beschikbaar", "place not available", "out", "the place is not available"),
    Question("purse", "geen potje mag betalen", "no legal purse", "out", NO_PURSE),
    Question("veto", "onder het veto van een criterium", "beyond the veto of a criterion", "out", VETO),
)
COLUMNS = {
    "work": "str",
    "question": "str",
    "effect": "str",
    "reason_nl": "str",
    "reason_en": "str",
    "by_year": "Int64",
    "set_by": "str",
    "set_on": "str",
}


def check(works: pd.DataFrame, answers: Sequence[KnockOut]) -> None:
    """Refuse answers about unknown works, repeated answers, and years that are too early.

    Too early is before the work can be done.

    Raises
    ------
    SettingError
        With every one of them.
    """
    faults, seen = [], set()
    for at, one in enumerate(answers):
        place = f"weighing.knock_outs.{at}"
        if one.work not in works.index:
            faults.append(
                Fault(FILE_NAME, one.work, nearest(one.work, works.index), column=f"{place}.work", fatal=True)
            )
        elif one.by_year is not None and one.by_year < works.loc[one.work, "earliest_year"]:
            wanted = f"{works.loc[one.work, 'earliest_year']} or later, the first year in which it can be done"
            faults.append(Fault(FILE_NAME, str(one.by_year), wanted, column=f"{place}.by_year", fatal=True))
        if (one.work, one.question) in seen:
            faults.append(
                Fault(
                    FILE_NAME,
                    f"{one.work}, {one.question}",
                    "each question once",
                    column=f"{place}.question",
                    fatal=True,
                )
            )
        seen.add((one.work, one.question))
    if faults:
        raise SettingError(faults)


def nearest(name: str, names: pd.Index) -> str:
    """Return what was wanted instead of a work that does not exist."""
    near = get_close_matches(name, sorted(names), n=1, cutoff=0.0)
    return f"a work that exists; the nearest name is {near[0]}" if near else "a work that exists"


def knock_outs(
    works: pd.DataFrame,
    payments: pd.DataFrame,
    funds: Sequence[Fund],
    part: WeighingPart,
    vetoes: tuple[Floats, npt.NDArray[np.bool_], Sequence[Criterion]],
) -> pd.DataFrame:
    """Return every yes with what it does, sorted by work and in the order of the questions.

    What must be done is never out: then money or a place must be found, and the yes that would put it out is only flagged.

    Parameters
    ----------
    works
        By name, with owner, mandatory and earliest_year.
    payments
        Who pays.
    funds
        The purses.
    part
        Settings.
    vetoes
        Measures (works x criteria), where these are beyond their veto, and the criteria.
    """
    given = [(k.work, k.question, k.reason, k.reason, k.by_year, k.set_by, k.set_on, False) for k in part.knock_outs]
    found = [
        *_marked(works.index[works["mandatory"]], "mandatory", MANDATORY),
        *_marked(works.index[without_purse(works, payments, funds)], "purse", NO_PURSE),
        *_vetoes(works.index, *vetoes, part=part),
    ]
    told = {(one[0], one[1]) for one in given}
    rows = [*given, *[row for row in found if (row[0], row[1]) not in told]]
    table = pd.DataFrame(rows, columns=[*[name for name in COLUMNS if name != "effect"], "soft"])
    effect = table["question"].map({question.name: question.yes for question in QUESTIONS})
    musts = table.loc[effect == "must", "work"]
    only_told = (effect == "out") & (table["work"].isin(musts) | table["soft"].astype(bool))
    order = table["question"].map({question.name: at for at, question in enumerate(QUESTIONS)})
    table = table.assign(effect=effect.mask(only_told, "flag"), order=order)
    made = table.sort_values(["work", "order"], kind="stable", ignore_index=True)[list(COLUMNS)].astype(COLUMNS)
    return made.assign(**{name: made[name].where(made[name] != "") for name in ("set_by", "set_on")})


def reasons(table: pd.DataFrame, names: pd.Index, effect: str) -> pd.Series:
    """Return by work the first reason with an effect, as a phrase; missing where there is none."""
    phrase = {question.name: question.reason for question in QUESTIONS}
    first = table[table["effect"] == effect].drop_duplicates("work").set_index("work")["question"].map(phrase)
    return first.reindex(names).astype("str")


def must_by(table: pd.DataFrame, names: pd.Index) -> pd.Series:
    """Return by work the first year by which a duty or agreement must be kept.

    Missing where there is none.
    """
    dated = table[(table["effect"] == "must") & table["by_year"].notna()]
    return dated.groupby("work")["by_year"].min().reindex(names).astype("Int64")


def without_purse(works: pd.DataFrame, payments: pd.DataFrame, funds: Sequence[Fund]) -> pd.Series:
    """Tell by work whether no purse may pay for it.

    An owner who declares purses of its own says with them what it may pay: a work of this owner that none of them and no
    other purse covers has no legal purse. An owner without declared purses pays its own works.
    """
    bound = {fund.owner for fund in funds if fund.owner}
    own = payments[payments["fund"].str.startswith(OWN)]
    return pd.Series(works.index.isin(own["work"]) & works["owner"].isin(bound), index=works.index)


def _marked(names: pd.Index, question: str, phrase: str) -> list[tuple[object, ...]]:
    """Return a row for each work that the data themselves mark."""
    said = say(phrase, "nl")
    return [(name, question, said, phrase, None, "", "", False) for name in names]


def _vetoes(
    names: pd.Index,
    measures: Floats,
    beyond: npt.NDArray[np.bool_],
    criteria: Sequence[Criterion],
    *,
    part: WeighingPart,
) -> list[tuple[object, ...]]:
    """Return a row for each work with a veto: the first criterion that puts it out, or else the first that flags it."""
    hard = np.array(
        [(value := part.value_functions.get(one.name)) is None or value.veto_does == "out" for one in criteria],
        dtype=bool,
    )
    rows = []
    for at in np.flatnonzero(beyond.any(axis=1)):
        out = beyond[at] & hard
        picked = int(np.argmax(out if out.any() else beyond[at]))
        one = criteria[picked]
        limit = part.value_functions[one.name].veto
        told = [
            say(
                "{criterion}: {found}, veto at {limit}",
                lang,
                criterion=one.nl if lang == "nl" else one.en,
                found=in_words(one, measures[at, picked], lang=lang),
                limit=in_words(one, float("nan") if limit is None else limit, lang=lang),
            )
            for lang in ("nl", "en")
        ]
        rows.append((names[at], "veto", *told, None, "", "", not out.any()))
    return rows
