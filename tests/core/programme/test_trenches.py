"""One trench for works that lie beside each other, worked out by hand."""

from itertools import combinations

import pandas as pd
import pytest

from koppelkans.appraisal.appraise import together
from koppelkans.programme.build_problem import trench_savings

WORKS = pd.DataFrame(
    {
        "work": ["gas", "heat", "lamps", "sewer"],
        "owner": ["gas", "heat", "city", "city"],
        "digs": [True, True, False, True],
        "cost_eur": pd.array([100, 300, 900, 1000], dtype="Int64"),
    }
)
OPENERS = pd.DataFrame(
    {
        "work": ["gas", "gas", "heat", "lamps", "sewer", "sewer"],
        "section": ["s", "t", "s", "s", "s", "t"],
        "length_m": [50.0, 50.0, 80.0, 80.0, 60.0, 20.0],
    }
)
OPENINGS = pd.DataFrame({"section": ["s", "t"], "opening_eur": [70, 500], "nuisance_eur": 0})


def test_a_trench_is_saved_beside_the_largest_and_up_to_one_opening():
    """Trenches at a share of 0.2 in s: sewer 150, heat 60, gas 10; in t: sewer 50, gas 10. In s heat saves 60 and gas 10, together the opening of 70."""
    found = trench_savings(WORKS, OPENERS, OPENINGS, trench_share=0.2)
    assert found.to_dict("records") == [
        {"work": "gas", "other": "sewer", "saving_eur": pytest.approx(10 + 10)},
        {"work": "heat", "other": "sewer", "saving_eur": pytest.approx(60)},
    ]
    dear = trench_savings(WORKS, OPENERS, OPENINGS.assign(opening_eur=[65, 500]), trench_share=0.2)
    assert dear["saving_eur"].tolist() == pytest.approx([5 + 10, 60])


@pytest.mark.parametrize("some", [two for n in (2, 3) for two in combinations(["gas", "heat", "sewer"], n)])
def test_never_more_is_counted_than_the_appraisal_counts_for_the_section(some: tuple[str, ...]):
    works, openers = WORKS[WORKS["work"].isin(some)], OPENERS[OPENERS["work"].isin(some)]
    alone = openers.assign(alone_eur=openers["section"].map(OPENINGS.set_index("section")["opening_eur"]))
    whole = together(works, alone, OPENINGS, trench_share=0.2)
    count = openers.groupby("section")["work"].size()
    trench = whole["saving_eur"] - whole["section"].map(count - 1) * whole["section"].map(
        dict(zip(OPENINGS["section"], OPENINGS["opening_eur"], strict=True))
    )
    pairs = trench_savings(WORKS, OPENERS, OPENINGS, trench_share=0.2)
    counted = pairs[pairs["work"].isin(some) & pairs["other"].isin(some)]["saving_eur"].sum()
    assert counted <= trench.sum() + 1
    if "sewer" in some:
        assert counted == pytest.approx(trench.sum(), abs=1)
