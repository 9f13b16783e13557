"""The web is drawn with a set of themes that a city can change, and every level says what it asks."""

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import VisionPart, make_settings
from koppelkans.vision.themes import links, themes_of


def part(**vision: object) -> VisionPart:
    """Return the settings of the vision, laid over the defaults."""
    return make_settings({"city": {"name": "x"}, "vision": vision}).vision


def gww(**own: object) -> VisionPart:
    """Return the settings with the set of the Aanpak Duurzaam GWW in force, and changes to it."""
    return part(theme_set="gww", theme_sets=[{"set": "gww"} | own])


def test_the_form_of_the_aanpak_duurzaam_gww_has_twelve_slots_of_three_levels():
    themes, asks = themes_of(gww())
    assert len(themes) == 12
    assert asks.groupby("theme")["level"].agg(list).tolist() == [[1, 2, 3]] * 12
    assert (asks["ask_nl"].str.len() > 20).all()


def test_names_without_a_source_are_marked():
    themes, _ = themes_of(gww())
    assert set(themes.loc[~themes["verified"], "name_nl"]) == {"Bodem", "Investeringen", "Vestigingsklimaat"}


def test_the_usual_set_has_one_theme_per_ambition_in_their_order():
    settings = part()
    themes, asks = themes_of(settings)
    assert themes["theme"].tolist() == [one.ambition for one in settings.ambitions]
    assert themes["name_nl"].tolist() == [one.nl for one in settings.ambitions]
    assert links(themes).to_numpy().tolist() == [[one.ambition] * 2 for one in settings.ambitions]
    assert len(asks) == 3 * len(themes)


def test_a_city_renames_leaves_out_and_adds_a_theme_as_groningen_did():
    themes, asks = themes_of(
        gww(
            themes=[
                {"theme": "space_use", "used": False},
                {"theme": "wellbeing", "nl": "Gezonde leefomgeving"},
                {"theme": "meeting", "nl": "Ontmoeten", "ambitions": ["participation"], "asks": {"2": {"nl": "Geteld.", "en": "Counted."}}},
            ]
        )
    )  # fmt: skip
    names = themes["name_nl"].tolist()
    assert "Ruimtegebruik" not in names
    assert {"Gezonde leefomgeving", "Ontmoeten"} <= set(names)
    assert len(names) == 12
    # what the theme itself does not say is what the whole set asks
    own = asks[asks["theme"] == "meeting"].set_index("level")["ask_nl"]
    assert own[2] == "Geteld."
    assert own[1] == asks.loc[asks["theme"] == "meeting", "ask_nl"].iloc[0] != own[2]


def test_one_theme_may_count_more_ambitions():
    assert links(themes_of(gww())[0]).query("theme == 'wellbeing'")["ambition"].tolist() == ["health", "heat_stress"]


@pytest.mark.parametrize(
    ("vision", "place", "nearest"),
    [
        ({"theme_set": "gwv"}, "vision.theme_set", "`gww`"),
        (
            {"theme_set": "gww", "theme_sets": [{"set": "gww", "themes": [{"theme": "water", "ambitions": ["watr"]}]}]},
            "vision.theme_sets.gww.themes.water",
            "`water`",
        ),
        ({"theme_sets": [{"set": "ambitions", "themes": [{"theme": "heatstress"}]}]}, "vision.theme_sets.ambitions.themes.heatstress", "`heat_stress`"),
    ],
)  # fmt: skip
def test_a_name_that_does_not_exist_is_told_with_its_place_and_the_nearest(
    vision: dict[str, object], place: str, nearest: str
):
    with pytest.raises(SettingError) as told:
        themes_of(part(**vision))
    (fault,) = told.value.faults
    assert fault.column == place
    assert nearest in fault.wanted


@pytest.mark.parametrize("count", [2, 21])
def test_a_set_with_too_few_or_too_many_themes_is_refused(count: int):
    own = [{"theme": f"t{at}"} for at in range(count)]
    with pytest.raises(SettingError, match=f"found {count} themes; wanted 3 to 20 themes"):
        themes_of(part(theme_set="mine", theme_sets=[{"set": "mine", "themes": own}]))


def test_a_theme_twice_is_refused():
    own = [{"theme": name} for name in ("a", "b", "c", "a")]
    with pytest.raises(SettingError, match="this theme twice"):
        themes_of(part(theme_set="mine", theme_sets=[{"set": "mine", "themes": own}]))
