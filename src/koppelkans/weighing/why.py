"""Which criteria lift a work and which one presses it, in a sentence. (nl: waarom)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from koppelkans.ground.words import euros, number, say
from koppelkans.weighing.criterion import Criterion
from koppelkans.weighing.method import Floats

LEAST = 1e-9
"""A difference smaller than this neither lifts nor presses."""


def lifts(scores: Floats, weights: Floats) -> Floats:
    """Return the lift of each score against the mean (works x criteria).

    It is weight x (score - mean score of all works); 0 where the score is not known.
    """
    known = ~np.isnan(scores)
    mean = np.where(known, scores, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(known, weights * (scores - mean), 0.0)


def sentences(measures: Floats, lift: Floats, known: Floats, criteria: Sequence[Criterion], *, lang: str) -> list[str]:
    """Return a sentence per work: its two main strengths, its main weakness, and the unknown.

    Parameters
    ----------
    measures, lift
        Works x criteria: the measure in its unit, and what it lifts (above 0) or presses.
    known
        Share of the weight for which the score is known, per work.
    """
    if not len(measures):
        return []
    order = np.argsort(-lift, axis=1, kind="stable")
    first, second, last = order[:, 0], order[:, min(1, len(criteria) - 1)], order[:, -1]
    rows = np.arange(len(measures))
    told = [
        _told(measures[rows, pick], pick, tell, criteria, lang=lang)
        for pick, tell in (
            (first, lift[rows, first] > LEAST),
            (second, (lift[rows, second] > LEAST) & (second != first)),
            (last, lift[rows, last] < -LEAST),
        )
    ]
    unknown = np.floor(100.0 * (1.0 - known) + 0.5).astype(int)
    return [_sentence(*parts, lang=lang) for parts in zip(*told, unknown, strict=True)]


def _told(
    values: Floats, pick: npt.NDArray[np.intp], tell: npt.NDArray[np.bool_], criteria: Sequence[Criterion], *, lang: str
) -> list[str]:
    """Return per work the picked criterion with its measure; empty where it is not to be told."""
    return [
        f"{_name(criteria[column], lang)} ({in_words(criteria[column], value, lang=lang)})" if say_it else ""
        for column, value, say_it in zip(pick, values, tell, strict=True)
    ]


def _name(criterion: Criterion, lang: str) -> str:
    """Return the name of a criterion."""
    return criterion.nl if lang == "nl" else criterion.en


def in_words(criterion: Criterion, value: float, *, lang: str) -> str:
    """Return a measure in words: `€ 1.200 per jaar`, `1 wens`, `3,3 van 5`."""
    unit = criterion.unit_nl if lang == "nl" else criterion.unit
    one = criterion.one_nl if lang == "nl" else criterion.one
    if unit.startswith("eur"):
        return f"{euros(value, lang)}{unit.removeprefix('eur').replace('/', ' per ')}"
    if criterion.unit.startswith("share"):
        return f"{number(100.0 * value, lang)} % {unit.partition(' ')[2]}".strip()
    digits = 0 if abs(value) >= 10 or value == round(value) else 2  # noqa: PLR2004
    amount = number(value, lang, digits)
    if criterion.ends is not None:
        return say("{value} of {most}", lang, value=amount, most=number(criterion.ends[1], lang))
    return f"{amount} {one if one and value == 1 else unit}"


def _sentence(first: str, second: str, last: str, unknown: int, *, lang: str) -> str:
    """Return the sentence of one work."""
    if second:
        parts = [say("Scores well on {first} and {second}.", lang, first=first, second=second)]
    elif first:
        parts = [say("Scores well on {first}.", lang, first=first)]
    else:
        parts = [say("Scores better than the others on nothing.", lang)]
    if last:
        parts.append(say("Scores less on {last}.", lang, last=last))
    if unknown > 0:
        parts.append(say("Not known: {unknown} % of the weight.", lang, unknown=unknown))
    return " ".join(parts)
