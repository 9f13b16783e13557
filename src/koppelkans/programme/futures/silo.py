"""Every owner plans alone, without seeing the others; what they share then is chance. (nl: ieder voor zich)."""

from dataclasses import replace

import pandas as pd

from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.solve.optimise import optimise

NOBODY = ""
"""Owner of the works whose owner is not known."""
MARK = "\t"
"""Stands between an owner and what it has to itself; no name holds it."""


def silo(problem: Problem, *, effort: Effort) -> pd.DataFrame:
    """Return the programmes that the owners make alone, together (work, year), the best within the effort.

    Where works that must be done do not fit in their owner's own part of the money, all plan as if they could leave them.
    """
    own = apart(problem)
    answer = optimise(own, CONSTRAINTS, effort=effort)
    if answer is None or answer.clashing:
        free = replace(own, works=own.works.assign(mandatory=False), fixed=own.fixed.iloc[:0])
        answer = optimise(free, CONSTRAINTS, effort=effort)
    if answer is None or answer.clashing:
        return pd.DataFrame({"work": pd.Series([], dtype="str"), "year": pd.Series([], dtype="int64")})
    return answer.outcome.programme.sort_values("work", ignore_index=True)


def apart(problem: Problem) -> Problem:
    """Return the problem as the owners see it who do not see each other: every street, purse, crew and limit once per owner.

    Each opens its streets by itself and pays for that. Of a purse or a crew that several draw upon each has the part that it
    asks of all that is asked. Limits on open streets everyone has to itself; ties and joint savings between owners are gone.
    """
    owner = problem.works.set_index("work")["owner"].fillna(NOBODY).astype("str")
    touches = _own(problem.touches, owner, "section")
    sections = _copies(problem.sections, touches, "section")
    pays, asks = _own(problem.payments, owner, "fund"), _own(problem.efforts, owner, "crew")
    cost = pays["work"].map(problem.works.set_index("work")["cost_eur"]).astype("float64")
    funds = _parts(problem.funds, pays.assign(asked=pays["share"] * cost), "fund", "budget_eur")
    crews = _parts(problem.crews, asks.assign(asked=asks["hours"]), "crew", "hours")
    members = sections[["section", "shared"]].merge(
        problem.limit_members.rename(columns={"section": "shared"}), on="shared"
    )
    members = members.assign(limit=_before(members["section"]) + MARK + members["limit"], all=members["limit"])
    pairs = {
        name: table[table["work"].map(owner).to_numpy() == table["other"].map(owner).to_numpy()].reset_index(drop=True)
        for name, table in (("ties", problem.ties), ("joints", problem.joints))
    }
    made = {
        "sections": sections,
        "touches": touches,
        "payments": pays,
        "funds": funds,
        "efforts": asks,
        "crews": crews,
        "limits": _copies(problem.limits, members.assign(shared=members["all"]), "limit"),
        "limit_members": members,
        "fund_rules": _copies(problem.fund_rules, pays, "fund"),
    }
    shaped = {name: table[list(getattr(problem, name).columns)] for name, table in made.items()}
    return replace(problem, **shaped, **pairs)


def _before(names: pd.Series) -> pd.Series:
    """Return the owner of things as their owner has them."""
    return names.str.split(MARK, n=1).str[0].astype("str")


def _own(table: pd.DataFrame, owner: pd.Series, key: str) -> pd.DataFrame:
    """Return rows about works with the name of the thing as their owner has it; `shared` keeps the name that all use."""
    return table.assign(shared=table[key], **{key: table["work"].map(owner).to_numpy() + MARK + table[key]})


def _copies(table: pd.DataFrame, used: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return the rows of a table once per owner that uses them, with the name as that owner has it."""
    names = used[[key, "shared"]].drop_duplicates()
    made = names.merge(table.rename(columns={key: "shared"}), on="shared")
    return made.sort_values([key], kind="stable", ignore_index=True)


def _parts(table: pd.DataFrame, used: pd.DataFrame, key: str, amount: str) -> pd.DataFrame:
    """Return yearly amounts once per owner: its part of all that is asked of that purse or crew; equal parts where nothing is."""
    asked = used.groupby([key, "shared"])["asked"].sum().reset_index()
    whole, users = (asked.groupby("shared")["asked"].transform(how) for how in ("sum", "size"))
    part = (asked["asked"] / whole.where(whole > 0)).fillna(1.0 / users)
    made = _copies(table, asked, key)
    share = part.set_axis(asked[key]).reindex(made[key]).to_numpy(dtype=float)
    return made.assign(**{amount: made[amount].to_numpy(dtype=float) * share})
