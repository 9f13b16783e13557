"""Convenant and investment agreement with one party, to be edited and signed. (nl: overeenkomsten)."""

from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.chapters.agreements import convenant, investment, sides_of
from koppelkans.report.document import Document, typeset
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan
from koppelkans.report.word import write_word

FILES = ("convenant", "investeringsovereenkomst")


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write both agreements with the party for whom the plan was cut, as DOCX and PDF.

    Nothing where the programme holds nothing that municipality and party could do together.
    """
    sides = sides_of(plan, plan.viewer.party)
    if sides is None:
        return []
    city, years, paths = plan.settings.city, plan.settings.years, []
    name = sides.names.get(sides.party, sides.party)
    titles = (say("Convenant with {party}", lang, party=name), say("Investment agreement with {party}", lang, party=name))  # fmt: skip
    for file, title, chapter in zip(FILES, titles, (convenant, investment), strict=True):
        subtitle = f"{city.name} {years.first}–{years.last}"
        foot = say("{title} · draft · for these two parties only", lang, title=title)
        made = Document(title, subtitle, foot, lang, tuple(chapter(plan, sides, lang)))
        word, paper = (folder / plan.viewer.file(f"{file}.{ending}") for ending in ("docx", "pdf"))
        paths += [write_word(made, word), typeset(made, paper)]
    return paths


AGREEMENTS = Form(
    name="agreements",
    nl="convenant en investeringsovereenkomst",
    en="convenant and investment agreement",
    reader_nl="gemeente en de partij waarmee wordt afgesproken",
    reader_en="municipality and the party that agrees",
    format="docx",
    files=tuple(f"{file}.{ending}" for file in FILES for ending in ("docx", "pdf")),
    write=write,
    circles=("party",),
)
