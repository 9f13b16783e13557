"""Rows on effects of kinds of work, checked for ambition, kind and unit. (nl: effecten per soort werk)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from koppelkans.context.reading.texts import swapped, texts
from koppelkans.context.reading.troubles import Trouble, places
from koppelkans.ground.settings import Ambition, WorkKind
from koppelkans.ground.words import Phrase
from koppelkans.vision.effects import USUAL, per_of

PAIR = ["ambition", "kind"]


def name_effects(
    frame: pd.DataFrame, theirs: Mapping[str, str], *, ambitions: Sequence[Ambition], kinds: Mapping[str, WorkKind]
) -> tuple[pd.DataFrame, tuple[Trouble, ...]]:
    """Return effects with ambition and kind by short name, and the rows set aside.

    A row is set aside where ambition or kind does not exist, where the unit is not that of the kind, where the range does not
    hold the effect, and where an earlier good row is about the same pair.

    Parameters
    ----------
    frame
        Columns of the role, cast.
    theirs
        Name in the file of each of our columns.
    ambitions, kinds
        What exists in this city.
    """
    made, troubles = frame.copy(), []
    spelled = {
        "ambition": {word.casefold(): one.ambition for one in reversed(ambitions) for word in (one.en, one.nl, one.ambition)},
        "kind": {word.casefold(): name for name, one in reversed(list(kinds.items())) for word in (one.en, one.nl, name)},
    }  # fmt: skip
    for column, known in spelled.items():
        own = texts(frame[column])
        made[column] = swapped(own, known)
        strange = places(own.notna() & made[column].isna())
        wanted = Phrase("one of: {words}", words=", ".join(sorted(set(known.values()))))
        troubles.append(Trouble(strange, own.loc[strange].tolist(), wanted, theirs.get(column, column)))
    troubles += [_units(made, theirs, kinds), _ranges(made, theirs)]
    gone = set().union(*(trouble.positions.tolist() for trouble in troubles))
    good = made[~made.index.isin(list(gone)) & made[[*PAIR, "effect", "source"]].notna().all(axis=1).to_numpy()]
    again = good.index[good.duplicated(PAIR)].to_numpy(dtype="int64")
    pairs = [f"{ambition}, {kind}" for ambition, kind in made.loc[again, PAIR].itertuples(index=False, name=None)]
    troubles.append(Trouble(again, pairs, Phrase("each pair of ambition and kind once: an earlier row has this one"), theirs.get("kind", "kind")))  # fmt: skip
    return made, tuple(trouble for trouble in troubles if len(trouble.positions))


def _units(made: pd.DataFrame, theirs: Mapping[str, str], kinds: Mapping[str, WorkKind]) -> Trouble:
    """Return the rows with a unit in which their kind is not counted."""
    known = made["kind"].notna()
    pairs = list(zip(made["unit"].fillna(""), made["kind"], strict=True))
    wrong = [there and per_of(unit, kinds[kind].unit) is None for there, (unit, kind) in zip(known, pairs, strict=True)]
    at = places(pd.Series(wrong, index=made.index))
    words = "; ".join(f"per {many:g} {unit}" for unit, many in USUAL.items())
    return Trouble(at, made.loc[at, "unit"].tolist(), Phrase("the unit in which its kind is counted: {words}", words=words), theirs.get("unit", "unit"))  # fmt: skip


def _ranges(made: pd.DataFrame, theirs: Mapping[str, str]) -> Trouble:
    """Return the rows whose range does not hold the effect."""
    wrong = (made["low"] > made["effect"]) | (made["high"] < made["effect"])
    at = places(wrong)
    spans = [f"{low:g} – {high:g}" for low, high in made.loc[at, ["low", "high"]].itertuples(index=False, name=None)]
    return Trouble(at, spans, Phrase("a range that holds the effect"), theirs.get("effect", "effect"))
