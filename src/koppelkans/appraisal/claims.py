"""No benefit counted twice: the benefits claimed, and the points they replace. (nl: geen dubbeltelling)."""

from collections.abc import Mapping

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, Figure
from koppelkans.ground.settings.business import Benefit

KEY = "appraisal.benefits"


def check_claims(benefits: Mapping[str, Benefit]) -> None:
    """Refuse two effects that claim the same benefit for the same kind of work.

    Raises
    ------
    SettingError
        With every benefit that is claimed twice; each fault names both effects.
    """
    seen: dict[tuple[str, str], str] = {}
    faults: dict[tuple[str, str, str], Fault] = {}
    for effect, benefit in benefits.items():
        for claim, kind in [(claim, kind) for claim in benefit.claims for kind in benefit.kinds]:
            first = seen.setdefault((claim, kind), effect)
            if first != effect:
                found = f"`{claim}` claimed by `{first}` and by `{effect}`"
                wanted = "each benefit of a kind of work claimed by one effect"
                faults[first, effect, claim] = Fault(
                    FILE_NAME, found, wanted, column=f"{KEY}.{effect}.claims", fatal=True
                )
    if faults:
        raise SettingError(list(faults.values()))


def served(benefits: Mapping[str, Benefit], figures: Mapping[str, Figure]) -> pd.DataFrame:
    """Return the ambitions whose worth an effect counts in euros, per kind of work.

    Columns ambition, kind and effect.

    Raises
    ------
    SettingError
        Where two effects claim one benefit.
    """
    check_claims(benefits)
    rows = [
        (ambition, kind, effect)
        for effect, benefit in benefits.items()
        for kind in benefit.kinds
        if f"{effect}_{kind}" in figures
        for ambition in benefit.serves
    ]
    made = pd.DataFrame(rows, columns=["ambition", "kind", "effect"], dtype="str")
    return made.drop_duplicates(["ambition", "kind"]).sort_values(["ambition", "kind"], ignore_index=True)


def priced_points(met: pd.DataFrame, works: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Return the points per work that an effect already counts in euros.

    These do not count again in the worth of ambitions.

    Parameters
    ----------
    met
        `work`, `ambition` and `points`.
    works
        `work` and `kind`.
    claims
        What `served` returned.
    """
    named = met.merge(works[["work", "kind"]], on="work").merge(claims[["ambition", "kind"]], on=["ambition", "kind"])
    return named.groupby("work")["points"].sum()
