"""Every command, in the order in which a newcomer meets them. (nl: opdrachten)."""

from importlib.metadata import version
from typing import Annotated

import typer

from koppelkans.cli import alternatives, corridor, folder, look, plain, steer
from koppelkans.cli.futures import futures
from koppelkans.cli.split import split
from koppelkans.cli.voice import t
from koppelkans.cli.webs import ambitieweb
from koppelkans.flow import ROOMS

START, WALK, ASK, ROOM_BY_ROOM = (
    t("Start here"),
    t("From file to programme"),
    t("Ask the programme"),
    t("One room at a time"),
)
DOORS = {
    "vision": "Visioning: stack the ambitions per place.",
    "context": "Planning context: what is there and what is planned, street by street.",
    "opportunities": "Map of opportunities and bottlenecks.",
    "alignment": "Alignment: who must phone whom about which street.",
    "appraisal": "Costs and benefits, per party.",
    "weighing": "Programme room: weigh on the six grounds.",
    "programme": "Programme room: which work in which year.",
    "systems": "A routeboek per vital system.",
    "areas": "Programme table: ten-year programmes per area.",
    "business": "Business cases: what each bundle costs and brings, year by year.",
    "financing": "Who pays, who gains: holders, transfers, purses with their gaps, advances.",
}
"""What each door does; the Dutch stands in the catalogue."""
app = typer.Typer(
    name="koppelkans",
    help=t("Koppelkans brings the plans for a street together: what falls due, who can join whom, what it saves, and in which year it is best done. Start with `koppelkans demo`, then `koppelkans new my-city`."),
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,
)  # fmt: skip


def _show_version(wanted: bool) -> None:  # noqa: FBT001
    """Print the version and stop."""
    if wanted:
        typer.echo(version("koppelkans"))
        raise typer.Exit


@app.callback()
def start(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=t("Show the version and stop."))
    ] = False,
) -> None:
    """Take the options that stand before the command."""


app.command(
    "demo",
    rich_help_panel=START,
    help=t("Make an invented Dutch town of any size and walk the whole corridor with it."),
)(corridor.demo)
app.command("new", rich_help_panel=START, help=t("Write a commented koppelkans.toml for your own city."))(folder.new)
app.command(
    "check",
    rich_help_panel=START,
    help=t("Read everything and tell what was understood and what was wrong, with file, row and column."),
)(folder.check)
app.command(
    "run",
    rich_help_panel=WALK,
    help=t("Walk the whole corridor: from the city's files to programme, map, reports and tables."),
)(corridor.run)
app.command("open", rich_help_panel=WALK, help=t("Open the map of a run in the browser."))(look.open_map)
app.command(
    "scenarios",
    rich_help_panel=WALK,
    help=t(
        "Lay scenarios beside the programme of a run: other knobs, budgets and parties, each planned anew and proven."
    ),
)(alternatives.scenarios)
app.command(
    "again",
    rich_help_panel=WALK,
    help=t("Repeat a run from its trace.json, years later too, and tell whether the same came out."),
)(corridor.again)
app.command("split", rich_help_panel=ASK, help=t("Who saves what: what each party pays for opening in each bundle, apart and together."))(split)  # fmt: skip
app.command(
    "solve",
    rich_help_panel=WALK,
    help=t("From plain tables (CSV or Parquet) to the best programme, without a city folder."),
)(plain.solve)
app.command(
    "why",
    rich_help_panel=ASK,
    help=t("Why a work stands in its year: what every other year costs, what forbids it, and with whom it goes."),
)(steer.why)
app.command(
    "move",
    rich_help_panel=ASK,
    help=t("Move a work to another year: first the price and what moves with it, then the change."),
)(steer.move)
app.command(
    "cut",
    rich_help_panel=ASK,
    help=t("Cut the budget of a fund in a year: first the price, then the change."),
    context_settings={"ignore_unknown_options": True},  # so that -5 is read as an amount, and refused as one
)(steer.cut)
app.command(
    "slip",
    rich_help_panel=ASK,
    help=t("Let all works of a party come years later: first the price, then the change."),
)(steer.slip)
app.command("undo", rich_help_panel=ASK, help=t("Take back the last move, cut or slip."))(steer.undo)
app.command("futures", rich_help_panel=ASK, help=t("Firm or fragile: sample futures, tell which works keep their year and what planning together saves."))(futures)  # fmt: skip
for room in ROOMS:
    app.command(room.name, rich_help_panel=ROOM_BY_ROOM, help=t(DOORS[room.name]))(corridor.entering(room.name))
app.command(
    "report", rich_help_panel=ROOM_BY_ROOM, help=t("Write map, tables and documents of the products on the shelf.")
)(corridor.report)
app.command(
    "ambitieweb",
    rich_help_panel=ROOM_BY_ROOM,
    help=t("Draw the ambitiewebs as pictures: as decided, and with a run also what the works reach."),
)(ambitieweb)
