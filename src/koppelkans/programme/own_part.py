"""What a programme costs each owner: its works and its fair part of opening streets. (nl: eigen deel)."""

import pandas as pd

from koppelkans.appraisal.opening_parts import fair_parts
from koppelkans.ground.money import discount_factors, whole_euros
from koppelkans.programme.desk import Desk
from koppelkans.programme.levels import opening_eur
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches, money_years
from koppelkans.programme.replan import Replanned


def owner_money(problem: Problem, programme: pd.DataFrame) -> pd.Series:
    """Return what a programme costs each owner (eur, discounted).

    Its works and its fair part of openings, without what joints save. Works without owner stand under an empty name.
    """
    works = problem.works[["work", "owner", "cost_eur"]].merge(programme[["work", "year"]], on="work")
    works["owner"] = works["owner"].astype("object").where(works["owner"].notna(), "")
    met = closed_touches(problem, programme).merge(works[["work", "owner"]], on="work")
    works = works.drop(columns="year").merge(money_years(problem, programme), on="work")
    works["cost_eur"] *= works["cost_share"]
    met = met.merge(problem.sections.drop(columns="name"), on="section").reset_index(drop=True)
    met["alone_eur"] = whole_euros(pd.Series(opening_eur(met, met["share"]))).astype("int64")
    streets = met.assign(eur=fair_parts(met[["work", "section", "year", "owner", "alone_eur"]]) if len(met) else 0)
    rows = pd.concat([works.rename(columns={"cost_eur": "eur"}), streets])[["owner", "year", "eur"]]
    factors = discount_factors(rows["year"].to_numpy(), first_year=problem.first_year, rate=problem.discount_rate)
    return (rows["eur"].astype("float64") * factors).groupby(rows["owner"].to_numpy()).sum()


def owner_shift(desk: Desk, answer: Replanned) -> pd.Series:
    """Return how much more each owner pays by a change, dearest first (eur, discounted).

    Below zero is less.
    """
    before = owner_money(desk.problem, desk.programme)
    after = owner_money(answer.desk.problem, answer.desk.programme)
    shift = after.sub(before, fill_value=0.0).round().astype("int64")
    return shift[shift != 0].sort_values(ascending=False, kind="stable")
