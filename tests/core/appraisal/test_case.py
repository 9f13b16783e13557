"""The case: works as the effects see them, and who is behind the purses."""

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.case import gather, opening_sums, payers
from koppelkans.appraisal.effect import Case
from koppelkans.ground.settings import Fund
from koppelkans.rules.openings import openers_alone, opening_costs

WORKS = pd.DataFrame({"work": ["w1", "w2"], "owner": ["gemeente", "water"], "kind": ["paving", "water_main"]})


def openings() -> pd.DataFrame:
    return opening_costs(hamlet.context().sections, appraisal=hamlet.settings().appraisal, price_year=2026)


def case(**changes: object) -> Case:
    town = hamlet.context()
    other = type(town)(**{name: getattr(town, name) for name in town.TABLES} | changes, trace=town.trace)
    points = pd.Series(0.0, index=town.works["work"])
    return gather(other, openings=openings(), points=points, settings=hamlet.settings())


def test_what_no_purse_pays_is_for_the_owner_of_the_work():
    funds = [Fund(fund="wegen", owner="gemeente", kinds=["paving"], share=0.4)]
    assert payers(WORKS, funds).to_dict("records") == [
        {"work": "w1", "holder": "gemeente", "share": pytest.approx(1.0)},
        {"work": "w2", "holder": "water", "share": pytest.approx(1.0)},
    ]


def test_shares_of_the_payers_add_up_to_one_for_every_work():
    funds = [Fund(fund="wegen", owner="gemeente", kinds=["paving"], share=0.4), Fund(fund="water", owner="water")]
    shares = payers(WORKS, funds).groupby("work")["share"].sum()
    assert shares.tolist() == pytest.approx([1.0, 1.0])


def test_a_work_that_opens_the_street_outside_all_sections_has_unknown_openings():
    town = hamlet.context()
    works = case(touches=town.touches[town.touches["work"] != "w-gas"]).works.set_index("work")
    assert works.loc["w-gas", ["sections", "opening_eur", "address_days"]].isna().all()


def test_a_lamp_post_opens_nothing_and_that_is_known():
    town = hamlet.context()
    works = town.works.assign(digs=False, resurfaces=False)
    assert (case(works=works).works[["sections", "opening_eur", "address_days"]] == 0).all(axis=None)


def test_unknown_addresses_in_one_section_make_the_address_days_unknown():
    sections = openings()
    sections.loc[0, "address_days"] = float("nan")
    town, chosen = hamlet.context(), hamlet.settings()
    openers = openers_alone(
        town.touches, works=town.works, openings=sections, kinds=chosen.kinds, figures=chosen.appraisal.figures
    )
    sums = opening_sums(openers, sections).set_index("work")
    assert pd.isna(sums.loc["w-sewer", "address_days"])
    assert sums.loc["w-gas", "address_days"] == 100.0
    assert sums.loc["w-sewer", "opening_eur"] == 2 * 29_700
