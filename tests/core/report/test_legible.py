"""Any text of a file can be held by every form, and shown by every document."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

import hamlet_plan
from koppelkans.report.document import Document, Heading, Picture, Sentence, Table, TableColumn, Tile, Tiles, typeset
from koppelkans.report.legible import LOST, legible, legible_plan, shown
from koppelkans.report.pictures.look import svg

ANY = st.text(st.characters(), max_size=12)
STRANGE = st.text(st.characters(categories=("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me", "Lo")), min_size=1, max_size=6)  # fmt: skip
KINDS = {
    "emoji": "boom 🌳 en 👩‍👩‍👧 en 🇳🇱 en 1️⃣",
    "chinese": "meer 树木",
    "control": "a\x01b\x1bc\x7f",
    "windows": "caf\u0082 \u0080 5 \u0093ja\u0094",
    "private": "x\ue000y\U000f0000",
    "half": "x\ud83dy",
    "bidi": "a\u202egnp\u202c.exe",
    "nul": "a\0b",
    "none": "a\uffff\ufdd0\U0001ffff",
    "marks": "e\u0330\u0301\u0489 z\u0300",
    "arabic": "شجرة",
    "joined": "\u200d\u200d\ufe0f",
    "break": "een\x0btwee\u2028drie",
}


def a_document(text: str) -> Document:
    """Return a document with a text in every kind of block."""
    escaped = legible(text).replace("&", "&amp;").replace("<", "&lt;")
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><text y="9" font-family="Public Sans">{escaped}</text></svg>'
    blocks = (
        Heading(text), Sentence(text), Tiles((Tile(text, text, text),)),
        Table((TableColumn(text),), [[text]], text), Picture(svg, "x" + text, text),
    )  # fmt: skip
    return Document("Titel " + text, "x" + text, text, "nl", blocks)


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_a_document_with_any_kind_of_sign_is_set_and_keeps_the_rest(text: str, tmp_path: Path):
    path = typeset(a_document("voor " + text + " achter"), tmp_path / "x.pdf")
    told = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert told.count("voor") >= 6
    assert told.count("achter") >= 6


@settings(max_examples=40, deadline=None)
@given(st.one_of(ANY, STRANGE))
def test_a_document_is_set_whatever_the_text(tmp_path_factory: pytest.TempPathFactory, text: str):
    path = typeset(a_document(text), tmp_path_factory.mktemp("set") / "x.pdf")
    assert path.stat().st_size


def test_a_document_says_once_that_signs_were_replaced(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    document = Document("T", "S", "F", "nl", (Sentence("boom 🌳"), Sentence("树"), Sentence("gewoon")))
    path = typeset(document, tmp_path / "x.pdf")
    told = " ".join(PdfReader(path).pages[0].extract_text().split())
    assert told.count("tekens die deze letter niet heeft") == 1
    assert f"boom {LOST}" in told
    assert "2 signs" in caplog.text


def test_a_document_with_usual_signs_says_nothing_of_it(tmp_path: Path):
    path = typeset(Document("T", "S", "F", "nl", (Sentence("’s-Gravenweg – € 3,5 m² ≥ 2 αβ → Ж"),)), tmp_path / "x.pdf")
    told = PdfReader(path).pages[0].extract_text()
    assert "≥ 2 αβ → Ж" in told
    assert "letter niet heeft" not in told


@settings(max_examples=40, deadline=None)
@given(st.one_of(ANY, STRANGE, st.just("🌳" * 60)))
def test_a_chart_is_drawn_whatever_its_names(text: str):
    chart = alt.Chart(alt.Data(values=[{"name": text, "count": 1}])).mark_bar().encode(x="count:Q", y="name:N")
    assert etree.fromstring(svg(chart, lang="nl").encode()).tag.endswith("svg")


@given(st.one_of(ANY, STRANGE))
def test_a_legible_text_can_stand_in_xml_and_stays_as_it_is(text: str):
    told = legible(text)
    element = etree.Element("a")
    element.text = told
    assert (etree.fromstring(etree.tostring(element)).text or "") == told
    assert legible(told) == told
    assert told.encode("utf-8").decode("utf-8") == told


@given(st.text(st.characters(categories=("L", "N", "P", "Zs", "Sm", "Sc", "So", "M")), max_size=12))
def test_a_text_with_letters_figures_and_pictures_is_legible_already(text: str):
    assert legible(text) == text or any(unicodedata.category(sign) == "Cn" for sign in text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x80 5 \x96 \x93ja\x94", "€ 5 – “ja”"),
        ("a\x0bb", "a\nb"),
        ("a\u202eb", "ab"),
        ("\ufeffa", "a"),
        ("a\x81\x01", f"a{LOST}{LOST}"),
    ],
)
def test_a_foreign_sign_reads_as_it_was_meant(text: str, told: str):
    assert legible(text) == told


@pytest.mark.parametrize(
    ("text", "has", "told"),
    [
        ("boom 🌳🌳", lambda _: False, f"boom {LOST}{LOST}"),
        ("👩‍👩‍👧!", lambda _: False, f"{LOST}!"),
        ("🇳🇱", lambda _: False, LOST),
        ("ve\u0330l", lambda sign: sign == "e", "vel"),
        ("αβ", lambda sign: sign == "α", f"α{LOST}"),
        ("\ue000", lambda _: True, LOST),
    ],
)
def test_what_a_letter_lacks_is_replaced_sign_by_sign(text: str, has: Callable[[str], bool], told: str):
    assert shown(text, has=has) == told


def test_a_plan_without_foreign_signs_is_handed_on_as_it_is():
    plan = hamlet_plan.plan()
    assert legible_plan(plan) is plan


def test_two_names_that_differ_only_in_foreign_signs_stay_different():
    plan = hamlet_plan.plan()
    wishes = plan.context.wishes.assign(wish=["a\x01", "a\x02"], text=["a\u0092b", "a’b"])
    shown_plan = legible_plan(replace(plan, context=replace(plan.context, wishes=wishes)))
    assert shown_plan.context.wishes["wish"].tolist() == [f"a{LOST}", f"a{LOST}{LOST}"]
    assert shown_plan.context.wishes["text"].tolist() == [f"a’b{LOST}", "a’b"]
    pd.testing.assert_frame_equal(plan.context.works, shown_plan.context.works)
