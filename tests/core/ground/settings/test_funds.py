import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import Facility, Fund, make_settings

CITY = {"city": {"name": "Gehucht"}}


def test_the_default_purses_have_a_sort_and_so_a_legal_rule():
    sorts = {fund.fund: fund.sort for fund in make_settings(CITY).funds}
    assert sorts == {"rioolheffing": "rioolheffing", "wegen": "voorziening", "groen": "exploitatie"}


def test_a_purse_of_the_city_keeps_what_it_does_not_say_from_the_default():
    (fund,) = (
        fund
        for fund in make_settings(CITY | {"funds": [{"fund": "wegen", "last_year": 2030}]}).funds
        if fund.fund == "wegen"
    )
    assert (fund.sort, fund.last_year, fund.planned) == ("voorziening", 2030, True)


def test_a_bare_number_is_the_interest_of_the_city():
    financing = make_settings(CITY | {"appraisal": {"financing": {"interest": 0.015}}}).appraisal.financing
    assert (financing.interest.value, financing.interest.source) == (0.015, "koppelkans.toml")


@pytest.mark.parametrize(
    "wrong", [{"others_share": 1.0}, {"sort": "potje"}, {"partly": {"tree": 0.0}}, {"most_eur": -1}]
)
def test_a_rule_that_cannot_be_is_told_with_its_place(wrong: dict[str, object]):
    with pytest.raises(SettingError, match="funds"):
        make_settings(CITY | {"funds": [{"fund": "x"} | wrong]})


def test_a_rule_is_unverified_until_the_city_says_that_it_checked_it():
    assert Fund(fund="x").status == "unverified"


def test_a_facility_needs_a_lender_a_last_year_and_users():
    with pytest.raises(ValueError, match="lender"):
        Facility.model_validate({"facility": "buizen", "cost_eur": 1})
