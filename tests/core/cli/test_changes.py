from pathlib import Path

import pandas as pd
import pytest

from core.test_steering import plain
from koppelkans.cli.changes import answer_data, note_of, tell_answer
from koppelkans.cli.voice import Voice
from koppelkans.programme.change import Cut, Move
from koppelkans.programme.replan import replan
from koppelkans.steering import desk_of


def test_a_decision_that_a_move_breaks_is_named_with_its_reason_and_who_took_it(tmp_path: Path):
    folder = plain(tmp_path / "tables")
    (folder / "fixed.csv").write_text("work,year\ngas,2027\n", encoding="utf-8")
    desk = desk_of(folder)
    answer = replan(desk, Move("gas", 2028))
    assert note_of(desk, answer) == (
        "Gewijzigd: gas is verschoven naar 2028 (geld € 0, gewogen nadeel € 2). Dit gaat in tegen een besluit: gas staat vast in 2027."
    )
    assert answer_data(desk, answer)["overturned"] == [{"work": "gas", "year": 2027, "reason": "", "set_by": ""}]


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


def test_what_is_left_undone_has_its_reason_and_no_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = plain(tmp_path / "tables")
    desk = desk_of(folder)
    answer = replan(desk, Cut("f", 2027, 30))
    answer = replan(answer.desk, Cut("f", 2028, 30))
    answer = replan(answer.desk, Cut("f", 2029, 30))
    undone = answer.left_undone
    assert undone
    told = answer_data(desk, answer)
    assert "undone_eur" not in told["parts"]
    assert sum(told["owners_eur"].values()) == pytest.approx(told["money_eur"], abs=2)
    assert told["money_eur"] + told["harm_eur"] == sum(told["parts"].values())
    reasons = {row["work"]: row["why_nl"] for row in told["moved"] if row["to_year"] is None}
    assert set(reasons) == set(undone)
    assert all(reasons.values())
    tell_answer(Voice(as_json=False), desk, answer)
    words = "".join(capsys.readouterr())
    assert "blijven liggen: " in " ".join(words.split())
    assert "geen prijs" in " ".join(words.split())
