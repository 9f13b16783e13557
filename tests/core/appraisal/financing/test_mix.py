import numpy as np
import pandas as pd

from koppelkans.appraisal.financing.mix import PurseOffer, allocate, coverage
from koppelkans.ground.settings import Fund

YEARS = [2029, 2030, 2031]
SEWER = Fund(fund="riool", sort="rioolheffing", kinds=["sewer_gravity"])
ROADS = Fund(fund="wegen", sort="voorziening", kinds=["paving"])
GRANT = Fund(fund="klimaat", sort="subsidie", kinds=["paving"], share=0.25, last_year=2030)


def works(*rows: tuple[str, str, int, int | None]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["work", "kind", "year", "wanted_eur"])
    return made.assign(owner="gemeente", wanted_eur=made["wanted_eur"].astype("Int64"))


def purse(fund: Fund, *budget: float) -> PurseOffer:
    return PurseOffer(fund, np.array(budget, dtype=float) if budget else None)


def paid(wanted: pd.DataFrame, *purses: PurseOffer) -> dict[tuple[str, str], int]:
    return allocate(wanted, purses, years=YEARS).set_index(["work", "fund"])["amount_eur"].to_dict()


def told(wanted: pd.DataFrame, *purses: PurseOffer) -> pd.DataFrame:
    made = allocate(wanted, purses, years=YEARS)
    bases = pd.Series({one.fund.fund: "assumed" if one.budget is None else "given" for one in purses})
    return coverage(wanted, made, purses, bases=bases).set_index("work")


def test_purses_pay_their_own_kinds_until_they_are_empty():
    wanted = works(("w1", "sewer_gravity", 2030, 100_000), ("w2", "paving", 2030, 60_000))
    purses = (purse(SEWER, 0, 80_000, 0), purse(ROADS, 0, 50_000, 0))
    assert paid(wanted, *purses) == {("w1", "riool"): 80_000, ("w2", "wegen"): 50_000}
    made = told(wanted, *purses)
    assert made["gap_eur"].to_dict() == {"w1": 20_000, "w2": 10_000}
    assert set(made["reason"]) == {"money"}


def test_a_grant_pays_first_and_no_more_than_its_share():
    wanted = works(("w", "paving", 2030, 60_000))
    assert paid(wanted, purse(ROADS, 0, 60_000, 0), purse(GRANT, 0, 50_000, 0)) == {
        ("w", "klimaat"): 15_000,
        ("w", "wegen"): 45_000,
    }


def test_after_its_last_year_a_grant_pays_nothing():
    wanted = works(("w", "paving", 2031, 60_000))
    made = told(wanted, purse(GRANT, 50_000, 0, 0))
    assert (made.loc["w", "gap_eur"], made.loc["w", "reason"]) == (60_000, "deadline")
    assert paid(wanted, purse(GRANT, 50_000, 0, 0)) == {}


def test_a_grant_pays_no_more_than_what_others_pay_beside_it_allows():
    # at least two thirds from others: 20,000 of others allow a grant of 10,000
    grant = Fund(fund="klimaat", sort="subsidie", share=0.5, others_share=2 / 3)
    wanted = works(("w", "paving", 2030, 60_000))
    purses = (purse(ROADS, 0, 20_000, 0), purse(grant, 0, 50_000, 0))
    assert paid(wanted, *purses) == {("w", "klimaat"): 10_000, ("w", "wegen"): 20_000}
    assert told(wanted, *purses).loc["w", "gap_eur"] == 30_000


def test_a_grant_alone_pays_nothing_where_others_must_pay_too():
    grant = Fund(fund="klimaat", sort="subsidie", share=0.5, others_share=0.5)
    made = told(works(("w", "paving", 2030, 60_000)), purse(grant, 0, 50_000, 0))
    assert (made.loc["w", "gap_eur"], made.loc["w", "reason"]) == (60_000, "cofinancing")


def test_the_sewer_charge_pays_no_paving_also_where_the_city_says_so():
    wrong = Fund(fund="riool", sort="rioolheffing", kinds=["sewer_gravity", "paving"])
    made = told(works(("w", "paving", 2030, 60_000)), purse(wrong, 0, 90_000, 0))
    assert (made.loc["w", "gap_eur"], made.loc["w", "reason"]) == (60_000, "no_purse")


def test_the_sewer_charge_pays_the_part_that_the_city_explained():
    partly = Fund(fund="riool", sort="rioolheffing", kinds=["sewer_gravity"], partly={"paving": 0.3})
    assert paid(works(("w", "paving", 2030, 60_000)), purse(partly, 0, 90_000, 0)) == {("w", "riool"): 18_000}
    assert told(works(("w", "paving", 2030, 60_000)), purse(partly, 0, 90_000, 0)).loc["w", "reason"] == "share"


def test_money_is_carried_to_later_years_and_never_to_earlier_ones():
    wanted = works(("early", "paving", 2029, 40), ("late", "paving", 2031, 40))
    assert paid(wanted, purse(ROADS, 0, 100, 0)) == {("late", "wegen"): 40}
    yearly = ROADS.model_copy(update={"carries_over": False})
    assert paid(wanted, purse(yearly, 0, 100, 0)) == {}


def test_caps_hold_per_work_and_over_all_years():
    wanted = works(("a", "paving", 2029, 100), ("b", "paving", 2030, 100))
    capped = ROADS.model_copy(update={"most_per_work_eur": 60, "most_eur": 90})
    made = paid(wanted, purse(capped, 500, 500, 500))
    assert sum(made.values()) == 90
    assert max(made.values()) <= 60


def test_the_most_is_covered_also_where_the_first_purse_should_step_aside():
    # the earlier purse may pay both works, the later only one: a greedy order would leave a gap of 100
    both = Fund(fund="both", order=1)
    one = Fund(fund="one", order=2, kinds=["paving"])
    wanted = works(("a", "paving", 2030, 100), ("b", "sewer_gravity", 2030, 100))
    assert paid(wanted, purse(both, 0, 100, 0), purse(one, 0, 100, 0)) == {("a", "one"): 100, ("b", "both"): 100}


def test_a_purse_without_an_amount_pays_by_assumption_and_that_is_told():
    made = told(works(("w", "paving", 2030, 60_000)), purse(ROADS))
    assert (made.loc["w", "given_eur"], made.loc["w", "assumed_eur"], made.loc["w", "gap_eur"]) == (0, 60_000, 0)


def test_an_unknown_cost_is_neither_paid_nor_a_gap_of_nothing():
    made = told(works(("w", "paving", 2030, None)), purse(ROADS))
    assert pd.isna(made.loc["w", "gap_eur"])
    assert made.loc["w", "reason"] == "unknown"


def test_shares_that_add_up_to_one_cover_an_odd_cost_whole():
    rest = ROADS.model_copy(update={"share": 0.75})
    made = paid(works(("w", "paving", 2030, 10_001)), purse(rest), purse(GRANT))
    assert made == {("w", "klimaat"): 2_500, ("w", "wegen"): 7_501}
