"""Purses pay their fair part of openings where it fits, and the rest is told as uncovered."""

from typing import Any

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import hamlet
import hamlet_programme
import tiny_city
from koppelkans.account import reckon
from koppelkans.ground.settings import make_settings
from koppelkans.programme.constraints.budget import balance
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
    share = city.payments.set_index(["work", "fund"])["share"]
    assert (
        openings.set_index(["work", "fund"])["share"]
        <= share.reindex(openings.set_index(["work", "fund"]).index) + 1e-9
    ).all()


def test_purses_without_a_budget_pay_the_whole_investment_of_the_hamlet():
    account, _ = hamlet_account()
    assert account.whole("uncovered_eur") == 0
    assert account.whole("charged_eur") == account.whole("investment_eur") > account.whole("works_eur")
    assert account.uncovered.empty


def test_what_does_not_fit_is_told_per_party_and_year():
    wants = hamlet_account()[1].money
    works = wants[wants["fund"] == "own:gemeente"]
    account, programme = hamlet_account(funds=[FUND | {"budget_eur": {str(year): 0 for year in works["year"]}}])
    assert programme.plan["year"].notna().any()
    charged, uncovered = account.whole("charged_eur"), account.whole("uncovered_eur")
    assert charged + uncovered == account.whole("investment_eur")
    assert account.uncovered["uncovered_eur"].sum() == uncovered


def hamlet_account(**parts: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the account and the programme of the hamlet."""
    made = hamlet.settings(**({"programme": {"gap": 0.0}} | parts))
    town, appraisal, weighing = hamlet_programme.walked(made)
    programme = hamlet_programme.schedule(town, appraisal, weighing, settings=made)
    return reckon(town, appraisal, programme, settings=made), programme
