"""What was read, measured, derived and assumed, and what was set aside. (nl: verantwoording)."""

from koppelkans.context.product import ROLE_WORDS, outside_streets
from koppelkans.ground.settings import Figure
from koppelkans.ground.tables import WHOLE, Column
from koppelkans.ground.words import number, said_again, say
from koppelkans.report.document import Block, Heading, Sentence, Table
from koppelkans.report.names import figure_words, kind_names, many, span, without
from koppelkans.report.paper import Asked, first_rows, paper
from koppelkans.report.plan import Plan

BASES = ("measured", "derived", "assumed", "unknown")
MOST_FIGURES, MOST_FAULTS = 60, 12
UNFOUND = ("assumption of the project: no public figure found", "assumption of the project: no public figure was found", "assumption of the project")  # fmt: skip
"""Sources that say no more than that none was found; such figures stand together, and this is told once."""


def account(plan: Plan, lang: str) -> list[Block]:
    """Return what the programme rests on."""
    return [
        Heading(say("What this rests on", lang)),
        Sentence(
            say(
                "Measured: stands in a file of the city or of another party. Derived: worked out from what was measured. Assumed: nothing was given, so a default was used; its source stands below. Unknown: left open, never counted as zero.",
                lang,
            )
        ),
        _bases(plan, lang),
        *_outside_streets(plan, lang),
        *_sources(plan, lang),
        *_set_aside(plan, lang),
        *_figures(plan, lang),
    ]


def _bases(plan: Plan, lang: str) -> Table:
    """Return how many of each thing were measured, derived, assumed or unknown."""
    context, programme = plan.context, plan.programme
    funds = programme.money.drop_duplicates("fund")["basis"].replace({"given": "measured"})
    crews = programme.load.drop_duplicates("crew")["basis"].replace({"given": "measured"})
    things = {
        "Width of streets": context.sections["width_basis"],
        "Year in which assets are due": context.assets["due_basis"],
        "Cost of works": context.works["cost_basis"],
        "Nuisance per street": plan.appraisal.openings["nuisance_basis"],
        "Scores in the weighing": plan.weighing.scores["basis"],
        "Budgets of funds": funds,
        "Hours of crews": crews,
    }
    rows = [
        [say(thing, lang), *(int((basis == word).sum()) for word in BASES)]
        for thing, basis in things.items()
        if len(basis)
    ]
    asked: list[Asked] = [("paper.what", 2.0), *((Column(WHOLE, word, nl=say(word, lang)), 1.0) for word in BASES)]
    return paper(rows, asked, say("How it is known", lang), lang)


def _outside_streets(plan: Plan, lang: str) -> list[Block]:
    """Return how much lies outside every street; nothing where all lies in one."""
    lost = outside_streets(plan.context)
    if not sum(lost.values()):
        return []
    text = say("Outside every street: works {works}, assets {assets}, wishes {wishes}. These works are not planned, and the assets come in no work.", lang, **{name: number(count, lang) for name, count in lost.items()})  # fmt: skip
    return [Sentence(text, "note")]


def _sources(plan: Plan, lang: str) -> list[Block]:
    """Return what was read from each source."""
    table = plan.context.understood
    if table.empty:
        return []
    shown = table[["source", "role", "rows", "read", "set_aside", "first_year", "licence"]].assign(
        role=[say(ROLE_WORDS.get(role, role), lang) for role in table["role"]],
        first_year=[span(first, last) for first, last in zip(table["first_year"], table["last_year"], strict=True)],
    )
    asked = (
        ("context.understood.source", 1.4), ("paper.holds", 1.3), ("paper.rows", 0.8), ("paper.read", 0.8),
        ("paper.set_aside", 0.8), ("paper.years", 0.9), ("context.understood.licence", 1.1),
    )  # fmt: skip
    return [Heading(say("Sources", lang), 2), paper(shown, asked, say("What was read", lang), lang)]


def _set_aside(plan: Plan, lang: str) -> list[Block]:
    """Return how much was set aside per file and column; what was found there stands in the workbook only."""
    table = plan.context.set_aside
    heading = Heading(say("Set aside", lang), 2)
    if table.empty:
        return [heading, Sentence(say("No row of any file was set aside.", lang))]
    counts = table.fillna({"column": "–"}).groupby(["where", "column", "wanted"]).size().reset_index(name="count")
    counts = counts.sort_values(["count", "where", "column", "wanted"], ascending=[False, True, True, True])
    counts["wanted"] = [said_again(wanted, lang) for wanted in counts["wanted"]]
    asked = (
        ("context.set_aside.where", 1.6), ("context.set_aside.column", 1.0), ("context.set_aside.wanted", 2.4),
        "context.understood.set_aside",
    )  # fmt: skip
    text = many(
        len(table),
        "One row or value could not be used. The rest of its file was read.",
        "{count} rows or values could not be used. The rest of their file was read.",
        lang,
    )
    caption, sheet = say("Set aside, with place", lang), say("Set aside", lang)
    return [heading, Sentence(text), *first_rows(counts, asked, caption, lang, most=MOST_FAULTS, sheet=sheet)]


def figures(plan: Plan, lang: str) -> list[tuple[str, Figure]]:
    """Return the key figures that this programme uses, with their names.

    Those of the appraisal, and prices and lives of kinds that occur.
    """
    settings = plan.settings
    found = [(say("discount rate", lang), settings.appraisal.discount_rate)]
    names = kind_names(plan, lang)
    found += [(figure_words(name, names, lang), figure) for name, figure in settings.appraisal.figures.items()]
    present = set(plan.context.works["kind"]) | set(plan.context.assets["kind"])
    for name, kind in settings.kinds.items():
        if name in present:
            parts = (
                ("price: {kind}", kind.price), ("life: {kind}", kind.life_years), ("width opened: {kind}", kind.opened_share)
            )  # fmt: skip
            found += [(say(text, lang, kind=names[name]), figure) for text, figure in parts if figure is not None]
    return found


def _figures(plan: Plan, lang: str) -> list[Block]:
    """Return the key figures with their source."""
    every = figures(plan, lang)
    own = say("assumption of the project", lang)
    told = [
        [*_figure(name, figure, lang), figure.basis, without([say(figure.source, lang)], [f"{own}:", f"{own},"])[0]]
        for name, figure in every
        if figure.source not in UNFOUND
    ]
    bare = [_figure(name, figure, lang) for name, figure in every if figure.source in UNFOUND]
    asked = (("paper.figure", 1.8), "paper.value_of", ("paper.unit", 1.0), "paper.price_level")
    text = say(
        "A city replaces each of these by its own figure in koppelkans.toml; then its own source stands here.", lang
    )
    caption, sheet = say("Key figures and where they come from", lang), say("Key figures", lang)
    sourced = (*asked, "paper.basis", ("paper.source", 3.0))
    blocks = [Sentence(text), *first_rows(told, sourced, caption, lang, most=MOST_FIGURES, sheet=sheet)]
    if bare:
        caption = say("Assumptions of the project: no public figure was found", lang)
        blocks += first_rows(bare, asked, caption, lang, most=MOST_FIGURES, sheet=sheet)
    return [Heading(sheet, 2), *blocks]


def _figure(name: str, figure: Figure, lang: str) -> list[str]:
    """Return a key figure with its unit and price level."""
    return [name, _value(figure, lang), say(figure.unit, lang), str(figure.price_year or "–")]


def _value(figure: Figure, lang: str) -> str:
    """Return the value with as many decimals as it has, at most four."""
    text = f"{figure.value:.4f}".rstrip("0").rstrip(".")
    return number(figure.value, lang, len(text.partition(".")[2]))
