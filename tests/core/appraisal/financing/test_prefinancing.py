import numpy as np
import pandas as pd
import pytest

from koppelkans.appraisal.financing.prefinancing import Loan, fee, loan_table, loans_of, schedule, schedules
from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Facility, Figure, Later

USERS = [
    Later(user="liander", places=5, year=2032),
    Later(user="kpn", places=3, year=2033),
    Later(user="warmte", places=2, year=2035),
]

HALF = Figure(value=0.5, unit="share")


def ducts(**said: object) -> Facility:
    own = {
        "facility": "buizen",
        "cost_eur": 100_000,
        "year": 2030,
        "lender": "gemeente",
        "last_year": 2035,
        "users": USERS,
    }
    return Facility.model_validate(own | said)


def loan(rate: float = 0.04, **said: object) -> Loan:
    return Loan(ducts(**said), 2030, rate)


def test_users_pay_their_part_with_interest_when_they_come():
    # 50,000 x 1.04^2, 30,000 x 1.04^3 and 20,000 x 1.04^5
    _, paid = schedule(loan(), uptake="full")
    assert paid.set_index("user")["amount_eur"].to_dict() == {"liander": 54_080, "kpn": 33_746, "warmte": 24_333}


def test_the_balance_of_every_year_is_worked_out_to_the_euro_and_closes():
    table, _ = schedule(loan(), uptake="full")
    assert table["interest_eur"].tolist() == [0, 4_000, 4_160, 2_163, 900, 936]
    assert table["closing_eur"].tolist() == [100_000, 104_000, 54_080, 22_497, 23_397, 0]


def test_what_stays_for_the_lender_when_half_comes():
    # half of 100,000 x 1.04^5 = 60,832.65; rounding every year adds up to 35 cents
    table, paid = schedule(loan(uptake=HALF), uptake="expected")
    assert paid["amount_eur"].tolist() == [27_040, 16_873, 12_167]
    assert table["closing_eur"].iloc[-1] == 60_833


def test_when_nobody_comes_the_advance_grows_with_interest():
    table, paid = schedule(loan(), uptake="none")
    assert paid.empty
    # each year rounded: 104,000, 108,160, 112,486, 116,985, 121,664
    assert table["closing_eur"].tolist() == [100_000, 104_000, 108_160, 112_486, 116_985, 121_664]


def test_a_yearly_fee_closes_the_loan_in_the_last_year():
    # fee x 2 x (1/1.05 + 1/1.1025) = 10,000, so 2,689.02 per place
    one = loan(0.05, cost_eur=10_000, repay="yearly", last_year=2032, users=[Later(user="a", places=2, year=2031)])
    assert fee(one) == pytest.approx(2_689.024, abs=0.001)
    table, paid = schedule(one, uptake="full")
    assert paid["amount_eur"].tolist() == [5_378, 5_378]
    assert table["closing_eur"].tolist() == [10_000, 5_122, 0]


def test_a_price_for_fewer_users_breaks_even_at_fewer():
    table, _ = schedule(loan(0.0, priced_at=0.5, uptake=HALF), uptake="expected")
    assert table["closing_eur"].iloc[-1] == 0
    assert schedule(loan(0.0, priced_at=0.5), uptake="full")[0]["closing_eur"].iloc[-1] == -100_000


def test_a_grant_is_not_paid_back():
    assert schedule(loan(0.0, subsidy_eur=40_000), uptake="full")[1]["amount_eur"].sum() == 60_000


def test_a_user_without_a_year_leaves_its_part_open_and_is_told():
    one = loan(0.0, users=[*USERS[:2], Later(user="warmte", places=2)])
    assert schedule(one, uptake="full")[0]["closing_eur"].iloc[-1] == 20_000
    row = loan_table([one]).iloc[0]
    assert row["undated"] == 1
    assert np.isnan(row["break_even"])


def test_a_user_that_was_there_before_pays_from_the_year_of_laying():
    one = loan(0.04, users=[Later(user="a", places=1, year=2028)])
    table, paid = schedule(one, uptake="full")
    assert paid["year"].tolist() == [2030]
    assert table["closing_eur"].tolist() == [0] * 6


def test_a_user_with_a_chance_of_its_own_counts_for_that_chance():
    # 5, 3 and 2 places of 10,000 each: 0.9 x 50,000 + 0.5 x 30,000 + 0.5 x 20,000 = 70,000 comes back
    users = [USERS[0].model_copy(update={"chance": 0.9}), *USERS[1:]]
    one = loan(0.0, users=users, uptake=HALF)
    table, paid = schedule(one, uptake="expected")
    assert paid["amount_eur"].tolist() == [45_000, 15_000, 10_000]
    assert table["closing_eur"].iloc[-1] == 30_000
    assert schedules([one])[0].groupby("uptake")["uptake_share"].first()["expected"] == pytest.approx(0.7)


def test_in_the_low_outcome_nobody_comes_with_more_than_the_low_uptake():
    sure = [user.model_copy(update={"chance": 0.9}) for user in USERS]
    one = loan(0.0, users=sure, uptake=Figure(value=0.7, unit="share", low=0.4))
    assert schedule(one, uptake="low")[1]["amount_eur"].sum() == 40_000


def test_one_party_may_come_in_parts():
    parts = [Later(user="kpn", places=1, year=2032), Later(user="kpn", places=1, year=2034)]
    assert schedule(loan(0.0, users=parts), uptake="full")[1]["year"].tolist() == [2032, 2034]


def test_four_outcomes_are_told_for_every_loan():
    uptake = Figure(value=0.7, unit="share", low=0.4, high=1.0)
    advances, repayments = schedules([loan(uptake=uptake)])
    assert advances.groupby("uptake")["uptake_share"].first().to_dict() == {
        "full": 1.0,
        "expected": 0.7,
        "low": 0.4,
        "none": 0.0,
    }
    assert set(repayments["uptake"]) == {"full", "expected", "low"}
    balance = advances["opening_eur"] + advances["advance_eur"] + advances["interest_eur"] - advances["repayment_eur"]
    assert (balance == advances["closing_eur"]).all()


def test_a_facility_is_laid_when_the_programme_opens_its_sections():
    opened = pd.DataFrame({"work": ["w-2", "w-1", "w-3"], "section": ["S1", "S1", "S2"], "year": [2034, 2031, 2029]})
    here, elsewhere, fixed = loans_of(
        [ducts(facility="a", year=None, sections=["S1"]), ducts(facility="b", year=None), ducts(facility="c", year=2033)],
        opened=opened, sections={"S1", "S2"}, cases={"w-1": "2031-01"}, rate=0.02, first_year=2027,
    )  # fmt: skip
    assert (here.year, here.basis, here.case, here.rate) == (2031, "derived", "2031-01", 0.02)
    assert (elsewhere.year, elsewhere.basis, elsewhere.case) == (2027, "assumed", None)
    assert (fixed.year, fixed.basis, fixed.case) == (2033, "given", None)


def test_a_section_that_is_not_there_is_told_with_the_facility():
    nothing = pd.DataFrame({"work": [], "section": [], "year": []})
    with pytest.raises(SettingError, match=r"facilities\.buizen\.sections"):
        loans_of([ducts(sections=["S9"])], opened=nothing, sections={"S1"}, cases={}, rate=0.02, first_year=2027)


def test_no_facility_no_loans():
    assert all(table.empty for table in (*schedules([]), loan_table([])))
