"""Every table and column of every product has a heading in both languages, and its meaning in Dutch."""

import re

from koppelkans.report.labels import heading, meaning, sheet_name, table_meaning, tables, unlabelled


def test_every_table_column_and_meaning_has_its_dutch():
    assert unlabelled() == {"tables": [], "headings": [], "meanings": []}


def test_no_two_columns_of_a_table_look_the_same():
    for lang in ("nl", "en"):
        for table, schema in tables().items():
            other = "_en" if lang == "nl" else "_nl"
            names = [heading(table, column, lang) for column in schema.columns if not column.endswith(other)]
            doubles = {name for name in names if names.count(name) > 1}
            assert not doubles - {"unit"}, (table, lang)


def test_every_table_can_be_the_name_of_a_sheet():
    for lang in ("nl", "en"):
        names = [sheet_name(table, lang) for table in tables()]
        assert len({name.lower() for name in names}) == len(names)
        assert all(re.fullmatch(r"[^\[\]:*?/\\]{1,31}", name) for name in names)


def test_a_heading_of_one_table_goes_before_the_usual_one():
    assert heading("programme.bundles", "name", "nl") == "straten"
    assert heading("context.parties", "name", "nl") == "naam"
    assert heading("programme.bundles", "name", "en") == "streets"


def test_a_column_without_a_label_keeps_its_own_name_in_words():
    assert heading("context.works", "noise_db", "nl") == "noise db"


def test_meanings_are_said_in_the_language_asked():
    assert meaning("programme.plan", "bundle", "nl") == "bundel waar het bij hoort"
    assert meaning("programme.plan", "bundle", "en") == "bundle that it belongs to"
    assert table_meaning("areas.summary", "nl") == "Eén rij per gebied."
    assert table_meaning("areas.summary", "en") == "One row per area."
