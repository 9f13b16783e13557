"""The sentences, read as a colleague would read them."""

import pytest

import hamlet_programme

HEAD = {"gap": 0.0}
BUDGET = {str(year): 0 if year < 2030 else 19_000 for year in range(2027, 2037)}
WATER_LATE = {"fund": "water", "name": "Waterfonds", "owner": "water", "budget_eur": BUDGET}
NO_GAS = {"fund": "gas", "name": "Gasfonds", "owner": "gas", "budget_eur": 0}


def why(work: str, lang: str = "nl", **parts: object) -> str:
    made = hamlet_programme.scheduled(**parts)
    return str(made.plan.set_index("work").loc[work, f"why_{lang}"])


def test_a_work_in_its_best_year_says_so():
    parts = {"appraisal": {"discount_rate": 0.0}, "crews": [{"crew": "pipes", "hours": 100}]}
    assert why("w-water-3", **parts) == "Gepland in 2028, het beste jaar."
    assert why("w-water-3", "en", **parts) == "Planned for 2028, its best year."


def test_a_work_with_partners_names_them():
    text = why("w-gas")
    assert "Dat jaar gaat de straat één keer open, samen met Klinkers Dorpsstraat en Riool Dorpsstraat." in text


def test_a_purse_that_is_empty_in_the_best_year_is_named_with_the_year():
    text = why("w-water-3", funds=[WATER_LATE, NO_GAS])
    assert "In 2028 of later is er te weinig geld over in Waterfonds." in text


def test_hours_that_nobody_gave_are_no_reason():
    decisions = [{"work": "w-water-1", "year": 2028}]
    text = why("w-water-3", programme=HEAD | {"decisions": decisions}, appraisal={"discount_rate": 0.0})
    assert "uren" not in text


def test_a_year_that_was_ruled_out_is_named():
    text = why("w-water-3", programme=HEAD | {"decisions": [{"work": "w-water-3", "not_years": [2028]}]})
    assert "2028 is uitgesloten door een besluit." in text


def test_waiting_that_is_cheaper_says_so():
    text = why("w-water-3")
    assert text.startswith("Gepland in 2032; volgens zijn toestand of plan was het 2028. Wachten is goedkoper")


def test_a_work_that_fits_nowhere_is_undone_and_says_what_is_full():
    assert why("w-gas", funds=[WATER_LATE, NO_GAS]) == (
        "Niet gepland: het past nooit, ook niet als er verder niets gebeurt. In 2030 of later is er te weinig geld over in Gasfonds."
    )


def test_no_work_is_left_out_because_leaving_it_weighs_little():
    text = why("w-water-3", programme=HEAD | {"undone_factor": 0.1})
    assert text.startswith("Gepland in ")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Vastgezet op 2030. De kosten zijn onbekend en tellen in geen bedrag mee."),
        ("en", "Fixed to 2030. Its cost is unknown and counts for nothing in the amounts."),
    ],
)
def test_a_work_without_a_cost_is_planned_and_says_so(lang: str, text: str):
    assert why("w-paving-4", lang) == text


def test_a_best_year_before_the_horizon_is_named():
    text = why("w-sewer", horizon={"first": 2029, "last": 2036})
    assert "Het beste jaar ligt voor de planperiode." in text
