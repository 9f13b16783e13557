"""Write the pictures of docs/user from a run of the invented town: `python tools/pictures.py demo/uit`. (nl: plaatjes)."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from koppelkans.context.product import Context
from koppelkans.flow import SHELF
from koppelkans.ground.settings import Settings
from koppelkans.ground.shelf import load
from koppelkans.ground.words import number
from koppelkans.programme.product import Programme
from koppelkans.programme.scenarios.money import curve
from koppelkans.report.chapters.what_if import MOST
from koppelkans.report.pictures.charts import money_curve, money_quality, work_moves

FOLDER = Path(__file__).parents[1] / "docs" / "user" / "pictures"


def main(out: Path) -> None:
    """Draw the scenarios and the changes that a run priced."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    programme = load(Programme, out / SHELF / "programme")
    _draw_scenarios(programme.scenarios)
    _draw_what_if(programme, load(Context, out / SHELF / "context"))


def _draw_what_if(programme: Programme, context: Context) -> None:
    """Draw which works move when a party is late."""
    works = pd.DataFrame(context.works[["work", "name"]])
    moves = programme.what_if_moves.merge(works, on="work").merge(programme.plan[["work", "cost_eur"]], on="work")
    late = moves[moves["what_if"] == "slip"].sort_values(["cost_eur", "work"], ascending=[False, True])
    years = Settings.model_validate(programme.trace.settings).years
    (FOLDER / "wat-als.svg").write_text(work_moves(late.head(MOST), years=years, lang="nl"), encoding="utf-8")


def _draw_scenarios(table: pd.DataFrame) -> None:
    """Draw the curve of money, and money beside quality."""
    if table.empty:
        return
    shares = [f"{number(100 * money, 'nl')} %" for money in table["money"]]
    table = table.assign(label=table["name_nl"].where(table["role"] != "front", shares))
    points = curve(table)
    points = points.assign(label=[f"{number(100 * money, 'nl')} %" for money in points["money"]])
    (FOLDER / "geldkromme.svg").write_text(money_curve(points, lang="nl"), encoding="utf-8")
    known = table.dropna(subset=["spent_eur", "quality_eur"])
    (FOLDER / "geld-en-kwaliteit.svg").write_text(money_quality(known, lang="nl"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
