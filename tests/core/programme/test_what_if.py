"""Changes that are priced beforehand are chosen by rule and answered as the commands answer them."""

import pandas as pd
import pytest

import hamlet
import hamlet_programme
from koppelkans.programme.change import Change, Cut, Move, Slip
from koppelkans.programme.desk import lay_out
from koppelkans.programme.own_part import owner_shift
from koppelkans.programme.product import Programme
from koppelkans.programme.replan import replan
from koppelkans.programme.what_if import examples, what_if

YEARS = {"w-sewer": 2030, "w-paving": 2029, "w-water-1": 2030, "w-water-3": 2028, "w-gas": 2030}
PLACED = pd.DataFrame({"work": list(YEARS), "year": list(YEARS.values())})
FUNDS = [
    {"fund": "rioolheffing", "kinds": ["sewer_gravity"], "budget_eur": 123_456, "carries_over": False},
    {"fund": "wegen", "kinds": ["paving"], "budget_eur": 900_000, "carries_over": False},
]


def asked(**part: object) -> dict[str, Change]:
    settings = hamlet.settings(funds=FUNDS, programme=part)
    found = examples(hamlet_programme.problem(funds=FUNDS, programme=part), PLACED, settings=settings)
    return {type(change).__name__: change for change in found}


def test_the_dearest_promised_or_fixed_work_comes_a_year_later():
    assert asked()["Move"] == Move("w-sewer", 2031)
    assert asked(promises=[{"work": "w-water-3", "year": 2028}])["Move"] == Move("w-water-3", 2029)
    assert asked(promises=[{"work": "w-water-3", "year": 2030}])["Move"] == Move("w-sewer", 2031), "not kept anyway"
    assert asked(decisions=[{"work": "w-gas", "year": 2030}])["Move"] == Move("w-gas", 2031)


def test_the_fund_and_year_with_least_left_gets_a_tenth_less_in_two_figures():
    """Of 123,456 for sewers 80,000 is spent in 2030; of 900,000 for roads 52,000 in 2029. A tenth is 12,345.6."""
    assert asked()["Cut"] == Cut("rioolheffing", 2030, 12_000)


def test_the_party_with_most_works_besides_the_municipality_is_late():
    assert asked()["Slip"] == Slip("water", 1)


def test_switched_off_nothing_is_worked_out():
    settings = hamlet.settings(programme={"what_if": False})
    made = what_if(hamlet_programme.problem(), PLACED, settings=settings)
    assert [len(table) for table in made.values()] == [0, 0]
    for name, table in made.items():
        Programme.TABLES[name].pandera.validate(table)


@pytest.mark.parametrize("must", [False, True])
def test_the_answers_are_those_of_the_commands_and_a_clash_is_told_in_both_languages(must: bool):  # noqa: FBT001
    """Where the sewer must be done its purse cannot do with a tenth less in any year of 78,000: 80,000 is asked."""
    given = {"budget_eur": {str(year): 86_000 if year == 2030 else 70_000 for year in range(2027, 2037)}}
    part = {"gap": 0.0, "what_if": True, "promises": [{"work": "w-sewer", "year": 2030}]}
    part |= {"decisions": [{"work": "w-sewer", "year": 2030, "reason": "kermis"}]} if must else {}
    funds = [FUNDS[0] | given, FUNDS[1]]
    made = hamlet_programme.scheduled(funds=funds, programme=part)
    problem = hamlet_programme.problem(funds=funds, programme=part)
    done = made.plan.dropna(subset=["year"])[["work", "year"]].astype({"year": "int64"})
    desk = lay_out(problem, done[done["work"].isin(problem.works["work"])])
    table = made.what_if.set_index("what_if")
    slip = replan(desk, Slip("water", 1))
    assert table.loc["slip", "about"] == "water"
    assert table.loc["slip", ["money_eur", "harm_eur"]].tolist() == [round(slip.money_eur), round(slip.harm_eur)]
    shift = owner_shift(desk, slip)
    assert table.loc["slip", "own_eur"] == shift.get("gemeente", 0)
    assert shift.sum() == pytest.approx(slip.money_eur, abs=len(shift) + 1)
    assert table["faults"].tolist() == [0, 0, 0]
    moved = made.what_if_moves[made.what_if_moves["what_if"] == "slip"]
    assert moved["work"].tolist() == slip.moved["work"].tolist()
    if must:
        assert table.loc["cut", "clash_nl"] == (
            "Rioolheffing heeft in 2030 € 77.400; gevraagd wordt € 80.000; Riool Dorpsstraat is vastgezet op 2030"
        )
        assert "has €77,400 in 2030" in table.loc["cut", "clash_en"]
        assert not table.loc["cut", "possible"]
    else:
        assert table.loc["cut", "promises_move"] == 1
