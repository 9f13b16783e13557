"""What the user guide says that is understood in files is understood so."""

import re
from pathlib import Path

import pandas as pd
import pytest

from koppelkans.context.readers.xlsx import MOST_CELLS
from koppelkans.context.reading.quantities import numbers
from koppelkans.context.reading.years import periods

PAGE = (Path(__file__).parents[3] / "docs" / "user" / "bestanden.md").read_text(encoding="utf-8")
PERIODS = re.findall(r"^\| `(.+?)` \| (\d{4}|–) \| (\d{4}|–) \|$", PAGE, re.MULTILINE)
AMOUNTS = re.findall(r"^\| `(.+?)` \| ([\d,]+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("written", "first", "last"), PERIODS)
def test_a_period_of_the_page_is_read_as_it_says(written: str, first: str, last: str):
    (row,) = periods(pd.Series([written]))[0].astype("object").to_numpy().tolist()
    assert [str(year) if pd.notna(year) else "–" for year in row] == [first, last]


@pytest.mark.parametrize(("written", "amount"), AMOUNTS)
def test_an_amount_of_the_page_is_read_as_it_says(written: str, amount: str):
    (read,) = numbers(pd.Series([written]), money=True)[0].tolist()
    assert read == float(amount.replace(",", "."))


def test_the_page_has_examples_and_the_bound_of_a_sheet():
    assert len(PERIODS) > 20
    assert len(AMOUNTS) > 4
    assert f"{MOST_CELLS // 1_000_000} miljoen cellen" in PAGE
