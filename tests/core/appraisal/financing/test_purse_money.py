import numpy as np
import pandas as pd

import hamlet
from koppelkans.appraisal.financing.mix import PurseOffer
from koppelkans.appraisal.financing.purse_money import holder_of, lapsed, purse_table, purses_of
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import Fund

YEARS = Horizon(2027, 2029)
CHARGED = pd.DataFrame({"work": ["a", "b"], "fund": ["riool", "own:gas"], "amount_eur": [10, 20]})
WORKS = pd.DataFrame(
    {"work": ["a", "b"], "year": [2027, 2029], "owner": ["gemeente", "gas"], "kind": ["paving", "gas_low"]}
)

PAID = pd.DataFrame({"work": ["a"], "fund": ["riool"], "amount_eur": [10]})


def settings(*funds: dict[str, object]):
    return hamlet.settings(funds=list(funds), horizon={"first": 2027, "last": 2029})


def test_a_budget_after_the_deadline_is_no_budget():
    grant = {"fund": "klimaat", "sort": "subsidie", "budget_eur": 100, "last_year": 2028, "planned": False}
    purses = {purse.fund.fund: purse for purse in purses_of(settings(grant), WORKS, CHARGED)}
    assert purses["klimaat"].budget.tolist() == [100, 100, 0]


def test_a_purse_on_which_nobody_counts_and_without_an_amount_holds_nothing():
    purses = {
        purse.fund.fund: purse for purse in purses_of(settings({"fund": "klimaat", "planned": False}), WORKS, CHARGED)
    }
    assert purses["klimaat"].budget.tolist() == [0, 0, 0]
    table = purse_table(list(purses.values()), PAID.iloc[:0], WORKS, years=YEARS)
    row = table.set_index("fund").loc["klimaat"]
    assert row["basis"] == "unknown"
    assert pd.isna(row["budget_eur"])


def test_own_money_pays_what_the_programme_charged_it_and_no_more():
    grant = {"fund": "klimaat", "sort": "subsidie", "share": 0.3, "planned": False}
    purses = purses_of(settings(grant), WORKS, CHARGED)
    names = {purse.fund.fund: purse for purse in purses}
    assert "own:gemeente" not in names
    assert names["own:gas"].charged == {"b": 20}
    assert holder_of(purses)["own:gas"] == "gas"
    assert names["klimaat"].charged is None


def test_what_is_not_carried_over_lapses_every_year_and_the_rest_at_the_deadline():
    spent, budget = np.array([40, 0, 0]), np.array([50.0, 50.0, 50.0])
    assert lapsed(PurseOffer(Fund(fund="a", carries_over=False), budget), spent, YEARS) == 110
    assert lapsed(PurseOffer(Fund(fund="a"), budget), spent, YEARS) == 0
    assert lapsed(PurseOffer(Fund(fund="a", last_year=2028), np.array([50.0, 50.0, 0.0])), spent, YEARS) == 60


def test_a_purse_tells_its_rule_its_source_and_what_it_may_not_pay():
    wrong = {"fund": "riool", "sort": "rioolheffing", "kinds": ["sewer_gravity", "paving"], "budget_eur": 10}
    purses = purses_of(settings(wrong), WORKS, CHARGED)
    row = purse_table(purses, PAID, WORKS, years=YEARS).set_index("fund").loc["riool"]
    assert row["forbidden"] == "paving"
    assert row["source"].startswith("Gemeentewet art. 228a")
    assert (row["budget_eur"], row["charged_eur"], row["used_eur"], row["basis"]) == (30, 10, 10, "given")
