"""Purses pay their fair part of openings where it fits, and the rest is told as uncovered."""

from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import hamlet
import hamlet_programme
import tiny_city
from koppelkans.account import reckon
from koppelkans.ground.settings import make_settings
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.constraints.budget import balance
from koppelkans.programme.constraints.paid_opening import unpaid
from koppelkans.programme.judge import count_asked
from koppelkans.programme.levels import opening_costs
from koppelkans.programme.opening_payments import with_openings
from koppelkans.programme.tables import money_table, payments_table

SSK = make_settings({"city": {"name": "Gehucht"}}).appraisal.business.ssk
FUND = {"fund": "wegen", "owner": "gemeente", "kinds": ["sewer_gravity", "paving"]}


@settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(tiny_city.cities(), st.data())
def test_openings_are_charged_once_within_every_declared_budget(tables: dict[str, Any], data: st.DataObject):
    city = tiny_city.problem(**tables)
    book = tiny_city.Book(city)
    chosen = data.draw(st.sampled_from([one for one in tiny_city.every_programme(city) if book.cost(one) is not None]))
    programme = pd.DataFrame({"work": list(chosen), "year": list(chosen.values())}).astype({"work": "str", "year": int})
    works = payments_table(city, programme)
    paid = with_openings(city, programme, works, ssk=SSK)
    openings = paid[paid["section"].notna()]
    left = balance(city, programme).set_index(["fund", "year"])["left_eur"]
    after = money_table(city, paid).set_index(["fund", "year"])["left_eur"]
    assert (after >= left.clip(upper=0.0).reindex(after.index) - len(works)).all()
    cost = opening_costs(city, programme).set_index(["section", "year"])["opening_eur"]
    charged = openings.groupby(["section", "year"])["amount_eur"].sum()
    assert (charged <= cost.reindex(charged.index).round() + 1).all()
    share = city.payments.assign(share=city.payments["share"].clip(upper=1.0))
    mine = city.touches[["work", "section"]].merge(programme, on="work").merge(share, on="work")
    most = mine.groupby(["section", "year", "fund"])["share"].max() * cost
    charged = openings.groupby(["section", "year", "fund"])["amount_eur"].sum()
    assert (charged <= most.reindex(charged.index) + 1).all()
    lacks = unpaid(replace(city, openings_paid=True), programme).set_index(["section", "year"])["eur"]
    nobody = 1.0 - share.groupby("work")["share"].sum().clip(upper=1.0).reindex(city.works["work"]).fillna(0.0)
    loose = nobody.reindex(city.touches["work"]).groupby(city.touches["section"].to_numpy()).max()
    bare = cost - openings.groupby(["section", "year"])["amount_eur"].sum().reindex(cost.index).fillna(0)
    assert bare.sum() <= lacks.sum() + (cost * loose.reindex(cost.index, level="section")).sum() + 2 * len(cost)


def test_a_tight_purse_does_not_hand_out_openings_that_do_not_fit_as_kept():
    wants = hamlet_account()[1].payments
    works = wants[wants["section"].isna() & wants["fund"].eq("own:gemeente")].groupby("year")["amount_eur"].sum()
    room = {2030: 100_000}  # what is fixed there must be able to open its street
    budgets = {str(year): int(works.get(year, 0)) + room.get(year, 0) for year in range(2027, 2037)}
    tight = FUND | {"budget_eur": budgets, "carries_over": False}
    asked, free = (hamlet_account(funds=[tight], programme={"openings_paid": paid})[1] for paid in (True, False))
    told = free.verdict.set_index("demand").loc["paid_opening"]
    assert not told["kept"]
    assert told["faults"] > 0
    assert asked.verdict["kept"].all()
    assert (count_asked(asked, CONSTRAINTS), count_asked(free, CONSTRAINTS)) == (
        0,
        0,
    )  # what purses cannot pay is told as uncovered
    assert asked.money["left_eur"].ge(0).all()


def test_purses_without_a_budget_pay_the_whole_investment_of_the_hamlet():
    account, _ = hamlet_account()
    assert account.whole("uncovered_eur") == 0
    assert account.whole("charged_eur") == account.whole("investment_eur") > account.whole("works_eur")
    assert account.uncovered.empty


def test_openings_that_do_not_fit_are_not_handed_out_as_kept_and_told_per_party_and_year():
    wants = hamlet_account()[1].payments
    works = wants[wants["section"].isna() & wants["fund"].eq("own:gemeente")].groupby("year")["amount_eur"].sum()
    tight = {str(year): int(works.get(year, 0)) for year in range(2027, 2037)}
    account, programme = hamlet_account(funds=[FUND | {"budget_eur": tight, "carries_over": False}])
    told = programme.verdict.set_index("demand").loc["paid_opening"]
    assert not told["kept"]
    assert told["faults"] > 0
    charged, uncovered = account.whole("charged_eur"), account.whole("uncovered_eur")
    assert uncovered > 0
    assert charged + uncovered == account.whole("investment_eur")
    assert account.uncovered["uncovered_eur"].sum() == uncovered


def test_what_the_search_was_asked_to_pay_is_paid_to_the_euro():
    half = FUND | {"budget_eur": 60_000}
    account, programme = hamlet_account(funds=[half], programme={"openings_paid": True})
    assert programme.plan["year"].notna().any()
    assert account.whole("uncovered_eur") == 0
    assert account.whole("charged_eur") == account.whole("investment_eur")
    assert programme.verdict["kept"].all()
    assert programme.money["left_eur"].ge(0).all()


def hamlet_account(**parts: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the account and the programme of the hamlet."""
    made = hamlet.settings(**(parts | {"programme": {"gap": 0.0} | parts.get("programme", {})}))
    town, appraisal, weighing = hamlet_programme.walked(made)
    programme = hamlet_programme.schedule(town, appraisal, weighing, settings=made)
    return reckon(town, appraisal, programme, settings=made), programme
