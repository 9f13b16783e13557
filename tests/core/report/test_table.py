"""The one table builder: every column has its label, and paper and sheet call and write it alike."""

import re

import hamlet_plan
from koppelkans.ground import columns
from koppelkans.ground.tables import GEOMETRY, TEXT, YES_NO, Column
from koppelkans.ground.words import euros
from koppelkans.report.paper import PAPER, paper
from koppelkans.report.table import (
    every_table,
    heading,
    lists,
    meaning,
    sheet_name,
    tables,
    unlabelled,
)

PLAN = hamlet_plan.plan()


def test_every_column_has_a_heading_and_says_who_may_see_it():
    assert not unlabelled()


def test_every_table_and_column_is_told_in_dutch():
    assert not [table for table, schema in tables().items() if not (schema.nl and schema.en and schema.nl_meaning)]


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


def test_a_column_says_its_unit_where_its_name_does():
    ends = {"_eur": "eur", "_m": "m", "_m2": "m2", "_mm": "mm", "_h": "h", "_share": "share", "_score": "score"}
    odd = [
        f"{table}.{name}"
        for table, schema in tables().items()
        for name, column in schema.columns.items()
        for end, unit in ends.items()
        if name.endswith(end) and column.dtype not in (TEXT, YES_NO, GEOMETRY) and column.unit not in (unit, "eur/eur")
    ]
    assert odd == []


def test_every_key_that_a_column_refers_to_and_every_list_of_words_that_it_asks_for_exists():
    every, names = tables(), lists(PLAN, "nl")
    declared = [column for schema in every.values() for column in schema.columns.values()]
    assert {column.refers for column in declared} - {"", "any"} <= set(every)
    assert {column.codes for column in declared if isinstance(column.codes, str)} <= {"", "ours", *names}


def test_codes_that_a_column_may_hold_have_their_words():
    for table, schema in tables().items():
        for name, column in schema.columns.items():
            if column.one_of and not isinstance(column.codes, str):
                assert set(column.one_of) <= set(column.codes), f"{table}.{name}"


def test_a_joined_column_is_called_as_in_its_own_table_and_a_strange_one_by_its_name():
    assert heading("context.sections", "opening_eur", "nl") == "openmaken samen"
    assert heading("context.works", "noise_db", "nl") == "noise db"


def test_meanings_are_said_in_the_language_asked():
    assert meaning("programme.plan", "bundle", "nl") == "bundel waar het bij hoort"
    assert meaning("programme.plan", "bundle", "en") == "bundle that it belongs to"
    assert tables()["areas.summary"].told("nl") == "Eén rij per gebied."
    assert tables()["areas.summary"].told("en") == "One row per area."


def test_another_meaning_keeps_the_heading():
    year = columns.YEAR.but("year of laying", "jaar van aanleg", known=False)
    assert (year.heading("nl"), year.heading("en"), year.told("nl"), year.known) == (
        "jaar", "year", "jaar van aanleg", False,
    )  # fmt: skip
    assert Column(TEXT, "note", nl="toelichting").told("nl") == "toelichting"


def test_paper_and_sheet_call_and_write_a_column_alike():
    rows = PLAN.programme.plan.merge(PLAN.context.works[["work", "name", "owner"]], on="work")
    asked = (("context.works.name", 2.0), "programme.plan.year", ("programme.plan.cost_eur", 1.0))
    made = paper(rows[["name", "year", "cost_eur"]], asked, "Werken", "nl")
    assert [(column.heading, column.align, column.share) for column in made.columns] == [
        ("Werk", "left", 2.0), ("Jaar", "left", 0.0), ("Kosten", "right", 1.0),
    ]  # fmt: skip
    sheet = {column.heading: column for column in every_table(PLAN, "nl")["programme.plan"].columns}
    assert sheet["kosten"].kind == "euros"
    assert [row[2] for row in made.rows] == [euros(cost, "nl") for cost in sheet["kosten"].values]
    assert paper([], ["programme.split.saving_eur"], "", "en").columns[0].heading == "Saving"


def test_cells_are_written_by_their_column_and_words_stay():
    asked = ["paper.budget_is", "programme.verdict.kept", "paper.saved", "programme.firmness.share_kept", "paper.works"]
    rows = [["given", True, 1200.4, 0.25, 3], ["anders", False, None, float("nan"), "p.m."]]
    assert paper(rows, asked, "", "nl").rows == [
        ["opgegeven", "ja", "€ 1.200", "25 %", "3"],
        ["anders", "nee", "–", "–", "p.m."],
    ]


def test_columns_on_paper_have_both_languages():
    assert not [name for name, column in PAPER.items() if not (column.heading("nl") and column.heading("en"))]
