"""The value of programmes that can be worked out by hand, at 0 % and at 10 % discounting."""

from dataclasses import replace

import pandas as pd
import pytest

import tiny_city
from koppelkans.programme.problem import Problem
from koppelkans.programme.value import Value, broken_rest, opened_sections, value_of


def city(rate: float = 0.0) -> Problem:
    return tiny_city.problem(
        years=4,
        rate=rate,
        works=tiny_city.works(
            ("paving", 2027, 2028, 2030, 100, 3, 5, 400, False, True, False),
            ("gas", 2027, 2027, 2030, 50, 0, 7, 90, True, False, False),
            ("water", 2027, 2027, 2030, 60, 0, 9, 80, True, False, False),
        ),
        sections=tiny_city.sections(("s", 20, 4, 2, 30), ("t", 10, 2, 2, 30)),
        touches=tiny_city.pairs("work", "section", ("paving", "s"), ("gas", "s"), ("water", "s"), ("water", "t")),
    )


def programme(**years: int) -> pd.DataFrame:
    return pd.DataFrame({"work": list(years), "year": list(years.values())})


def test_nothing_done_costs_what_leaving_undone_costs():
    assert value_of(city(), programme()).total_eur == 570


def test_a_shared_opening_is_paid_once():
    shared = value_of(city(), programme(gas=2027, water=2027))
    assert (shared.works_eur, shared.openings_eur, shared.nuisance_eur) == (110, 30, 6)
    apart = value_of(city(), programme(gas=2027, water=2028))
    assert (apart.openings_eur, apart.nuisance_eur, apart.late_eur) == (50, 10, 9)


def test_early_and_late_are_paid_per_year():
    assert value_of(city(), programme(paving=2027)).early_eur == 3
    assert value_of(city(), programme(paving=2030)).late_eur == 10


def test_digging_within_the_rest_is_paid_once_however_many_dig():
    broken = value_of(city(), programme(paving=2027, gas=2029, water=2029))
    assert broken.breach_eur == 30
    assert value_of(city(), programme(paving=2027, gas=2028)).breach_eur == 30  # the very next year is within it too
    assert broken_rest(city(), programme(paving=2027, gas=2029, water=2029)).to_dict("list") == {
        "section": ["s"],
        "year": [2029],
    }


def test_digging_in_the_same_year_after_the_rest_or_before_it_is_free():
    for years in ({"paving": 2027, "gas": 2027}, {"paving": 2027, "gas": 2030}, {"paving": 2029, "gas": 2028}):
        assert value_of(city(), programme(**years)).breach_eur == 0


def test_later_years_count_less_but_undone_is_not_discounted():
    later = value_of(city(rate=0.1), programme(gas=2029))
    assert later.works_eur == pytest.approx(50 / 1.21)
    assert later.late_eur == pytest.approx(14 / 1.21)
    assert later.openings_eur == pytest.approx(20 / 1.21)
    assert later.undone_eur == 480


def test_a_section_is_open_once_per_year():
    opened = opened_sections(city(), programme(gas=2027, water=2027, paving=2028))
    assert opened.to_dict("list") == {"section": ["s", "s", "t"], "year": [2027, 2028, 2027]}


def test_every_part_of_the_value_at_ten_percent_worked_out_by_hand():
    plain = city(rate=0.1)
    full = replace(
        plain,
        promises=pd.DataFrame(
            {
                "work": ["gas", "paving", "water"],
                "year": [2029, 2027, 2028],
                "move_eur": [11.0, 13.0, 17.0],
                "made_to": "",
            }
        ),
        joints=pd.DataFrame({"work": ["gas"], "other": ["paving"], "saving_eur": [6.0], "reason": ""}),
    )
    together = value_of(full, programme(gas=2028, paving=2028))
    assert together.works_eur == pytest.approx(150 / 1.1)
    assert (together.early_eur, together.late_eur) == (0, pytest.approx(7 / 1.1))
    assert together.undone_eur == 80
    assert (together.openings_eur, together.nuisance_eur) == (pytest.approx(20 / 1.1), pytest.approx(4 / 1.1))
    assert together.breach_eur == 0
    assert together.moved_eur == 11 + 13 + 17  # one is earlier, one is later, one is left undone
    assert together.joint_eur == pytest.approx(6 / 1.1)
    assert together.total_eur == pytest.approx((150 + 7 + 20 + 4 - 6) / 1.1 + 80 + 41)

    broken = value_of(full, programme(paving=2027, gas=2029))
    assert broken.breach_eur == pytest.approx(30 / 1.21)
    assert (broken.early_eur, broken.late_eur) == (3, pytest.approx(14 / 1.21))
    assert (broken.moved_eur, broken.joint_eur) == (17, 0)
    assert broken.total_eur == pytest.approx(100 + 3 + 24 + (50 + 14 + 20 + 4 + 30) / 1.21 + 80 + 17)


def test_no_joint_and_no_promise_weigh_nothing():
    assert Value(1, 2, 4, 8, 16, 32, 64).total_eur == 127
