import re

import numpy as np
import shapely

import small_town
from koppelkans.demo import areas, plans, projects, voices

LAYERS = small_town.layers()
STREETS = plans.street_table(small_town.town(), small_town.history())


def test_inhabitants_follow_from_homes():
    counted = LAYERS["buurten"]

    assert counted["aantal_huishoudens"].sum() == 900
    assert 1500 < counted["aantal_inwoners"].sum() < 2500
    assert counted["buurtnaam"].is_unique
    assert counted["buurtnaam"].iloc[-1] == "Buitengebied"


def test_quarters_cover_the_municipality():
    whole = shapely.union_all(LAYERS["buurten"].geometry.to_numpy())

    assert shapely.symmetric_difference(whole, small_town.town().border).area < 1.0


def test_a_figure_of_a_quarter_without_people_is_not_known():
    counted = LAYERS["buurten"]

    assert (counted.loc[counted["aantal_inwoners"] == 0, "leefbaarheid"] == areas.NOT_KNOWN).all()
    assert counted.loc[counted["aantal_inwoners"] > 0, "leefbaarheid"].between(1, 10).all()


def test_the_water_company_tells_streets_periods_and_money_in_its_own_words():
    told = LAYERS["waterbedrijf"]

    assert set(told["Straat"]) <= set(small_town.town().sections["name"])
    assert all(re.search(r"20\d\d.+20\d\d", period) for period in told["Periode"])
    assert told["Raming"].str.startswith("€").any()
    assert set(told["Status"]) <= {"Idee", "Concept", "Voorlopig", "Definitief"}


def test_sketches_of_the_grid_operator_hold_their_streets_and_their_window():
    drawn = LAYERS["netplannen"]

    assert set(drawn.geometry.geom_type) <= {"Polygon", "MultiPolygon"}
    assert (drawn["van"] < drawn["tot"]).all()
    assert (drawn["van"] >= plans.FIRST).all()
    assert set(drawn["zekerheid"]) <= set(plans.SURE)


def test_the_sooner_a_plan_the_surer_it_is():
    rng = np.random.default_rng(1)

    soon, late = plans._sureness(np.full(200, 2027), rng), plans._sureness(np.full(200, 2036), rng)

    assert soon.mean() > 2.5
    assert late.mean() < 1.2


def test_the_heat_company_goes_to_the_fifties_and_sixties_first():
    era = STREETS.set_index("name")["era"]

    assert era.loc[LAYERS["warmteplan"]["straat"]].isin(["1955", "1968"]).all()


def test_own_projects_hold_the_market_in_one_agreed_year():
    own = LAYERS["projecten"]
    market = own[own["omschrijving"] == "Herinrichting Markt"].iloc[0]

    assert market["vroegst"] == market["gewenst"] == market["uiterlijk"] == projects.MARKET_YEAR
    assert market["verplicht"] == "ja"
    assert (own["vroegst"] <= own["gewenst"]).all()
    assert (own["gewenst"] <= own["uiterlijk"]).all()
    assert {"herinrichting", "asfalt", "woningbouw"} <= set(own["soort"])


def test_wishes_name_a_street_and_lie_in_the_street():
    wished = LAYERS["wensen"]
    streets = set(small_town.town().sections["name"])
    roads = shapely.STRtree(small_town.town().sections.geometry.to_numpy())

    assert len(wished) == 900 // voices.HOMES_PER_WISH + (
        len(small_town.town().addresses) % 900 > voices.HOMES_PER_WISH
    )
    assert all(any(street in text for street in streets) for text in wished["wens"])
    assert roads.query_nearest(wished.geometry.to_numpy(), return_distance=True)[1].max() < 3.1


def test_nobody_can_be_found_in_the_files():
    told = " ".join(column for layer in LAYERS.values() for column in layer.columns).lower()

    assert not re.search(r"naam_melder|e-?mail|telefoon|huisnummer|geboorte|bsn", told)


def test_bottlenecks_puddles_and_care_places_lie_in_the_town():
    whole = small_town.town().border
    for name in ("knelpunten", "wateroverlast", "voorzieningen"):
        assert len(LAYERS[name])
        assert shapely.within(LAYERS[name].geometry.to_numpy(), whole).all()
    assert LAYERS["knelpunten"]["ernst"].between(0, 1).all()
