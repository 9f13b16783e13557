"""An estimate in SSK form, by hand, and the lines that add up to the investment."""

import pandas as pd
import pytest

import hamlet
from koppelkans.appraisal.business.ssk import LINES, estimates, line_shares, named_share
from koppelkans.ground.settings import Figure
from koppelkans.ground.settings.business import Phase, SskPart


def share(value: float) -> Figure:
    return Figure(value=value, unit="share", source="test")


PHASE = Phase(
    name="voorontwerp", to_be_detailed=share(0.1), indirect=share(0.2), engineering=share(0.1), other=share(0.05),
    risk=share(0.1), range=share(0.2),
)  # fmt: skip
WORKS = pd.DataFrame({"case": "c", "certainty": "gepland", "cost_eur": [100_000.0, float("nan")]})


def of(part: SskPart) -> pd.Series:
    return estimates(WORKS, {"gepland": PHASE}, part).set_index("line")["amount_eur"]


def test_on_top_of_named_direct_cost_by_hand():
    made = of(SskPart(costs_are="named_direct"))
    # direct 110,000; construction 132,000; foreseen 151,800; investment 166,980; VAT 21 %
    assert made.to_dict() == {
        "named": 100_000, "to_be_detailed": 10_000, "indirect": 22_000, "engineering": 13_200, "other": 6_600,
        "risk": 15_180, "vat": 35_066,
    }  # fmt: skip


def test_an_investment_is_taken_apart_and_its_lines_add_up_to_it():
    made = of(SskPart())
    assert made.drop("vat").sum() == pytest.approx(100_000, abs=3)
    assert made["named"] == round(100_000 / 1.6698)
    assert made["vat"] == 21_000


def test_the_range_is_a_share_up_and_down_and_unknown_costs_are_counted():
    made = estimates(WORKS, {"gepland": PHASE}, SskPart()).set_index("line").loc["vat"]
    assert (made["low_eur"], made["high_eur"], made["unknown"], made["phase"]) == (16_800, 25_200, 1, "voorontwerp")


def test_the_default_phases_take_an_investment_apart_whole():
    for phase in hamlet.settings().appraisal.business.ssk.phases.values():
        shares = line_shares(phase, vat=0.21)
        assert list(shares) == list(LINES)
        assert sum(shares.values()) - shares["vat"] == pytest.approx(1.0)
        assert 0 < named_share(phase) < 1
