import pandas as pd
import pytest

from koppelkans.context.works.planned_works import complete
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.settings import make_settings

KINDS = make_settings({"city": {"name": "x"}}).kinds


def window(
    earliest: int | None, best: int | None, latest: int | None, certainty: str = "gepland"
) -> tuple[object, ...]:
    """Return the whole window of a sewer work (5 years early, 5 late), its certainty and what was told."""
    rows = pd.DataFrame(
        {
            "kind": ["sewer_gravity"],
            "earliest_year": [earliest],
            "best_year": [best],
            "latest_year": [latest],
            "certainty": [certainty],
        }
    )
    rows = rows.astype(dict.fromkeys(["earliest_year", "best_year", "latest_year"], "Int64"))
    found = complete(rows, kinds=KINDS, horizon=Horizon(2027, 2041))
    return tuple(found[["earliest_year", "best_year", "latest_year", "certainty", "told"]].iloc[0])


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ((2028, 2029, 2031), (2028, 2029, 2031, "gepland", "window")),
        ((2028, None, 2031), (2028, 2029, 2031, "gepland", "window")),
        ((None, 2030, None), (2025, 2030, 2035, "gepland", "part")),
        ((2030, None, None), (2030, 2030, 2035, "gepland", "part")),
        ((None, None, 2030), (2025, 2030, 2030, "gepland", "part")),
        ((None, 2035, 2033), (2030, 2033, 2033, "gepland", "part")),
        ((None, None, None), (2027, 2034, 2041, "wens", "none")),
    ],
)
def test_a_window_is_made_whole(given: tuple[int | None, ...], wanted: tuple[object, ...]):
    assert window(*given) == wanted


def test_a_firm_work_keeps_its_one_year():
    assert window(None, 2030, None, "vast") == (2030, 2030, 2030, "vast", "part")


def test_a_firm_work_with_a_window_keeps_its_window():
    assert window(2029, 2030, 2031, "vast") == (2029, 2030, 2031, "vast", "window")
