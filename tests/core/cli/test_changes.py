from pathlib import Path

import pandas as pd
import pytest

from core.test_steering import plain
from koppelkans.cli.changes import answer_data, note_of
from koppelkans.programme.change import Move
from koppelkans.programme.replan import replan
from koppelkans.steering import desk_of


def test_a_decision_that_a_move_breaks_is_named_with_its_reason_and_who_took_it(tmp_path: Path):
    folder = plain(tmp_path / "tables")
    (folder / "fixed.csv").write_text("work,year\ngas,2027\n", encoding="utf-8")
    desk = desk_of(folder)
    answer = replan(desk, Move("gas", 2028))
    assert note_of(desk, answer) == (
        "Gewijzigd: gas is verschoven naar 2028 (kost € 2). Dit gaat in tegen een besluit: gas staat vast in 2027."
    )
    assert answer_data(answer)["overturned"] == [{"work": "gas", "year": 2027, "reason": "", "set_by": ""}]


@pytest.mark.parametrize(
    ("reason", "by", "wanted"),
    [("kermis.", "college", "(kermis; college)."), ("kermis", "", "(kermis)."), ("", "college", "(college).")],
)
def test_what_is_known_of_a_decision_is_told(tmp_path: Path, reason: str, by: str, wanted: str):
    desk = desk_of(plain(tmp_path / "tables"))
    answer = replan(desk, Move("gas", 2028))
    broken = pd.DataFrame({"work": ["gas"], "year": [2027], "reason": [reason], "set_by": [by]})
    told = note_of(desk, type(answer)(**(vars(answer) | {"overturned": broken})))
    assert told.endswith(f"gas staat vast in 2027 {wanted}")
