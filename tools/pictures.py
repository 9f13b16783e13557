"""Write the pictures of docs/user from a run of the invented town: `python tools/pictures.py demo/uit`. (nl: plaatjes)."""

from __future__ import annotations

import sys
from pathlib import Path

from koppelkans.flow import SHELF
from koppelkans.ground.shelf import load
from koppelkans.ground.words import number
from koppelkans.programme.product import Programme
from koppelkans.programme.scenarios.money import curve
from koppelkans.report.pictures.front import money_curve, money_quality

FOLDER = Path(__file__).parents[1] / "docs" / "user" / "pictures"


def main(out: Path) -> None:
    """Draw the scenarios of a run."""
    table = load(Programme, out / SHELF / "programme").scenarios
    shares = [f"{number(100 * money, 'nl')} %" for money in table["money"]]
    table = table.assign(label=table["name_nl"].where(table["role"] != "front", shares))
    points = curve(table)
    points = points.assign(label=[f"{number(100 * money, 'nl')} %" for money in points["money"]])
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "geldkromme.svg").write_text(money_curve(points, lang="nl"), encoding="utf-8")
    known = table.dropna(subset=["spent_eur", "quality_eur"])
    (FOLDER / "geld-en-kwaliteit.svg").write_text(money_quality(known, lang="nl"), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
