import pytest

from koppelkans.ground.words import euros, number, say


@pytest.mark.parametrize(
    ("amount", "lang", "text"),
    [
        (1234567, "nl", "€ 1.234.567"),
        (1234567, "en", "€1,234,567"),
        (None, "nl", "–"),
        (float("nan"), "en", "–"),
        (-500, "nl", "€ -500"),
        (0, "nl", "€ 0"),
    ],
)
def test_euros_are_written_as_people_write_them(amount: float | None, lang: str, text: str):
    assert euros(amount, lang) == text


def test_numbers_have_a_comma_in_dutch_and_a_point_in_english():
    assert number(1234.5, "nl", 1) == "1.234,5"
    assert number(1234.5, "en", 1) == "1,234.5"
    assert number(None, "nl") == "–"


def test_words_are_dutch_where_asked_and_english_as_they_stand():
    assert say("owner", "nl") == "eigenaar"
    assert say("owner", "en") == "owner"
    assert say("Written to {out}", "nl", out="uit") == "Geschreven naar uit"


def test_a_word_without_translation_comes_back_as_it_is():
    assert say("nobody translated this", "nl") == "nobody translated this"
