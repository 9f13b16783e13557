"""Lines that make a change last read back as the settings that they are."""

import tomllib

import pandas as pd

import hamlet_programme
from koppelkans.ground.settings import Decision
from koppelkans.programme.change import Cut, Move, Slip
from koppelkans.programme.decision_lines import lines_of
from koppelkans.programme.desk import Desk, lay_out
from koppelkans.programme.replan import replan


def desk(**part: object) -> Desk:
    funds = [{"fund": "rioolheffing", "budget_eur": 100_000}]
    problem = hamlet_programme.problem(programme=part, funds=funds)
    years = pd.DataFrame({"work": ["w-gas", "w-paving-4"], "year": [2030, 2030]})
    return lay_out(problem, years)


def read(text: str) -> dict[str, object]:
    return tomllib.loads(text)["programme"]


def test_a_move_is_a_decision_with_its_reason_behind_a_sentence():
    change = Move("w-gas", 2031, 'kermis "groot"', "college")
    lines = lines_of(replan(desk(), change), note="Gewijzigd: gas\nnaar 2031")
    assert lines.startswith("# Gewijzigd: gas\n# naar 2031\n[[programme.decisions]]\n")
    (entry,) = read(lines)["decisions"]
    assert Decision(**entry) == Decision(work="w-gas", year=2031, reason='kermis "groot"', set_by="college")


def test_a_cut_is_a_budget_that_is_less():
    here = desk()
    fund, year = here.problem.funds.set_index("fund", drop=False).loc["rioolheffing", ["fund", "year"]].iloc[0]
    lines = lines_of(replan(here, Cut(fund, int(year), 5.0)), note="minder")
    assert read(lines) == {"budgets": [{"fund": fund, "year": year, "eur": -5}]}


def test_a_slip_takes_the_decisions_about_the_party_along():
    here = desk(decisions=[{"work": "w-gas", "year": 2030, "reason": "kermis"}])
    assert read(lines_of(replan(here, Slip("gas", 1)), note="later")) == {
        "slips": [{"party": "gas", "years": 1}],
        "decisions": [{"work": "w-gas", "year": 2031, "reason": "kermis", "set_by": ""}],
    }
