"""Changes that were priced beforehand: what the board reads, what is drawn, and what everyone may see of it."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.ground.horizon import Horizon
from koppelkans.report.chapters.what_if import what_if
from koppelkans.report.document import Block, Picture, Sentence, Table
from koppelkans.report.pictures.charts import money_shift, work_moves
from koppelkans.report.pictures.look import ACCENT, QUIET, WARN
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by

PLAN = hamlet_plan.plan()


def told(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Sentence)][1:]


def rows(blocks: list[Block], at: int) -> list[list[str]]:
    return [list(row) for row in [block for block in blocks if isinstance(block, Table)][at].rows]


def sharing(*shares: str) -> Plan:
    parties = [{"party": "gas", "name": "Netbeheerder", "shares": list(shares)}]
    return seen_by(replace(PLAN, settings=hamlet.settings(parties=parties)))


def test_each_change_tells_its_price_and_the_promises_that_move():
    blocks = what_if(PLAN, "nl")
    assert rows(blocks, 0) == [
        ["Riool Dorpsstraat een jaar later: 2031 in plaats van 2030", "€ 40.000", "€ 40.000", "€ 2.500", "2", "0"],
        ["Rioolheffing: € 8.000 minder in 2030", "kan niet", "kan niet", "kan niet", "–", "–"],
        ["Netbeheerder komt een jaar later", "− € 17.000", "€ 10.000", "€ 1.000", "1", "1"],
    ]
    move, cut, slip = told(blocks)
    assert move == (
        "Dit kost € 40.000 aan geld en € 2.500 aan gewogen nadeel, dat niemand betaalt."
        " Van dat geld draagt de gemeente € 40.000. Het gaat in tegen een besluit: kermis in 2030. Er schuiven 2 werken. Er schuift geen belofte."
    )
    assert cut == "Dit kan niet. Deze eisen botsen: Rioolheffing heeft in 2030 € 72.000; gevraagd wordt € 80.000."
    assert slip == (
        "Dit bespaart € 17.000 aan geld, en kost € 1.000 aan gewogen nadeel, dat niemand betaalt."
        " De gemeente zelf betaalt € 10.000. Er schuift één werk."
        " Werken die hierdoor blijven liggen: 1. Het gewicht van laten liggen is geen geld en staat in geen prijs."
        " Beloften die schuiven: Gas Dorpsstraat. Minder kan niet."
    )


def test_what_moves_stands_in_a_table_with_what_was_asked_for_first():
    blocks = what_if(PLAN, "nl")
    assert [row[:4] for row in rows(blocks, 1)] == [
        ["Riool Dorpsstraat", "2030", "2031", "€ 80.000"],
        ["Klinkers Dorpsstraat", "2030", "2031", "€ 52.000"],
    ]
    assert rows(blocks, 2) == [["Gas Dorpsstraat", "2030", "niet gedaan", "€ 17.000", "belofte schuift"]]
    assert [type(block) for block in blocks].count(Picture) == 3


def test_a_change_that_costs_nothing_says_so_and_one_without_price_is_not_zero():
    table = PLAN.programme.what_if
    none = {part: pd.array([0, None, None], dtype="Int64") for part in ("money_eur", "harm_eur")}
    plan = replace(PLAN, programme=replace(PLAN.programme, what_if=table.assign(**none)))
    move, _, slip = told(what_if(plan, "en"))
    assert move.startswith("This costs nothing. ")
    assert slip.startswith("What it costs is not shared.")


def test_without_changes_the_chapter_says_how_to_ask():
    empty = PLAN.programme.what_if.iloc[:0]
    _, told = what_if(replace(PLAN, programme=replace(PLAN.programme, what_if=empty)), "nl")
    assert isinstance(told, Sentence)
    assert "koppelkans move" in told.text


def test_everyone_sees_no_price_in_which_hidden_costs_are_counted():
    shown = sharing("section", "window", "kind", "name").programme
    assert shown.what_if["money_eur"].tolist()[0] == 40_000
    assert shown.what_if["harm_eur"].isna().tolist() == [False, True, True]
    assert shown.what_if_moves["work"].tolist() == ["w-paving", "w-sewer", "w-gas"]
    moves = pd.concat([PLAN.programme.what_if_moves, PLAN.programme.what_if_moves.tail(1).assign(what_if="move")])
    plan = replace(PLAN, programme=replace(PLAN.programme, what_if_moves=moves.reset_index(drop=True)))
    parties = [{"party": "gas", "name": "Netbeheerder", "shares": ["section", "window", "kind", "name"]}]
    counted = seen_by(replace(plan, settings=hamlet.settings(parties=parties))).programme
    assert counted.what_if[["money_eur", "own_eur", "harm_eur"]].isna().all(axis=None)


def test_everyone_sees_no_change_of_a_party_whose_works_are_not_shown():
    shown = sharing("section", "window").programme
    assert shown.what_if["what_if"].tolist() == ["move", "cut"]
    assert shown.what_if_moves["work"].tolist() == ["w-paving", "w-sewer"]


def test_demands_that_clash_are_not_told_to_everyone_where_they_name_hidden_money():
    table = PLAN.programme.what_if
    named = table.assign(clash_nl="Eigen middelen gas heeft in 2030 € 5", clash_en="Eigen middelen gas has €5 in 2030")
    plan = replace(PLAN, programme=replace(PLAN.programme, what_if=named))
    parties = [{"party": "gas", "name": "Netbeheerder", "shares": ["section", "window", "kind"]}]
    shown = seen_by(replace(plan, settings=hamlet.settings(parties=parties)))
    assert shown.programme.what_if["clash_nl"].isna().all()
    assert told(what_if(shown, "nl"))[1] == "Dit kan niet."


def test_a_circle_a_dot_and_a_line_are_drawn_per_work_and_undone_has_a_place():
    moves = pd.DataFrame(
        {
            "name": ["Riool", "Gas"],
            "from_year": pd.array([2028, 2030], dtype="Int64"),
            "to_year": pd.array([2029, None], dtype="Int64"),
            "promise_moves": [False, True],
        }
    )
    drawn = work_moves(moves, years=Horizon(2027, 2031), lang="nl")
    words = ["".join(part.itertext()) for part in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert {"Riool", "Gas", "’27", "’31", "niet gedaan"} <= set(words)
    assert drawn.count(ACCENT) == drawn.count(WARN) > 0


def test_the_bars_of_money_have_a_row_per_change():
    shift = pd.DataFrame({"what_if": ["move", "move"], "year": [2028, 2029], "eur": [-5000.0, 5000.0]})
    drawn = money_shift(shift, labels={"move": "Riool later"}, years=Horizon(2027, 2031), lang="nl")
    assert "Riool later" in drawn
    assert WARN in drawn
    assert QUIET in drawn
