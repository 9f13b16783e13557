"""The vision of the city in a few pages, as an accessible PDF. (nl: toekomstvisie)."""

from functools import partial
from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.chapters.future import future, proposals, quarters
from koppelkans.report.document import Document, typeset
from koppelkans.report.for_everyone import for_viewer
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

CHAPTERS = (future, quarters, proposals)
FILE = "toekomstvisie.pdf"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the vision of the city."""
    city, years = plan.settings.city, plan.settings.years
    title = say("Vision of the public space", lang)
    foot = say(
        "{title} {city} · price level {year}, without VAT", lang, title=title, city=city.name, year=city.price_year
    )
    stamp = partial(plan.viewer.stamped, lang=lang)
    blocks = for_viewer((block for chapter in CHAPTERS for block in chapter(plan, lang)), plan.viewer)
    document = Document(title, stamp(f"{city.name} {years.first}–{years.last}"), stamp(foot), lang, blocks)
    return [typeset(document, folder / plan.viewer.file(FILE))]


VISION_PDF = Form(
    name="vision_pdf",
    nl="toekomstvisie",
    en="vision",
    reader_nl="raad, bewoners en partners",
    reader_en="council, residents and partners",
    format="pdf",
    files=(FILE,),
    write=write,
    circles=("inside", "public"),
)
