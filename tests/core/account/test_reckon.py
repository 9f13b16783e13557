"""The account of the hamlet, counted on paper.

In 2030 sewer and paving (municipality), water and gas go together in S1 and S2, in 2028 water alone in S3; paving in S4 has an
unknown cost and is left undone. Works: 80 + 52 + 19 + 19 + 17 = 187 thousand. Openings: S1 and S2 20 each, S3 30: 70 thousand.
"""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
import hamlet_plan
import hamlet_programme
from koppelkans.account import Account, reckon
from koppelkans.account.charge import charge
from koppelkans.account.entries import weakest, weighed_shift
from koppelkans.account.figures import FIGURES, LADDER
from koppelkans.appraisal.on_top import is_declared, on_top_of_openings, on_top_of_works
from koppelkans.appraisal.opening_parts import fair_parts
from koppelkans.ground.settings import Figure, Settings
from koppelkans.ground.shelf import load, save
from koppelkans.report.seen_by import EVERYONE, seen_by


def reckoned(settings: Settings | None = None) -> Account:
    parts = (hamlet.context(), hamlet_plan.appraisal(), hamlet_plan.programme())
    return reckon(*parts, settings=settings or hamlet.settings())


def amounts(account: Account) -> dict[str, float]:
    return account.figures.set_index("figure")["amount"].to_dict()


def test_the_ladder_of_the_hamlet_is_as_counted_on_paper():
    """Purses pay the works; the streets are uncovered."""
    found = amounts(reckoned())
    ladder = [187_000, 70_000, 257_000, 0, 257_000, 187_000, 70_000]
    assert [found[key] for key in LADDER] == ladder


def test_the_saving_is_that_of_owners_apart_and_own_saving_stands_beside_it():
    """S1: municipality and water, S2: municipality and gas: 2 x 20 saved. Sewer and paving in S2 save 20 among themselves."""
    found = amounts(reckoned())
    assert [found[key] for key in ("owners_apart_eur", "saving_eur", "works_apart_eur", "own_saving_eur")] == [
        110_000, 40_000, 130_000, 20_000,
    ]  # fmt: skip
    assert found["nuisance_eur"] == 3 * 600
    assert found["nuisance_saved_eur"] == 2 * 600


def test_what_is_left_undone_is_counted_and_not_worth_a_sum():
    """Paving in S4: best in 2030, seven years over at the end of 2036; 0.1 of the 0.4 points of need."""
    found = amounts(reckoned())
    assert (found["undone_works"], found["undone_cost_eur"], found["undone_backlog_years"]) == (1, 0, 7)
    assert found["undone_need_share"] == pytest.approx(0.1 / 0.4)


def test_owners_carry_their_works_and_their_fair_part_of_the_streets():
    owners = reckoned().owners.set_index("owner")
    assert owners["openings_eur"].to_dict() == {"gas": 10_000, "gemeente": 20_000, "water": 40_000}
    assert owners["saving_eur"].to_dict() == {"gas": 10_000, "gemeente": 20_000, "water": 10_000}
    assert owners["investment_eur"].to_dict() == {"gas": 27_000, "gemeente": 152_000, "water": 78_000}


def test_areas_and_years_hold_the_same_euros():
    made = reckoned()
    assert made.areas[["area", "year", "investment_eur"]].to_numpy().tolist() == [
        ["East", 2028, 49_000], ["West", 2030, 208_000],
    ]  # fmt: skip
    assert made.years.set_index("year")["investment_eur"].loc[[2028, 2029, 2030]].tolist() == [49_000, 0, 208_000]


def test_purses_and_what_none_was_asked_for_are_the_investment():
    purses = reckoned().purses
    assert purses["amount_eur"].sum() == 257_000
    assert purses[purses["fund"].isna()][["year", "amount_eur"]].to_numpy().tolist() == [[2028, 30_000], [2030, 40_000]]


def test_vat_of_a_purse_that_bears_it_stands_beside_the_ladder():
    """The sewer charge counts VAT on its 80,000; the provision has it compensated."""
    bears = {"fund": "rioolheffing", "sort": "rioolheffing", "kinds": ["sewer_gravity"], "vat": "tariff"}
    assert amounts(reckoned(hamlet.settings(funds=[bears])))["vat_eur"] == 16_800
    assert amounts(reckoned())["vat_eur"] == 0


def test_a_declared_percentage_splits_the_cost_of_own_works_and_raises_openings():
    """With 10 % engineering and 25 % unforeseen an investment of 132,000 is 96,000 direct; gas is a plan of another party."""
    phase = {"engineering": 0.10, "other": 0.0, "risk": 0.25}
    ssk = {"phases": dict.fromkeys(("wens", "voornemen", "gepland", "vast"), phase)}
    made = reckoned(hamlet.settings(appraisal={"business": {"ssk": ssk}}))
    found = amounts(made)
    works = made.works.set_index("work")
    assert works.loc[["w-sewer", "w-gas"], "works_eur"].tolist() == [58_182, 17_000]
    assert works.loc["w-sewer", ["works_eur", "on_top_eur"]].sum() == 80_000
    assert made.openings["on_top_eur"].tolist() == [7_500, 7_500, 11_250]
    assert found["charged_eur"] == 187_000
    assert found["uncovered_openings_eur"] == 70_000 + 26_250
    assert found["uncovered_works_eur"] == 0


def test_a_percentage_of_the_city_is_declared_and_one_of_the_project_is_assumed():
    ssk = hamlet.settings().appraisal.business.ssk
    assert not is_declared(ssk.phases["vast"].risk)
    assert is_declared(Figure(value=0.1, unit="share"))
    one = pd.DataFrame({"cost_eur": pd.array([1_000], dtype="Int64"), "certainty": ["vast"], "origin": ["planned"]})
    top = on_top_of_works(one, ssk)
    assert (top.direct.tolist(), top.declared.tolist()) == ([1_000], [0])
    assert top.assumed.tolist() == [round(1_000 * (1 - 1 / (1.13 * 1.05)))]
    assert on_top_of_openings(pd.Series([1_000]), ssk).declared.tolist() == [0]


def test_named_direct_costs_get_what_is_declared_on_top():
    ssk = hamlet.settings().appraisal.business.ssk.model_copy(update={"costs_are": "named_direct"})
    vast = ssk.phases["vast"].model_copy(update={"risk": Figure(value=0.5, unit="share")})
    one = pd.DataFrame({"cost_eur": pd.array([1_000], dtype="Int64"), "certainty": ["vast"], "origin": ["planned"]})
    top = on_top_of_works(one, ssk.model_copy(update={"phases": {"vast": vast}}))
    assert (top.direct.tolist(), top.declared.tolist()) == ([1_000], [500])


def test_euros_that_cannot_be_shared_go_to_the_owners_in_turn():
    """Two openings of 3 euros by two owners: each pays the odd euro once."""
    rows = pd.DataFrame(
        {
            "work": ["a", "b", "a", "b"],
            "section": ["s", "s", "t", "t"],
            "year": 2030,
            "owner": ["x", "y"] * 2,
            "alone_eur": 3,
        }
    )
    made = fair_parts(rows).tolist()
    assert sorted(made[:2]) == sorted(made[2:]) == [1, 2]


def test_a_wider_step_is_paid_by_who_needs_it():
    """A cable trench needs 10, new paving 40: the first 10 is shared, the other 30 is of the paving alone."""
    rows = pd.DataFrame(
        {"work": ["cable", "paving"], "section": "s", "year": 2030, "owner": ["x", "y"], "alone_eur": [10, 40]}
    )
    assert fair_parts(rows).tolist() == [5, 35]


def test_a_purse_pays_in_the_year_of_the_work_and_nothing_for_what_is_undone():
    payments = pd.DataFrame(
        {
            "work": ["a", "b"],
            "section": pd.Series([None, None], dtype="str"),
            "fund": "f",
            "amount_eur": pd.array([5, 7], dtype="Int64"),
            "year": pd.array([2030, None], dtype="Int64"),
        }
    )
    assert charge(payments)[["work", "fund", "year", "amount_eur"]].to_numpy().tolist() == [["a", "f", 2030, 5]]


def test_years_before_and_after_the_best_year_have_their_own_price():
    shift = pd.Series([-2, 3, None], dtype="Int64")
    early, late = weighed_shift(shift, early=pd.Series([10.0] * 3), late=pd.Series([100.0, 100.0, 100.0]))
    assert (early.tolist(), late.tolist()) == ([20, 0, 0], [0, 300, 0])
    assert weakest(["measured", "assumed", "derived"]) == "assumed"


def test_every_figure_stands_in_the_account_once_with_what_it_rests_on():
    figures = reckoned().figures
    assert figures["figure"].tolist() == [kind.key for kind in FIGURES]
    assert figures.set_index("figure").loc["works_eur", "assumed_share"] == pytest.approx(38 / 187, abs=1e-6)
    assert figures.set_index("figure").loc["direct_eur", "adds"] == "works_eur + openings_eur"


def test_everyone_gets_the_account_of_what_everyone_may_see():
    """Who shares nothing is in no sum: gas with the opening of S2, and the main that the water company must replace."""
    parties = [party.model_copy(update={"shares": []}) for party in hamlet.settings().parties]
    chosen = hamlet.settings().model_copy(update={"parties": parties})
    shown = amounts(seen_by(hamlet_plan.plan(chosen), EVERYONE).account)
    assert shown["works_eur"] == 170_000 - 38_000
    assert shown["openings_eur"] == 0, "a hidden work shares each opening"
    assert shown["charged_eur"] + shown["uncovered_eur"] == shown["investment_eur"]
    assert pd.isna(shown["weighted_cost_eur"])


def test_a_party_of_which_all_costs_are_hidden_stands_as_unknown_and_not_as_nothing():
    parties = [
        party.model_copy(update={"shares": ["section", "window", "kind", "name"]})
        for party in hamlet.settings().parties
    ]
    chosen = hamlet.settings().model_copy(update={"parties": parties})
    account = seen_by(hamlet_plan.plan(chosen), EVERYONE).account
    owners = account.owners.set_index("owner")
    assert owners.loc["gas", ["works_eur", "charged_eur"]].isna().all()
    assert owners["works_eur"].sum() == account.whole("works_eur")
    assert owners["investment_eur"].sum() == account.whole("investment_eur")


def test_a_figure_is_found_by_its_key_with_its_name():
    figure = reckoned().figure("uncovered_eur")
    assert (figure.amount, figure.called("nl"), figure.called("en")) == (70_000, "Ongedekt", "Uncovered")
    assert figure.holds("nl").startswith("Wat geen enkel potje betaalt")
    assert reckoned().whole("gap_eur") == 100


def test_the_account_comes_back_from_the_shelf(tmp_path: object):
    made = reckoned()
    save(made, tmp_path / "account")  # type: ignore[operator]
    again = load(Account, tmp_path / "account")  # type: ignore[operator]
    for name in Account.TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(made, name))


def test_the_account_of_a_real_search_is_that_of_its_programme():
    """The figures of the search and the account agree: late works and openings are the same."""
    settings = hamlet.settings(programme={"gap": 0.0})
    context, appraisal, _ = hamlet_programme.walked(settings)
    programme = hamlet_programme.scheduled()
    found = amounts(reckon(context, appraisal, programme, settings=settings))
    assert found["charged_eur"] + found["uncovered_eur"] == found["investment_eur"]
    assert found["openings_eur"] == programme.value["openings_eur"]
    assert found["nuisance_eur"] == programme.value["nuisance_eur"]
    assert found["works_eur"] == programme.value["cost_eur"]
    assert found["weighted_cost_eur"] == programme.value["value_eur"]
    empty = replace(programme, plan=programme.plan.assign(year=pd.NA).astype({"year": "Int64"}))
    assert amounts(reckon(context, appraisal, empty, settings=settings))["investment_eur"] == 0
