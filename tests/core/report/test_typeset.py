"""Documents are accessible PDF: tagged, with title, language, headings, table headings and words behind pictures."""

import io
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import hamlet
import hamlet_plan
from koppelkans.report.document import (
    Contents,
    Document,
    Heading,
    Picture,
    Sentence,
    Table,
    TableColumn,
    Tile,
    Tiles,
    typeset,
)
from koppelkans.report.form import Form
from koppelkans.report.forms import area_pdf, city_pdf
from koppelkans.report.plan import Plan
from koppelkans.report.write import write_form

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


def opened(path: Path) -> PdfReader:
    """Return a document as a reader opens it."""
    return PdfReader(io.BytesIO(path.read_bytes()))


def tags(reader: PdfReader) -> list[DictionaryObject]:
    """Return the tags of a document, from the top down."""
    found, todo = [], [reader.root_object["/StructTreeRoot"]]
    while todo:
        part = todo.pop().get_object()
        if isinstance(part, list):
            todo += list(part)
        elif isinstance(part, DictionaryObject):
            if "/S" in part:
                found.append(part)
            if "/K" in part:
                todo.append(part["/K"])
    return found


@pytest.fixture
def document() -> Document:
    """Return a document with one of each block."""
    table = Table((TableColumn("Wie", share=1.0), TableColumn("Kosten", "right")), [["gemeente", "€ 1"], ["samen", "€ 1"]], "Tabel", total=True)  # fmt: skip
    return Document(
        "Proef",
        "Gehucht",
        "voet",
        "nl",
        (
            Sentence("Eerst lezen.", "lead"),
            Tiles((Tile("3", "dingen", "let op"), Tile("4", "meer"))),
            Contents("Inhoud"),
            Heading("Kop"),
            Sentence("Gewoon #niet *opgemaakt* $tekst$ <hier> [x]."),
            Sentence("Klein.", "small"),
            Sentence("Let op.", "note"),
            table,
            Heading("Onder", 2),
            Picture(SVG, "Een zwart vlak", "Vlak", 0.2),
        ),
    )


def test_a_document_is_tagged_and_says_its_title_and_language(document: Document, tmp_path: Path):
    reader = opened(typeset(document, tmp_path / "proef.pdf"))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "nl"
    assert reader.metadata.title == "Proef – Gehucht"
    assert "pdfuaid:part" in reader.root_object["/Metadata"].get_data().decode()


def test_headings_tables_and_pictures_are_what_they_are(document: Document, tmp_path: Path):
    found = tags(opened(typeset(document, tmp_path / "proef.pdf")))
    kinds = [part["/S"] for part in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 1
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 4
    assert [part["/Alt"] for part in found if "/Alt" in part] == ["Een zwart vlak"]


def test_words_stay_words(document: Document, tmp_path: Path):
    text = opened(typeset(document, tmp_path / "proef.pdf")).pages[0].extract_text()
    assert "Gewoon #niet *opgemaakt* $tekst$ <hier> [x]." in text
    assert "pagina 1 van 1" in text


@pytest.mark.parametrize("form", [city_pdf.CITY_PDF, area_pdf.AREA_PDF], ids=lambda form: form.name)
def test_every_page_of_a_report_has_words_and_every_picture_too(form: Form, tmp_path: Path):
    for path in write_form(form, hamlet_plan.plan(), tmp_path):
        reader = opened(path)
        assert all(len(page.extract_text()) > 100 for page in reader.pages)
        pictures = [part for part in tags(reader) if part["/S"] == "/Figure"]
        assert pictures
        assert all(part.get("/Alt") for part in pictures)


def with_report(**part: object) -> Plan:
    """Return the plan of the hamlet with other settings of the report."""
    return replace(hamlet_plan.plan(), settings=hamlet.settings(report=part))


def test_the_settings_say_which_areas_get_a_programme():
    assert [name for _, name, _ in area_pdf.chosen(with_report())] == ["West", "Oost"]
    assert [name for _, name, _ in area_pdf.chosen(with_report(most_areas=1))] == ["West"]
    assert area_pdf.chosen(with_report(areas="none")) == []


def test_every_area_gets_its_programme_where_the_settings_say_nothing():
    plan = with_report()
    one = plan.areas.summary.iloc[:1]
    many = pd.concat([one.assign(area=f"a{at}", name=f"Wijk {at}", works=at % 2) for at in range(30)])
    assert len(area_pdf.chosen(hamlet_plan.with_areas(plan, summary=many))) == 30


def test_an_area_without_works_gets_a_programme_that_says_so(tmp_path: Path):
    plan = with_report()
    quiet = plan.areas.summary.assign(works=[0, 4])
    agenda = plan.areas.agenda[plan.areas.agenda["area"] != quiet["area"].iloc[0]]
    files = write_form(area_pdf.AREA_PDF, hamlet_plan.with_areas(plan, summary=quiet, agenda=agenda), tmp_path)
    assert len(files) == len(quiet)
    assert any("In deze jaren komt hier geen werk." in page.extract_text() for page in opened(files[-1]).pages)


def test_only_busy_areas_get_one_where_that_is_asked():
    plan = with_report(areas="busy")
    quiet = plan.areas.summary.assign(works=[0, 4])
    assert [name for _, name, _ in area_pdf.chosen(hamlet_plan.with_areas(plan, summary=quiet))] == ["West"]


def test_areas_with_one_name_get_files_of_their_own():
    plan = with_report(areas="all")
    same = plan.areas.summary.assign(name=["De Écluse / West", "De Ecluse-West"])
    files = [file for _, _, file in area_pdf.chosen(hamlet_plan.with_areas(plan, summary=same))]
    assert files == ["de-ecluse-west.pdf", "de-ecluse-west-2.pdf"]
