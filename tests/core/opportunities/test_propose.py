"""Proposed works on the hamlet, worked out by hand: biodiversity is needed in S1 and S2 (0.8), only a sewer helps."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
from koppelkans.context.product import Context
from koppelkans.ground.settings.figures import at_price_year
from koppelkans.opportunities import spot
from koppelkans.opportunities.product import Opportunities


def without_sewer(context: Context | None = None) -> Context:
    """Return the hamlet without its sewer works: the streets still open, for works that do not help."""
    made = context or hamlet.context()
    keep = made.works["kind"] != "sewer_gravity"
    gone = set(made.works.loc[~keep, "work"])
    return replace(
        made, works=made.works[keep], touches=made.touches[~made.touches["work"].isin(gone)],
        work_assets=made.work_assets[~made.work_assets["work"].isin(gone)],
    )  # fmt: skip


def found(context: Context, **parts: object) -> Opportunities:
    return spot(context, hamlet.vision(), settings=hamlet.settings(**parts))


def row(made: Opportunities, ambition: str = "biodiversity") -> pd.Series:
    return made.proposals[made.proposals["ambition"] == ambition].iloc[0]


def test_where_nothing_serves_a_high_need_the_cheapest_help_is_proposed_with_place_and_rough_cost():
    made = found(without_sewer())
    one = row(made)
    assert len(made.proposals) == 1  # heat is needed 0.5, which is below need_from
    # (1 - 0.4 / 0.8) / 0.001 = 500 m in each of S1 and S2
    assert (one["kind"], one["sections"], one["quantity"], one["unit"]) == ("sewer_gravity", 2, 1000, "m")
    settings = hamlet.settings()
    price = settings.kinds["sewer_gravity"].price
    assert price is not None
    index = settings.appraisal.figures["price_index"]
    each = at_price_year(price, price_year=settings.city.price_year, index=index)
    assert one["cost_eur"] == round(1000 * each / 1000) * 1000
    assert (one["basis"], one["cost_source"]) == ("assumed", price.source)
    assert one["area"] == hamlet.context().sections.set_index("section").loc["S1", "area"]
    assert one.geometry.length > 0


def test_a_need_that_a_work_serves_asks_for_no_proposal():
    served = set(
        hamlet.context().touches.merge(hamlet.context().works, on="work").query("kind == 'sewer_gravity'")["section"]
    )
    made = found(hamlet.context())
    assert made.proposals["sections"].sum() == len({"S1", "S2"} - served)


def test_without_an_effect_no_kind_is_guessed_and_without_a_price_no_cost():
    blind = replace(hamlet.vision(), effects=hamlet.vision().effects.iloc[:0])
    one = row(spot(without_sewer(), blind, settings=hamlet.settings()))
    assert pd.isna(one["kind"])
    assert pd.isna(one["cost_eur"])
    assert "uit" in one["why_nl"]
    kind = hamlet.settings().kinds["sewer_gravity"].model_copy(update={"price": None})
    unpriced = hamlet.settings().model_copy(update={"kinds": hamlet.settings().kinds | {"sewer_gravity": kind}})
    bare = row(spot(without_sewer(), hamlet.vision(), settings=unpriced))
    assert bare["kind"] == "sewer_gravity"
    assert pd.isna(bare["cost_eur"])
    assert "onbekend" in bare["why_nl"]


def test_partners_are_the_parties_of_the_city_that_gain_by_it():
    ambitions = [{"ambition": "biodiversity", "level": 2, "partners": ["netbeheerder", "waterschap"]}]
    one = row(found(without_sewer(), vision={"ambitions": ambitions}))
    assert one["partners"] == "Netbeheerder"  # the hamlet knows no waterschap


@pytest.mark.parametrize("need_to", [0.2, 0.4, 0.6])
def test_a_higher_aim_asks_more(need_to: float):
    one = row(found(without_sewer(), opportunities={"need_to": need_to}))
    assert one["quantity"] == pytest.approx(2 * (1 - need_to / 0.8) * 1000)
