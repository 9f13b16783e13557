"""A document as a file that people edit: headings, paragraphs, tables and lists in DOCX. (nl: bewerkbaar document)."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from koppelkans.ground.words import say
from koppelkans.report.document import Document, Heading, Sentence, Table

MADE = datetime(2026, 1, 1)  # noqa: DTZ001 -- the same for every document: no clock goes into it
ZIPPED = (1980, 1, 1, 0, 0, 0)
LETTER, SIZE = "Calibri", 10.5
TEXT_CM = 16.5
"""Width of the text on a sheet of A4."""
ROOM = Pt(3)
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
INK = RGBColor(0x17, 0x32, 0x4D)


def write_word(document: Document, path: Path) -> Path:
    """Write the headings, sentences and tables of a document as DOCX.

    Other blocks, such as pictures, do not stand in it. No clock goes into it: written twice, the same bytes.
    """
    made = docx.Document()
    _styled(made, document)
    made.add_heading(document.title, 0)
    made.add_paragraph(document.subtitle)
    for at, block in enumerate(document.blocks, start=1):
        if isinstance(block, Heading):
            made.add_heading(block.text, block.level)
        elif isinstance(block, Sentence):
            paragraph = made.add_paragraph(block.text)
            if block.tone == "note":
                paragraph.runs[0].italic = True
        elif isinstance(block, Table):
            _add_table(made, block)
            if at < len(document.blocks):
                made.add_paragraph()
    foot = made.sections[0].footer.paragraphs[0]
    foot.text = f"{document.foot} · {say('page', document.lang)} "
    page = OxmlElement("w:fldSimple")
    page.set(qn("w:instr"), "PAGE")
    foot._p.append(page)  # noqa: SLF001 -- python-docx has no other door to it
    packed = io.BytesIO()
    made.save(packed)
    path.write_bytes(_undated(packed.getvalue()))
    return path


def _styled(made: Word, document: Document) -> None:
    """Set paper, letter, language and title."""
    sheet = made.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.left_margin = sheet.right_margin = Cm((21 - TEXT_CM) / 2)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = LETTER, Pt(SIZE)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGES[document.lang])
    normal.element.get_or_add_rPr().append(language)
    for level in range(4):
        style = made.styles["Title" if level == 0 else f"Heading {level}"]
        style.font.name, style.font.color.rgb = LETTER, INK
    facts = made.core_properties
    facts.title, facts.author, facts.language = document.title, "Koppelkans", LANGUAGES[document.lang]
    facts.comments, facts.last_modified_by = "", "Koppelkans"
    facts.created = facts.modified = MADE


def _add_table(made: Word, block: Table) -> None:
    """Add a table with its caption above it and a heading row that repeats on every page."""
    caption = made.add_paragraph(block.caption)
    caption.runs[0].italic = True
    caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1 + len(block.rows), cols=len(block.columns), style="Table Grid")
    table.autofit = False
    whole = sum(column.share or 1.0 for column in block.columns)
    widths = [Cm(TEXT_CM * (column.share or 1.0) / whole) for column in block.columns]
    head = table.rows[0]
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 -- python-docx has no other door to it
    for cell, column in zip(head.cells, block.columns, strict=True):
        cell.text = column.heading
        cell.paragraphs[0].runs[0].bold = True
    for row, texts in zip(table.rows[1:], block.rows, strict=True):
        for cell, text, column in zip(row.cells, texts, block.columns, strict=True):
            cell.text = text
            if column.align == "right":
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = ROOM


def _undated(packed: bytes) -> bytes:
    """Return an archive in which every file has the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, ZIPPED), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
