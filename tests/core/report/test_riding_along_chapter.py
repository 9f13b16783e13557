"""What can ride along in an area: only streets that open there, in their own year, with what is asked there."""

from dataclasses import replace

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import FINDS, INVOLVED
from koppelkans.report.chapters.riding_along import area_chances
from koppelkans.report.document import Block, Table
from koppelkans.report.plan import Plan

PLAN = hamlet_plan.plan()


def with_chances(sections: list[str]) -> Plan:
    """Return the plan with two needs left in each of some sections."""
    count = len(sections)
    finds = {
        "find": [f"r-{at}" for at in range(count)], "kind": "riding_along", "side": "chance", "section": sections, "area": "West",
        "first_year": pd.array([2027] * count, dtype="Int64"), "last_year": pd.array([2036] * count, dtype="Int64"),
        "quantity": 2.0, "unit": None, "amount_eur": pd.array([20_000] * count, dtype="Int64"), "score": 0.5,
        "why_nl": "hitte", "why_en": "heat", "geometry": [hamlet.stretch(0, 100)] * count,
    }  # fmt: skip
    involved = pd.DataFrame([{"find": f"r-{at}", "what": "ambition", "name": name} for at in range(count) for name in ("biodiversity", "heat")])  # fmt: skip
    tables = {"finds": shape(pd.DataFrame(finds), FINDS, crs=hamlet.CRS), "involved": shape(involved, INVOLVED)}
    return replace(PLAN, opportunities=replace(PLAN.opportunities, **tables))


def table(blocks: list[Block]) -> Table:
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return found


def test_a_street_that_opens_tells_its_needs_its_year_and_how_many_pieces():
    opened = PLAN.programme.open.merge(pd.DataFrame(PLAN.context.sections)[["section", "area", "name"]], on="section")
    here = opened[opened["area"] == "West"]
    assert len(here) == 2
    shut = sorted(set(PLAN.context.sections["section"]) - set(opened["section"]))
    blocks = area_chances(with_chances([*here["section"], *shut]), "West", "nl")
    names = PLAN.vision.ambitions.set_index("ambition")["name_nl"]
    needs = ", ".join(names.get(key, key) for key in ("biodiversity", "heat"))
    assert table(blocks).rows == [["Dorpsstraat", "2030", needs, "2"]]


def test_what_lies_in_another_area_is_not_told_here():
    elsewhere = PLAN.context.sections.loc[PLAN.context.sections["area"] != "West", "section"].tolist()
    assert area_chances(with_chances(elsewhere), "West", "nl") == []
