"""The answer in one look: the figures that stand on the cover, in the workbook and beside the map. (nl: het antwoord)."""

import hashlib
from dataclasses import dataclass

import pandas as pd

from koppelkans.report.plan import Plan


@dataclass(frozen=True)
class Answer:
    """What the whole programme comes to. Money in euros at the price level of the city.

    Parameters
    ----------
    works, planned
        Works in the context, and those that the programme does.
    undone, outside
        Works that were weighed against others and left undone; works that were not put to the solver.
    openings, apart
        Times that a section is opened, and how often it would be if each work opened its own.
    bundles, saving_eur, nuisance_saved_eur
        Bundles, and what they save.
    cost_eur, unpriced
        Cost of the planned works, and planned works of which the cost is unknown.
    gap
        Share by which the programme is at most worse than the best one; None where nothing was proven.
    faults
        Times that the independent judge found a demand broken.
    calls
        Pairs of parties that must phone each other.
    """

    works: int
    planned: int
    undone: int
    outside: int
    openings: int
    apart: int
    bundles: int
    saving_eur: int
    nuisance_saved_eur: int
    cost_eur: int
    unpriced: int
    gap: float | None
    faults: int
    calls: int


def answer(plan: Plan) -> Answer:
    """Count the answer in one look."""
    programme = plan.programme
    done = programme.plan["year"].notna()
    outside = ~done & programme.plan["outside"].notna()
    return Answer(
        works=len(programme.plan),
        planned=int(done.sum()),
        undone=int((~done & ~outside).sum()),
        outside=int(outside.sum()),
        openings=len(programme.open),
        apart=int(programme.open["works"].sum()),
        bundles=len(programme.bundles),
        saving_eur=int(programme.bundles["saving_eur"].sum()),
        nuisance_saved_eur=int(programme.bundles["nuisance_saved_eur"].sum()),
        cost_eur=int(programme.plan.loc[done, "cost_eur"].sum()),
        unpriced=int(programme.plan.loc[done, "cost_eur"].isna().sum()),
        gap=programme.trace.gap,
        faults=int(programme.verdict["faults"].sum()),
        calls=len(pairs(plan)),
    )


def pairs(plan: Plan) -> pd.DataFrame:
    """Return the phone list with each pair of parties once: the call of the municipality, else of the first in name order."""
    calls = plan.alignment.calls
    city = {party.party for party in plan.settings.parties if party.kind == "gemeente"}
    both = ["|".join(sorted(names)) for names in zip(calls["party"], calls["other_party"], strict=True)]
    order = calls.assign(both=both, late=~calls["party"].isin(city))
    once = order.sort_values(["both", "late", "party"]).drop_duplicates("both").drop(columns=["both", "late"])
    return once.sort_values(["saving_eur", "party", "other_party"], ascending=[False, True, True], ignore_index=True)


def trace_hash(plan: Plan) -> str:
    """Return the SHA-256 of the trace of the programme: two reports with the same hash tell of the same run."""
    return hashlib.sha256(plan.programme.trace.to_json().encode("utf-8")).hexdigest()
