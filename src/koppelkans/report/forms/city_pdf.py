"""The programme of the whole city as an accessible PDF. (nl: stadsprogramma)."""

from functools import partial
from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.chapters.ambitions import city_web, finds
from koppelkans.report.chapters.bundles import split
from koppelkans.report.chapters.case import city_case
from koppelkans.report.chapters.firmness import firmness
from koppelkans.report.chapters.future import future, proposals, quarters
from koppelkans.report.chapters.ladder import ladder
from koppelkans.report.chapters.left_out import left_out
from koppelkans.report.chapters.money import money, people
from koppelkans.report.chapters.page_one import calls, cover
from koppelkans.report.chapters.ranking import weighed
from koppelkans.report.chapters.reasons import other_years, proof, undone
from koppelkans.report.chapters.routebook import routebook
from koppelkans.report.chapters.scenarios import scenarios
from koppelkans.report.chapters.sources import account
from koppelkans.report.chapters.what_if import what_if
from koppelkans.report.chapters.years import bundles, streets, where, yearly
from koppelkans.report.document import Document, typeset
from koppelkans.report.for_everyone import for_viewer
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

CHAPTERS = (
    cover,
    ladder,
    left_out,
    calls,
    future,
    quarters,
    proposals,
    where,
    yearly,
    money,
    people,
    city_case,
    scenarios,
    what_if,
    other_years,
    streets,
    bundles,
    split,
    firmness,
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
    foot = say(
        "{title} {city} · price level {year}, without VAT", lang, title=title, city=city.name, year=city.price_year
    )
    stamp = partial(plan.viewer.stamped, lang=lang)
    blocks = for_viewer((block for chapter in CHAPTERS for block in chapter(plan, lang)), plan.viewer)
    document = Document(title, stamp(f"{city.name} {years.first}–{years.last}"), stamp(foot), lang, blocks)
    return [typeset(document, folder / plan.viewer.file(FILE))]


CITY_PDF = Form(
    name="city_pdf",
    nl="stadsprogramma",
    en="city programme",
    reader_nl="raad, college en programmeerkamer",
    reader_en="council, board and programming room",
    format="pdf",
    files=(FILE,),
    write=write,
    circles=("inside", "public"),
    first=True,
)
