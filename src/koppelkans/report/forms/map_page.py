"""The map: one page from disk with programme, chances, needs, assets and wishes. (nl: kaart)."""

from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.form import Form
from koppelkans.report.page.assemble import assemble
from koppelkans.report.page.facts import facts
from koppelkans.report.plan import Plan
from koppelkans.report.scope import scope_words

FILE = "kaart.html"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the page; it needs no network, no tile server and nothing beside it."""
    years = plan.settings.horizon
    title = say("{city}: city programme {first}-{last}", lang, city=plan.settings.city.name, first=years.first, last=years.last)  # fmt: skip
    path = folder / plan.viewer.file(FILE)
    banner = f"{plan.viewer.banner(lang)} {scope_words(plan, lang, counts=False)}".strip()
    path.write_text(
        assemble(facts(plan, lang), title=title, banner=banner, lang=lang),
        encoding="utf-8",
        newline="\n",
    )
    return [path]


MAP_PAGE = Form(
    name="map_page",
    nl="kaart",
    en="map",
    reader_nl="programmamanager, gebiedsregisseur, beheerder",
    reader_en="programme manager, area director, asset manager",
    format="html",
    files=(FILE,),
    write=write,
    circles=("inside", "public"),
    first=True,
)
