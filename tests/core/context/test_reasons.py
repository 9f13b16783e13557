import numpy as np
import pandas as pd
import pytest

from koppelkans.context.works.reasons import amount, derived_reasons, planned_reasons, span, street_words, work_names
from koppelkans.ground.settings import Party, make_settings

KINDS = make_settings({"city": {"name": "x"}}).kinds


def why(**columns: object) -> tuple[str, str]:
    """Return the reason of one work in Dutch and English."""
    usual = {
        "kind": "sewer_gravity", "unit": "m", "quantity": 212.4, "assets": 8, "inspected": 0, "measured": 0, "assumed": 0,
        "condition": np.nan, "condition_year": None, "built_low": 1962, "built_high": 1966, "life_low": 60.0, "life_high": 60.0,
        "due_year": 2024, "streets_nl": "Dorpsstraat", "streets_en": "Dorpsstraat",
    }  # fmt: skip
    works = pd.DataFrame({name: [value] for name, value in (usual | columns).items()})
    found = derived_reasons(works, kinds=KINDS, first=2027)
    return found["why_nl"][0], found["why_en"][0]


def test_age_and_lifetime_are_told_with_years():
    assert why()[0] == (
        "Dorpsstraat: 212 m riool (vrijverval) in 8 delen. Aangelegd in 1962–1966, met een levensduur van 60 jaar. "
        "Het was aan vervanging toe in 2024: dit werk is over tijd."
    )


def test_an_inspection_is_told_with_score_and_year():
    dutch, english = why(assets=1, inspected=1, measured=1, condition=5.0, condition_year=2022, due_year=2028)
    assert dutch == (
        "Dorpsstraat: 212 m riool (vrijverval). De slechtste conditie is 5, gezien in 2022 (1 is nieuw, 6 is het slechtst). "
        "Daarmee is het aan vervanging toe in 2028 (NEN 2767, levensduur 60 jaar)."
    )
    assert "The worst condition found is 5 in 2022" in english


def test_what_is_assumed_is_said():
    assert "Van 3 van de delen is het jaar van aanleg niet bekend; dat is aangenomen." in why(assumed=3)[0]
    assert "the year is unknown" in why(inspected=1, condition=4.5, assumed=1)[1]


@pytest.mark.parametrize(
    ("quantity", "unit", "dutch", "english"),
    [
        (1340.0, "m2", "1.340 m²", "1,340 m²"), (1.0, "piece", "1 stuk", "1 piece"), (12.0, "piece", "12 stuks", "12 pieces"),
        (3.46, "m", "3,5 m", "3.5 m"), (None, "m", "onbekende hoeveelheid", "unknown quantity of"),
    ],
)  # fmt: skip
def test_quantities_are_written_as_people_do(quantity: float | None, unit: str, dutch: str, english: str):
    assert (amount(quantity, unit, "nl"), amount(quantity, unit, "en")) == (dutch, english)


def test_a_span_of_one_year_is_one_year():
    assert (span(1962, 1962), span(1962, 1966)) == ("1962", "1962–1966")


def test_streets_are_named_up_to_two():
    group = np.array([0, 0, 1, 2, 2, 2, 2])
    street = pd.Series(["Dorpsstraat", "Dorpsstraat", "Kerkweg", "A", "B", "C", "A"])
    found = street_words(group, pd.Series(street))
    assert found["streets_nl"].tolist() == ["Dorpsstraat", "Kerkweg", "A, B e.o."]
    assert street_words(np.array([0, 0]), pd.Series(["A", "B"]))["streets_en"].tolist() == ["A and B"]


def test_a_name_says_what_and_where():
    works = pd.DataFrame({"kind": ["paving"], "streets_nl": ["Dorpsstraat"], "streets_en": ["Dorpsstraat"]})
    assert work_names(works, kinds=KINDS, lang="nl").tolist() == ["Verharding Dorpsstraat"]
    assert work_names(works, kinds=KINDS, lang="en").tolist() == ["Paving Dorpsstraat"]


def test_a_plan_says_whose_it_is_and_what_was_not_told():
    works = pd.DataFrame(
        {
            "owner": ["gas", "x"], "origin": ["third_party", "planned"], "certainty": ["voornemen", "wens"], "told": ["part", "none"],
            "earliest_year": [2028, 2027], "latest_year": [2030, 2041], "covered": [0, 2], "due_year": pd.array([None, 2021], dtype="Int64"),
        }
    )  # fmt: skip
    found = planned_reasons(works, parties=[Party(party="gas", name="Netbeheerder")])
    assert found["why_nl"].tolist() == [
        "Plan van Netbeheerder voor 2028–2030 (voornemen). Niet alle jaren van het venster zijn genoemd; de rest is aangenomen.",
        (
            "Gepland door x voor 2027–2041 (wens). Er is geen jaar genoemd: het telt als wens over alle jaren. "
            "Het vervangt 2 onderdelen die aan vervanging toe zijn (de middelste in 2021); daarvoor is geen apart werk gemaakt."
        ),
    ]
    assert "(intention)" in found["why_en"][0]
