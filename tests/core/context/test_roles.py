from pathlib import Path

import pytest

from koppelkans.context.product import ASSETS, SECTIONS, WORKS
from koppelkans.context.readers import READERS
from koppelkans.context.reading.roles import ROLES, is_year
from koppelkans.ground.settings import ROLES as NAMES

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_stands_in_the_page_on_sources_with_its_columns_and_no_others(role: str):
    section = PAGE.partition(f"### `{role}`\n")[2].partition("\n### ")[0]
    told = {line.split("`")[1]: line for line in section.splitlines() if line.startswith("| `")}
    assert list(told) == [*ROLES[role].columns, *(["period"] if ROLES[role].window else [])]
    for name, column in ROLES[role].columns.items():
        assert column.meaning in told[name]
        assert ("| yes |" in told[name]) == (name in ROLES[role].needed)


def test_every_reader_stands_in_the_page_on_sources():
    assert all(f"| `{reader.name}` |" in PAGE for reader in READERS)


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
