"""The programme of the whole city as an accessible PDF. (nl: stadsprogramma)."""

from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.blocks import Document
from koppelkans.report.chapters.account import account
from koppelkans.report.chapters.ambitions import ambitions
from koppelkans.report.chapters.calls import calls
from koppelkans.report.chapters.cover import cover
from koppelkans.report.chapters.finds import finds
from koppelkans.report.chapters.firmness import firmness
from koppelkans.report.chapters.money import money, people
from koppelkans.report.chapters.other_years import other_years
from koppelkans.report.chapters.proof import proof
from koppelkans.report.chapters.routebook import routebook
from koppelkans.report.chapters.scenarios import scenarios
from koppelkans.report.chapters.split import split
from koppelkans.report.chapters.streets import bundles, streets
from koppelkans.report.chapters.undone import undone
from koppelkans.report.chapters.webs import city_web
from koppelkans.report.chapters.weighed import weighed
from koppelkans.report.chapters.what_if import what_if
from koppelkans.report.chapters.where import where
from koppelkans.report.chapters.yearly import yearly
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan
from koppelkans.report.typeset import typeset

CHAPTERS = (
    cover,
    calls,
    where,
    yearly,
    money,
    people,
    scenarios,
    what_if,
    other_years,
    streets,
    bundles,
    split,
    firmness,
    ambitions,
    city_web,
    routebook,
    undone,
    finds,
    weighed,
    account,
    proof,
)
"""The chapters in the order in which a council reads them: the answer first, how it was made last."""
FILE = "stadsprogramma.pdf"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the programme of the city."""
    city, years = plan.settings.city, plan.settings.years
    title = say("City programme", lang)
    foot = say("{title} {city} · price level {year}", lang, title=title, city=city.name, year=city.price_year)
    blocks = tuple(block for chapter in CHAPTERS for block in chapter(plan, lang))
    document = Document(title, f"{city.name} {years.first}–{years.last}", foot, lang, blocks)
    return [typeset(document, folder / FILE)]


CITY_PDF = Form(
    name="city_pdf",
    nl="stadsprogramma",
    en="city programme",
    reader_nl="raad, college en programmeerkamer",
    reader_en="council, board and programming room",
    format="pdf",
    public=True,
    files=(FILE,),
    write=write,
    first=True,
)
