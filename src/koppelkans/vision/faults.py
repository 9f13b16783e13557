"""Faults in the settings of the vision: needs, effects, themes and webs, all at once. (nl: fouten in de visie)."""

from collections.abc import Sequence

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Ambition, Settings, Source
from koppelkans.ground.words import Phrase
from koppelkans.vision.effects import effects_of
from koppelkans.vision.indicators import INDICATORS
from koppelkans.vision.nearest import one_of
from koppelkans.vision.statistics import STATISTICS
from koppelkans.vision.themes import themes_of
from koppelkans.vision.webs import decided_webs, two_truths, usual_levels


def faults_of(settings: Settings, ambitions: Sequence[Ambition]) -> list[Fault]:
    """Return every fault in ambitions, needs, effects, themes and decided webs.

    Each with its place in the settings.

    Parameters
    ----------
    settings
        Settings of the city.
    ambitions
        Its ambitions, with the effects that it gave in tables.
    """
    faults = _wrong_settings(ambitions, settings.sources)
    try:
        effects_of(ambitions, settings.kinds)
    except SettingError as problem:
        faults += problem.faults
    return faults + _of_webs(settings, ambitions)


def _of_webs(settings: Settings, ambitions: Sequence[Ambition]) -> list[Fault]:
    """Return the faults of themes, and of the webs that stand on them: the first step of these that has any tells them all."""
    levels = pd.DataFrame([(one.ambition, one.level, one.weight) for one in ambitions], columns=["ambition", "level", "weight"]).drop_duplicates("ambition")  # fmt: skip
    try:
        themes, _ = themes_of(settings.vision)
        webs = decided_webs(settings.vision, themes, usual=usual_levels(themes, levels))
        two_truths(webs, settings.vision, ambitions=levels)
    except SettingError as problem:
        return list(problem.faults)
    return []


def _wrong_settings(ambitions: Sequence[Ambition], sources: Sequence[Source]) -> list[Fault]:
    """Return every need that names something that does not exist, every double ambition, and weights that are all zero."""
    known_sources = {source.name for source in sources}
    known_indicators = {one.name for one in INDICATORS} | {one.name for one in STATISTICS}
    faults: list[Fault] = []

    def fault(key: str, found: str, wanted: str) -> None:
        faults.append(Fault(FILE_NAME, found, wanted, column=f"vision.ambitions{key}", fatal=True))

    names = [ambition.ambition for ambition in ambitions]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fault(f".{name}", Phrase("this ambition twice"), Phrase("each ambition once"))
    if ambitions and sum(ambition.weight for ambition in ambitions) <= 0:
        fault("", Phrase("weights that are all 0"), Phrase("at least one weight above 0"))
    for ambition in ambitions:
        for position, need in enumerate(ambition.needs):
            key = f".{ambition.ambition}.needs.{position}"
            if bool(need.source) == bool(need.indicator):
                fault(
                    key,
                    Phrase("source `{source}`, indicator `{name}`", source=need.source, name=need.indicator),
                    Phrase("either a source or an indicator"),
                )
            elif need.source and need.source not in known_sources:
                fault(
                    f"{key}.source",
                    Phrase("source `{name}`", name=need.source),
                    one_of(need.source, sorted(known_sources)),
                )
            elif need.indicator and need.indicator not in known_indicators:
                wanted = one_of(need.indicator, sorted(known_indicators))
                fault(f"{key}.indicator", Phrase("indicator `{name}`", name=need.indicator), wanted)
    return faults
