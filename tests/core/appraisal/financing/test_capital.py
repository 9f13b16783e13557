import pandas as pd

from koppelkans.appraisal.financing.capital import LoanTerms, charges

LINEAR = LoanTerms(years={"paving": 4}, usual_years=30, rate=0.02, method="linear", lag=1)
ANNUITY = LoanTerms(years={"paving": 3}, usual_years=30, rate=0.05, method="annuity", lag=1)


def spent(*rows: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "year", "amount_eur"]).assign(fund="krediet")


def test_a_linear_credit_is_written_off_in_equal_parts_with_falling_interest():
    made = charges(spent(("paving", 2030, 100_000)), LINEAR)
    assert made["year"].tolist() == [2030, 2031, 2032, 2033, 2034]
    assert made["depreciation_eur"].tolist() == [0, 25_000, 25_000, 25_000, 25_000]
    assert made["interest_eur"].tolist() == [0, 2_000, 1_500, 1_000, 500]
    assert made["charge_eur"].tolist() == [0, 27_000, 26_500, 26_000, 25_500]
    assert made["closing_eur"].tolist() == [100_000, 75_000, 50_000, 25_000, 0]


def test_an_annuity_asks_the_same_every_year():
    # 100,000 x 0.05 / (1 - 1.05^-3) = 36,720.86; written off 31,720.86, 33,306.90 and 34,972.24
    made = charges(spent(("paving", 2030, 100_000)), ANNUITY).tail(3)
    assert made["depreciation_eur"].tolist() == [31_721, 33_307, 34_972]
    assert made["interest_eur"].tolist() == [5_000, 3_414, 1_749]
    assert made["charge_eur"].tolist() == [36_721, 36_721, 36_721]


def test_charges_may_start_in_the_year_of_the_work():
    made = charges(spent(("paving", 2030, 100)), LoanTerms({"paving": 2}, 30, 0.10, "linear", lag=0))
    assert made["depreciation_eur"].tolist() == [50, 50]
    assert made["interest_eur"].tolist() == [0, 5]


def test_works_of_several_years_add_up_and_years_without_any_are_told():
    made = charges(spent(("paving", 2030, 4), ("paving", 2040, 8)), LINEAR).set_index("year")
    assert made.loc[2036:2039, "closing_eur"].tolist() == [0, 0, 0, 0]
    assert made.loc[2044, "closing_eur"] == 0
    assert made["depreciation_eur"].sum() == 12


def test_a_kind_without_a_term_of_its_own_has_the_usual_one():
    assert charges(spent(("bench", 2030, 300)), LINEAR)["depreciation_eur"].tolist() == [0] + [10] * 30


def test_no_credit_no_charges():
    assert charges(spent(), LINEAR).empty
