"""The door of the business case: the hamlet worked out by hand, to the euro."""

from pathlib import Path

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.appraisal import appraise
from koppelkans.appraisal.business import Business, build_cases
from koppelkans.ground.settings import Settings
from koppelkans.ground.shelf import load, save
from koppelkans.ground.tables import shape


def built(**business: object) -> Business:
    return made_with(hamlet.settings(appraisal={"business": {"years": 60, "extras": []} | business}))


def made_with(settings: Settings) -> Business:
    money = appraise(hamlet.context(), hamlet.vision(), hamlet.opportunities(), settings=settings)
    return build_cases(
        hamlet.context(), hamlet.vision(), hamlet.opportunities(), money, hamlet_plan.programme(), settings=settings
    )


@pytest.fixture(scope="module")
def made() -> Business:
    return built()


def flow(made: Business, alternative: str, effect: str, *, holder: str = "", case: str = "b-1") -> dict[int, float]:
    rows = made.flows
    rows = rows[(rows["case"] == case) & (rows["alternative"] == alternative) & (rows["effect"] == effect)]
    rows = rows[rows["holder"].eq(holder) | (holder == "")]
    summed = rows.groupby("year")["amount_eur"].sum(min_count=1)
    return {int(year): float(amount) for year, amount in summed.items()}


def test_together_the_street_opens_once_and_apart_five_times(made: Business):
    # 29,700 eur per opening. S1: sewer and water; S2: sewer, paving and gas. Paving is renewed alone after 40 years, gas after 55.
    apart, together = flow(made, "apart", "opening_cost"), flow(made, "together", "opening_cost")
    assert apart == pytest.approx({2028: -2 * 29_700, 2029: -29_700, 2030: -2 * 29_700, 2069: -29_700, 2085: -29_700})
    assert together == pytest.approx({2030: -2 * 29_700, 2070: -29_700, 2085: -29_700})


def test_the_work_itself_costs_the_same_and_comes_again_after_its_life(made: Business):
    assert flow(made, "apart", "capital_cost", holder="gemeente") == {2028: -80_000, 2029: -52_000, 2069: -52_000}
    assert flow(made, "together", "capital_cost", holder="gemeente") == {2030: -132_000, 2070: -52_000}
    assert flow(made, "later", "capital_cost", holder="gemeente") == {2035: -132_000, 2075: -52_000}


def test_without_the_works_things_break_one_by_one(made: Business):
    null = flow(made, "null", "avoided_failure_risk")
    # one failure each: sewer 80,000 x 1.5 x 1.1, paving 52,000 x 1.5 x 0.9, water 19,000 x 1.5 x 1.2, gas 17,000 x 1.5 x 1.4
    assert sum(null.values()) == pytest.approx(-(132_000 + 70_200 + 34_200 + 35_700))
    # the first year: chances 0.02 x 1.1 ** -1, -2, -3 and -3
    first = 0.02 * (132_000 / 1.1 + 70_200 / 1.1**2 + 34_200 / 1.1**3 + 35_700 / 1.1**3)
    assert null[2027] == pytest.approx(-first)
    assert "capital_cost" not in set(made.flows.loc[made.flows["alternative"] == "null", "effect"])


def test_risk_runs_until_the_year_of_the_work(made: Business):
    assert sorted(flow(made, "together", "avoided_failure_risk")) == [2027, 2028, 2029]


def test_what_is_left_at_the_end_is_a_benefit(made: Business):
    # last year 2086. Sewer of 2030 and 60 years: 3/60 left; paving of 2070 and 40: 23/40; water of 2030 and 70: 13/70; gas of 2085 and 55: 53/55
    left = 80_000 * 3 / 60 + 52_000 * 23 / 40 + 19_000 * 13 / 70 + 17_000 * 53 / 55
    assert flow(made, "together", "residual_value") == pytest.approx({2086: left})


def test_nuisance_is_felt_once_where_works_go_together(made: Business):
    assert flow(made, "together", "nuisance")[2030] == pytest.approx(-2 * 600)
    assert sum(flow(made, "apart", "nuisance").values()) == pytest.approx(-(5 + 2) * 600)


def test_a_trench_that_is_shared_is_saved_once_by_those_who_pay_the_works(made: Business):
    # S1: sewer 6,000 and water 2,850 share a trench; S2: sewer 6,000 and gas 2,550 (15 % of the cost in the section)
    sewer = 2_850 * 6_000 / 8_850 + 2_550 * 6_000 / 8_550
    assert flow(made, "together", "shared_trench", holder="gemeente") == pytest.approx({2030: sewer})
    assert flow(made, "together", "shared_trench") == pytest.approx({2030: 2_850 + 2_550})
    assert flow(made, "later", "shared_trench") == pytest.approx({2035: 2_850 + 2_550})
    assert flow(made, "apart", "shared_trench") == {}
    assert flow(made, "null", "shared_trench") == {}


def test_apart_the_new_paving_is_dug_twice_within_its_graafrust_and_together_never(made: Business):
    # the sewer leaves new paving in S1 and S2 in 2028; water (S1) and gas (S2) dig in 2030, within 5 years: 40 eur x 800 m2 each
    assert flow(made, "apart", "paving_breach") == {2030: -64_000}
    assert flow(made, "apart", "paving_breach", holder="water") == {2030: -32_000}
    assert flow(made, "apart", "paving_breach", holder="gas") == {2030: -32_000}
    assert [flow(made, name, "paving_breach") for name in ("null", "together", "later", "extra")] == [{}] * 4


def test_an_unknown_amount_is_counted_and_never_summed(made: Business):
    rows = made.flows[(made.flows["effect"] == "upkeep_change") & (made.flows["case"] == "b-1")]
    assert rows["amount_eur"].isna().all()
    assert rows["pm"].gt(0).all()
    assert rows["basis"].eq("unknown").all()


def test_the_city_is_the_sum_of_its_cases():
    every = built(most_cases=1)
    alone = [flow(every, "together", "opening_cost", case=case) for case in ("city", "b-1")]
    # water in the Kerkweg goes alone in 2028; a main road has three times the traffic measures: 8,000 + 7,500 + 19,200
    assert alone[0] == pytest.approx({**alone[1], 2028: -34_700})


def test_extra_ambitions_ride_along_and_open_nothing():
    extras = [{"kind": "tree", "per_100m": {"value": 4, "unit": "piece/100 m"}}]
    made = built(extras=extras)
    # two sections of 100 m x 4 trees x 1,800 eur
    more = flow(made, "extra", "capital_cost", holder="gemeente")[2030]
    assert more - flow(made, "together", "capital_cost", holder="gemeente")[2030] == -8 * 1_800
    assert flow(made, "extra", "opening_cost") == flow(made, "together", "opening_cost")


def test_costs_are_below_zero_and_benefits_above(made: Business):
    known = made.flows.dropna(subset=["amount_eur"])
    assert (known.loc[known["side"] == "cost", "amount_eur"] < 0).all()
    assert (known.loc[known["side"] == "benefit", "amount_eur"] > 0).all()


def test_forever_is_the_last_year_over_the_rate():
    figures = {"upkeep_paving": {"value": 0.5, "unit": "eur/m2/year", "source": "test"}}
    settings = hamlet.settings(appraisal={"figures": figures, "business": {"years": 20, "perpetuity": True}})
    yearly = flow(made_with(settings), "together", "upkeep_change")
    assert yearly[2045] == -400.0
    assert yearly[2046] == pytest.approx(-400 - 400 / 0.0225)


def test_the_order_of_the_rows_changes_nothing(made: Business):
    settings = hamlet.settings(appraisal={"business": {"years": 60, "extras": []}})
    town = hamlet.context()
    turned = {name: getattr(town, name).iloc[::-1] for name in ("works", "sections", "touches")}
    other = type(town)(**{name: turned.get(name, getattr(town, name)) for name in town.TABLES}, trace=town.trace)
    money = appraise(town, hamlet.vision(), hamlet.opportunities(), settings=settings)
    again = build_cases(
        other, hamlet.vision(), hamlet.opportunities(), money, hamlet_plan.programme(), settings=settings
    )
    for name in Business.TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(made, name))


def test_the_product_goes_to_the_shelf_and_back(made: Business, tmp_path: Path):
    back = load(Business, save(made, tmp_path / "business"))
    assert back.rate == made.rate
    for name, schema in Business.TABLES.items():
        pd.testing.assert_frame_equal(shape(getattr(back, name), schema), getattr(made, name))


def test_a_city_without_a_programme_has_no_case():
    programme = hamlet_plan.nothing().programme
    settings = hamlet.settings()
    money = appraise(hamlet.context(), hamlet.vision(), hamlet.opportunities(), settings=settings)
    made = build_cases(hamlet.context(), hamlet.vision(), hamlet.opportunities(), money, programme, settings=settings)
    assert made.cases.empty
    assert made.flows.empty
