"""What must be done and what is out before ranking, on three works."""

import numpy as np
import pandas as pd
import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import WeighingPart
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.knock_outs import QUESTIONS, check, knock_outs, must_by, reasons

WORKS = pd.DataFrame(
    {"owner": ["city"] * 3, "mandatory": [False, True, False], "earliest_year": [2027, 2027, 2030]},
    index=["a", "b", "c"],
)
NUISANCE = next(one for one in CRITERIA if one.name == "nuisance")
NOBODY = pd.DataFrame({"work": pd.Series([], dtype="str"), "fund": pd.Series([], dtype="str")})


def told(part: dict, *, beyond: tuple[bool, bool, bool] = (False, False, False)) -> pd.DataFrame:
    """Return the table of the three works."""
    vetoes = (np.array([[10.0], [900.0], [900.0]]), np.array(beyond)[:, None], [NUISANCE])
    return knock_outs(WORKS, NOBODY, [], WeighingPart.model_validate(part), vetoes)


def answer(work: str, question: str, **more: object) -> dict:
    """Return a yes."""
    return {"work": work, "question": question, "reason": "nagezien"} | more


def test_every_question_of_the_poster_can_be_answered_with_yes():
    names = {question.name: question.yes for question in QUESTIONS}
    assert {name for name, yes in names.items() if yes == "must"} == {"legal_duty", "danger", "convenant", "mandatory"}
    assert {name for name, yes in names.items() if yes == "out"} == {"place", "purse", "veto"}


def test_a_yes_makes_a_must_or_puts_out_and_a_date_goes_with_it():
    table = told({"knock_outs": [answer("a", "legal_duty", by_year=2029, set_by="jurist"), answer("c", "place")]})
    assert table[["work", "question", "effect"]].to_numpy().tolist() == [
        ["a", "legal_duty", "must"],
        ["b", "mandatory", "must"],
        ["c", "place", "out"],
    ]
    assert reasons(table, WORKS.index, "must").dropna().to_dict() == {
        "a": "legal duty",
        "b": "legal duty, danger or agreement",
    }
    assert reasons(table, WORKS.index, "out").dropna().to_dict() == {"c": "the place is not available"}
    assert must_by(table, WORKS.index).dropna().to_dict() == {"a": 2029}


def test_what_must_be_done_is_never_out_and_the_veto_stays_in_sight():
    part = {"value_functions": {"nuisance": {"veto": 500}}}
    table = told(part, beyond=(False, True, True))
    veto = table[table["question"] == "veto"].set_index("work")
    assert veto["effect"].to_dict() == {"b": "flag", "c": "out"}
    assert veto.loc["c", "reason_nl"] == "hinder voor bewoners: 900 adresdagen, veto bij 500 adresdagen"
    assert veto.loc["c", "reason_en"] == "nuisance for residents: 900 address-days, veto at 500 address-days"


def test_a_veto_can_be_only_flagged():
    part = {"value_functions": {"nuisance": {"veto": 500, "veto_does": "flag"}}}
    assert told(part, beyond=(False, False, True)).set_index("work").loc["c", "effect"] == "flag"


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ([answer("d", "danger")], "weighing.knock_outs.0.work"),
        ([answer("c", "convenant", by_year=2029)], "weighing.knock_outs.0.by_year"),
        ([answer("a", "danger"), answer("a", "danger")], "weighing.knock_outs.1.question"),
    ],
)
def test_an_answer_that_cannot_be_is_told_with_its_place(answers: list[dict], place: str):
    with pytest.raises(SettingError) as found:
        check(WORKS, WeighingPart.model_validate({"knock_outs": answers}).knock_outs)
    assert [fault.column for fault in found.value.faults] == [place]
