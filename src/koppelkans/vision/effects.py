"""How much need a kind of work meets, from the figures of the ambitions. (nl: effect van werk op ambities)."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Ambition, Figure, WorkKind
from koppelkans.ground.words import Phrase
from koppelkans.vision.nearest import one_of
from koppelkans.vision.product import EFFECTS

PER = re.compile(r"per\s+(?P<count>\d+)?\s*(?P<unit>m2|m²|m|piece)\b")
USUAL = {"m": 100.0, "m2": 100.0, "piece": 1.0}
"""Where a figure names no unit: per 100 m, per 100 m2 or per piece."""


def effects_of(ambitions: Sequence[Ambition], kinds: Mapping[str, WorkKind]) -> pd.DataFrame:
    """Return the need met per ambition and kind of work, as given and per unit.

    Per m, m2 or piece; sorted by both. A pair of which nothing was given is left out: its effect is unknown. An
    effect of 0 was given: it is none.

    Raises
    ------
    SettingError
        With every effect of a kind that does not exist, in a unit that its kind is not counted in, or below zero.
    """
    faults: list[Fault] = []
    rows = []
    for ambition in ambitions:
        for kind, figure in ambition.effects.items():
            key = f"vision.ambitions.{ambition.ambition}.effects.{kind}"
            if kind not in kinds:
                faults.append(
                    Fault(
                        FILE_NAME,
                        Phrase("kind `{name}`", name=kind),
                        one_of(kind, sorted(kinds)),
                        column=key,
                        fatal=True,
                    )
                )
                continue
            per = per_of(figure.unit, kinds[kind].unit)
            if per is None or figure.value < 0:
                wanted = Phrase(
                    "0 or more, per {per} {unit}", per=f"{USUAL[kinds[kind].unit]:g}", unit=kinds[kind].unit
                )
                faults.append(Fault(FILE_NAME, f"{figure.value:g} {figure.unit}", wanted, column=key, fatal=True))
                continue
            rows.append(
                (
                    ambition.ambition,
                    kind,
                    figure.value,
                    per,
                    kinds[kind].unit,
                    figure.value / per,
                    figure.low,
                    figure.high,
                    figure.source,
                    figure.basis,
                )
            )
    if faults:
        raise SettingError(faults)
    made = pd.DataFrame(rows, columns=list(EFFECTS.columns)).astype({"low": "float64", "high": "float64"})
    return made.sort_values(["ambition", "kind"], ignore_index=True)


def counted(effects: pd.DataFrame, ambitions: Sequence[Ambition], kinds: Mapping[str, WorkKind]) -> pd.DataFrame:
    """Return per ambition the number of kinds of work with a known and an unknown effect."""
    known = effects.groupby("ambition").size()
    found = [int(known.get(one.ambition, 0)) for one in ambitions]
    return pd.DataFrame({"kinds_known": found, "kinds_unknown": [len(kinds) - count for count in found]})


def per_of(given: str, unit: str) -> float | None:
    """Return the number of units that a figure is given per; None in another unit than its kind.

    >>> per_of("need per 100 m", "m"), per_of("", "m2"), per_of("need per piece", "m")
    (100.0, 100.0, None)
    """
    found = PER.search(given)
    if found is None:
        return USUAL[unit] if not given.strip() else None
    same = found["unit"].replace("m²", "m2") == unit
    return float(found["count"] or 1) if same else None


def with_given(ambitions: Sequence[Ambition], tables: Iterable[pd.DataFrame]) -> list[Ambition]:
    """Return the ambitions with their effects replaced by those in tables of the city.

    A later table wins.

    Parameters
    ----------
    ambitions
        As the settings have them.
    tables
        `ambition`, `kind`, `effect`, `unit`, `low`, `high`, `source` and `basis`, as sources with the role effects bring them.
    """
    given: dict[str, dict[str, Figure]] = {}
    for table in tables:
        for row in table.to_dict("records"):
            told = {name: row[name] for name in ("unit", "basis") if isinstance(row[name], str)}
            ends = {name: float(row[name]) for name in ("low", "high") if pd.notna(row[name])}
            figure = Figure.model_validate(
                {"value": float(row["effect"]), "unit": "", "source": row["source"], **told, **ends}
            )
            given.setdefault(row["ambition"], {})[row["kind"]] = figure
    return [
        one.model_copy(update={"effects": {**one.effects, **given[one.ambition]}}) if one.ambition in given else one
        for one in ambitions
    ]
