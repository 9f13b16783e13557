"""A page per street: when does my street open, and why. (nl: straatpagina's)."""

from pathlib import Path

from koppelkans.report.form import Form
from koppelkans.report.plan import Plan
from koppelkans.report.street import by_letter, index_page, letter_page, street_page, streets

FOLDER, INDEX, MAP, LETTER = "straten", "straten.html", "kaart.html", "letter_{letter}.html"
MOST = 500
"""Streets on the page with all of them; where there are more, every letter has a page of its own."""


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write a page per named street, also where nothing is planned, and one with all of them."""
    found, viewer = streets(plan, lang), plan.viewer
    index = folder / viewer.file(INDEX)
    files = {street.file: viewer.file(f"{street.file}.html") for street in found}
    letters = by_letter(found) if len(found) > MOST else {}
    own = {letter: viewer.file(LETTER.format(letter=letter.lower())) for letter in letters}
    text = index_page(found, plan, lang, folder=FOLDER, files=files, pages=own)
    index.write_text(text, encoding="utf-8", newline="\n")
    pages = [index]
    if found:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for letter, part in letters.items():
        path = folder / FOLDER / own[letter]
        text = letter_page(letter, part, plan, lang, index=index.name, files=files)
        path.write_text(text, encoding="utf-8", newline="\n")
        pages.append(path)
    for street in found:
        path = folder / FOLDER / files[street.file]
        page = street_page(street, plan, lang, index=index.name, map_file=viewer.file(MAP))
        path.write_text(page, encoding="utf-8", newline="\n")
        pages.append(path)
    return pages


STREET_PAGES = Form(
    name="street_pages",
    nl="straatpagina's",
    en="pages of streets",
    reader_nl="bewoners en ondernemers",
    reader_en="residents and businesses",
    format="html",
    files=(INDEX, f"{FOLDER}/*.html"),
    write=write,
    circles=("public",),
)
