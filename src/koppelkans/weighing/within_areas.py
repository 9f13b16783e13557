"""Every area ranked within itself, by weights of its own where it has them. (nl: afwegen per gebied)."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, AreaWeights
from koppelkans.ground.words import Phrase
from koppelkans.vision.nearest import one_of
from koppelkans.weighing.elicit import CITY
from koppelkans.weighing.framing import WeighingSetup
from koppelkans.weighing.groups import TWO, Voices, listen, reversals
from koppelkans.weighing.tree import NodeWeights, shares

VOICES = ["area", "own", "set_by", "set_on", "works", "reversals", "tau"]
PLACES = ["area", "work", "area_rank", "city_rank", "total", "criterion"]


def area_weights(
    frame: WeighingSetup, given: Sequence[AreaWeights], areas: pd.DataFrame
) -> Mapping[str, tuple[AreaWeights, NodeWeights]]:
    """Return the weights of each area that has its own.

    What it does not give is as the city has it.

    Raises
    ------
    SettingError
        For each area that does not exist or stands twice, and for answers and criteria that cannot be used.
    """
    codes = dict(zip(areas["area"], areas["area"], strict=True))
    codes |= {name: code for name, code in zip(areas["name"], areas["area"], strict=True) if name not in codes}
    found = [codes.get(one.area) for one in given]
    inside = set(frame.tree.leaves) | {node for one in frame.tree.leaves for node in frame.tree.path(one)}
    faults = []
    for at, (one, code) in enumerate(zip(given, found, strict=True)):
        place = f"weighing.areas.{at}"
        if code is None:
            faults.append(_fault(Phrase("area `{name}`", name=one.area), one_of(one.area, codes), f"{place}.area"))
        elif code in found[:at]:
            faults.append(_fault(one.area, Phrase("each area once"), f"{place}.area"))
        faults += [
            _fault(name, Phrase("a criterion or node that the city weighs on"), f"{place}.criteria")
            for name in one.criteria
            if name not in inside
        ]
    if faults:
        raise SettingError(faults)
    return {
        str(code): (one, shares(frame.tree, one, place=f"weighing.areas.{at}", city=frame.city))
        for at, (one, code) in enumerate(zip(given, found, strict=True))
    }


def _fault(found: str, wanted: str, key: str) -> Fault:
    """Return a fault in the settings."""
    return Fault(FILE_NAME, found, wanted, column=key, fatal=True)


def within_areas(
    frame: WeighingSetup, given: Sequence[AreaWeights], context: Context, scored: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return the ranking of each area within itself, beside that of the city.

    A work counts in every area in which it has a section. Both rankings are over the same works and by the same method;
    scores keep the ends of the city, so that a total means the same everywhere. `criterion` is the one on which the
    weights pull the work furthest apart; it is unknown where both rank it alike.

    Parameters
    ----------
    frame
        The setup of the city.
    given
        Weights of areas.
    context
        Areas, sections and touches.
    scored
        Works that take part (index) x criteria, 0-1.

    Raises
    ------
    SettingError
        As `area_weights`.
    """
    own = area_weights(frame, given, context.areas)
    placed = context.touches[["work", "section"]].merge(context.sections[["section", "area"]], on="section")
    placed = placed.loc[placed["work"].isin(scored.index), ["area", "work"]].dropna().drop_duplicates()
    voices, ranks = [], []
    for area, works in sorted(placed.groupby("area")["work"]):
        part = scored.loc[sorted(works)]
        weights = own[area][1] if area in own else frame.city
        heard = listen(part.index, part.to_numpy(), {CITY: frame.city, str(area): weights}, method=frame.method, tuning=frame.tuning)  # fmt: skip
        turned, tau = reversals(heard.ranks[0], heard.ranks[1]) if len(part) >= TWO else (0, float("nan"))
        said = own[area][0] if area in own else None
        voices.append((area, said is not None, said.set_by or None if said else None, said.set_on or None if said else None, len(part), turned, tau))  # fmt: skip
        ranks.append(_ranks(str(area), heard, [one.name for one in frame.criteria]))
    none = pd.DataFrame({name: pd.Series(dtype="str") for name in PLACES})
    return {
        "area_voices": pd.DataFrame(voices, columns=VOICES),
        "area_ranking": pd.concat(ranks, ignore_index=True) if ranks else none,
    }


def _ranks(area: str, heard: Voices, criteria: Sequence[str]) -> pd.DataFrame:
    """Return the places of the works of one area by both weightings, and on which criterion they turn."""
    apart = np.abs(heard.pull[1] - heard.pull[0])
    turns = pd.Series(np.array(criteria, dtype=object)[apart.argmax(axis=1)], dtype="str")
    made = pd.DataFrame(
        {
            "area": area,
            "work": heard.works,
            "area_rank": heard.ranks[1],
            "city_rank": heard.ranks[0],
            "total": heard.totals[1].clip(0.0, 1.0),
            "criterion": turns.where(heard.ranks[1] != heard.ranks[0]),
        }
    )
    return made.sort_values(["area_rank", "work"], ignore_index=True)
