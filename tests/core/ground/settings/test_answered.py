"""Answers on which works are one: bounded, of one mind, and from their own file only."""

from pathlib import Path

import pytest

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import read_answers
from registers import M3, R1, W8, answer, city, three


def test_answers_that_speak_against_each_other_are_refused():
    with pytest.raises(SettingError, match="kept apart and joined too"):
        city(three(), answer(R1, W8, same=True), answer(W8, M3, same=True), answer(R1, M3, same=False))


@pytest.mark.parametrize(
    "text",
    [
        "[city]\nname = 'y'\n",
        "context = 3\n",
        "[context]\njoin_years = 3\n",
        "[[context.same_works]]\none = 1\n",
        "[[context.same_works]]\none = { source = 'a', work = 'b' }\nother = { source = 'a', work = 'b' }\nsame = true\n",
        f"[[context.same_works]]\none = {{ source = 'a', work = '{'b' * 999}' }}\nother = {{ source = 'a', work = 'b' }}\nsame = true\n",
        "a = " + "[" * 3_000 + "]" * 3_000,
        "x = 1\n" * 2,
    ],
    ids=["other settings", "no table", "another setting", "no work", "a work twice", "a long name", "deep", "no TOML"],
)
def test_a_file_with_something_else_is_refused_by_its_name(tmp_path: Path, text: str):
    (tmp_path / "samen.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        read_answers(tmp_path)
    assert {fault.where for fault in caught.value.faults} == {"samen.toml"}


def test_a_link_to_a_file_outside_is_not_followed(tmp_path: Path):
    (tmp_path / "stad").mkdir()
    (tmp_path / "geheim.toml").write_text("[[context.same_works]]\n", encoding="utf-8")
    (tmp_path / "stad" / "samen.toml").symlink_to(tmp_path / "geheim.toml")
    with pytest.raises(SettingError, match="a link to a file outside"):
        read_answers(tmp_path / "stad")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("koppelkans.ground.settings.whole.MOST_SAME_BYTES", 10)
    (tmp_path / "samen.toml").write_text("# " + "x" * 10, encoding="utf-8")
    with pytest.raises(SettingError, match="12 bytes"):
        read_answers(tmp_path)
