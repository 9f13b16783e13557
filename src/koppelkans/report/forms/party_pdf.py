"""The one page of a party as an accessible PDF. (nl: bladzijde per partij)."""

from functools import partial
from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.chapters.party_page import party_page
from koppelkans.report.document import Document, typeset
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

FILE = "bladzijde.pdf"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the page of the party for whom the plan was cut."""
    city, years, viewer = plan.settings.city, plan.settings.years, plan.viewer
    title = say("Programme for {party}", lang, party=viewer.name or viewer.party)
    stamp = partial(viewer.stamped, lang=lang)
    foot = stamp(
        say("{title} {city} · price level {year}, without VAT", lang, title=title, city=city.name, year=city.price_year)
    )
    blocks = tuple(party_page(plan, viewer.party, lang))
    document = Document(title, stamp(f"{city.name} {years.first}–{years.last}"), foot, lang, blocks)
    return [typeset(document, folder / viewer.file(FILE))]


PARTY_PDF = Form(
    name="party_pdf",
    nl="bladzijde per partij",
    en="page of a party",
    reader_nl="planner van een partij",
    reader_en="planner of a party",
    format="pdf",
    files=(FILE,),
    write=write,
    circles=("party",),
)
