"""Programming problems small enough to try everything, and the trying itself, in plain Python without any of the project."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from scipy.optimize import linprog

from koppelkans.programme.problem import Problem
from koppelkans.programme.read_problem import make_problem

FIRST = 2027
EURO = st.integers(0, 12)


def problem(*, years: int = 3, rate: float = 0.0225, openings_paid: bool = False, **tables: pd.DataFrame) -> Problem:
    """Return a problem from tables."""
    return make_problem(tables, first_year=FIRST, years=years, discount_rate=rate, openings_paid=openings_paid)


def works(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return works from rows (work, earliest, best, latest, cost, early, late, undone, digs, resurfaces, mandatory)."""
    columns = ["work", "earliest_year", "best_year", "latest_year", "cost_eur", "early_eur_per_year"]
    columns += ["late_eur_per_year", "undone_eur", "digs", "resurfaces", "mandatory"]
    return pd.DataFrame(rows, columns=columns)


def sections(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return sections from rows (section, opening, nuisance, rest_years, breach)."""
    return pd.DataFrame(rows, columns=["section", "opening_eur", "nuisance_eur", "rest_years", "breach_eur"])


def pairs(one: str, other: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    """Return a table of two columns."""
    return pd.DataFrame(rows, columns=[one, other])


@st.composite
def cities(draw: st.DrawFn, *, must: bool = False, paid: bool = False, long: bool = False) -> dict[str, object]:
    """Draw the tables of a tiny city: at most 4 works, 3 sections, 3 years, 2 funds, a crew and a limit.

    With `paid` works take up a part of the width of their sections, and their purses pay the openings too; with `long` some
    works take several years.
    """
    years = draw(st.integers(1, 3))
    last = FIRST + years - 1
    count = draw(st.integers(1, 4))
    rows = []
    for at in range(count):
        opens = draw(st.integers(FIRST, last))
        closes = draw(st.integers(opens, last + 1))
        best = draw(st.integers(FIRST - 1, last + 1))
        costs = draw(st.tuples(EURO, EURO, EURO, st.integers(0, 40)))
        kind = draw(st.tuples(st.booleans(), st.booleans()))
        rows.append((f"w{at}", opens, best, closes, *costs, *kind, must and draw(st.booleans())))
    names = [row[0] for row in rows]
    places = ["s0", "s1", "s2"][: draw(st.integers(1, 3))]
    made = {
        "works": works(*rows).assign(kind=[draw(st.sampled_from(["sewer", "gas"])) for _ in rows]),
        "sections": sections(
            *((name, *draw(st.tuples(EURO, EURO, st.sampled_from([0, 1, 2, 9]), EURO))) for name in places)
        ),
        "touches": _links(draw, "work", names, "section", places),
        "limits": pd.DataFrame({"limit": ["l"], "open_sections": [draw(st.integers(0, 3))]}),
        "limit_members": _links(draw, "limit", ["l"], "section", places),
    }
    funds, span = ["f0", "f1"], range(FIRST, FIRST + years)
    carries = {name: draw(st.booleans()) for name in funds}
    made["funds"] = pd.DataFrame(
        [(name, year, draw(st.integers(0, 25)), carries[name]) for name in funds for year in span],
        columns=["fund", "year", "budget_eur", "carries_over"],
    )
    payments = _links(draw, "work", names, "fund", funds)
    made["payments"] = payments.assign(share=[draw(st.sampled_from([0.25, 0.5, 1.0])) for _ in range(len(payments))])
    made["crews"] = pd.DataFrame(
        [("c", year, draw(st.integers(0, 8))) for year in span], columns=["crew", "year", "hours"]
    )
    efforts = _links(draw, "work", names, "crew", ["c"])
    made["efforts"] = efforts.assign(hours=[draw(st.integers(0, 5)) for _ in range(len(efforts))])
    taken = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(list(span))), max_size=2, unique=True))
    made["excluded"] = pairs("work", "year", *taken)
    if must and draw(st.booleans()):
        made["fixed"] = pairs("work", "year", (draw(st.sampled_from(names)), draw(st.sampled_from(list(span)))))
    made |= _decisions(draw, names, years=list(span), must=must)
    late = made["works"]["earliest_year"] > last
    made["works"].loc[late, "mandatory"] = False
    if paid:
        made |= _widths(draw, made)
    if long:
        made["profile"] = _profiles(draw, names)
    return {"years": years, "rate": draw(st.sampled_from([0.0, 0.0225, 0.5])), "openings_paid": paid} | made


SHARES = ((1.0,), (0.25, 0.75), (0.0, 1.0), (0.5, 0.25, 0.25), (0.25, 0.0, 0.75))


def _profiles(draw: st.DrawFn, names: list[str]) -> pd.DataFrame:
    """Draw for some works the years that they take, some with a year of preparation, a year of rest or no open street."""
    rows = []
    for name in draw(st.lists(st.sampled_from(names), min_size=1, unique=True)):
        shares, early = draw(st.sampled_from(SHARES)), draw(st.sampled_from([0, 0, 1]))
        rows += [
            (name, at - early, share, at >= early and draw(st.sampled_from([True, True, False])))
            for at, share in enumerate(shares)
        ]
    return pd.DataFrame(rows, columns=["work", "k", "cost_share", "open"])


def _widths(draw: st.DrawFn, made: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Draw what each work takes up of its sections, and the two parts of what an opening costs."""
    touches, sections = made["touches"], made["sections"]
    share = [draw(st.sampled_from([0.0, 0.15, 0.25, 0.7, 1.0])) for _ in range(len(touches))]
    parts = {name: [draw(EURO) for _ in range(len(sections))] for name in ("base_eur", "paving_eur")}
    return {"touches": touches.assign(share=share), "sections": sections.assign(**parts)}


def _decisions(draw: st.DrawFn, names: list[str], *, years: list[int], must: bool) -> dict[str, pd.DataFrame]:
    """Draw ties, promises, joints and the rules of a purse; every second city has none."""
    if draw(st.booleans()):
        return {}
    made = {}
    couples = [(one, other) for one in names for other in names if one != other]
    if couples:
        tied = draw(st.lists(st.sampled_from(couples), unique=True, max_size=2))
        spans = draw(st.lists(st.sampled_from([(0, 0), (1, None), (0, 1), (None, 2), (-1, 1)]), min_size=2, max_size=2))
        rows = [(*couple, *between) for couple, between in zip(tied, spans, strict=False)]
        ties = pd.DataFrame(rows, columns=["work", "other", "least_years", "most_years"])
        made["ties"] = ties.astype({"least_years": "Int64", "most_years": "Int64"})
        joined = draw(st.lists(st.sampled_from(couples), unique_by=frozenset, max_size=2))
        savings = [draw(st.integers(0, 15)) for _ in joined]
        made["joints"] = pairs("work", "other", *joined).assign(saving_eur=savings)
    promised = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    when = [draw(st.sampled_from([*years, years[-1] + 1])) for _ in promised]
    made["promises"] = pd.DataFrame({"work": promised, "year": when, "move_eur": [draw(EURO) for _ in promised]})
    if must:
        made["fund_rules"] = pairs("fund", "kind", ("f0", "sewer"))
    return made


def _links(draw: st.DrawFn, one: str, ones: list[str], other: str, others: list[str]) -> pd.DataFrame:
    """Draw which names of one table go with which of another."""
    every = list(product(ones, others))
    return pairs(one, other, *draw(st.lists(st.sampled_from(every), unique=True, max_size=len(every))))


def every_programme(city: Problem) -> Iterator[dict[str, int]]:
    """Yield each way to give the works a year or leave them undone."""
    span = [None, *range(city.first_year, city.first_year + city.years)]
    for chosen in product(span, repeat=len(city.works)):
        yield {work: year for work, year in zip(city.works["work"], chosen, strict=True) if year is not None}


def best_by_trying(city: Problem, *, allowed: Callable[[dict[str, int]], bool] = lambda _chosen: True) -> float | None:
    """Return the lowest cost of any programme that meets every demand and is allowed; None where there is none."""
    book = Book(city)
    costs = ((book.cost(chosen), chosen) for chosen in every_programme(city))
    return min((cost for cost, chosen in costs if cost is not None and allowed(chosen)), default=None)


KNOWN = frozenset(
    {
        "once",
        "opening",
        "rest",
        "joint",
        "budget",
        "paid_opening",
        "purse_rule",
        "crew",
        "limit",
        "fixed",
        "excluded",
        "mandatory",
    }
    | {"together", "after"}
)
"""Constraints that the clerk below knows by heart; a newer one is judged by its own judge."""


class Book:
    """The tables as dictionaries, and the definition of the value written out as a clerk would."""

    def __init__(self, city: Problem) -> None:
        self.city = city
        self.works = {row["work"]: row for row in city.works.to_dict("records")}
        self.sections = {row["section"]: row for row in city.sections.to_dict("records")}
        self.widths = {(row["work"], row["section"]): row["share"] for row in city.touches.to_dict("records")}
        self.touched = {name: city.touches.loc[city.touches["work"] == name, "section"].tolist() for name in self.works}
        self.payments = city.payments.to_dict("records")
        self.funds = city.funds.sort_values("year").to_dict("records")
        self.efforts = city.efforts.to_dict("records")
        self.hours = {(row["crew"], row["year"]): row["hours"] for row in city.crews.to_dict("records")}
        self.limits = dict(zip(city.limits["limit"], city.limits["open_sections"], strict=True))
        self.members = city.limit_members.to_dict("records")
        self.fixed = dict(zip(city.fixed["work"], city.fixed["year"], strict=True))
        self.ties = city.ties.to_dict("records")
        self.promises = city.promises.to_dict("records")
        self.joints = city.joints.to_dict("records")
        self.rules = city.fund_rules.to_dict("records")
        self.excluded = set(zip(city.excluded["work"], city.excluded["year"], strict=True))
        self.profile = {name: city.profile[city.profile["work"] == name].to_dict("records") for name in self.works}

    def _years(self, work: str) -> list[dict[str, Any]]:
        """Return the years that a work takes, counted from its start; one where nobody says."""
        return self.profile[work] or [{"k": 0, "cost_share": 1.0, "open": True}]

    def _spent(self, chosen: dict[str, int], work: str) -> dict[int, float]:
        """Return which share of the money and hours of a work is spent in which year; what comes too early in the first."""
        made: dict[int, float] = {}
        for row in self._years(work) if work in chosen else []:
            year = max(self.city.first_year, chosen[work] + row["k"])
            made[year] = made.get(year, 0.0) + row["cost_share"]
        return made

    def _lies(self, chosen: dict[str, int], work: str) -> set[int]:
        """Return the years in which the streets of a work lie open."""
        return {chosen[work] + row["k"] for row in self._years(work) if row["open"]} if work in chosen else set()

    def _closes(self, chosen: dict[str, int], work: str) -> set[int]:
        """Return the years in which a work closes its streets: the last of each run of open years."""
        lies = self._lies(chosen, work)
        return {year for year in lies if year + 1 not in lies}

    def cost(self, chosen: dict[str, int]) -> float | None:
        """Return the cost of a programme, or None where it breaks a demand."""
        streets = [(work, section) for work in chosen for section in self.touched[work]]
        lying = {(section, year) for work, section in streets for year in self._lies(chosen, work)}
        opened = {(section, year) for work, section in streets for year in self._closes(chosen, work)}
        allowed = self._in_window(chosen) and self._affordable(chosen) and self._open_enough(lying)
        allowed = allowed and self._in_order(chosen) and self._payable(chosen) and self._all_paid(chosen, opened)
        return self._worth(chosen, opened, lying) if allowed else None

    def _in_window(self, chosen: dict[str, int]) -> bool:
        for work, year in chosen.items():
            row = self.works[work]
            if not row["earliest_year"] <= year <= row["latest_year"] or (work, year) in self.excluded:
                return False
        if any(row["mandatory"] and work not in chosen for work, row in self.works.items()):
            return False
        return all(chosen.get(work) == year for work, year in self.fixed.items())

    def _in_order(self, chosen: dict[str, int]) -> bool:
        for row in self.ties:
            least, most = row["least_years"], row["most_years"]
            year, before = chosen.get(row["work"]), chosen.get(row["other"])
            if not pd.isna(least) and not pd.isna(most) and least == most == 0:
                if year != before:
                    return False
            elif year is not None:
                if before is None:
                    return False
                if (not pd.isna(least) and year - before < least) or (not pd.isna(most) and year - before > most):
                    return False
        return True

    def _payable(self, chosen: dict[str, int]) -> bool:
        ruled = {row["fund"] for row in self.rules}
        may = {(row["fund"], row["kind"]) for row in self.rules}
        return all(
            (pay["fund"], self.works[pay["work"]]["kind"]) in may
            for pay in self.payments
            if pay["work"] in chosen and pay["fund"] in ruled and pay["share"] > 0
        )

    def _affordable(self, chosen: dict[str, int]) -> bool:
        left: dict[str, float] = {}
        for row in self.funds:
            fund, year = row["fund"], row["year"]
            spent = sum(
                pay["share"] * self.works[pay["work"]]["cost_eur"] * self._spent(chosen, pay["work"]).get(year, 0.0)
                for pay in self.payments
                if pay["fund"] == fund
            )
            left[fund] = (left.get(fund, 0.0) if row["carries_over"] else 0.0) + row["budget_eur"] - spent
            if left[fund] < -1e-9:
                return False
        used: dict[tuple[str, int], float] = {}
        for row in self.efforts:
            for year, share in self._spent(chosen, row["work"]).items():
                key = (row["crew"], year)
                used[key] = used.get(key, 0.0) + row["hours"] * share
        return all(hours <= self.hours[key] + 1e-9 for key, hours in used.items())

    def _all_paid(self, chosen: dict[str, int], opened: set[tuple[str, int]]) -> bool:
        """Look for a split of all openings beside the works; each purse pays at most its largest share in one work there."""
        if not self.city.openings_paid:
            return True
        funds = sorted({row["fund"] for row in self.funds})
        columns: list[tuple[str, int, float, int]] = []  # fund, year, most, level
        money: list[float] = []
        for section, year in sorted(opened):
            here = [work for work in chosen if year in self._closes(chosen, work) and (work, section) in self.widths]
            below = None
            for share in sorted({self.widths[work, section] for work in here}):
                eur = self._opening(section, share) - (0.0 if below is None else self._opening(section, below))
                below = share
                most: dict[str, float] = {}
                for work in (work for work in here if self.widths[work, section] >= share):
                    parts = {pay["fund"]: min(1.0, pay["share"]) for pay in self.payments if pay["work"] == work}
                    parts[""] = max(0.0, 1.0 - sum(parts.values()))
                    most = {fund: max(most.get(fund, 0.0), parts.get(fund, 0.0)) for fund in {*most, *parts}}
                columns += [(fund, year, part * eur, len(money)) for fund, part in sorted(most.items())]
                money.append(eur)
        if not columns:
            return True
        asks = np.array([[-1.0 * (level == at) for *_, level in columns] for at in range(len(money))])
        rows, room = [], []
        for fund in funds:
            for row in (row for row in self.funds if row["fund"] == fund):
                spans = range(self.city.first_year, row["year"] + 1) if row["carries_over"] else [row["year"]]
                budget = sum(r["budget_eur"] for r in self.funds if r["fund"] == fund and r["year"] in spans)
                spent = sum(
                    pay["share"] * self.works[pay["work"]]["cost_eur"] * share
                    for pay in self.payments
                    if pay["fund"] == fund
                    for when, share in self._spent(chosen, pay["work"]).items()
                    if when in spans
                )
                rows.append([1.0 * (one == fund and when in spans) for one, when, *_ in columns])
                room.append(budget - spent)
        found = linprog(
            -asks.sum(axis=0) * 0.0,
            A_ub=np.vstack([asks, np.array(rows)]),
            b_ub=np.concatenate([-np.array(money) + 1e-3, np.array(room) + 1e-3]),
            bounds=[(0.0, most) for _, _, most, _ in columns],
        )
        return bool(found.status == 0)

    def _opening(self, section: str, share: float) -> float:
        """Return what an opening of so large a share of the width costs."""
        row = self.sections[section]
        if pd.isna(row["base_eur"]):
            return float(row["opening_eur"])
        return float(row["base_eur"] + row["paving_eur"] * share)

    def _open_enough(self, lying: set[tuple[str, int]]) -> bool:
        for year in {year for _, year in lying}:
            for limit, most in self.limits.items():
                count = sum((row["section"], year) in lying for row in self.members if row["limit"] == limit)
                if count > most:
                    return False
        return True

    def _worth(self, chosen: dict[str, int], opened: set[tuple[str, int]], lying: set[tuple[str, int]]) -> float:
        total = 0.0
        for work, row in self.works.items():
            if work not in chosen:
                total += row["undone_eur"]
                continue
            shift = chosen[work] - row["best_year"]
            price = row["early_eur_per_year"] * -shift if shift < 0 else row["late_eur_per_year"] * shift
            total += self._now(price, chosen[work])
            total += sum(self._now(row["cost_eur"] * share, year) for year, share in self._spent(chosen, work).items())
        for section, year in opened:
            closing = [work for work in chosen if section in self.touched[work] and year in self._closes(chosen, work)]
            total += self._now(self._opening(section, max(self.widths[work, section] for work in closing)), year)
        for section, year in lying:
            row = self.sections[section]
            total += self._now(row["nuisance_eur"], year)
            here = [work for work in chosen if section in self.touched[work]]
            digs = any(self.works[work]["digs"] and year in self._lies(chosen, work) for work in here)
            fresh = [laid for work in here if self.works[work]["resurfaces"] for laid in self._closes(chosen, work)]
            if digs and any(0 < year - laid <= row["rest_years"] for laid in fresh):
                total += self._now(row["breach_eur"], year)
        total += sum(row["move_eur"] for row in self.promises if chosen.get(row["work"]) != row["year"])
        for row in self.joints:
            year = chosen.get(row["work"])
            if year is not None and chosen.get(row["other"]) == year:
                total -= self._now(row["saving_eur"], year)
        return total

    def _now(self, amount: float, year: int) -> float:
        return amount * (1 + self.city.discount_rate) ** -(year - self.city.first_year)
