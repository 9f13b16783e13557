"""The words of the reports of the hamlet, as a reader sees them, against what was read and found good.

After a change that is meant: `KOPPELKANS_GOLDEN=new python -m pytest tests/golden/test_report_text.py`, and read the difference.
"""

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader

import hamlet_plan
from koppelkans.report.forms.area_pdf import AREA_PDF
from koppelkans.report.forms.city_pdf import CITY_PDF
from koppelkans.report.seen_by import seen_by
from koppelkans.report.write import write_form

FOLDER = Path(__file__).parent / "report"
END = {"nl": "Kengetallen", "en": "Key figures"}
"""Heading from which a document follows the defaults, which change with every better source."""


FOOT, LEAST = 0.07, 1 / 3
"""Shares of the height of a page: its foot, and how far down words stand at least, on every page of a document of more than one."""


def read(path: Path, lang: str) -> tuple[str, list[float]]:
    """Return the words of a document, and down to which share of its height each page has words, its foot left out.

    The words stand page by page, up to the key figures.
    """
    texts, shares = [], []
    for page in PdfReader(io.BytesIO(path.read_bytes())).pages:
        height, heights = float(page.mediabox.height), []

        def seen(text: str, matrix: list[float], shift: list[float], *_: object, into: list[float] = heights) -> None:
            if text.strip():
                into.append(matrix[5] + matrix[3] * shift[5])

        texts.append(page.extract_text(visitor_text=seen))
        body = [at for at in heights if FOOT * height < at <= height]
        shares.append((height - min(body)) / height if body else 0.0)
    head, _, _ = "\n".join(texts).partition(f"\n{END[lang]}\n")
    return "\n".join(line.rstrip() for line in head.splitlines()) + "\n", shares


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_documents_say_what_was_read_and_found_good(lang: str, tmp_path: Path):
    plan = seen_by(hamlet_plan.plan())
    files = [path for form in (CITY_PDF, AREA_PDF) for path in write_form(form, plan, tmp_path, lang=lang)]
    told = {path: read(path, lang) for path in files}
    found = {path.stem.removesuffix("-openbaar"): text for path, (text, _) in told.items()}
    if os.environ.get("KOPPELKANS_GOLDEN") == "new":
        FOLDER.mkdir(exist_ok=True)
        for name, text in found.items():
            (FOLDER / f"{name}.{lang}.txt").write_text(text, encoding="utf-8")
    shares = {path.name: pages for path, (_, pages) in told.items()}
    assert {name: pages for name, pages in shares.items() if len(pages) > 1 and min(pages) < LEAST} == {}
    assert found == {name: (FOLDER / f"{name}.{lang}.txt").read_text(encoding="utf-8") for name in found}
