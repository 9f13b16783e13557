"""The tables of the programme: money, people, streets and payments, year by year. (nl: tabellen van het programma)."""

from dataclasses import replace

import pandas as pd

from koppelkans.ground.money import whole_parts
from koppelkans.ground.tables import shape
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.constraints.crew import load
from koppelkans.programme.constraints.limit import open_counts
from koppelkans.programme.problem import Problem, declared
from koppelkans.programme.product import LOAD, MONEY, OPEN, PAYMENTS, PROMISES, STREETS
from koppelkans.programme.profiles import lying_open, money_years
from koppelkans.programme.value import broken_rest, opened_sections


def payments_table(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return who pays which amount of which work, and when, also of works outside.

    A work of several years has a row for each year in which it spends.
    """
    cost = problem.payments["work"].map(problem.works.set_index("work")["cost_eur"]).astype("float64")
    amount = (problem.payments["share"] * cost).round().astype("Int64")
    inside = problem.payments.assign(amount_eur=amount.mask(problem.payments["work"].isin(unpriced(problem))))
    every = pd.concat([inside, problem.outside_payments], ignore_index=True)
    paid = every.merge(money_years(problem, programme).drop(columns="start"), on="work", how="left")
    paid = paid.astype({"year": "Int64"}).fillna({"cost_share": 1.0})
    paid["share"] *= paid["cost_share"]
    parts = whole_parts(paid["amount_eur"] * paid["cost_share"], paid["work"] + "\n" + paid["fund"])
    paid["amount_eur"] = paid["amount_eur"].where(paid["cost_share"] == 1.0, parts)
    whole = paid.assign(section=pd.Series(None, index=paid.index, dtype="str"))
    return shape(whole.sort_values(["work", "fund"]), PAYMENTS)


def unpriced(problem: Problem) -> pd.Series:
    """Return the works of unknown cost, which count as 0 in the problem and are told as unknown."""
    return problem.works.loc[problem.works["unpriced"], "work"]


def money_table(problem: Problem, payments: pd.DataFrame, *, scarce: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the budget, spending and balance of each fund per year, with the worth of more.

    In whole euros that add up. A fund of which no budget was given has its load as budget: what is asked of it.
    """
    spent = payments.dropna(subset=["year"]).groupby(["fund", "year"])["amount_eur"].sum().rename("spent_eur")
    spent = spent.reset_index().astype({"year": "int64"})
    budgets = problem.funds.assign(budget_eur=problem.funds["budget_eur"].round().astype("int64"))
    table = (
        budgets.assign(name=_named(budgets, "fund"))
        .merge(spent, on=["fund", "year"], how="left")
        .fillna({"spent_eur": 0})
    )
    table = table.astype({"spent_eur": "int64"}).sort_values(["fund", "year"], ignore_index=True)
    table["budget_eur"] = _held(table, "fund", "budget_eur", load="spent_eur")
    rest = table["budget_eur"] - table["spent_eur"]
    table["left_eur"] = rest.groupby(table["fund"]).cumsum().where(table["carries_over"], rest)
    return shape(_priced(table, scarce, "fund", column="worth_per_eur"), MONEY)


def with_load(problem: Problem, programme: pd.DataFrame) -> Problem:
    """Return the problem with the load of a programme as budget, where none was given."""
    spent = money_table(problem, payments_table(problem, programme)).set_index(["fund", "year"])["spent_eur"]
    funds = problem.funds
    asked = spent.reindex(pd.MultiIndex.from_frame(funds[["fund", "year"]])).to_numpy(dtype=float)
    given = funds["fund"].isin(declared(funds, "fund"))
    return replace(problem, funds=funds.assign(budget_eur=funds["budget_eur"].where(given, asked)))


def load_table(problem: Problem, programme: pd.DataFrame, *, scarce: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the hours that each crew has and uses per year, and what one more hour would bring."""
    used = load(problem, programme)
    table = used.assign(name=_named(used, "crew")).sort_values(["crew", "year"], ignore_index=True)
    table["available_h"] = _held(table, "crew", "available_h", load="used_h")
    return shape(_priced(table, scarce, "crew", column="worth_eur_per_h"), LOAD)


def streets_table(problem: Problem, programme: pd.DataFrame, *, scarce: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the open sections of each limit per year, and the worth of one more."""
    count = open_counts(problem, programme)[["limit", "year", "count"]]
    years = pd.DataFrame({"year": problem.run_on.years})
    limits = problem.limits.rename(columns={"open_sections": "most"})
    every = limits.merge(years, how="cross").merge(count, on=["limit", "year"], how="left")
    every["open_sections"] = every["count"].fillna(0).astype("int64")
    every = every.sort_values(["limit", "year"], ignore_index=True)
    every["most"] = _held(every, "limit", "most", load="open_sections")
    return shape(_priced(every, scarce, "limit", column="worth_eur"), STREETS)


def _held(table: pd.DataFrame, key: str, column: str, *, load: str) -> pd.Series:
    """Return what each fund, crew or limit has; where the city gave nothing, what the programme asks of it: its load."""
    return table[column].where(table[key].isin(declared(table, key)), table[load]).astype(table[column].dtype)


def _priced(table: pd.DataFrame, scarce: pd.DataFrame | None, key: str, *, column: str) -> pd.DataFrame:
    """Return a table per subject and year with what one more would bring: 0 where there is enough, unknown where nobody priced it.

    `key` is the column that holds what is shared: a fund, crew or limit.
    """
    if scarce is None:
        return table.assign(**{column: float("nan")})
    of_key = {piece.name for piece in CONSTRAINTS if piece.shared and piece.about == key}
    mine = scarce[scarce["constraint"].isin(of_key)].groupby(["about", "year"])["worth_eur"].sum()
    at = pd.MultiIndex.from_frame(table[[key, "year"]])
    return table.assign(**{column: mine.reindex(at).fillna(0.0).to_numpy()})


def _named(table: pd.DataFrame, key: str) -> pd.Series:
    """Return what people call the funds or crews of a table; the key where nobody said."""
    return table["name"].fillna(table[key])


def open_table(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return each section that lies open per year, with works, owners and breach of graafrust."""
    met = lying_open(problem, programme).merge(problem.works[["work", "owner"]], on="work")
    count = met.groupby(["section", "year"]).agg(works=("work", "nunique"), owners=("owner", "nunique")).reset_index()
    table = opened_sections(problem, programme).merge(count, on=["section", "year"])
    broken = broken_rest(problem, programme).assign(breach=True)
    table = table.merge(broken, on=["section", "year"], how="left")
    table["breach"] = table["breach"].notna()
    return shape(table.sort_values(["section", "year"]), OPEN)


def promises_table(problem: Problem, programme: pd.DataFrame) -> pd.DataFrame:
    """Return every promise with the year that the work got.

    Also of works that were not put to the solver.
    """
    weight = problem.promises["move_eur"].round().astype("Int64")
    guessed = problem.promises["work"].isin(unpriced(problem)) & (problem.promises["basis"] == "assumed")
    inside = problem.promises.assign(move_eur=weight.mask(guessed))
    table = pd.concat([inside, problem.outside_promises], ignore_index=True).rename(columns={"year": "promised_year"})
    table["year"] = table["work"].map(programme.set_index("work")["year"]).astype("Int64")
    table["kept"] = (table["year"] == table["promised_year"]).fillna(value=False).astype(bool)
    table["made_to"] = table["made_to"].where(table["made_to"] != "", None)
    return shape(table.sort_values("work"), PROMISES)
