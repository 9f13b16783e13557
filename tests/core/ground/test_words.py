import pytest

from koppelkans.ground.words import Phrase, ended, euros, number, said_again, say


@pytest.mark.parametrize(
    ("amount", "lang", "text"),
    [
        (1234567, "nl", "€ 1.234.567"),
        (1234567, "en", "€1,234,567"),
        (None, "nl", "–"),
        (float("nan"), "en", "–"),
        (-500, "nl", "− € 500"),
        (-1_018_883, "en", "− €1,018,883"),
        (-0.4, "nl", "€ 0"),
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


def test_a_phrase_is_english_text_that_can_be_said_in_dutch_later():
    phrase = Phrase("Written to {out}", out="uit")
    assert phrase == "Written to uit"
    assert phrase.said("nl") == "Geschreven naar uit"
    assert phrase.said("en") == "Written to uit"


def test_braces_in_what_was_found_are_no_places_to_fill_in():
    assert Phrase("a {b}") == "a {b}"
    assert Phrase("found {x}", x="{y}") == "found {y}"


def test_an_abbreviation_at_the_end_keeps_one_full_stop():
    assert ended("Samen met Molenstraat e.o..") == "Samen met Molenstraat e.o."
    assert ended("Samen met de Molenstraat.") == "Samen met de Molenstraat."


def test_a_sentence_that_was_filled_in_long_ago_is_said_in_dutch_all_the_same():
    old = str(Phrase("a key that stands in `{there}` of source {source}", there="NAAM", source="wegvakken"))
    assert said_again(old, "nl") == "een sleutel die in `NAAM` van bron wegvakken staat"
    assert said_again(old, "en") == old
    assert said_again("no such file", "nl") == say("no such file", "nl") != "no such file"
    assert said_again("Dorpsstraat 12", "nl") == "Dorpsstraat 12"
