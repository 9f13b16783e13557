"""The themes that the ambitieweb is drawn with, and what each level asks. (nl: thema's van het ambitieweb)."""

from collections.abc import Sequence

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Ambition, Theme, ThemeSet, VisionPart
from koppelkans.ground.words import Phrase
from koppelkans.vision.nearest import one_of

LEVELS = (1, 2, 3)
FEWEST, MOST = 3, 20
"""With fewer themes there is no web; with more nobody can read it."""
COUNTED = ", "
"""Between the names of ambitions that count for one theme."""


def themes_of(part: VisionPart) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the themes of the set in force, and the proof asked for each of their levels.

    In their order.

    Raises
    ------
    SettingError
        Where the set does not exist, a theme stands twice or names an ambition that does not exist, and where a set has
        fewer than 3 or more than 20 themes.
    """
    sets = {one.set: one for one in part.theme_sets}
    if part.theme_set not in sets:
        wanted = one_of(part.theme_set, sets)
        raise SettingError([_fault("vision.theme_set", Phrase("theme set `{name}`", name=part.theme_set), wanted)])
    chosen = sets[part.theme_set]
    faults = _faults(chosen, [ambition.ambition for ambition in part.ambitions])
    if faults:
        raise SettingError(faults)
    used = _followed(chosen, part.ambitions) if chosen.follows_ambitions else [one for one in chosen.themes if one.used]
    themes = pd.DataFrame(
        {
            "theme": [one.theme for one in used],
            "place_in_web": range(1, len(used) + 1),
            "name_nl": [one.nl or one.theme for one in used],
            "name_en": [one.en or one.theme for one in used],
            "ambitions": [COUNTED.join(one.ambitions) or None for one in used],
            "verified": [one.verified for one in used],
            "source": [one.name_source or chosen.source or None for one in used],
        }
    )
    asked = [
        (one.theme, level, ask.nl, ask.en)
        for one in used
        for level in LEVELS
        if (ask := {**chosen.asks, **one.asks}.get(str(level)))  # type: ignore[call-overload]
    ]
    return themes, pd.DataFrame(asked, columns=["theme", "level", "ask_nl", "ask_en"])


def links(themes: pd.DataFrame) -> pd.DataFrame:
    """Return which ambitions count for which theme, one row per pair."""
    pairs = themes[["theme", "ambitions"]].dropna()
    return (
        pairs.assign(ambition=pairs["ambitions"].str.split(COUNTED, regex=False))
        .explode("ambition")[["theme", "ambition"]]
        .astype("str")
        .reset_index(drop=True)
    )


def _followed(chosen: ThemeSet, ambitions: Sequence[Ambition]) -> list[Theme]:
    """Return one theme per ambition, with what the set says of it."""
    told = {one.theme: one for one in chosen.themes}
    plain = {one.ambition: told.get(one.ambition, Theme(theme=one.ambition)) for one in ambitions}
    return [
        plain[one.ambition].model_copy(
            update={
                "nl": plain[one.ambition].nl or one.nl,
                "en": plain[one.ambition].en or one.en,
                "ambitions": [one.ambition],
            }
        )
        for one in ambitions
        if plain[one.ambition].used
    ]


def _faults(chosen: ThemeSet, ambitions: Sequence[str]) -> list[Fault]:
    """Return what cannot be used in a set of themes."""
    place = f"vision.theme_sets.{chosen.set}"
    names = [one.theme for one in chosen.themes]
    faults = [
        _fault(f"{place}.themes.{name}", Phrase("this theme twice"), Phrase("each theme once"))
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    for one in chosen.themes:
        asked = [one.theme] if chosen.follows_ambitions else one.ambitions
        faults += [
            _fault(f"{place}.themes.{one.theme}", Phrase("ambition `{name}`", name=name), one_of(name, ambitions))
            for name in asked
            if name not in ambitions
        ]
    used = sum(one.used for one in chosen.themes)
    if not chosen.follows_ambitions and not FEWEST <= used <= MOST:
        faults.append(
            _fault(
                f"{place}.themes",
                Phrase("{count} themes", count=used),
                Phrase("{fewest} to {most} themes", fewest=FEWEST, most=MOST),
            )
        )
    return faults


def _fault(key: str, found: str, wanted: str) -> Fault:
    """Return a fault in the settings."""
    return Fault(FILE_NAME, found, wanted, column=key, fatal=True)
