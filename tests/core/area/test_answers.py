"""Every wish is answered on its own street, in one of six words and with a year; worked out by hand in the hamlet."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

import hamlet
import hamlet_plan
from koppelkans.area.answers import answer_wishes, count_answers
from koppelkans.context.product import WISHES, Context
from koppelkans.ground.columns import ANSWER_WORDS
from koppelkans.ground.errors import SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.tables import shape

ANSWERED = ["answer", "work", "year"]


def asked(
    text: str,
    *,
    at: tuple[float, float] = (150, 10),
    context: Context | None = None,
    until: int = 2036,
    rules: dict[str, str] | None = None,
    **wish: str | None,
) -> pd.Series:
    """Return the answer to one wish at a place in the hamlet (m along and beside the street), by default in S2."""
    cells = {"wish": "a wish", "text": text, "section": "S2", "source": "wensen"} | wish
    spot = Point(hamlet.X0 + at[0], hamlet.Y0 + at[1])
    place = gpd.GeoDataFrame({name: [cell] for name, cell in cells.items()}, geometry=[spot], crs=hamlet.CRS)
    town = replace(context or hamlet.context(), wishes=shape(place, WISHES))
    settings, years = hamlet.settings(area={"asks": rules or {}}), Horizon(2027, until)
    return answer_wishes(town, hamlet.vision(), hamlet_plan.programme().plan, settings=settings, years=years).iloc[0]


def test_what_a_person_read_and_the_work_holds_is_yes():
    answer = asked("Het riool stinkt", asks="sewer_gravity")
    assert answer[ANSWERED].tolist() == ["yes", "w-sewer", 2030]
    assert answer["read_by"] == "person"
    assert answer["why_nl"] == "Ja: wat u vraagt zit in het werk. Dorpsstraat: 2030 (Riool Dorpsstraat)."
    assert answer["why_en"] == "Yes: what is asked is in the work. Dorpsstraat: 2030 (Riool Dorpsstraat)."


def test_what_nobody_read_is_still_to_be_judged_and_hears_what_comes_and_when():
    answer = asked("Meer bomen", ambition="biodiversity")
    assert answer[ANSWERED].tolist() == ["to_be_judged", "w-sewer", 2030]
    assert "helpt bij de ambitie biodiversiteit" in answer["why_nl"]
    assert pd.isna(answer["read_by"])


def test_a_question_when_is_read_by_a_rule_and_answered_with_a_year():
    answer = asked("Wanneer is de Kerkweg aan de beurt?")
    assert answer[[*ANSWERED, "read_by", "street"]].tolist() == ["yes", "w-water-3", 2028, "rule", "Kerkweg"]
    assert answer["why_nl"] == "Dan is er werk. Kerkweg: 2028 (Water Kerkweg)."


def test_a_street_that_is_named_goes_before_the_one_it_lies_on():
    assert asked("Nieuwe leiding in de Kerkweg", asks="water_main")[ANSWERED].tolist() == ["yes", "w-water-3", 2028]
    here = asked("Nieuwe leiding", at=(50, 10), section="S1", asks="water_main")
    assert here[ANSWERED].tolist() == ["yes", "w-water-1", 2030]


def sewer_in_s1_only() -> Context:
    """Return the hamlet with S1 in West and S2 in East, and the sewer work in S1 alone."""
    context = hamlet.context()
    touches = context.touches
    sections = context.sections.assign(area=["West", "East", "East", "East"])
    kept = touches[(touches["work"] != "w-sewer") | (touches["section"] == "S1")]
    return replace(context, touches=kept, sections=sections)


def test_work_on_another_stretch_of_its_street_is_told_but_never_yes():
    answer = asked("Het riool van de Dorpsstraat stinkt", asks="sewer_gravity", context=sewer_in_s1_only())
    assert answer[["answer", "street"]].tolist() == ["no", "Dorpsstraat"]
    assert answer["year"] == 2030  # what opens here, not what is asked
    assert "Dorpsstraat, op een ander stuk: 2030 (Riool Dorpsstraat)." in answer["why_nl"]
    there = asked("Riool Dorpsstraat", at=(50, 10), section="S1", asks="sewer_gravity", context=sewer_in_s1_only())
    assert there["answer"] == "yes"


@pytest.mark.parametrize("at", [(100, 0), (100, 90)])
def test_a_wish_that_lies_nowhere_on_the_street_that_it_names_is_answered_in_its_area(at: tuple[float, float]):
    town = sewer_in_s1_only()
    said = {area: asked("Riool Dorpsstraat", at=at, area=area, asks="sewer_gravity", context=town) for area in ("West", "East", None)}  # fmt: skip
    assert [one["answer"] for one in said.values()] == ["yes", "no", "yes"]


def test_a_question_when_hears_what_comes_elsewhere_without_a_year_of_its_own():
    context = sewer_in_s1_only()
    quiet = replace(context, touches=context.touches[context.touches["section"] != "S2"])
    answer = asked("Wanneer is de Dorpsstraat aan de beurt?", context=quiet)
    assert answer["answer"] == "no"
    assert pd.isna(answer["year"])
    assert "Dorpsstraat, op een ander stuk: 2030 (" in answer["why_nl"]


def test_of_two_streets_both_must_get_it():
    both = asked("De hoek van Dorpsstraat en Kerkweg", at=(50, 10), section="S1", asks="water_main")
    assert both[ANSWERED].tolist() == ["yes", "w-water-1 + w-water-3", 2028]
    half = asked("De hoek van Dorpsstraat en Kerkweg", asks="sewer_gravity")
    assert half[ANSWERED].tolist() == ["partly", "w-sewer", 2030]
    assert "Kerkweg: geen werk tot en met 2036." in half["why_nl"]


def test_of_two_things_that_are_asked_both_must_be_in_the_work():
    assert asked("Riool en licht", asks="sewer_gravity, lighting")["answer"] == "partly"
    assert asked("Riool en buurthuis", asks="sewer_gravity, not_ours")["answer"] == "partly"
    assert asked("Riool en gas", asks="sewer_gravity, gas_low")[ANSWERED].tolist() == ["yes", "w-sewer + w-gas", 2030]


def test_work_after_the_years_of_the_area_programme_comes_later():
    assert asked("Riool", asks="sewer_gravity", until=2029)[ANSWERED].tolist() == ["later", "w-sewer", 2030]
    assert asked("Riool", asks="sewer_gravity", until=2030)["answer"] == "yes"


def test_what_is_in_no_work_is_no_and_names_the_moment_to_join():
    answer = asked("Meer licht", asks="lighting")
    assert answer["answer"] == "no"
    assert answer["why_nl"].startswith("Nee: wat u vraagt zit hier in geen werk tot en met 2036. Dorpsstraat: 2030 (")


def test_new_paving_is_in_every_work_that_leaves_it():
    context = hamlet.context()
    without = replace(context, touches=context.touches[context.touches["work"] != "w-paving"])
    assert asked("Losse tegels", asks="paving", context=without)[ANSWERED].tolist() == ["yes", "w-sewer", 2030]
    assert asked("Losse tegels in de Kerkweg", asks="paving", context=without)["answer"] == "no"


def test_what_only_others_have_is_not_ours_and_says_whose():
    context = hamlet.context()
    theirs = replace(context, touches=context.touches[context.touches["work"] != "w-gas"])
    answer = asked("Van het gas af", asks="gas_low", context=theirs)
    assert answer["answer"] == "not_ours"
    assert answer["why_nl"] == "Dit is niet aan de gemeente. Dit is aan Netbeheerder."
    assert asked("Sneller internet", asks="not_ours")[["answer", "why_nl"]].tolist() == [
        "not_ours", "Dit is niet aan de gemeente.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"), [("Bomen in de Kerkwech", "Kerkwech"), ("bomen in de kerckweg", "kerckweg"), ("KERKWEEG!", "KERKWEEG")]
)  # fmt: skip
def test_a_misspelt_street_is_proposed_and_never_guessed(text: str, found: str):
    answer = asked(text, asks="tree")
    assert answer[["answer", "proposed"]].tolist() == ["to_be_judged", "Kerkweg"]
    assert pd.isna(answer["street"])
    assert answer["why_nl"] == f"We kennen geen straat “{found}”. Is het Kerkweg?"


def test_a_misspelt_street_that_it_lies_on_is_that_street():
    answer = asked("Riool in de Dorpstraat", asks="sewer_gravity")
    assert answer[["answer", "street"]].tolist() == ["yes", "Dorpsstraat"]


@pytest.mark.parametrize("text", ["Bij de Dorpsstr. 12", "dorpsstraat/hoek", "DORPSSTRAAT", "Dórpsstraat."])
def test_a_street_is_known_in_any_writing(text: str):
    assert asked(text, at=(390, 90), section=None)["street"] == "Dorpsstraat"


def test_a_word_in_a_longer_name_is_not_that_street():
    context = hamlet.context()
    names = context.sections["name"].mask(context.sections["section"] == "S3", "Oude Dorpsstraat")
    longer = replace(context, sections=context.sections.assign(name=names))
    assert asked("De Oude Dorpsstraat", context=longer)["street"] == "Oude Dorpsstraat"
    assert asked("Een oude lantaarn in de Dorpsstraat", context=longer)["street"] == "Dorpsstraat"


def test_two_streets_of_one_name_are_told_apart_by_place_only():
    context = hamlet.context()
    sections = context.sections.assign(name=["Kerkstraat", "Dorpsstraat", "Dorpsstraat", "Kerkstraat"])
    sections.loc[3, "geometry"] = hamlet.stretch(900, 1000)
    villages = replace(context, sections=sections)
    answer = asked("De Kerkstraat", at=(950, 10), section=None, asks="sewer_gravity", context=villages)
    assert answer["answer"] == "no"  # S4 has new paving only; the sewer lies in the other Kerkstraat
    assert asked("De Kerkstraat", at=(20, 10), section=None, asks="sewer_gravity", context=villages)["answer"] == "yes"


def test_a_wish_without_a_street_hears_what_comes_nearby_and_how_far():
    answer = asked("Een bankje", at=(390, 90), section=None)
    assert answer[["answer", "work"]].tolist() == ["to_be_judged", "w-water-3"]
    assert pd.isna(answer["year"])  # nothing comes in a street of its own
    assert answer["distance_m"] == pytest.approx((90**2 + 90**2) ** 0.5, abs=3)
    assert "In de buurt, op" in answer["why_nl"]
    far = asked("Een bankje", at=(390, 400), section=None)
    assert far["why_nl"] == "We weten niet bij welke straat deze wens hoort."


def test_a_rule_of_the_city_reads_words_and_leaves_a_contrary_wish_to_a_person():
    rule = {"riool stinkt": "sewer_gravity"}
    assert asked("Het riool stinkt", rules=rule)[["answer", "read_by"]].tolist() == ["yes", "rule"]
    assert asked("Het riool stinkt niet", rules=rule)["answer"] == "to_be_judged"
    assert asked("Het riool", rules=rule)["answer"] == "to_be_judged"


def test_a_rule_that_reads_what_no_wish_can_ask_is_refused_with_the_nearest():
    with pytest.raises(SettingError, match="sewer_gravity"):
        hamlet.settings(area={"asks": {"riool": "sewer_gravty"}})


def test_wishes_are_counted_per_area_and_word_with_a_rest_row():
    answers = pd.DataFrame({"area": ["West", "West", None], "answer": ["yes", "no", "later"]})
    made = count_answers(answers, pd.DataFrame({"area": ["East", "West"]}))
    assert made[list(ANSWER_WORDS)].to_numpy().tolist() == [[0] * 6, [1, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0]]
    assert made["wishes"].tolist() == [0, 2, 1]
    assert made["area"].isna().tolist() == [False, False, True]


def test_no_wish_no_answer():
    context = hamlet.context()
    none = replace(context, wishes=context.wishes.iloc[:0])
    plan = hamlet_plan.programme().plan
    assert answer_wishes(none, hamlet.vision(), plan, settings=hamlet.settings(), years=Horizon(2027, 2036)).empty
