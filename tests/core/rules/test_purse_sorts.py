import pytest
from pydantic import ValidationError

from koppelkans.ground.settings import Fund, FundSort
from koppelkans.rules.purse_sorts import forbidden_kinds, kinds_paid, order_of, purse_sorts


def test_every_sort_that_can_be_set_has_a_rule_with_a_source():
    assert set(purse_sorts()) == set(FundSort.__args__) - {""}
    for sort in purse_sorts().values():
        assert sort.rule_nl
        assert sort.rule_en
        assert sort.source
        assert sort.status in ("verified", "unverified")


def test_grants_and_earmarked_money_pay_before_free_money():
    order = [
        order_of(Fund(fund="f", sort=sort))
        for sort in ("subsidie", "rioolheffing", "voorziening", "reserve", "krediet")
    ]
    assert order == sorted(order)


def test_the_sewer_charge_pays_sewers_and_nothing_else_whole():
    assert kinds_paid(Fund(fund="f", sort="rioolheffing")) == {
        "sewer_gravity": 1.0,
        "sewer_pressure": 1.0,
        "gully": 1.0,
        "manhole": 1.0,
    }
    wrong = Fund(fund="f", sort="rioolheffing", kinds=["manhole", "tree"])
    assert kinds_paid(wrong) == {"manhole": 1.0}
    assert forbidden_kinds(wrong) == ("tree",)


def test_a_part_that_the_city_explains_is_paid_but_never_more_than_the_share_of_the_purse():
    fund = Fund(fund="f", sort="rioolheffing", kinds=["manhole"], partly={"paving": 0.4}, share=0.3)
    assert kinds_paid(fund) == {"manhole": 0.3, "paving": 0.3}
    assert forbidden_kinds(fund) == ()


def test_less_than_a_tenth_may_not_come_from_the_sewer_charge():
    with pytest.raises(ValidationError, match="for less than a tenth"):
        Fund(fund="f", sort="rioolheffing", partly={"paving": 0.09})


def test_a_purse_without_kinds_and_without_such_a_law_pays_any_kind():
    assert kinds_paid(Fund(fund="f", sort="reserve")) is None
