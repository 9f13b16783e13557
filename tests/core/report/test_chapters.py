"""Each chapter answers its question with the figures of the hamlet, and says so where there is nothing to tell."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.account import reckon
from koppelkans.ground.words import euros
from koppelkans.report.chapters.ambitions import area_web, city_web, finds
from koppelkans.report.chapters.case import city_case
from koppelkans.report.chapters.left_out import left_out as works_left_out
from koppelkans.report.chapters.money import money, people, short_of_money
from koppelkans.report.chapters.page_one import answer, calls, cover, trace_hash
from koppelkans.report.chapters.quarter import (
    area_cover,
    area_holders,
    area_notice,
    area_wishes,
    area_years,
    letters,
    years_of,
)
from koppelkans.report.chapters.ranking import firm, overruled, voices, weighed
from koppelkans.report.chapters.reasons import proof, undone
from koppelkans.report.chapters.routebook import _amount, routebook
from koppelkans.report.chapters.sources import account, figures
from koppelkans.report.chapters.years import bundles, streets, where, yearly
from koppelkans.report.document import (
    Block,
    Document,
    Heading,
    Picture,
    Sentence,
    Table,
    Tiles,
    left_out,
    plain,
)
from koppelkans.report.forms.city_pdf import CHAPTERS
from koppelkans.report.paper import first_rows
from koppelkans.report.plan import Plan

PLAN = hamlet_plan.plan()


def rows(blocks: list[Block], at: int = 0) -> list[list[str]]:
    """Return the rows of a table of a chapter."""
    return [list(row) for row in [block for block in blocks if isinstance(block, Table)][at].rows]


def said(blocks: list[Block]) -> str:
    """Return the sentences of a chapter."""
    return " ".join(block.text for block in blocks if isinstance(block, Sentence))


def tiles(blocks: list[Block]) -> dict[str, tuple[str, str]]:
    """Return the tiles of a chapter by what they are."""
    (found,) = [block for block in blocks if isinstance(block, Tiles)]
    return {tile.what: (tile.figure, tile.note) for tile in found.tiles}


def with_programme(**tables: pd.DataFrame) -> Plan:
    """Return the plan with other tables of the programme."""
    return replace(PLAN, programme=replace(PLAN.programme, **tables))


def test_the_answer_of_the_hamlet_adds_up():
    found = answer(hamlet_plan.plan())
    assert (found.works, found.planned, found.undone, found.outside) == (6, 5, 1, 0)
    assert (found.openings, found.apart) == (3, 6)
    assert found.bundles == 1
    assert (found.gap, found.faults, found.calls) == (0.00164, 0, 2)


def test_a_work_that_is_left_is_undone_whether_or_not_it_was_weighed():
    plan = hamlet_plan.plan()
    years = plan.programme.plan["year"].mask(plan.programme.plan["work"] == "w-gas")
    done = replace(plan.programme, plan=plan.programme.plan.assign(year=years))
    counted = reckon(plan.context, plan.appraisal, done, settings=plan.settings)
    left = replace(plan, programme=done, account=counted)
    assert (answer(left).planned, answer(left).undone, answer(left).outside) == (4, 2, 0)


def test_another_seed_gives_another_hash():
    plan = hamlet_plan.plan()
    other = replace(plan, programme=replace(plan.programme, trace=plan.programme.trace.noting(seed=2)))
    assert len(trace_hash(plan)) == 64
    assert trace_hash(plan) != trace_hash(other)


def test_the_cover_gives_the_answer_in_one_look():
    found = tiles(cover(PLAN, "nl"))
    assert found["werken hebben een jaar"] == ("5 van 6", "investering, met de straten: € 257.000")
    assert found["betalen de potjes"] == ("€ 187.000", "€ 70.000 is ongedekt")
    assert found["besparen eigenaren door samen open te gaan"] == (
        "€ 40.000", "stukken straat gaan 3 keer open, in plaats van 6 keer",
    )  # fmt: skip
    assert found["hoogstens zo ver van het beste programma (bewezen)"] == (
        "0,16 %",
        "€ 100 aan gewogen kosten; een onafhankelijke controle vond geen fouten",
    )
    assert found["werk blijft liggen"] == ("1", "")
    assert "Van 3 van de 4 fondsen is geen budget opgegeven" in said(cover(PLAN, "nl"))


def test_the_cover_says_what_is_short_with_the_figures_of_the_account():
    told = said(cover(PLAN, "nl"))
    assert "Nog niet: voor € 70.000 van de investering van € 257.000 is er geen potje." in told
    owners = PLAN.account.owners
    assert owners["uncovered_eur"].sum() == PLAN.account.whole("uncovered_eur")
    assert all(euros(amount, "nl") in told for amount in owners["uncovered_eur"].nlargest(3) if amount)


def test_the_cover_says_yes_only_where_the_purses_pay_all():
    figures = PLAN.account.figures
    paid = figures.assign(amount=figures["amount"].mask(figures["figure"] == "uncovered_eur", 0.0))
    hidden = figures.assign(amount=figures["amount"].mask(figures["figure"] == "uncovered_eur"))
    answers = [
        said(cover(replace(PLAN, account=replace(PLAN.account, figures=table)), "nl")) for table in (paid, hidden)
    ]
    assert "Ja: potjes betalen de hele investering van € 257.000." in answers[0]
    assert "Dat is hier niet te zeggen" in answers[1]


def test_the_first_calls_on_the_cover_are_the_first_of_the_phone_list():
    first, every = rows(cover(PLAN, "nl")), rows(calls(PLAN, "nl"))
    assert [row[:2] for row in first] == [row[:2] for row in every[:3]]
    assert [row[-1] for row in first] == [row[-1] for row in every[:3]]


def test_the_cover_does_not_boast_of_a_proof_that_was_not_given():
    unproven = replace(PLAN, programme=replace(PLAN.programme, trace=PLAN.programme.trace.noting(gap=None)))
    assert "niet bewezen hoe goed het is" in tiles(cover(unproven, "nl"))
    assert "geen grens bewezen" in said(proof(unproven, "nl"))


def test_the_phone_list_starts_with_what_can_be_saved_most():
    (first, second) = rows(calls(PLAN, "nl"))
    assert first[:4] == [
        "Netbeheerder",
        "Gemeente Gehucht (programmeur openbare ruimte)",
        "Dorpsstraat",
        "1",
    ]
    assert first[4:] == ["2029–2031", "€ 20.000"]
    assert second[5] == "–"


def test_a_pair_that_phones_both_ways_stands_once_with_the_municipality_first():
    back = PLAN.alignment.calls.assign(
        party=PLAN.alignment.calls["other_party"], other_party=PLAN.alignment.calls["party"], contact="bureau"
    )
    both = pd.concat([PLAN.alignment.calls, back], ignore_index=True)
    once = rows(calls(replace(PLAN, alignment=replace(PLAN.alignment, calls=both)), "nl"))
    assert [row[:2] for row in once] == [
        ["Gemeente Gehucht", "Netbeheerder (bureau)"],
        ["Gemeente Gehucht", "Waterbedrijf (planner leidingen)"],
    ]


def test_the_years_add_up_to_the_whole():
    blocks = yearly(PLAN, "nl")
    table = rows(blocks)
    assert table[1] == ["2028", "1", "0", "1", "€ 49.000", "€ 0"]
    assert table[3] == ["2030", "4", "1", "2", "€ 208.000", "€ 40.000"]
    assert table[-1] == ["Samen", "5", "1", "3", "€ 257.000", "€ 40.000"]
    largest = rows(blocks, 1)
    assert [row[:2] for row in largest] == [
        ["2028", "Water Kerkweg"],
        ["2030", "Riool Dorpsstraat"],
        ["", "Klinkers Dorpsstraat"],
    ]
    assert any("Het drukst: West in 2030" in block.alt for block in blocks if isinstance(block, Picture))


def test_each_fund_says_whether_its_budget_was_given_and_what_its_rule_is():
    table = {row[0]: row for row in rows(money(PLAN, "nl")[:4])}
    assert table["Rioolheffing"][1:5] == ["€ 200.000", "€ 80.000", "€ 120.000", "opgegeven"]
    assert table["Voorziening wegen en verlichting"][4] == "aanname"
    assert "rioler" in table["Rioolheffing"][5]
    assert table["Eigen geld van Netbeheerder"][2] == "€ 17.000"


def test_a_fund_that_carries_nothing_over_has_nothing_left_to_tell():
    table = PLAN.programme.money.assign(carries_over=False)
    assert {row[3] for row in rows(money(with_programme(money=table), "nl")[:4])} == {"–"}


def test_the_fund_in_which_one_more_euro_brings_most_comes_first():
    blocks = money(PLAN, "nl")[4:]
    assert rows(blocks) == [
        ["Rioolheffing", "2027–2028", "2027", "€ 0,42"],
        ["Voorziening wegen en verlichting", "2030", "2030", "€ 0,05"],
    ]
    enough = PLAN.programme.money.assign(worth_per_eur=0.0)
    said = [block.text for block in money(with_programme(money=enough), "nl") if isinstance(block, Sentence)]
    assert said[-1].startswith(
        "In geen enkel fonds en jaar verandert één euro meer iets. Toch kan een werk niet passen"
    )
    unspent = PLAN.programme.money.assign(left_eur=PLAN.programme.money["budget_eur"] * 9)
    assert short_of_money(unspent).empty
    assert "Bijna op zijn" not in " ".join(
        block.text for block in cover(with_programme(money=unspent), "nl") if isinstance(block, Sentence)
    )
    assert "Bijna op zijn: Rioolheffing (2027–2028)" in " ".join(
        block.text for block in cover(PLAN, "nl") if isinstance(block, Sentence)
    )
    unknown = PLAN.programme.money.assign(worth_per_eur=float("nan"))
    assert len(money(with_programme(money=unknown), "nl")) == 4


def test_a_crew_tells_its_busiest_year():
    assert rows(people(PLAN, "nl")) == [
        ["Civiele techniek", "150", "13", "2030 (88 %)", "opgegeven"],
        ["Leidingen", "–", "5,5", "2030", "aanname"],
    ]


def test_open_streets_stand_against_their_limit_and_graafrust_is_named():
    assert rows(streets(PLAN, "nl")) == [["Oost", "2028", "1", "–", "aanname"], ["West", "2030", "2", "–", "aanname"]]
    assert "Geen enkele straat" in said(streets(PLAN, "nl"))
    broken = with_programme(open=PLAN.programme.open.assign(breach=[True, False, True]))
    assert "2 keer gaat een straat open binnen" in said(streets(broken, "nl"))


def test_a_bundle_tells_apart_together_and_saved():
    assert rows(bundles(PLAN, "nl")) == [["Dorpsstraat", "2030", "4", "3", "€ 80.000", "€ 40.000", "€ 40.000"]]


def test_the_routebook_tells_what_is_renewed_and_what_stays_overdue():
    blocks = routebook(PLAN, "nl")
    assert [block.text for block in blocks if isinstance(block, Heading)][1:] == ["Waterbeheer", "Kabels en leidingen"]
    assert rows(blocks) == [["riool (vrijverval)", "200 m", "–", "200 m", "€ 80.000", "200 m", "0 m"]]
    assert rows(blocks, 1)[1][:3] == ["drinkwaterleiding", "200 m", "68"]
    assert "In 2036 is met dit programma 0 % slecht. Zonder vervanging is dat 50 %." in said(blocks)


def test_what_is_left_undone_is_told_with_its_reason():
    blocks = undone(PLAN, "nl")
    assert rows(blocks) == [["Klinkers Kerkweg", "Gemeente Gehucht", "2030", "–", "De kosten zijn onbekend."]]
    years = PLAN.programme.plan["year"].mask(PLAN.programme.plan["work"] == "w-gas")
    weighed_out = with_programme(plan=PLAN.programme.plan.assign(year=years))
    assert rows(undone(weighed_out, "nl"))[0][:4] == ["Gas Dorpsstraat", "Netbeheerder", "2029–2031", "€ 17.000"]
    done = with_programme(plan=PLAN.programme.plan[PLAN.programme.plan["year"].notna()])
    assert "Niets: elk werk heeft een jaar." in said(undone(done, "nl"))


def test_chances_and_bottlenecks_stand_apart():
    blocks = finds(PLAN, "nl")
    assert rows(blocks)[0][1:3] == ["2029–2031", "€ 40.000"]
    assert rows(blocks, 1)[0][1:3] == ["2028–2030", "–"]


def test_the_weighing_tells_who_set_the_weights_and_what_lifts_the_top():
    blocks = weighed(PLAN, "nl")
    assert "niet door de gemeente vastgesteld" in said(blocks)
    assert rows(blocks)[0] == ["Ambities", "ambities geholpen", "punten", "meer is beter", "50,0 %", "6"]
    top, _ = [block for block in blocks if isinstance(block, Picture)]
    assert "Bovenaan: Riool Dorpsstraat" in top.alt
    assert "De antwoorden van Buurtpanel over de zes gronden spreken elkaar tegen (consistentieratio 0,25" in said(
        blocks
    )
    named = replace(PLAN, settings=hamlet.settings(weighing={"set_by": "raad", "set_on": "2026-06-01"}))
    assert "raad, 2026-06-01" in said(weighed(named, "nl"))


def test_the_weighing_tells_how_firm_the_ranking_stands():
    blocks = firm(PLAN, "nl")
    assert "1.000 andere sets gewichten" in said(blocks)
    assert "1 werk staat" in said(blocks)
    (picture,) = [block for block in blocks if isinstance(block, Picture)]
    assert "Het breedst: Klinkers Dorpsstraat, van 2 tot 4." in picture.alt
    assert rows(blocks) == [["Klinkers Dorpsstraat", "Water Kerkweg", "achterstand", "50,00 %", "62,00 %"]]
    assert "95 %" in picture.svg


def test_a_criterion_in_a_node_is_told_with_its_node():
    tree = pd.DataFrame(
        {
            "node": ["ambitions", "climate", "need_met"],
            "parent": [None, "ambitions", "climate"],
            "part": ["ground", "node", "criterion"],
            "name_nl": ["ambitions", "Klimaat", "ambities geholpen"],
            "name_en": ["ambitions", "Climate", "ambitions served"],
        }
    )
    grown = replace(PLAN, weighing=replace(PLAN.weighing, tree=tree))
    assert rows(weighed(grown, "nl"))[0][1] == "Klimaat: ambities geholpen"


def test_groups_are_set_beside_the_city_and_where_they_differ_is_named():
    blocks = voices(PLAN, "nl")
    assert "De 2 groepen zijn het redelijk eens: 0,55 op een schaal van 0" in said(blocks)
    assert rows(blocks)[1] == ["Buurtpanel", "bewoners", "–", "4", "0,40", "ambities geholpen"]
    assert rows(blocks, 1)[0] == ["Klinkers Dorpsstraat", "1. Buurtpanel", "3. Afdeling wegen", "achterstand"]
    assert len(rows(blocks, 1)) == 3
    alone = replace(PLAN, weighing=replace(PLAN.weighing, groups=PLAN.weighing.groups.iloc[:0]))
    assert voices(alone, "nl") == []


def test_the_board_and_the_knock_outs_stand_with_their_reason():
    blocks = overruled(PLAN, "nl")
    assert rows(blocks) == [
        ["Riool Dorpsstraat", "gevaar", "moet worden gedaan", "Gevaar voor instorting. (uiterlijk in 2031)"]
    ]
    assert rows(blocks, 1) == [
        ["Water Kerkweg", "4", "3", "andere plaats", "Beloofd aan de Kerkweg.", "college, 2026-05-12"]
    ]
    nobody = replace(PLAN, weighing=replace(PLAN.weighing, overrules=PLAN.weighing.overrules.iloc[:0]))
    assert "Nergens" in said(overruled(nobody, "nl"))


def test_the_account_counts_how_things_are_known_and_names_the_source_of_figures():
    blocks = account(PLAN, "nl")
    known = {row[0]: row[1:] for row in rows(blocks)}
    assert known["Kosten van werken"] == ["2", "1", "2", "1"]
    assert known["Budgetten van fondsen"] == ["1", "0", "3", "0"]
    names = dict(figures(PLAN, "nl"))
    assert names["levensduur: riool (vrijverval)"].value == 60
    assert "levensduur: brug" not in names
    assert all(row[5] for row in rows(blocks, 1))


def test_the_proof_tells_value_bound_gap_and_verdict():
    blocks = proof(PLAN, "nl")
    assert "€ 61.000" in said(blocks)
    assert "€ 60.900 komen: € 100 lager" in said(blocks)
    assert "0,16 %" in said(blocks)
    assert [row[1:3] for row in rows(blocks)] == [["ja", "0"], ["ja", "0"]]
    assert ["Nieuwste bron gewijzigd op", "2026-05-01"] in rows(blocks, 1)


def test_the_map_is_told_in_words():
    (picture,) = [block for block in where(PLAN, "nl") if isinstance(block, Picture)]
    assert "3 van 4 stukken straat" in picture.alt
    assert "in 2 daarvan" in picture.alt


def test_an_area_tells_what_comes_when_and_what_residents_notice():
    found = tiles(area_cover(PLAN, "West", "nl"))
    assert found["werken komen hier in 2027–2036"] == ("4", "investering, met de straten: € 208.000")
    assert found["is het jaar met de meeste werken"][0] == "2030"
    assert rows(area_notice(PLAN, "West", "nl")) == [["2030", "Dorpsstraat", "2", "10"]]
    assert "2029, 2031" in said(area_notice(PLAN, "West", "nl"))
    bundle, works = rows(area_years(PLAN, "West", "nl")), rows(area_years(PLAN, "West", "nl"), 1)
    assert bundle == [["A", "2030", "Dorpsstraat", "Gemeente Gehucht, Netbeheerder, Waterbedrijf", "4", "€ 40.000"]]
    assert {row[4] for row in works} == {"kan schuiven"}
    assert years_of(PLAN).last == 2036


def test_letters_go_on_after_z():
    works = pd.DataFrame({"bundle": [f"b{at:03d}" for at in range(30)]})
    marks = list(letters(works).values())
    assert marks[:2] == ["A", "B"]
    assert marks[25:28] == ["Z", "AA", "AB"]
    assert len(set(marks)) == 30


def test_the_web_tells_who_decided_what_in_which_phase_and_why():
    blocks = city_web(PLAN, "nl")
    assert rows(blocks) == [
        ["initiatief", "2026-02-01", "college", "biodiversiteit 1, hitte 1", "–"],
        ["programma", "2026-05-01", "raad", "biodiversiteit 1 → 2", "motie Groen"],
    ]
    west, project = rows(blocks, 1)
    assert west == ["West", "hitte", "1", "2", "college, 2026-06-01", "warmste straat van de stad"]
    assert project[:4] == ["Dorpsstraat", "biodiversiteit", "2", "1"]
    asks = rows(blocks, 2)
    assert [row[:2] for row in asks] == [["biodiversiteit", "2"], ["hitte", "1"]]
    assert asks[0][2].startswith("Er is een doel voor meer inheems groen")
    assert any(isinstance(block, Heading) and block.text == "Project Dorpsstraat" for block in blocks)


def test_a_theme_of_which_a_part_is_unknown_says_so():
    web = PLAN.areas.web.assign(counted=2, unknown=1)
    told = said(area_web(hamlet_plan.with_areas(PLAN, web=web), "West", "nl"))
    assert "biodiversiteit (1 van 2), hitte (1 van 2)" in told


def test_an_area_tells_its_ambitions_wishes_and_money():
    assert "hitte: 0,6 van 2 (overal 1)" in next(
        block.alt for block in area_web(PLAN, "West", "nl") if isinstance(block, Picture)
    )
    assert rows(area_wishes(PLAN, "West", "nl"))[0][:3] == ["Meer bomen", "nog te beoordelen", "2030"]
    holders = {row[0]: row[1:] for row in rows(area_holders(PLAN, "West", "nl"))}
    assert holders["Gemeente Gehucht"] == ["€ 132.000", "€ 20.000", "€ 0", "0"]
    assert holders["bewoners"][2] == "€ 8.000"
    assert "Hier niet getoond" not in said(area_holders(PLAN, "West", "nl"))


def test_parties_that_keep_their_costs_to_themselves_are_named_below_who_pays():
    open_ = PLAN.areas.holders[PLAN.areas.holders["holder"] != "water"]
    told = said(area_holders(hamlet_plan.with_areas(PLAN, holders=open_), "West", "nl"))
    assert told == "Hier niet getoond: Waterbedrijf. Deze partijen delen niet wat hun werken kosten."


def test_one_piece_is_one_piece():
    assert _amount(1.0, "stuks", "nl") == "1 stuk"
    assert _amount(2.0, "stuks", "nl") == "2 stuks"
    assert _amount(1.0, "m", "nl") == "1 m"
    assert _amount(float("nan"), "stuks", "nl") == "–"


def test_page_one_says_of_openings_that_no_purse_can_pay_whole_what_the_verdict_says():
    verdict = PLAN.programme.verdict
    short = pd.concat([verdict[verdict["demand"] != "paid_opening"], pd.DataFrame([{"demand": "paid_opening", "kept": False, "faults": 41, "first": "Dorpsstraat"}])])  # fmt: skip
    assert not PLAN.programme.problem.openings_paid, "the search was not asked to see to that"
    for count, told in ((41, "41 keer openmaken kan geen potje helemaal betalen"), (1, "één keer openmaken kan")):
        table = short.assign(faults=short["faults"].mask(short["demand"] == "paid_opening", count))
        plan = replace(PLAN, programme=replace(PLAN.programme, verdict=table))
        notes = [tile.note for block in cover(plan, "nl") if isinstance(block, Tiles) for tile in block.tiles]
        assert any("vond geen fouten" in note and told in note for note in notes)


SPEAKING = [chapter for chapter in CHAPTERS if chapter not in (works_left_out, city_case)]
"""Chapters that stand in every document; works left out and the case of the city only where there are any (see their own tests)."""


@pytest.mark.parametrize("chapter", SPEAKING, ids=lambda chapter: chapter.__name__)
def test_a_chapter_of_nothing_says_so_and_does_not_fail(chapter):  # noqa: ANN001
    blocks = chapter(hamlet_plan.nothing(), "nl")
    assert said(blocks) or any(isinstance(block, Table | Tiles) for block in blocks)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__)
def test_every_picture_of_a_chapter_is_told_in_words(chapter):  # noqa: ANN001
    pictures = [block for block in chapter(PLAN, "en") if isinstance(block, Picture)]
    assert all(len(block.alt) > 20 and block.caption for block in pictures)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__)
def test_every_row_of_a_table_has_a_cell_for_every_column(chapter):  # noqa: ANN001
    for block in chapter(PLAN, "nl"):
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} <= {len(block.columns)}
            assert all(isinstance(cell, str) for row in block.rows for cell in row)


def test_long_tables_are_cut_and_say_where_the_rest_stands():
    table, *rest = first_rows([["a"]] * 5, ["paper.what"], "Dingen", "nl", most=3, sheet="Bundels")
    assert isinstance(table, Table)
    assert len(table.rows) == 3
    assert said(rest) == "En nog 2; zie het blad “Bundels” van het werkboek."
    assert left_out(0, "Bundels", "nl") == []


def test_pictures_of_a_document_become_files():
    values, pictures = plain(Document("t", "s", "f", "nl", (Heading("h"), Picture("<svg/>", "alt", "caption"))))
    assert values["blocks"][1]["svg"] == "picture-0.svg"
    assert pictures == {"picture-0.svg": "<svg/>"}
