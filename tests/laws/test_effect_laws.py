"""Laws of every effect: linear in its quantity, nothing for nothing, at 0 % a sum, and holders add up to the whole."""

from dataclasses import replace
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hamlet
from koppelkans.appraisal.appraise import amounts
from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.effects.yearly import YEARLY
from koppelkans.appraisal.product import AMOUNTS
from koppelkans.ground.tables import shape

FIGURES = ("upkeep_tree", "health_tree", "heat_green", "water_storage_redesign", "disconnection_redesign", "biodiversity_tree", "property_value_tree", "energy_heat", "traffic_safety_lighting", "social_cohesion_green", "travel_delay_eur")  # fmt: skip
SETTINGS = hamlet.settings(
    appraisal={"figures": {name: {"value": 12.0, "unit": "eur/unit/year", "source": "test"} for name in FIGURES}}
)
MAYBE = st.one_of(st.just(float("nan")), st.floats(0.01, 1e7))
every_effect = pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.name)
quick = settings(max_examples=8, deadline=None)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case of a few works with numbers that may be unknown."""
    count = draw(st.integers(1, 5))

    def column(values: st.SearchStrategy) -> list:
        return draw(st.lists(values, min_size=count, max_size=count))

    works = pd.DataFrame(
        {
            "work": [f"w{number}" for number in range(count)],
            "owner": column(st.sampled_from(["gemeente", "water"])),
            "kind": column(st.sampled_from(sorted(SETTINGS.kinds))),
            "origin": column(st.sampled_from(["planned", "third_party", "derived"])),
            "best_year": column(st.integers(2027, 2040)),
            "quantity": column(MAYBE),
            "unit": "m",
            "cost_eur": column(MAYBE),
            "cost_basis": "assumed",
            "due_year": column(st.one_of(st.just(float("nan")), st.integers(1990, 2060).map(float))),
            "criticality": column(st.floats(0, 1)),
            "digs": column(st.booleans()),
            "resurfaces": column(st.booleans()),
            "opening_eur": column(MAYBE),
            "address_days": column(MAYBE),
            "breach_eur": column(MAYBE),
            "sections": column(st.integers(1, 9).map(float)),
            "points": column(MAYBE),
            "points_left": column(MAYBE),
            "open_days": column(MAYBE),
            "source": "test",
        }
    )
    works["latest_year"] = works["best_year"] + column(st.integers(0, 12))
    works["opens"] = works["digs"] | works["resurfaces"]
    lives = {name: kind.life_years.value for name, kind in SETTINGS.kinds.items() if kind.life_years}
    works["life_years"] = works["kind"].map(lives).astype("float64")
    works["renewable"] = works["kind"].map({name: kind.renewable for name, kind in SETTINGS.kinds.items()}).astype(bool)
    split = draw(st.floats(0.05, 0.95))
    payers = pd.concat(
        [works[["work"]].assign(holder="rijk", share=split), works[["work"]].assign(holder="gemeente", share=1 - split)]
    )
    rate = draw(st.sampled_from([0.0, 0.0225, 0.1]))
    return Case(
        works,
        payers,
        SETTINGS.kinds,
        SETTINGS.appraisal.figures,
        2026,
        rate,
        draw(st.integers(1, 30)),
        SETTINGS.appraisal.benefits,
    )


def euros(effect: Effect, case: Case) -> pd.Series:
    """Return the amounts of an effect by work and holder."""
    return effect.amount(case).set_index(["work", "holder"])["amount_eur"].astype("float64").sort_index()


@every_effect
@quick
@given(case=cases(), times=st.integers(2, 9))
def test_an_effect_is_linear_in_its_quantity(effect: Effect, case: Case, times: int):
    more = replace(case, works=case.works.assign(**{effect.linear_in: case.works[effect.linear_in] * times}))
    np.testing.assert_allclose(euros(effect, more), euros(effect, case) * times, rtol=1e-9)


@every_effect
@quick
@given(case=cases())
def test_nothing_costs_and_brings_nothing(effect: Effect, case: Case):
    none = euros(effect, replace(case, works=case.works.assign(**{effect.linear_in: 0.0})))
    assert (none.dropna() == 0).all()


@every_effect
@quick
@given(case=cases())
def test_unknown_stays_unknown(effect: Effect, case: Case):
    made = effect.amount(replace(case, works=case.works.assign(**{effect.linear_in: np.nan})))
    assert made["amount_eur"].isna().all()
    assert (made["basis"] == "unknown").all()


@every_effect
@quick
@given(case=cases())
def test_at_zero_percent_what_lasts_is_the_sum_of_its_years(effect: Effect, case: Case):
    case = replace(case, rate=0.0)
    works = case.works
    if effect.lasts == "horizon":
        years = [replace(case, years=1)]  # every year is the same
    elif effect.lasts == "window":
        years = [
            replace(case, works=works[works["best_year"] + later <= works["latest_year"]].assign(
                best_year=lambda part, later=later: part["best_year"] + later,
                latest_year=lambda part: part["best_year"],
            ))
            for later in range(13)
        ]  # fmt: skip
    else:
        years = [case]
    summed = sum((euros(effect, year).reindex(euros(effect, case).index).fillna(0.0) for year in years), start=0.0)
    summed = summed * case.years if effect.lasts == "horizon" else summed
    whole = euros(effect, case)
    known = whole.notna()
    np.testing.assert_allclose(summed[known], whole[known], rtol=1e-9)


@every_effect
@quick
@given(case=cases())
def test_discounting_takes_from_what_lasts_and_leaves_the_rest(effect: Effect, case: Case):
    sums, worths = euros(effect, replace(case, rate=0.0)), euros(effect, replace(case, rate=0.05))
    if effect.lasts == "once":
        np.testing.assert_allclose(worths, sums)
    else:
        assert (worths.dropna().abs() <= sums.dropna().abs() * (1 + 1e-12)).all()


@quick
@given(case=cases())
def test_the_holders_of_an_effect_add_up_to_the_whole(case: Case):
    made = shape(amounts(case, EFFECTS), AMOUNTS)
    summed = made.groupby(["work", "effect"])["amount_eur"].sum(min_count=1).astype("Float64")
    for effect in EFFECTS:
        sign = -1.0 if effect.side == "cost" else 1.0
        whole = sign * euros(effect, case).groupby("work").sum(min_count=1)
        for work, exact in whole.items():
            found = summed.get((work, effect.name))
            assert pd.isna(found) if np.isnan(exact) else abs(found - exact) <= 0.5 + 1e-6 * abs(exact)


@quick
@given(case=cases())
def test_costs_are_below_zero_and_benefits_above(case: Case):
    made = amounts(case, EFFECTS).dropna(subset="amount_eur")
    assert (made.loc[made["side"] == "cost", "amount_eur"] <= 0).all()
    assert (made.loc[made["side"] == "benefit", "amount_eur"] >= 0).all()


@quick
@given(case=cases(), order=st.randoms(use_true_random=False))
def test_the_order_of_the_works_changes_no_amount(case: Case, order: Random):
    rows = list(range(len(case.works)))
    order.shuffle(rows)
    pd.testing.assert_frame_equal(
        amounts(replace(case, works=case.works.iloc[rows], payers=case.payers.iloc[::-1]), EFFECTS),
        amounts(case, EFFECTS),
    )


def test_a_piece_is_named_as_its_file_and_stands_in_the_tuple_once():
    names = [effect.name for effect in EFFECTS]
    assert len(set(names)) == len(names)
    own = [effect for effect in EFFECTS if effect not in YEARLY]
    assert all(effect.amount.__module__ == f"koppelkans.appraisal.effects.{effect.name}" for effect in own)


@every_effect
def test_the_figures_of_an_effect_stand_in_the_defaults_with_a_source(effect: Effect):
    named = [name for name in effect.figures if "<" not in name]
    assert all(SETTINGS.appraisal.figures[name].source for name in named)
