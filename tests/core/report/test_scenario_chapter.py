"""The comparison of scenarios: what the board reads, and what everyone may see of it."""

from dataclasses import replace

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.programme.product import ROLES, STATUSES
from koppelkans.report.chapters.scenarios import difference, scenarios
from koppelkans.report.document import Block, Picture, Sentence, Table
from koppelkans.report.hidden_sums import scenarios_without
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by

PLAN = hamlet_plan.plan()
FIXED = "\u00a0"


def rows(blocks: list[Block], at: int) -> dict[str, list[str]]:
    table = [block for block in blocks if isinstance(block, Table)][at]
    return {row[0]: [cell.replace(FIXED, " ") for cell in row[1:]] for row in table.rows}


def said(blocks: list[Block]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Sentence))


def with_scenarios(table: pd.DataFrame) -> Plan:
    return replace(PLAN, programme=replace(PLAN.programme, scenarios=table))


def test_the_page_tells_what_each_scenario_changes_in_the_programme():
    told = rows(scenarios(PLAN, "nl"), 0)
    assert told["Investering, ook wat geen potje betaalt"] == ["€ 247.000", "− € 52.000", "gelijk"]
    assert told["Ambities bereikt (gewogen)"] == ["€ 12.000", "− € 4.000", "gelijk"]
    assert told["Risico dat blijft (gewogen)"] == ["€ 10.000", "+ € 40.000", "gelijk"]
    assert told["Werken gedaan"] == ["5", "− 1", "gelijk"]
    assert told["Hoogstens zo ver van het beste"] == ["0,16 %"] * 3


def test_the_question_of_a_million_is_answered_with_its_proof():
    """10 % less is 33,000 less and costs 20,000: 606,061 per million; proven between 80-61 and 81-60 thousand."""
    text = said(scenarios(PLAN, "nl"))
    assert (
        "10 % minder budget (€ 33.000 over alle jaren) verhoogt de gewogen kosten met € 20.000: € 606.061 per miljoen."
        in text
    )
    assert "Bewezen is dat het tussen € 19.000 en € 21.000 ligt." in text
    assert "10 % meer budget (€ 33.000 over alle jaren) verlaagt de gewogen kosten niet" in text
    assert "hoogstens € 1.000" in text
    assert "voorbeelden (aanname)" in text
    more = PLAN.programme.scenarios.copy()
    more.loc[more["scenario"] == "money-1.1", ["weighted_cost_eur", "weighted_least_eur", "spent_eur"]] = [
        28_000,
        27_000,
        270_000,
    ]
    text = said(scenarios(with_scenarios(more), "en"))
    assert (
        "10 % more budget (€33,000 over all years) lowers the weighted cost by €33,000: €1,000,000 per million." in text
    )
    assert "Then €23,000 more is invested, also what no purse pays." in text


def test_a_step_that_invests_as_much_says_so():
    table = PLAN.programme.scenarios
    now = table.set_index("scenario")["spent_eur"]["base"]
    same = table.assign(spent_eur=now)
    more = same["scenario"] == "money-1.1"
    same.loc[more, ["weighted_cost_eur", "weighted_least_eur"]] = [28_000, 27_000]
    text = said(scenarios(with_scenarios(same), "nl"))
    assert text.count("Er wordt dan evenveel geïnvesteerd als nu") == 2
    assert "€ 0 meer" not in text
    assert "€ 0 minder" not in text


def test_the_question_of_a_million_names_the_works_that_it_is_about():
    text = said(scenarios(PLAN, "nl"))
    undone = PLAN.programme.scenario_plan.groupby("scenario")["work"].agg(set)
    gone = undone["base"] - undone["sober"]
    assert gone == {"w-paving"}
    assert "Dan blijft één werk liggen: Klinkers Dorpsstraat." in text
    assert "De werken en hun jaren blijven gelijk." in text
    table = PLAN.programme.scenario_plan
    moved = table.assign(
        year=table["year"].mask((table["scenario"] == "money-1.1") & (table["work"] == "w-sewer"), 2031)
    )
    plan = replace(PLAN, programme=replace(PLAN.programme, scenario_plan=moved))
    assert "Eén werk komt in een ander jaar." in said(scenarios(plan, "nl"))


def test_less_money_that_costs_nothing_is_told_so():
    """The programme itself was not the best: with 10 % less its weighted cost was 100 lower."""
    table = PLAN.programme.scenarios.copy()
    table.loc[table["scenario"] == "sober", ["weighted_cost_eur", "weighted_least_eur"]] = [60_900, 60_100]
    text = said(scenarios(with_scenarios(table), "nl"))
    assert "10 % minder budget (€ 33.000 over alle jaren) verhoogt de gewogen kosten niet, voor zover gevonden." in text
    assert "Bewezen is dat het die hoogstens € 900 kan verhogen." in text


def test_areas_and_parties_tell_their_works_and_money():
    blocks = scenarios(PLAN, "nl")
    assert rows(blocks, 1)["West"] == ["4 werken, € 168.000", "− één werk, − € 52.000", "gelijk"]
    assert rows(blocks, 1)["Oost"] == ["één werk, € 19.000", "gelijk", "gelijk"]
    assert rows(blocks, 2)["Gemeente Gehucht"] == ["2 werken, € 132.000", "− één werk, − € 52.000", "gelijk"]


def test_every_picture_is_told_in_words_too():
    pictures = [block for block in scenarios(PLAN, "nl") if isinstance(block, Picture)]
    assert len(pictures) == 3
    assert "90 %: € 81.000" in pictures[0].alt
    assert "Soberder budget: € 8.000" in pictures[1].alt
    assert "Meeste: 2 in 2030" in pictures[2].alt


def test_a_scenario_without_a_programme_names_the_demands_that_clash():
    table = PLAN.programme.scenarios.copy()
    none = table["scenario"] == "sober"
    unknown = [
        "spent_eur",
        "quality_eur",
        "weighted_cost_eur",
        "weighted_least_eur",
        "done",
        "value_eur",
        "bound_eur",
        "gap",
    ]
    table.loc[none, unknown] = pd.NA
    table.loc[none, ["status", "clash_nl"]] = ["impossible", "het budget van Rioolheffing"]
    blocks = scenarios(with_scenarios(table), "nl")
    assert (
        "Voor Soberder budget is er geen programma: deze eisen gaan niet samen: het budget van Rioolheffing."
        in said(blocks)
    )
    assert rows(blocks, 0)["Werken gedaan"][1] == "–"


def test_without_scenarios_the_page_says_how_to_get_them():
    assert "koppelkans scenarios" in said(scenarios(hamlet_plan.nothing(), "nl"))


def test_a_cost_that_is_not_shared_cannot_be_taken_from_the_scenarios():
    shares = ["section", "window", "kind", "name"]
    parties = [
        {"party": "gas", "name": "Netbeheerder", "shares": shares},
        {"party": "water", "name": "Waterbedrijf", "shares": [*shares, "cost"]},
    ]
    shown = seen_by(replace(PLAN, settings=hamlet.settings(parties=parties))).programme
    whole = PLAN.programme
    assert (whole.scenarios["spent_eur"] - shown.scenarios["spent_eur"] == 17_000).all()
    assert "gas" not in shown.scenario_parts["part"].tolist()
    costs = shown.scenario_parts.set_index(["scenario", "sort", "part"])["cost_eur"]
    assert costs.loc[("base", "area", "West")] == 168_000 - 17_000
    assert costs.loc[("base", "area", "East")] == 19_000
    off = whole.scenario_years["cost_eur"] - shown.scenario_years["cost_eur"]
    assert off.groupby(whole.scenario_years["year"]).max().loc[2029:2031].tolist() == [0, 17_000, 0]
    places = pd.DataFrame({"work": ["w-gas", "w-gas"], "area": ["West", "East"]})
    spread = scenarios_without(whole, {"w-gas"}, places)["scenario_parts"]
    costs = spread.set_index(["scenario", "sort", "part"])["cost_eur"]
    assert costs.loc[("base", "area", "East")] == 19_000 - 17_000 / 2


def test_a_difference_is_written_with_its_sign_and_never_broken_over_lines():
    assert difference(12, 10, "nl", money=True) == f"+{FIXED}€{FIXED}2"
    assert difference(8, 10, "en", money=False) == f"−{FIXED}2"
    assert difference(10, 10, "en", money=True) == "the same"
    assert difference(pd.NA, 10, "en", money=True) == "–"


def test_roles_and_statuses_of_the_hamlet_are_those_that_are_known():
    table = PLAN.programme.scenarios
    assert set(table["role"]) <= set(ROLES)
    assert set(table["status"]) <= set(STATUSES)
