"""Pictures of a business case: every alternative and every bar is drawn."""

import pandas as pd

from koppelkans.report.pictures.cases import running_sums, spread_bars, tornado, yearly_money

NAMES = {"apart": "elk apart", "together": "samen"}


def test_a_line_per_alternative_with_its_name():
    rows = pd.DataFrame(
        {"alternative": ["apart", "apart", "together", "together"], "year": [2027, 2028] * 2, "running_eur": [-9e3, -2e3, -5e3, 4e3]}
    )  # fmt: skip
    drawn = running_sums(rows, names=NAMES, lang="nl")
    assert "elk apart" in drawn
    assert "samen" in drawn


def test_a_bar_per_figure_from_low_to_high():
    bars = pd.DataFrame({"figure": ["prijs", "hinder"], "low_eur": [-1e4, 2e3], "high_eur": [3e4, 4e3]})
    drawn = tornado(bars, npv=3_000.0, low="laag", high="hoog", lang="nl")
    assert all(word in drawn for word in ("prijs", "hinder", "laag", "hoog"))


def test_money_and_effects_per_year():
    rows = pd.DataFrame({"year": [2027, 2030, 2027, 2030], "what": ["geld", "geld", "effect", "effect"], "amount_eur": [-1e4, 0.0, 2e3, 3e3]})  # fmt: skip
    drawn = yearly_money(rows, lang="nl")
    assert "2030" in drawn
    assert "geld" in drawn


def test_draws_with_a_line_at_each_named_place():
    bars = pd.DataFrame({"from_eur": [-1e4, 0.0], "to_eur": [0.0, 1e4], "draws": [300, 700]})
    drawn = spread_bars(bars, marks={"5 %": -9e3, "95 %": 8e3}, lang="nl")
    assert "5 %" in drawn
    assert "95 %" in drawn
