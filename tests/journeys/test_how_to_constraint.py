"""A newcomer adds a constraint by following the how-to to the letter."""

from pathlib import Path

import pytest

from how_to import Page, copied, follow, put_in_tuple, put_new, run_python

PAGE = Page.of("add-a-constraint")
PARTS = (
    "tests/golden/constraints",
    "tests/often.py",
    "tests/tiny_city.py",
    "tests/golden/test_constraint_texts.py",
    "tests/laws/test_constraint_laws.py",
    "tests/laws/test_blocked_laws.py",
)
OBEYED = """
import pandas as pd
import tiny_city
from koppelkans.ground.errors import NoProgrammeError
from koppelkans.programme.desk import lay_out
from koppelkans.programme.futures.draw import Odds
from koppelkans.programme.futures.firm import Sampling, imagine
from koppelkans.programme.replan import move, slip
from koppelkans.programme.solve.highs import Effort
from koppelkans.programme.why import why

works = tiny_city.works(
    ("sewer", 2027, 2027, 2027, 10_000, 0, 0, 900_000, True, False, True),
    ("gas", 2028, 2028, 2030, 10_000, 0, 5_000, 900_000, True, False, False),
).assign(owner=["city", "grid"])
city = tiny_city.problem(
    years=4,
    works=works,
    sections=tiny_city.sections(("street", 50_000, 0, 0, 0)),
    touches=tiny_city.pairs("work", "section", ("sewer", "street"), ("gas", "street")),
    rate=0.0,
)
programme = pd.DataFrame({"work": ["gas", "sewer"], "year": [2029, 2027]})
desk = lay_out(city, programme)
told = why(desk, "gas", reoptimise=True)
print("why:", told.en)
print("warum:", told.nl)
print("blocked:", dict(zip(told.years["year"], told.years["blocked_by"].fillna("free"))), told.blocks("en")[0])
try:
    print("move:", move(desk, "gas", 2028).after.total_eur)
except NoProgrammeError as refused:
    print("move refused:", "; ".join(refused.clashing))
later = slip(desk, "city", 1)
print("slip:", dict(zip(later.desk.programme["work"], later.desk.programme["year"])), later.verdict["kept"].all())
still = Odds(due_years=0, due_kind_years=0, cost_spread={}, cost_shared=0, budget_spread=0, budget_memory=0)
other = Odds(due_years=1.0, due_kind_years=0, cost_spread={}, cost_shared=0, budget_spread=0, budget_memory=0)
for name, odds in (("still", still), ("drawn", other)):
    found = imagine(city, programme, sampling=Sampling(6, odds), effort=Effort(seconds=10))
    print(name, found.futures["faults"].sum(), found.futures["silo_replanned_faults"].sum(), found.firmness["share_kept"].tolist())
"""
"""What a planner asks next, of a street in which gas would be 5,000 cheaper a year sooner, were it not for the year of quiet."""


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """Return a copy of the code and the tests in which steps 1 to 3 of the page were done."""
    folder = copied(tmp_path, PARTS)
    piece, imported, listed, test = PAGE.blocks("python")
    put_new(folder, PAGE.new_files(), (piece, test))
    pieces = folder / "src/koppelkans/programme/constraints/__init__.py"
    put_in_tuple(pieces, imported, "MANDATORY,\n", f"MANDATORY{listed.strip()},\n")
    return folder


def test_the_steps_of_the_page_make_a_constraint_that_meets_its_test_and_the_laws(workshop: Path):
    said = follow(workshop, PAGE, "-k", "quiet")
    laws = "PASSED tests/laws/test_constraint_laws.py"
    assert f"{laws}::test_a_judge_faults_some_outcome_and_not_every_outcome[quiet]" in said
    assert "PASSED tests/golden/test_constraint_texts.py::test_a_constraint_says_what_it_said[quiet]" in said


def test_the_new_constraint_is_obeyed_by_reasons_moves_and_futures(workshop: Path):
    done = run_python(workshop, "-c", OBEYED)
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert "2028 is not possible: the year of quiet of street." in said
    assert "2028: 'quiet', 2029: 'free', 2030: 'free'} the year of quiet of street" in said
    assert "move refused: " in said
    assert "the year of quiet of street" in said.split("move refused: ")[1].splitlines()[0]
    assert "slip: {'gas': 2028, 'sewer': 2028} True" in said
    assert "still 0 0 [1.0, 1.0]" in said
    assert "drawn 0 0 " in said
