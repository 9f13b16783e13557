"""Set a document as an accessible PDF. (nl: zetten)."""

import json
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import typst

from koppelkans.report.blocks import Document, plain
from koppelkans.report.pictures.look import font_folder

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged headings, tables and pictures with their words, title and language."""


def typeset(document: Document, path: Path) -> Path:
    """Write a document as PDF/UA-1. No clock and no path go into it: written twice, the same bytes."""
    values, pictures = plain(document)
    template = (files("koppelkans.report") / "templates" / "document.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "document.typ").write_text(template, encoding="utf-8")
        (folder / "document.json").write_text(
            json.dumps(values, ensure_ascii=False).replace("€ ", "€\N{NO-BREAK SPACE}"), encoding="utf-8"
        )
        for file, svg in pictures.items():
            (folder / file).write_text(svg, encoding="utf-8")
        made = typst.compile(
            folder / "document.typ",
            root=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
        )
    path.write_bytes(made)
    return path


@cache
def _fonts() -> typst.Fonts:
    """Return the letter of the house, found once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[font_folder()])
