"""A public document names no workbook, for there is none in its folder; those inside read every word."""

import pytest

from koppelkans.report.circle import EVERYONE, INSIDE
from koppelkans.report.document import Heading, Picture, Sentence, Table
from koppelkans.report.for_everyone import for_viewer, without_workbook

BLOCKS = (
    Heading("Werken"),
    Sentence("Zie het werkboek."),
    Sentence("En nog 10; zie het blad “Rangorde” van het werkboek."),
    Table((), (("het werkboek",),), "Ongedekt, per partij; per jaar in het werkboek"),
    Picture("<svg/>", "Chart: firm works. The figures stand in the workbook.", "Firm works; see the workbook"),
)


def test_everyone_reads_nothing_of_the_workbook_and_every_other_word():
    assert for_viewer(BLOCKS, EVERYONE) == (
        Heading("Werken"),
        Sentence("En nog 10."),
        Table((), (("het werkboek",),), "Ongedekt, per partij"),
        Picture("<svg/>", "Chart: firm works.", "Firm works"),
    )


def test_those_inside_read_every_word():
    assert for_viewer(BLOCKS, INSIDE) == BLOCKS


@pytest.mark.parametrize("text", ["Twee delen; elk telt. Klaar!", "", "Geen punt"])
def test_a_text_without_a_workbook_stays_as_it_is(text: str):
    assert without_workbook(text) == text


def test_what_follows_the_workbook_stays():
    assert without_workbook("Ruw; in het werkboek staat de bron. Meer volgt.") == "Ruw. Meer volgt."
