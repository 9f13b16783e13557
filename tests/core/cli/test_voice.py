import io
import json
import logging
import unicodedata

import pytest
import typer
from rich.console import Console

import hamlet_programme
from koppelkans.cli.voice import (
    CANNOT_USE,
    MOST_FAULTS,
    STEPS,
    Voice,
    fault_data,
    guarded,
    in_words,
    safe,
    screen_language,
)
from koppelkans.flow import LATER, ROOMS
from koppelkans.ground.errors import Fault, InputError, NoProgrammeError, OutOfTimeError, SettingError
from koppelkans.ground.settings import make_settings
from koppelkans.ground.words import say

FAULT = Fault("riool.csv", "'acht'", "a year", row=7, column="jaar")


def overheard(voice: Voice) -> io.StringIO:
    """Let a voice speak where it can be overheard, and return that place."""
    place = io.StringIO()
    voice.console = voice.errors = Console(file=place, width=200, highlight=False)
    return place


@pytest.mark.parametrize(("told", "lang"), [("en_GB.UTF-8", "en"), ("nl_NL.UTF-8", "nl"), ("C", "nl"), ("de_DE", "nl")])
def test_the_screen_speaks_english_to_who_does_and_dutch_to_all_others(
    monkeypatch: pytest.MonkeyPatch, told: str, lang: str
):
    monkeypatch.setenv("LC_ALL", told)
    assert screen_language() == lang


def test_every_step_of_the_corridor_has_a_name_in_both_languages():
    assert {room.name for room in ROOMS} | {"city", "report", *LATER} == set(STEPS)
    assert all(say(words, "nl") != words for words in STEPS.values())


def test_a_square_bracket_in_a_street_name_is_no_markup():
    voice = Voice(as_json=False)
    place = overheard(voice)
    voice.words("Straat [bold]x[/bold] [/x]")
    assert "Straat [bold]x[/bold] [/x]" in place.getvalue()


HOSTILE = "a[/x][link=http://x]\x1b[31mrood\x1b]8;;http://x\x07\x9b2J\u202eom\u2066\x7f\r\b\udcff\u2028z"


def obeyed(text: str) -> list[str]:
    """Return what a terminal would obey in a text."""
    return [one for one in text if one != "\n" and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


def test_nothing_that_is_printed_is_markup_or_moves_the_terminal(capsys: pytest.CaptureFixture[str]):
    voice = Voice(as_json=True, verbose=True)
    place = overheard(voice)
    logging.getLogger().handlers[0].console = voice.errors
    voice.words(HOSTILE, style="bold")
    voice.table(HOSTILE, [HOSTILE], [[HOSTILE], ["a\nb"]])
    voice.faults([Fault(HOSTILE, HOSTILE, HOSTILE, layer=HOSTILE, column=HOSTILE)])
    with voice.share(HOSTILE, total=None) as tell:
        tell(None, HOSTILE)
    logging.getLogger("koppelkans").info(HOSTILE)
    for problem in (NoProgrammeError([HOSTILE]), InputError([FAULT]), OutOfTimeError(HOSTILE)):
        with pytest.raises(typer.Exit):
            voice.fail(problem)
    text = place.getvalue()
    assert text.count("[/x]") >= 9
    assert "\\x1b[31mrood" in text
    assert obeyed(text.replace("\x1b[?25l", "").replace("\x1b[?25h", "")) == []
    told = capsys.readouterr().out
    assert obeyed(told) == []
    assert HOSTILE in json.loads(told.splitlines()[0])["clashing"][0]
    assert safe("Händelstraat 12\tWit\u00adte 👩\u200d🌾\n") == "Händelstraat 12\tWit\u00adte 👩\u200d🌾\n"


def test_json_goes_to_standard_output_only_where_it_was_asked_for(capsys: pytest.CaptureFixture[str]):
    Voice(as_json=False).result({"ok": True})
    assert capsys.readouterr().out == ""
    Voice(as_json=True).result({"ok": True, "straat": "Händelstraat"})
    assert json.loads(capsys.readouterr().out) == {"ok": True, "straat": "Händelstraat"}


def test_a_fault_keeps_its_place_as_data():
    assert fault_data(FAULT) == {"where": "riool.csv", "layer": "", "row": 7, "column": "jaar", "found": "'acht'", "wanted": "a year", "fatal": False}  # fmt: skip


def test_fatal_faults_are_told_first_and_many_are_counted():
    voice = Voice(as_json=False)
    place = overheard(voice)
    voice.faults([FAULT] * MOST_FAULTS + [Fault("leeg.gpkg", "an empty file", "a layer", fatal=True)])
    text = place.getvalue()
    assert text.index("leeg.gpkg") < text.index("riool.csv")
    assert "nog 1" in text


@pytest.mark.parametrize("problem", [InputError([FAULT]), NoProgrammeError(["een eis", "nog een eis"])])
def test_what_was_raised_on_purpose_ends_with_one_and_as_data(problem: InputError, capsys: pytest.CaptureFixture[str]):
    voice = Voice(as_json=True)
    overheard(voice)

    def fail() -> None:
        raise problem

    with pytest.raises(typer.Exit) as ended:
        guarded(voice, fail)
    assert ended.value.exit_code == CANNOT_USE
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == type(problem).__name__
    assert len(told["faults"]) + len(told["clashing"]) > 0


def test_steps_move_a_bar_and_end_at_the_end():
    voice = Voice(as_json=False)
    place = overheard(voice)
    with voice.steps(2) as tell:
        tell("city")
        tell("report")
    assert "2/2" in place.getvalue()


WRONG = [
    {"programme": {"seconds": 0}},
    {"programme": {"seconds": "x"}},
    {"programme": {"promises": [{"work": "a"}]}},
    {"programme": {"joints": [{"work": "a", "other": "a", "saving_eur": 1}]}},
    {"programme": {"sekonden": 1}},
    {"horizon": {"first": 2030, "last": 2027}},
]


@pytest.mark.parametrize("own", WRONG, ids=str)
def test_what_a_setting_wants_is_said_in_dutch(own: dict[str, object]):
    with pytest.raises(SettingError) as caught:
        make_settings({"city": {"name": "x"}} | own)
    for fault in caught.value.faults:
        assert in_words(fault.wanted) != fault.wanted
        assert "Input" not in in_words(fault.wanted)


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ({"programme": {"decisions": [{"work": "w-gass", "year": 2030}]}}, "een werk dat bestaat; het meest lijkt w-gas erop"),
        ({"programme": {"decisions": [{"work": "w-gas", "year": 2099}]}}, "een jaar uit 2027-2036"),
        ({"programme": {"limits": [{"limit": "brug", "open_sections": 1, "sections": ["S9"]}]}}, "een wegvak dat bestaat"),
        ({"programme": {"slips": [{"party": "gass", "years": 1}]}}, "een partij van de lijst; het meest lijkt gas erop"),
    ],
)  # fmt: skip
def test_what_the_programme_wants_of_a_setting_is_said_in_dutch(part: dict[str, object], wanted: str):
    with pytest.raises(SettingError) as caught:
        hamlet_programme.problem(**part)
    assert [in_words(fault.wanted) for fault in caught.value.faults] == [wanted]
