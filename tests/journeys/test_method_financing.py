"""The page on who pays and who gains holds the formulas of the code, and its worked examples run."""

import re
import tomllib
from pathlib import Path

import pytest

from koppelkans.appraisal.business import holder_sums
from koppelkans.appraisal.financing import capital, holders, mix, picker, prefinancing, transfers
from koppelkans.ground.settings import make_settings

PAGE_FOLDER = Path(__file__).parents[2] / "docs" / "methods"
PAGE = (PAGE_FOLDER / "financing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "part", [holders, holder_sums, transfers, mix, capital, prefinancing, picker], ids=lambda part: part.__name__
)
def test_the_formula_of_the_code_stands_in_the_page(part: object):
    assert f"$${part.FORMULA}$$" in PAGE  # type: ignore[attr-defined]


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_worked_example_runs(example: str):
    assert "assert" in example
    exec(example, {})  # noqa: S102


def test_the_sources_of_the_rules_of_transfers_are_named():
    assert all(name in PAGE and name in transfers.SOURCE for name in ("Kaldor", "Hicks", "Driessen"))


def test_the_purses_and_the_facility_of_the_user_guide_can_be_set():
    guide = (PAGE_FOLDER.parent / "user" / "handleiding.md").read_text(encoding="utf-8")
    (told,) = re.findall(
        r"^```toml\n(.*?)^```$",
        guide.partition("## Wie betaalt")[2].partition("\n## ")[0],
        flags=re.MULTILINE | re.DOTALL,
    )
    made = make_settings({"city": {"name": "Gehucht"}} | tomllib.loads(told))
    grant = next(fund for fund in made.funds if fund.fund == "klimaat")
    assert (grant.sort, grant.last_year, grant.planned, grant.status) == ("subsidie", 2029, False, "verified")
    assert made.appraisal.financing.facilities[0].users[1].places == 2
