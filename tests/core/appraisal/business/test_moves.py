"""Figures in no proportion to the NPV: their bars are what a run with that value gives, to the euro, and draws lie between."""

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.appraisal import appraise
from koppelkans.appraisal.business import Business, build_cases
from koppelkans.appraisal.business.sensitivity import as_levers, towards_ends

LIFE = {"unit": "years", "source": "test"}
GROWTH = {"unit": "share per year", "source": "test"}


def built(*, life: float = 60.0, growth: float = 0.01, **figures: float) -> Business:
    named = {name: {"value": value, "unit": "share", "source": "test"} for name, value in figures.items()}
    named["biodiversity_tree"] = {"value": 30.0, "unit": "eur/piece/year", "source": "test"}
    settings = hamlet.settings(
        kinds={"sewer_gravity": {"life_years": LIFE | {"value": life} | ({"low": 40.0, "high": 75.0} if life == 60.0 else {})}},
        appraisal={
            "figures": named,
            "business": {"draws": 50},
            "benefits": {"biodiversity": {"growth": GROWTH | {"value": growth} | ({"low": 0.0, "high": 0.02} if growth == 0.01 else {})}},
        },
    )  # fmt: skip
    town, vision, finds = hamlet.context(), hamlet.vision(), hamlet.opportunities()
    money = appraise(town, vision, finds, settings=settings)
    return build_cases(town, vision, finds, money, hamlet_plan.programme(), settings=settings)


@pytest.fixture(scope="module")
def made() -> Business:
    return built()


@pytest.mark.parametrize(
    ("figure", "end", "other"),
    [
        ("failure_chance", "low_eur", {"failure_chance": 0.01}),
        ("failure_growth", "high_eur", {"failure_growth": 0.15}),
        ("kinds.sewer_gravity.life_years", "low_eur", {"life": 40.0}),
        ("benefits.biodiversity.growth", "high_eur", {"growth": 0.02}),
    ],
)
def test_the_bar_is_what_a_run_with_that_value_gives(made: Business, figure: str, end: str, other: dict[str, float]):
    alternative = "extra" if figure.startswith("benefits") else "together"
    again = built(**other).outcomes.set_index(["case", "alternative"])["npv_eur"]
    bars = made.tornado.set_index(["case", "alternative", "figure"])
    for case in ("b-1", "city"):
        assert again[(case, alternative)] == round(bars.loc[(case, alternative, figure), end])
    assert pd.isna(bars.loc[("b-1", alternative, figure), "break_even"])


def test_a_draw_halfway_to_an_end_moves_the_npv_half_of_what_the_end_does():
    table = pd.DataFrame({"figure": ["z"], "low": [0.5], "high": [3.0]})
    drawn = pd.DataFrame({"z": [1.0, 0.5, 0.75, 3.0, 2.0]})
    ends = towards_ends(drawn, table, ["z"])
    assert ends["z<"].tolist() == [0.0, 1.0, 0.5, 0.0, 0.0]
    assert ends["z>"].tolist() == [0.0, 0.0, 0.0, 1.0, 0.5]
    levers = pd.DataFrame({"case": ["k"], "alternative": ["apart"], "factors": ["x"], "worth": [100.0]})
    moved = pd.DataFrame(
        {"case": ["k"], "alternative": ["apart"], "factors": ["x"], "figure": ["z"], "low": [-7.0], "high": [9.0]}
    )
    every = as_levers(levers, moved)
    assert dict(zip(every["factors"], every["worth"], strict=True)) == {"x": 100.0, "x z<": -7.0, "x z>": 9.0}
