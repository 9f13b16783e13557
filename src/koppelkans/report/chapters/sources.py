"""What was read, measured, derived and assumed, and what was set aside. (nl: verantwoording)."""

from koppelkans.context.product import outside_streets
from koppelkans.ground.settings import Figure
from koppelkans.ground.words import number, said_again, say
from koppelkans.report.document import Block, Heading, Sentence, Table, TableColumn, left_out, shortened
from koppelkans.report.names import figure_words, kind_names, many, span
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column

BASES = ("measured", "derived", "assumed", "unknown")
MOST_FIGURES, MOST_FAULTS = 60, 12
ROLES = {
    "assets": "what lies and stands in the street",
    "works": "works",
    "plans": "plans of other parties",
    "sections": "streets",
    "areas": "areas",
    "bottlenecks": "bottlenecks",
    "wishes": "wishes",
    "ambitions": "layers for ambitions",
    "addresses": "addresses",
    "care": "schools and care",
    "topography": "topography",
    "table": "table",
    "effects": "effects on ambitions",
}


def account(plan: Plan, lang: str) -> list[Block]:
    """Return what the programme rests on."""
    return [
        Heading(say("What this rests on", lang), new_page=True),
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
        [say(thing, lang), *(number(int((basis == word).sum()), lang) for word in BASES)]
        for thing, basis in things.items()
        if len(basis)
    ]
    columns = (
        TableColumn(say("What", lang), share=2.0),
        *(TableColumn(say(word, lang), "right", 1.0) for word in BASES),
    )
    return Table(columns, rows, say("How it is known", lang))


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
    rows = [
        [
            source,
            say(ROLES.get(role, role), lang),
            number(rows, lang),
            number(read, lang),
            number(aside, lang),
            span(first, last),
            licence if isinstance(licence, str) else "–",
        ]
        for source, role, rows, read, aside, first, last, licence in zip(
            *(table[column] for column in ("source", "role", "rows", "read", "set_aside")),
            table["first_year"].astype("Float64").astype("float64"),
            table["last_year"].astype("Float64").astype("float64"),
            table["licence"],
            strict=True,
        )
    ]
    columns = (
        paper_column("context.understood", "source", lang, share=1.4),
        TableColumn(say("Holds", lang), share=1.3),
        *(TableColumn(say(text, lang), "right", 0.8) for text in ("Rows", "Read", "Set aside")),
        TableColumn(say("Years", lang), share=0.9),
        paper_column("context.understood", "licence", lang, share=1.1),
    )
    return [Heading(say("Sources", lang), 2), Table(columns, rows, say("What was read", lang))]


def _set_aside(plan: Plan, lang: str) -> list[Block]:
    """Return how much was set aside per file and column; what was found there stands in the workbook only."""
    table = plan.context.set_aside
    heading = Heading(say("Set aside", lang), 2)
    if table.empty:
        return [heading, Sentence(say("No row of any file was set aside.", lang))]
    counts = table.fillna({"column": "–"}).groupby(["where", "column", "wanted"]).size().reset_index(name="count")
    counts = counts.sort_values(["count", "where", "column", "wanted"], ascending=[False, True, True, True])
    rows = [
        [where, column, said_again(wanted, lang), number(count, lang)]
        for where, column, wanted, count in zip(*(counts[name] for name in counts.columns), strict=True)
    ]
    shown, more = shortened(rows, MOST_FAULTS)
    columns = (
        paper_column("context.set_aside", "where", lang, share=1.6),
        paper_column("context.set_aside", "column", lang, share=1.0),
        paper_column("context.set_aside", "wanted", lang, share=2.4),
        paper_column("context.understood", "set_aside", lang, align="right"),
    )
    text = many(
        len(table),
        "One row or value could not be used. The rest of its file was read.",
        "{count} rows or values could not be used. The rest of their file was read.",
        lang,
    )
    return [
        heading,
        Sentence(text),
        Table(columns, shown, say("Set aside, with place", lang)),
        *left_out(more, say("Set aside", lang), lang),
    ]


def figures(plan: Plan, lang: str) -> list[tuple[str, Figure]]:
    """Return the key figures that this programme uses, with their names: those of the appraisal, and prices and lives of kinds that occur."""
    settings = plan.settings
    found = [(say("discount rate", lang), settings.appraisal.discount_rate)]
    names = kind_names(plan, lang)
    found += [(figure_words(name, names, lang), figure) for name, figure in settings.appraisal.figures.items()]
    present = set(plan.context.works["kind"]) | set(plan.context.assets["kind"])
    for name, kind in settings.kinds.items():
        if name in present:
            parts = (("price: {kind}", kind.price), ("life: {kind}", kind.life_years))
            found += [(say(text, lang, kind=names[name]), figure) for text, figure in parts if figure is not None]
    return found


def _figures(plan: Plan, lang: str) -> list[Block]:
    """Return the key figures with their source."""
    rows = [
        [
            name,
            _value(figure, lang),
            say(figure.unit, lang),
            str(figure.price_year or "–"),
            say(figure.basis, lang),
            say(figure.source, lang),
        ]
        for name, figure in figures(plan, lang)
    ]
    shown, more = shortened(rows, MOST_FIGURES)
    columns = (
        TableColumn(say("Figure", lang), share=1.8),
        TableColumn(say("Value", lang), "right"),
        TableColumn(say("Unit", lang), share=1.0),
        TableColumn(say("Price level", lang), "right"),
        TableColumn(say("Basis", lang)),
        TableColumn(say("Source of the figure", lang), share=3.0),
    )
    text = say(
        "A city replaces each of these by its own figure in koppelkans.toml; then its own source stands here.", lang
    )
    return [
        Heading(say("Key figures", lang), 2),
        Sentence(text),
        Table(columns, shown, say("Key figures and where they come from", lang)),
        *left_out(more, say("Key figures", lang), lang),
    ]


def _value(figure: Figure, lang: str) -> str:
    """Return the value with as many decimals as it has, at most four."""
    text = f"{figure.value:.4f}".rstrip("0").rstrip(".")
    return number(figure.value, lang, len(text.partition(".")[2]))
