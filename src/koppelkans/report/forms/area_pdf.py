"""The programme of each area as an accessible PDF. (nl: gebiedsprogramma)."""

from functools import partial
from pathlib import Path

from koppelkans.ground.words import say
from koppelkans.report.chapters.ambitions import area_web
from koppelkans.report.chapters.firmness import area_firmness
from koppelkans.report.chapters.quarter import area_cover, area_holders, area_notice, area_wishes, area_years
from koppelkans.report.chapters.reasons import area_other_years
from koppelkans.report.chapters.riding_along import area_chances
from koppelkans.report.chapters.within_area import within_area
from koppelkans.report.circle import slug
from koppelkans.report.document import Document, typeset
from koppelkans.report.for_everyone import for_viewer
from koppelkans.report.form import Form
from koppelkans.report.plan import Plan

CHAPTERS = (
    area_cover, area_notice, area_web, area_years, area_firmness, area_chances, within_area, area_other_years, area_wishes,
    area_holders,
)  # fmt: skip
FOLDER = "gebieden"


def write(plan: Plan, folder: Path, lang: str) -> list[Path]:
    """Write the programme of each area that the settings ask for."""
    asked = chosen(plan)
    if asked:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    return [_one(plan, folder / FOLDER, lang, area=area, name=name, file=file) for area, name, file in asked]


def chosen(plan: Plan) -> list[tuple[str, str, str]]:
    """Return area, name and file name of the areas that get a programme, the busiest first.

    As the settings say.
    """
    part, summary = plan.settings.report, plan.areas.summary
    if part.areas == "none":
        return []
    asked = summary if part.areas == "all" else summary[summary["works"] > 0]
    asked = asked.sort_values(["works", "area"], ascending=[False, True]).head(part.most_areas)
    slugs = asked["name"].map(slug)
    nth = slugs.groupby(slugs).cumcount()
    files = slugs.where(nth == 0, slugs + "-" + (nth + 1).astype("str")) + ".pdf"
    return list(zip(asked["area"], asked["name"], files, strict=True))


def _one(plan: Plan, folder: Path, lang: str, *, area: str, name: str, file: str) -> Path:
    """Write the programme of one area."""
    city, summary = plan.settings.city, plan.areas.summary
    title = say("Area programme {name}", lang, name=name)
    years = f"{summary['first_year'].min()}–{summary['last_year'].max()}"
    subtitle = f"{city.name} {years}" if name != city.name else years
    whose = city.name if name != city.name else ""
    foot = say(
        "{title} {city} · price level {year}, without VAT", lang, title=title, city=whose, year=city.price_year
    ).replace("  ", " ")
    stamp = partial(plan.viewer.stamped, lang=lang)
    blocks = for_viewer((block for chapter in CHAPTERS for block in chapter(plan, area, lang)), plan.viewer)
    return typeset(Document(title, stamp(subtitle), stamp(foot), lang, blocks), folder / plan.viewer.file(file))


AREA_PDF = Form(
    name="area_pdf",
    nl="gebiedsprogramma",
    en="area programme",
    reader_nl="gebiedsregisseur, bewoners en beheerders",
    reader_en="area director, residents and asset managers",
    format="pdf",
    files=(f"{FOLDER}/*.pdf",),
    write=write,
    circles=("inside", "public"),
)
