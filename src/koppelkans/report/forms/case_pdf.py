"""The business cases as an accessible PDF: a part for the city and one per bundle. (nl: businesscases)."""

from functools import partial
from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.chapters.ambitions import bundle_web
from koppelkans.report.chapters.bundles import every_bundle
from koppelkans.report.chapters.case import (
    case_answer,
    case_effects,
    case_estimate,
    case_spread,
    case_tornado,
    case_unknown,
)
from koppelkans.report.chapters.financing import advance, purses
from koppelkans.report.chapters.who_gains import model, who_gains
from koppelkans.report.document import Contents, Document, Sentence, typeset
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

CHAPTERS = (
    case_answer,
    case_effects,
    case_tornado,
    case_spread,
    case_unknown,
    case_estimate,
    who_gains,
    every_bundle,
    bundle_web,
    purses,
    advance,
    model,
)
"""What is told of each case: the answer first, where it comes from, then who pays and from which purse."""
FILE = "businesscases.pdf"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the business cases that have a page, the city first; nothing where no case was made."""
    cases = plan.business.cases.loc[plan.business.cases["paged"], "case"]
    if cases.empty:
        return []
    city, years = plan.settings.city, plan.settings.years
    title = say("Business cases", lang)
    foot = say(
        "{title} {city} · price level {year}, without VAT", lang, title=title, city=city.name, year=city.price_year
    )
    lead = say("What each bundle of the programme costs and brings, for whom, and how sure that is: first the city, then the bundles that save most. For internal use: it also holds what other parties do not share with everyone.", lang)  # fmt: skip
    told = [block for case in cases for chapter in CHAPTERS for block in chapter(plan, case, lang)]
    stamp = partial(plan.viewer.stamped, lang=lang)
    blocks = (Sentence(lead, "lead"), Contents(say("Contents", lang)), *told)
    return [
        typeset(
            Document(title, stamp(f"{city.name} {years.first}–{years.last}"), stamp(foot), lang, blocks),
            folder / plan.viewer.file(FILE),
        )
    ]


CASE_PDF = Form(
    name="case_pdf",
    nl="businesscases",
    en="business cases",
    reader_nl="bestuur, controller, programmeerkamer en partners",
    reader_en="board, controller, programming room and partners",
    format="pdf",
    files=(FILE,),
    write=write,
)
