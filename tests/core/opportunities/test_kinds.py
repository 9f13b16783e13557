"""Every kind of chance and clash on the hamlet, worked out by hand. One opening of S1, S2 or S4 costs 29,700 eur."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

import hamlet
from koppelkans.context.product import ASSETS, Context
from koppelkans.ground.tables import shape
from koppelkans.opportunities.kind import KindInputs
from koppelkans.opportunities.kinds.crowded_year import CROWDED_YEAR
from koppelkans.opportunities.kinds.dug_twice import DUG_TWICE
from koppelkans.opportunities.kinds.inside_graafrust import INSIDE_GRAAFRUST
from koppelkans.opportunities.kinds.need_without_carrier import NEED_WITHOUT_CARRIER
from koppelkans.opportunities.kinds.overdue_without_plan import OVERDUE_WITHOUT_PLAN
from koppelkans.opportunities.kinds.overload import CREW_OVERLOAD, MONEY_OVERLOAD
from koppelkans.opportunities.kinds.riding_along import RIDING_ALONG
from koppelkans.opportunities.kinds.shared_street import SHARED_STREET
from koppelkans.opportunities.kinds.small_shift import SMALL_SHIFT
from koppelkans.opportunities.kinds.wish_near_work import WISH_NEAR_WORK
from koppelkans.opportunities.spot import ground_of

OPENING = 29_700


def ground(context: Context | None = None, **parts: object) -> KindInputs:
    return ground_of(
        context or hamlet.context(),
        hamlet.vision(),
        hamlet.opportunities().section_needs,
        settings=hamlet.settings(**parts),
    )


def moved(**windows: tuple[int, int]) -> Context:
    """Return the hamlet with other windows, given as `sewer=(2027, 2028)`; the best year is the first."""
    context = hamlet.context()
    works = context.works.copy()
    for name, (first, last) in windows.items():
        row = works["work"] == f"w-{name}".replace("_", "-")
        works.loc[row, ["earliest_year", "best_year", "latest_year"]] = [first, first, last]
    return replace(context, works=works)


def without(*works: str) -> Context:
    """Return the hamlet without these works."""
    context = hamlet.context()
    return replace(
        context,
        works=context.works[~context.works["work"].isin(works)],
        touches=context.touches[~context.touches["work"].isin(works)],
        work_assets=context.work_assets[~context.work_assets["work"].isin(works)],
    )


def test_three_works_that_share_years_save_two_openings():
    found = SHARED_STREET.find(ground()).set_index("section")
    assert found.loc["S2", "works"] == ["w-gas", "w-paving", "w-sewer"]
    assert found.loc["S2", ["first_year", "last_year", "quantity", "amount_eur"]].tolist() == [
        2029,
        2031,
        2,
        2 * OPENING,
    ]
    assert found.loc["S1", "amount_eur"] == OPENING
    assert found.loc["S2", "why_nl"] == (
        "Dorpsstraat: 3 werken van Gemeente Gehucht (verharding en riool) en Netbeheerder (gasleiding) kunnen samen"
        " in 2029–2031. Dat scheelt 2 keer openbreken: € 59.400."
    )


def test_the_largest_group_with_a_common_year_is_taken():
    found = SHARED_STREET.find(ground(moved(paving=(2028, 2028)))).set_index("section")
    assert found.loc["S2", "works"] == ["w-gas", "w-sewer"]


def test_works_of_one_owner_are_no_chance():
    assert "S2" not in set(SHARED_STREET.find(ground(without("w-gas")))["section"])


def test_an_ambition_rides_along_where_its_need_is_not_met_by_the_works():
    # the sewer meets 0.001 per m x 100 m = a tenth of the need of 0.8 in S1
    found = RIDING_ALONG.find(ground()).set_index("section")
    assert found.index.tolist() == ["S1", "S2"]
    assert found.loc["S1", "ambitions"] == ["biodiversity"]
    assert found.loc["S1", "needs"] == pytest.approx([0.72])
    assert found.loc["S1", "amount_eur"] == OPENING
    assert "biodiversiteit (0,7)" in found.loc["S1", "why_nl"]


def test_a_need_that_the_works_meet_does_not_ride_along():
    assert RIDING_ALONG.find(ground(opportunities={"need_from": 0.75})).empty


def test_a_wish_meets_the_works_within_reach_the_nearest_first():
    found = WISH_NEAR_WORK.find(ground()).set_index("key")
    assert found.index.tolist() == ["wish-1"]
    assert found.loc["wish-1", "works"] == ["w-sewer", "w-paving", "w-gas", "w-water-1"]
    assert found.loc["wish-1", ["quantity", "first_year", "last_year"]].tolist() == [4.0, 2027, 2034]


def test_a_wish_meets_a_work_in_its_own_street_however_far():
    found = WISH_NEAR_WORK.find(ground(opportunities={"near_m": 1.0})).set_index("key")
    assert len(found.loc["wish-1", "works"]) == 4


def test_a_wish_that_names_a_street_meets_the_works_there_and_no_other():
    wishes = hamlet.context().wishes.assign(text=["Meer bomen in de Kerkweg", "Een bankje bij Kerkwegg"])
    found = WISH_NEAR_WORK.find(ground(replace(hamlet.context(), wishes=wishes))).set_index("key")
    assert found.index.tolist() == ["wish-1"]
    assert found.loc["wish-1", "works"] == ["w-water-3", "w-paving-4"]
    assert found.loc["wish-1", "why_nl"].startswith(
        "De wens “Meer bomen in de Kerkweg” gaat over de Kerkweg. Daar is werk"
    )


def test_a_shift_of_two_years_saves_an_opening():
    found = SMALL_SHIFT.find(ground(moved(sewer=(2027, 2028), water_1=(2030, 2034)))).set_index("section")
    assert found.loc["S1", "works"] == ["w-sewer", "w-water-1"]
    assert found.loc["S1", ["first_year", "last_year", "quantity", "amount_eur"]].tolist() == [2028, 2030, 2, OPENING]
    assert "Schuift een van beide 2 jaar" in found.loc["S1", "why_nl"]


def test_windows_that_meet_or_miss_by_far_or_are_fixed_are_no_small_shift():
    assert SMALL_SHIFT.find(ground()).empty
    assert SMALL_SHIFT.find(ground(moved(sewer=(2027, 2028), water_1=(2031, 2034), gas=(2028, 2029)))).empty
    fixed = moved(sewer=(2027, 2028), water_1=(2030, 2034), gas=(2028, 2029))
    fixed = replace(fixed, works=fixed.works.assign(certainty="vast"))
    assert SMALL_SHIFT.find(ground(fixed)).empty


def test_a_street_that_two_owners_open_far_apart_is_dug_twice():
    found = DUG_TWICE.find(ground(moved(sewer=(2027, 2028), water_1=(2034, 2036)))).set_index("section")
    assert found.loc["S1", ["first_year", "last_year", "quantity", "amount_eur"]].tolist() == [2027, 2036, 2, OPENING]
    assert found.loc["S1", "why_nl"] == (
        "Dorpsstraat gaat minstens 2 keer open van 2027 tot en met 2036: Gemeente Gehucht (riool 2027–2028) en Waterbedrijf"
        " (drinkwaterleiding 2034–2036). Opnieuw openbreken kost € 29.700."
    )


def test_works_that_can_share_an_opening_are_counted_once():
    # paving and sewer both before 2030, gas after: two openings, not three
    found = DUG_TWICE.find(ground(moved(sewer=(2027, 2029), paving=(2028, 2030), gas=(2034, 2036)))).set_index(
        "section"
    )
    assert len(found.loc["S2", "works"]) == 3
    assert found.loc["S2", "quantity"] == 2


def test_works_more_than_ten_years_apart_or_that_nearly_meet_are_left_in_peace():
    assert DUG_TWICE.find(ground(moved(sewer=(2027, 2028), water_1=(2030, 2036)))).empty
    assert DUG_TWICE.find(
        ground(moved(sewer=(2027, 2028), water_1=(2030, 2036)), opportunities={"shift_years": 1})
    ).shape[0]
    assert DUG_TWICE.find(
        ground(moved(sewer=(2027, 2027), water_1=(2036, 2036)), opportunities={"again_years": 8})
    ).empty


def test_a_dig_of_which_every_year_lies_in_the_rest_is_a_clash():
    # paving in S2 in 2028 rests five years, up to and including 2033
    found = INSIDE_GRAAFRUST.find(ground(moved(paving=(2028, 2028)))).set_index("key")
    assert found.index.tolist() == ["S2:w-paving"]
    row = found.loc["S2:w-paving"]
    assert row["works"] == ["w-paving", "w-gas"]
    assert row[["first_year", "last_year", "quantity", "amount_eur"]].tolist() == [2029, 2031, 5.0, 32_000]
    assert "tot en met 2033" in row["why_nl"]
    assert "vóór de verharding" in row["why_nl"]


def test_a_dig_that_can_still_go_before_or_after_and_a_loose_resurfacing_are_no_clash():
    assert INSIDE_GRAAFRUST.find(ground(moved(paving=(2028, 2028), gas=(2028, 2031)))).empty
    assert INSIDE_GRAAFRUST.find(ground(moved(paving=(2028, 2028), gas=(2029, 2034)))).empty
    assert INSIDE_GRAAFRUST.find(ground(moved(paving=(2027, 2029), gas=(2030, 2031)))).empty


def asset(name: str, **columns: object) -> gpd.GeoDataFrame:
    """Return one more asset in S1 of the municipality."""
    row = {
        "asset": [name], "owner": ["gemeente"], "system": ["infrastructure"], "pieces": [1], "criticality": [0.5],
        "due_basis": ["measured"], "section": ["S1"], "source": ["test"],
    }  # fmt: skip
    row |= {key: [value] for key, value in columns.items()}
    return shape(gpd.GeoDataFrame(row, geometry=[hamlet.stretch(0, 100)], crs=hamlet.CRS), ASSETS, crs=hamlet.CRS)


def with_assets(context: Context, *more: gpd.GeoDataFrame) -> Context:
    return replace(context, assets=pd.concat([context.assets, *more], ignore_index=True))


def test_paving_laid_shortly_before_the_horizon_rests_too():
    laid = asset("a-new", kind="paving", built_year=2025, area_m2=800.0)
    found = INSIDE_GRAAFRUST.find(ground(with_assets(moved(sewer=(2027, 2028)), laid))).set_index("key")
    row = found.loc["S1:laid"]
    assert (row["works"], row["assets"], row["amount_eur"]) == (["w-sewer"], ["a-new"], 32_000)
    assert "verharding van 2025 en mag tot en met 2030 niet open" in row["why_nl"]


def test_a_due_asset_without_a_work_is_told_with_its_price():
    lamps = [asset(f"a-lamp-{at}", kind="lighting", due_year=2019 + at) for at in range(2)]
    found = OVERDUE_WITHOUT_PLAN.find(ground(with_assets(hamlet.context(), *lamps))).set_index("section")
    row = found.loc["S1"]
    assert (row["assets"], row["quantity"], row["amount_eur"]) == (["a-lamp-0", "a-lamp-1"], 2, 3_000)
    assert row["why_nl"] == (
        "Dorpsstraat: openbare verlichting van Gemeente Gehucht (2 stuks) is al sinds 2019 aan vervanging toe. Er is geen werk"
        " voor gepland. Vernieuwen kost ongeveer € 3.000."
    )


def test_a_due_asset_in_a_work_or_with_a_work_of_its_kind_in_the_street_has_a_plan():
    # a-gas-2 is due in 2030 and in no derived work, but the operator plans gas in S2
    assert OVERDUE_WITHOUT_PLAN.find(ground()).empty
    assert OVERDUE_WITHOUT_PLAN.find(ground(without("w-gas")))["assets"].tolist() == [["a-gas-2"]]


def test_a_due_asset_of_unknown_size_or_price_has_no_amount():
    found = OVERDUE_WITHOUT_PLAN.find(ground(with_assets(hamlet.context(), asset("a", kind="paving", due_year=2030))))
    assert found["amount_eur"].isna().all()
    assert "(1 object)" in found.loc[0, "why_nl"]


def test_a_due_asset_outside_the_sections_is_told_too():
    lamp = asset("a", kind="lighting", due_year=2030).assign(section=pd.Series([None], dtype="str"))
    found = OVERDUE_WITHOUT_PLAN.find(ground(with_assets(hamlet.context(), lamp)))
    assert found["section"].isna().all()
    assert found.loc[0, "why_en"].startswith("Outside the sections: public lighting of Gemeente Gehucht (1 piece)")


def test_a_high_need_where_nothing_opens_has_no_carrier():
    found = NEED_WITHOUT_CARRIER.find(ground(without("w-sewer", "w-water-1")))
    assert found[["area", "quantity"]].to_numpy().tolist() == [["West", 1]]
    assert found.loc[0, "why_nl"] == (
        "West: de behoefte voor biodiversiteit is hoog (tot 0,8) in 1 wegvak waar tot en met 2036 geen werk gepland staat: Dorpsstraat."
    )
    assert NEED_WITHOUT_CARRIER.find(ground()).empty


def test_a_year_in_which_more_than_the_share_of_an_area_is_open_is_crowded():
    context = moved(sewer=(2028, 2030))
    context = replace(context, sections=context.sections.assign(area="West"))
    # 2028: S1 and S2 (sewer) and S3 (water); 2030: S1 (water), S2 (gas) and S4 (paving); at most 2 of 4 is fine
    found = CROWDED_YEAR.find(ground(context))
    assert found[["key", "quantity"]].to_numpy().tolist() == [["West:2028", 3], ["West:2030", 3]]
    assert found.loc[0, "works"] == ["w-sewer", "w-water-3"]
    assert "3 van de 4 wegvakken tegelijk open (75 %)" in found.loc[0, "why_nl"]
    assert CROWDED_YEAR.find(ground()).empty


FUND = {"fund": "rioolheffing", "budget_eur": 30_000, "carries_over": True}


def test_a_purse_that_is_short_is_told_with_what_it_carries_over():
    # 30,000 in 2027 and 30,000 in 2028 against 80,000 in 2028
    found = MONEY_OVERLOAD.find(ground(funds=[FUND])).set_index("key")
    row = found.loc["rioolheffing:2028"]
    assert (row["amount_eur"], row["works"]) == (20_000, ["w-sewer"])
    assert row["why_nl"] == (
        "Rioolheffing: in 2028 is € 80.000 nodig en € 60.000 beschikbaar als elk werk zijn beste jaar kiest. Tekort: € 20.000."
    )


def test_a_purse_that_loses_what_is_left_is_shorter():
    found = MONEY_OVERLOAD.find(ground(funds=[FUND | {"carries_over": False}])).set_index("key")
    assert found.loc["rioolheffing:2028", "amount_eur"] == 50_000


def test_an_assumed_budget_is_called_so_and_own_money_of_a_party_is_not_guessed_at():
    # one purse for sewer (80,000) and paving (52,000), both at their best in 2028: an even budget holds the dearest alone
    purse = {"fund": "rioolheffing", "sort": "", "kinds": ["sewer_gravity", "paving"], "carries_over": False}
    funds = [purse, {"fund": "wegen", "kinds": ["lighting"]}]
    found = MONEY_OVERLOAD.find(ground(moved(sewer=(2028, 2033), paving=(2028, 2031)), funds=funds))
    assert found["key"].tolist() == ["rioolheffing:2028"]
    assert found["why_en"].str.contains("(assumed)", regex=False).all()


def test_works_without_a_known_cost_are_said_not_to_be_counted():
    # paving 4 has no known cost; give it the year of paving 2
    fund = {"fund": "wegen", "budget_eur": 1_000, "carries_over": False}
    found = MONEY_OVERLOAD.find(ground(moved(paving_4=(2028, 2028), paving=(2028, 2031)), funds=[fund])).set_index(
        "key"
    )
    assert found.loc["wegen:2028", "why_nl"].endswith("Tekort: € 51.000. Niet meegeteld: 1 werk zonder bekend bedrag.")


def test_a_crew_that_is_short_of_hours_is_told():
    # 1 hour per 1,000 eur: the sewer takes 80 hours in 2028
    found = CREW_OVERLOAD.find(ground(crews=[{"crew": "civil", "hours": 60}])).set_index("key")
    assert found.loc["civil:2028", "quantity"] == pytest.approx(20)
    assert found.loc["civil:2028", "why_nl"] == (
        "Civiele techniek: in 2028 is 80 uur nodig en 60 uur beschikbaar als elk werk zijn beste jaar kiest. Tekort: 20 uur."
    )
