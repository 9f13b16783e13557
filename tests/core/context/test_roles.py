from koppelkans.context.product import ASSETS, SECTIONS, WORKS
from koppelkans.context.roles import ROLES, is_year
from koppelkans.ground.settings import ROLES as NAMES


def test_every_role_of_the_settings_has_its_table():
    assert tuple(ROLES) == NAMES


def test_every_column_has_a_meaning_and_every_identity_is_a_column():
    for table in ROLES.values():
        assert all(column.meaning for column in table.columns.values())
        assert not table.identity or table.identity in table.columns


def test_what_arrives_fits_what_the_room_makes_of_it():
    assert {"asset", "owner", "kind", "built_year", "condition", "material", "diameter_mm"} <= set(ROLES["assets"].columns) & set(ASSETS.columns)  # fmt: skip
    assert {"work", "owner", "kind", "earliest_year", "cost_eur", "certainty"} <= set(ROLES["plans"].columns) & set(WORKS.columns)  # fmt: skip
    assert ROLES["sections"].columns["road_class"].one_of == SECTIONS.columns["road_class"].one_of


def test_needed_is_what_nobody_can_make_up():
    assert ROLES["assets"].needed == ("owner", "kind")
    assert ROLES["works"].needed == ROLES["plans"].needed == ("owner", "kind")
    assert ROLES["wishes"].needed == ("text",)
    assert ROLES["topography"].needed == ("class",)
    assert ROLES["areas"].needed == ()


def test_a_year_is_known_by_its_name():
    assert is_year("built_year")
    assert is_year("year")
    assert not is_year("years")
