"""The command that lays scenarios beside the programme of a finished run. (nl: scenario's)."""

import time
from pathlib import Path

import pandas as pd

from koppelkans import flow
from koppelkans.cli.voice import LANG, Voice, guarded, t
from koppelkans.ground.words import euros, number
from koppelkans.report import Plan

COLUMNS = (
    "Scenario",
    "Investment",
    "Ambitions",
    "Risk",
    "Nuisance",
    "Weighted cost",
    "Done",
    "Busiest year",
    "Moved",
    "From its best",
)
"""Headings of the table on the screen."""


def scenarios(*, out: Path, city: Path | None, as_json: bool, verbose: bool) -> None:
    """Solve the scenarios of a finished run, tell what each changes, and renew the reports."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def lay() -> None:
        began = time.perf_counter()
        with voice.share(t("Planning scenarios"), total=None) as say:

            def tell(name: str) -> None:
                say(None, t("Write map and reports") if name == "report" else t("Planned: {name}", name=name))

            plan = flow.lay_beside(out, folder=city, tell=tell)
        _tell(voice, plan)
        voice.words(
            t(
                "{seconds:.1f} seconds. The comparison stands in {file}.",
                seconds=time.perf_counter() - began,
                file=out / "intern" / "stadsprogramma-intern.pdf",
            )
        )
        voice.result({"ok": True, "out": str(out), "scenarios": _rows(plan.programme.scenarios)})

    guarded(voice, lay)


def _tell(voice: Voice, plan: Plan) -> None:
    """Print the scenarios side by side."""
    table = plan.programme.scenarios
    rows = [
        [
            row[f"name_{LANG}"],
            *(
                euros(_known(row[column]), LANG)
                for column in ("spent_eur", "quality_eur", "risk_eur", "nuisance_eur", "weighted_cost_eur")
            ),
            *(number(_known(row[column]), LANG) for column in ("done", "open_most", "moved")),
            "–" if pd.isna(row["gap"]) else f"{number(100 * row['gap'], LANG, 2)} %",
        ]
        for row in table.to_dict("records")
    ]
    voice.table(
        t("The programme of {name} and its scenarios", name=plan.settings.city.name),
        [t(word) for word in COLUMNS],
        rows,
    )
    for row in table[table["status"] == "impossible"].to_dict("records"):
        voice.words(
            t(
                "{name} has no programme: these demands cannot hold together: {clash}.",
                name=row[f"name_{LANG}"],
                clash=row[f"clash_{LANG}"],
            ),
            style="bold red",
        )


def _known(value: object) -> float | None:
    """Return a number, or None where it is unknown."""
    return None if pd.isna(value) else float(str(value))


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the table as plain rows; unknown is null."""
    rows: list[dict[str, object]] = table.astype("object").where(table.notna(), None).to_dict("records")
    return rows
