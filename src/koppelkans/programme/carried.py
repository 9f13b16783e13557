"""What stands around a problem, carried over a change: decisions that hold, and budgets as they became. (nl: meegenomen)."""

from dataclasses import replace

import pandas as pd

from koppelkans.programme.change import Change, Cut, Move
from koppelkans.programme.desk import Desk
from koppelkans.programme.frame import Framed
from koppelkans.programme.problem import Problem


def framed_after(framed: Framed, change: Change, problem: Problem) -> Framed:
    """Return what stands around a problem after a change: the decision, or the budget that was cut."""
    decided, budgets = framed.decided, framed.budgets
    if isinstance(change, Move):
        told = {"reason": change.reason, "set_by": change.set_by}
        row = pd.DataFrame({"work": [change.work], "year": [change.year]} | told)
        others = decided.fixed[decided.fixed["work"] != change.work]
        fixed = pd.concat([others, row]).astype(decided.fixed.dtypes.to_dict()).sort_values("work", ignore_index=True)
        decided = replace(decided, fixed=fixed)
    elif isinstance(change, Cut):
        rows = (budgets["fund"] == change.fund) & (budgets["year"] == change.year)
        left = (budgets["budget_eur"] - round(change.eur)).clip(lower=0)
        budgets = budgets.assign(
            budget_eur=budgets["budget_eur"].where(~rows, left).astype(budgets["budget_eur"].dtype),
            basis=budgets["basis"].where(~rows, "given"),
        )
    else:
        kept = problem.fixed.set_index("work")["year"]
        years = decided.fixed["work"].map(kept)
        decided = replace(
            decided, fixed=decided.fixed.assign(year=years).dropna(subset=["year"]).astype({"year": "int64"})
        )
    return replace(framed, problem=problem, decided=decided, budgets=budgets)


def decided_of(desk: Desk) -> pd.DataFrame:
    """Return what was decided about works that are fixed to a year; of plain tables no reason is known."""
    fixed = desk.problem.fixed
    if desk.framed is None:
        return fixed.assign(reason="", set_by="")
    decided = desk.framed.decided.fixed
    return decided[decided["work"].isin(fixed["work"])].fillna({"reason": "", "set_by": ""})
