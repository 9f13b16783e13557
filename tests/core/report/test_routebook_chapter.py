"""A routeboek that chooses: principles, courses with their cost and what they ask, meetings, and what is decided."""

from dataclasses import replace

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.ground.tables import shape
from koppelkans.report.chapters.routebook import routebook
from koppelkans.report.document import Block, Sentence, Table
from koppelkans.report.plan import Plan
from koppelkans.systems.product import COURSES, MEETINGS

BARE = hamlet_plan.plan()
GIVEN = [pd.DataFrame({"system": "water", "course": ["programme", "on_time", "nothing"], "backlog_eur": [90_000, 0, 170_000], "extra_eur": [0, 90_000, 0], "poor_share": [0.2, 0.0, 0.5], "unpriced": 0})]  # fmt: skip
MET = pd.DataFrame(
    {"section": ["S1", "S2"], "street": ["Dorpsstraat"] * 2, "work": "w-sewer", "other_work": "w-paving", "system": "water", "other_system": "infrastructure", "order": ["together", "wrong_order"]}
)  # fmt: skip


def plan(**parts: object) -> Plan:
    tables = {"courses": shape(GIVEN[0], COURSES), "meetings": shape(MET, MEETINGS)}
    return replace(BARE, settings=hamlet.settings(**parts), systems=replace(BARE.systems, **tables))


def table(blocks: list[Block], word: str) -> list[list[str]]:
    return next(
        [list(row) for row in block.rows] for block in blocks if isinstance(block, Table) and word in block.caption
    )


def said(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Sentence))


def test_each_course_tells_cost_backlog_condition_and_what_it_asks():
    rows = table(routebook(plan(), "nl"), "Waterbeheer: de koersen")
    done = BARE.systems.years.loc[BARE.systems.years["system"] == "water", "cost_eur"].sum()
    assert done == 80_000
    assert [row[:4] for row in rows] == [
        ["zoals het programma", "€ 80.000", "€ 90.000", "20 %"],
        ["alles op tijd", "€ 170.000", "€ 0", "0 %"],
        ["niets vervangen", "€ 0", "€ 170.000", "50 %"],
    ]
    assert rows[1][4].startswith("€ 90.000 meer dan het programma, gemiddeld € 9.000 per jaar")


def test_a_cost_that_nobody_shares_is_unknown_and_not_nothing():
    water = BARE.context.works.loc[BARE.context.works["system"] == "water", "work"]
    planned = BARE.programme.plan
    hidden = planned.assign(cost_eur=planned["cost_eur"].mask(planned["work"].isin(water)))
    blocks = routebook(replace(plan(), programme=replace(BARE.programme, plan=hidden)), "nl")
    costs = [row[1] for row in table(blocks, "Waterbeheer: de koersen")]
    assert costs == ["–", "–", "€ 0"]
    done = [row for row in table(blocks, "Waterbeheer: wat er is") if row[3] not in ("–", "0 m")]
    assert done
    assert {row[4] for row in done} == {"–"}


def test_the_systems_that_meet_are_told_with_who_goes_first_and_where_it_goes_wrong():
    rows = table(routebook(plan(), "nl"), "Waterbeheer: welke systemen")
    assert rows == [["Infrastructuur", "waterbeheer", "2", "1", "0", "1", "0", "Dorpsstraat"]]


def test_principles_and_decisions_stand_there_and_what_is_open_is_said():
    assert "Riool wordt vervangen op toestand en risico" in said(routebook(plan(), "nl"))
    assert "Nog niet besloten" in said(routebook(plan(), "nl"))
    course = {
        "system": "water",
        "course": "on_time",
        "decided_by": "gemeenteraad",
        "decided_on": "2026-05-12",
        "reason": "Geen achterstand.",
    }
    fixed = {"work": "w-sewer", "year": 2030, "reason": "afspraak", "set_by": "college"}
    decided = plan(systems={"decided": [course]}, programme={"decisions": [fixed]})
    assert "Besloten: alles op tijd (gemeenteraad, 2026-05-12). Geen achterstand." in said(routebook(decided, "nl"))
    assert table(routebook(decided, "nl"), "Besluiten over werken")[0][1:] == ["2030", "afspraak", "college"]
