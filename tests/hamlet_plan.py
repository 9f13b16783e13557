"""The hamlet after the whole corridor: products made by hand, so that reports and areas can be worked out on paper.

In 2030 the Dorpsstraat (S1, S2) opens once for sewer, water, gas and paving: five openings of 20,000 eur become two. Water in
the Kerkweg (S3) goes alone in 2028. New paving in the Kerkweg (S4) has an unknown cost and is not put to the solver.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pandas as pd

import hamlet
import hamlet_programme
from kept import shared
from koppelkans.account import reckon
from koppelkans.alignment.product import Alignment
from koppelkans.appraisal.business import build_cases
from koppelkans.appraisal.financing import finance
from koppelkans.appraisal.product import Appraisal
from koppelkans.area import compose
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import Schema, empty, shape
from koppelkans.ground.trace import SourceMark, Trace
from koppelkans.opportunities import product as opportunities_tables
from koppelkans.opportunities.product import Opportunities
from koppelkans.programme.obstacle import only
from koppelkans.programme.problem import Problem
from koppelkans.programme.product import Programme
from koppelkans.report.plan import Plan
from koppelkans.systems.product import Systems
from koppelkans.weighing.product import Weighing

YEARS = range(2027, 2037)
TOGETHER = ["w-sewer", "w-paving", "w-gas", "w-water-1"]
TRACE = Trace(
    version="test",
    sources=(SourceMark("riool", "/home/jansen/riool.gpkg", "0" * 64, "2026-05-01T12:00:00+00:00", 1000),),
    city_folder="/home/jansen/gehucht",
    seed=1,
    solver="HiGHS",
    value_eur=61_000.0,
    bound_eur=61_100.0,
    gap=0.00164,
)


def opportunities() -> Opportunities:
    """Return the vision on the sections with one chance and one clash."""
    finds = {
        "find": ["f-1", "f-2"],
        "kind": ["shared_opening", "dug_twice"],
        "side": ["chance", "clash"],
        "section": ["S2", "S1"],
        "area": ["West", "West"],
        "first_year": pd.array([2029, 2028], dtype="Int64"),
        "last_year": pd.array([2031, 2030], dtype="Int64"),
        "quantity": [100.0, 2.0],
        "unit": ["m", "keer"],
        "amount_eur": pd.array([40_000, None], dtype="Int64"),
        "score": [0.9, 0.4],
        "why_nl": [
            "Riool, klinkers en gas kunnen in 2030 samen in de Dorpsstraat.",
            "De Dorpsstraat gaat twee keer open: in 2028 en in 2030.",
        ],
        "why_en": [
            "Sewer, paving and gas can share the Dorpsstraat in 2030.",
            "The Dorpsstraat opens twice: in 2028 and in 2030.",
        ],
        "geometry": [hamlet.stretch(100, 200), hamlet.stretch(0, 100)],
    }
    involved = {"find": ["f-1", "f-1", "f-1"], "what": ["work"] * 3, "name": ["w-gas", "w-paving", "w-sewer"]}
    made = hamlet.opportunities()
    return Opportunities(
        shape(pd.DataFrame(finds), opportunities_tables.FINDS, crs=hamlet.CRS),
        shape(pd.DataFrame(involved), opportunities_tables.INVOLVED),
        made.section_needs,
        empty(opportunities_tables.PROPOSALS, crs=hamlet.CRS),
        TRACE,
    )


def alignment() -> Alignment:
    """Return one match and the phone list that follows."""
    shared = {
        "share": ["s-1"],
        "party": ["gas"],
        "section": ["S2"],
        "first_year": pd.array([2029], dtype="Int64"),
        "last_year": pd.array([2031], dtype="Int64"),
        "kind": ["gas_low"],
    }
    matches = {
        "match": ["m-1", "m-2"],
        "section": ["S2", "S1"],
        "street": ["Dorpsstraat"] * 2,
        "area": ["West"] * 2,
        "party": ["gas", "gemeente"],
        "other_party": ["gemeente", "water"],
        "work": ["w-gas", "w-sewer"],
        "other_work": ["w-sewer", "w-water-1"],
        "first_year": [2029, 2027],
        "last_year": [2031, 2033],
        "shift_years": [0, 0],
        "years_apart": [2, 2],
        "strength": [0.8, 0.6],
    }
    calls = {
        "party": ["gas", "gemeente"],
        "other_party": ["gemeente", "water"],
        "contact": ["programmeur openbare ruimte", "planner leidingen"],
        "streets": ["Dorpsstraat", "Dorpsstraat"],
        "matches": [1, 1],
        "sections": [1, 1],
        "first_year": [2029, 2027],
        "last_year": [2031, 2033],
        "saving_eur": pd.array([20_000, None], dtype="Int64"),
        "terms_nl": [
            "Spreek af wie de Dorpsstraat in 2029-2031 openmaakt.",
            "Spreek af in welk jaar riool en water samengaan.",
        ],
        "terms_en": [
            "Agree who opens the Dorpsstraat in 2029-2031.",
            "Agree in which year sewer and water go together.",
        ],
    }
    return Alignment(**_shaped(Alignment.TABLES, {"shared": shared, "matches": matches, "calls": calls}), trace=TRACE)


def appraisal() -> Appraisal:
    """Return costs and benefits: opening a section costs 20,000 eur, 30,000 in the main road."""
    works = hamlet.context().works
    openings = {
        "section": ["S1", "S2", "S3", "S4"],
        "setup_eur": [8_000] * 4,
        "traffic_eur": [2_500, 2_500, 7_500, 2_500],
        "paving_eur": [9_500, 9_500, 14_500, 9_500],
        "paved_eur": [23_750, 23_750, 36_250, 23_750],
        "opening_eur": [20_000, 20_000, 30_000, 20_000],
        "nuisance_eur": [600] * 4,
        "nuisance_basis": ["derived"] * 4,
        "breach_eur": [32_000] * 4,
        "open_days": [10.0] * 4,
    }
    costs = {
        "work": works["work"],
        "effect": "execution",
        "holder": works["owner"],
        "side": "cost",
        "quantity": works["quantity"],
        "unit": works["unit"],
        "amount_eur": -works["cost_eur"],
        "basis": works["cost_basis"],
        "source": "eenheidsprijzen",
    }
    gains = {
        "work": ["w-sewer"],
        "effect": ["need_met"],
        "holder": ["bewoners"],
        "side": ["benefit"],
        "quantity": [0.16],
        "unit": ["points"],
        "amount_eur": pd.array([8_000], dtype="Int64"),
        "basis": ["assumed"],
        "source": ["test"],
    }
    worths = {
        "work": works["work"],
        "cost_eur": works["cost_eur"],
        "apart_eur": pd.array([120_000, 72_000, 39_000, 49_000, 37_000, None], dtype="Int64"),
        "early_eur_per_year": pd.array([1_000] * 6, dtype="Int64"),
        "late_eur_per_year": pd.array([2_000] * 6, dtype="Int64"),
        "need_points": [0.2, 0.1, 0.0, 0.0, 0.0, 0.1],
        "worth_eur": pd.array([8_000, 4_000, 0, 0, 0, 4_000], dtype="Int64"),
        "nuisance_eur": [1_200, 600, 600, 600, 600, 600],
    }
    together = {
        "section": ["S1", "S2"],
        "works": [2, 3],
        "owners": [2, 2],
        "apart_eur": [40_000, 60_000],
        "together_eur": [20_000, 20_000],
        "saving_eur": [20_000, 40_000],
        "nuisance_saved_eur": [600, 1_200],
    }
    # need 0.8 x 100 m x 0.001 in S1 and in S2; need 0.5 x 800 m2 x 0.0005 in S2 and in S4
    needs_met = {
        "work": ["w-paving", "w-paving-4", "w-sewer"],
        "ambition": ["heat_stress", "heat_stress", "biodiversity"],
        "met": [0.2, 0.2, 0.16],
        "points": [0.1, 0.1, 0.16],
    }
    amounts = pd.concat([pd.DataFrame(costs), pd.DataFrame(gains)], ignore_index=True)
    made = {
        "openings": openings, "amounts": amounts.sort_values(["work", "effect", "holder"]), "worths": worths,
        "together": together, "needs_met": needs_met,
    }  # fmt: skip
    return Appraisal(**_shaped(Appraisal.TABLES, made), trace=TRACE)


def weighing() -> Weighing:
    """Return two criteria and the order that follows."""
    works = hamlet.context().works["work"].tolist()
    criteria = {
        "criterion": ["need_met", "overdue"],
        "name_nl": ["ambities geholpen", "achterstand"],
        "name_en": ["ambitions served", "overdue"],
        "ground": ["ambitions", "technical"],
        "unit_nl": ["punten", "jaar"],
        "unit": ["points", "years"],
        "better": ["more", "more"],
        "weight": [0.5, 0.5],
        "known": [6, 3],
        "low": [0.0, 0.0],
        "high": [0.2, 2.0],
        "shape": ["linear", "linear"],
    }
    scores = {
        "work": works * 2,
        "criterion": ["need_met"] * 6 + ["overdue"] * 6,
        "measure": [0.2, 0.1, 0.0, 0.0, 0.0, 0.1, 2.0, None, 0.0, 1.0, None, None],
        "basis": ["assumed"] * 6 + ["measured", "unknown", "derived", "derived", "unknown", "unknown"],
        "score": [1.0, 0.5, 0.0, 0.0, 0.0, 0.5, 1.0, None, 0.0, 0.5, None, None],
        "contribution": [0.5, 0.5, 0.0, 0.0, 0.0, 0.5, 0.5, None, 0.0, 0.25, None, None],
    }
    ranking = {
        "work": works,
        "total": [1.0, 0.5, 0.0, 0.25, 0.0, 0.5],
        "known_weight": [1.0, 0.5, 1.0, 1.0, 0.5, 0.5],
        "rank": [1, 2, 5, 4, 5, 2],
        "board_rank": [1, 2, 5, 3, 5, 2],
        "board_total": [1.0, 0.5, 0.0, 0.25, 0.0, 0.5],
        "must": ["Gevaar voor instorting.", None, None, None, None, None],
        "why_nl": ["Helpt de ambities en is over tijd."] + ["Gewoon."] * 5,
        "why_en": ["Serves the ambitions and is overdue."] + ["Plain."] * 5,
    }
    made = {"criteria": criteria, "scores": pd.DataFrame(scores).sort_values(["work", "criterion"]), "ranking": ranking}
    made |= _firm(works)
    agreed = {"groups": 2, "works": 6, "kendall_w": 0.55, "chance": 0.2}
    return Weighing(
        **_shaped(Weighing.TABLES, made),
        trace=TRACE,
        agreement=agreed,
        sampled={"asked": 1000, "drawn": 1000, "works": 6},
    )


def _firm(works: list[str]) -> dict[str, object]:
    """Return how firm the order stands, what two groups make of it, and a decision of the board."""
    answers = {
        "whose": ["buurt"], "node": ["grounds"], "asked": ["ahp"], "consistency": [0.25], "limit": [0.1], "ask_again": [True],
    }  # fmt: skip
    knock_outs = {
        "work": ["w-sewer"], "question": ["danger"], "effect": ["must"], "reason_nl": ["Gevaar voor instorting."],
        "reason_en": ["Danger of collapse."], "by_year": pd.array([2031], dtype="Int64"), "set_by": ["constructeur"],
    }  # fmt: skip
    overrules = {
        "work": ["w-water-3"], "decision": ["rank"], "rank": [4], "board_rank": [3], "reason": ["Beloofd aan de Kerkweg."],
        "set_by": ["college"], "set_on": ["2026-05-12"],
    }  # fmt: skip
    acceptability = {
        "work": works, "first_share": [0.95, 0.03, 0.0, 0.0, 0.0, 0.02], "top_share": [0.95, 0.03, 0.0, 0.0, 0.0, 0.02],
        "best_rank": [1, 1, 3, 2, 3, 1], "low_rank": [1, 2, 4, 3, 4, 2], "middle_rank": [1, 2, 5, 4, 5, 2],
        "high_rank": [1, 4, 6, 5, 6, 4], "worst_rank": [2, 5, 6, 6, 6, 5], "expected_rank": [1.05, 2.4, 5.1, 4.0, 5.1, 2.4],
    }  # fmt: skip
    flips = {
        "work": ["w-paving", "w-water-3"], "other_work": ["w-water-3", "w-gas"], "criterion": ["overdue", None],
        "weight": [0.5, None], "flip_weight": [0.62, None], "change": [0.12, None],
    }  # fmt: skip
    groups = {
        "group": ["wegen", "buurt"], "name": ["Afdeling wegen", "Buurtpanel"], "group_kind": ["department", "residents"],
        "set_by": ["teamleider", None], "reversals": [1, 4], "tau": [0.9, 0.4],
    }  # fmt: skip
    pairs = {
        "group": ["city", "city", "wegen"], "other_group": ["wegen", "buurt", "buurt"], "reversals": [1, 4, 5],
        "tau": [0.9, 0.4, 0.3], "criterion": ["overdue", "need_met", "need_met"],
    }  # fmt: skip
    disagreement = {
        "work": works, "best_rank": [1, 1, 5, 3, 5, 2], "worst_rank": [2, 3, 5, 5, 5, 2], "spread": [1, 2, 0, 2, 0, 0],
        "highest": ["wegen", "buurt", None, "wegen", None, None], "lowest": ["buurt", "wegen", None, "buurt", None, None],
        "criterion": ["need_met", "overdue", None, "overdue", None, None],
    }  # fmt: skip
    return {
        "answers": answers, "knock_outs": knock_outs, "overrules": overrules, "acceptability": acceptability, "flips": flips,
        "groups": groups, "group_pairs": pairs, "disagreement": disagreement,
    }  # fmt: skip


def programme() -> Programme:
    """Return the programme with one bundle of four works and its proof."""
    works = hamlet.context().works
    years = works["work"].map(dict.fromkeys(TOGETHER, 2030) | {"w-water-3": 2028}).astype("Int64")
    plan = {
        "work": works["work"],
        "year": years,
        "bundle": pd.Series("b-1", index=works.index).where(works["work"].isin(TOGETHER)),
        "shift_years": years - works["best_year"],
        "cost_eur": works["cost_eur"],
        "outside": [None] * 5 + ["the cost is unknown"],
        "why_nl": [f"In 2030 samen met anderen ({name})." for name in works["name"][:5]] + ["De kosten zijn onbekend."],
        "why_en": [f"In 2030 together with others ({name})." for name in works["name"][:5]] + ["The cost is unknown."],
    }
    bundles = {
        "bundle": ["b-1"],
        "year": [2030],
        "name": ["Dorpsstraat"],
        "area": ["West"],
        "works": [4],
        "owners": [3],
        "sections": [2],
        "apart_eur": [80_000],
        "together_eur": [40_000],
        "saving_eur": [40_000],
        "own_saving_eur": [20_000],
        "nuisance_saved_eur": [1_200],
        "in_core": [True],
        "worst_group": ["gas"],
        "worst_excess_eur": [-10_000],
    }
    split = {
        "bundle": ["b-1"] * 3,
        "owner": ["gas", "gemeente", "water"],
        "works": [1, 2, 1],
        "apart_eur": [20_000, 40_000, 20_000],
        "fair_eur": [10_000, 20_000, 10_000],
        "saving_eur": [10_000, 20_000, 10_000],
        "basis": "exact",
        "error_eur": 0.0,
    }
    opened = {
        "section": ["S1", "S2", "S3"],
        "year": [2030, 2030, 2028],
        "works": [2, 3, 1],
        "owners": [2, 2, 1],
        "breach": [False, False, False],
    }
    payments = {
        "work": works["work"],
        "section": pd.Series(None, index=works.index, dtype="str"),
        "fund": ["rioolheffing", "wegen", "own:water", "own:water", "own:gas", "wegen"],
        "share": 1.0,
        "amount_eur": works["cost_eur"],
        "year": years,
    }
    other_years = {
        "work": ["w-gas", "w-gas", "w-gas", "w-sewer", "w-sewer", "w-sewer", "w-sewer"],
        "year": [2029, 2030, 2031, 2028, 2029, 2030, 2031],
        "extra_eur": pd.array([19_000, 0, 21_000, 45_000, 42_500, 0, 41_000], dtype="Int64"),
        "harm_eur": pd.array([1_000, 0, 3_000, 2_000, 2_500, 0, 2_000], dtype="Int64"),
        "blocked_by": [None, None, "budget", "fixed", None, None, "limit"],
        "about": [None, None, "own:gas", "w-sewer", None, None, "West"],
        "about_name": [None, None, "Eigen middelen gas", "Riool Dorpsstraat", None, None, "West"],
    }
    promises = {
        "work": ["w-gas", "w-water-3"],
        "promised_year": [2030, 2029],
        "year": pd.array([2030, 2028], dtype="Int64"),
        "kept": [True, False],
        "move_eur": pd.array([4_000, 2_500], dtype="Int64"),
        "basis": ["given", "assumed"],
        "made_to": ["bewoners van de Dorpsstraat", None],
    }
    verdict = {"demand": ["budget", "graafrust"], "kept": [True, True], "faults": [0, 0]}
    made = {
        "plan": plan, "bundles": bundles, "split": split, "open": opened, "payments": payments, "verdict": verdict,
        "other_years": other_years, "promises": promises, **_scenarios(years),
        **_what_if(),
        "money": _money(pd.DataFrame(payments)), "load": _load(), "streets": _streets(),
    }  # fmt: skip
    return Programme(
        **_shaped(Programme.TABLES, made),
        problem=_problem(),
        value={"value_eur": 61_000.0, "bound_eur": 60_900.0},
        trace=TRACE,
    )


def _what_if() -> dict[str, pd.DataFrame]:
    """Return what three changes would cost: the sewer takes the paving along, gas breaks its promise, and less money cannot be."""
    clash = {
        "clash_nl": [None, "Rioolheffing heeft in 2030 € 72.000; gevraagd wordt € 80.000", None],
        "clash_en": [None, "Rioolheffing has €72,000 in 2030; €80,000 is asked", None],
    }
    table = {
        "what_if": ["move", "cut", "slip"], "about": ["w-sewer", "rioolheffing", "gas"],
        "from_year": pd.array([2030, None, None], dtype="Int64"), "year": pd.array([2031, 2030, None], dtype="Int64"),
        "amount_eur": pd.array([None, 8_000, None], dtype="Int64"), "years": pd.array([None, None, 1], dtype="Int64"),
        "possible": [True, False, True], "money_eur": pd.array([40_000, None, -17_000], dtype="Int64"), "own_eur": pd.array([40_000, None, 10_000], dtype="Int64"),
        "harm_eur": pd.array([2_500, None, 1_000], dtype="Int64"),
        "works_move": pd.array([2, None, 1], dtype="Int64"), "promises_move": pd.array([0, None, 1], dtype="Int64"),
        "fewest": [True, False, True], "faults": 0, "decision": ["kermis in 2030", None, None], **clash,
    }  # fmt: skip
    moves = {
        "what_if": ["move", "move", "slip"], "work": ["w-paving", "w-sewer", "w-gas"],
        "from_year": 2030, "to_year": pd.array([2031, 2031, None], dtype="Int64"),
        "promised_year": pd.array([None, None, 2030], dtype="Int64"),
        "promise_moves": [False, False, True], "asked": [False, True, True],
    }  # fmt: skip
    return {"what_if": pd.DataFrame(table), "what_if_moves": pd.DataFrame(moves)}


def _scenarios(years: pd.Series) -> dict[str, pd.DataFrame]:
    """Return the programme beside less money (the paving stays undone), more quality (the same) and more money (the same).

    Spent: 187,000 (80 + 52 + 19 + 17 + 19) on five works, with the openings of S1, S2 and S3 at 20,000 each. Without the
    paving (52,000, ambitions 4,000) the risk of leaving it rises by 40,000. All gain at most 1,000 more.
    """
    placed = pd.DataFrame({"work": hamlet.context().works["work"], "year": years}).dropna().astype({"year": "int64"})
    cost = hamlet.context().works.set_index("work")["cost_eur"]
    owner = hamlet.context().works.set_index("work")["owner"]
    every = {"base": placed, "sober": placed[placed["work"] != "w-paving"], "quality": placed, "money-1.1": placed}
    less = pd.Series([name == "sober" for name in every])
    total = int(cost[placed["work"]].sum())
    scenarios = pd.DataFrame(
        {
            "scenario": list(every), "role": ["base", "scenario", "scenario", "front"],
            "name_nl": ["dit programma", "Soberder budget", "Meer kwaliteit", "budget 110 %"],
            "name_en": ["this programme", "Smaller budget", "More quality", "budget 110 %"],
            "quality": [1.0, 1.0, 1.25, 1.0], "money": [1.0, 0.9, 1.0, 1.1], "risk": 1.0, "altered": False,
            "basis": ["given", "assumed", "assumed", "assumed"], "budget_eur": [330_000, 297_000, 330_000, 363_000],
            "cost_eur": total - 52_000 * less, "openings_eur": 60_000, "nuisance_eur": 1_800,
            "spent_eur": total + 60_000 - 52_000 * less, "quality_eur": 12_000 - 4_000 * less,
            "risk_eur": 10_000 + 40_000 * less, "weighted_cost_eur": 61_000 + 20_000 * less,
            "weighted_least_eur": pd.array([60_000, 80_000, None, 60_000], dtype="Int64"),
            "done": 5 - less.astype("int64"), "undone": less.astype("int64"), "changed": less.astype("int64"), "moved": 0,
            "openings": 3, "open_most": 2, "dominated": False, "value_eur": 61_000 + 20_000 * less, "bound_eur": 60_900,
            "gap": 0.00164, "status": ["base", "proven", "proven", "proven"], "faults": 0,
        }
    )  # fmt: skip
    plans = pd.concat([rows.assign(scenario=name) for name, rows in every.items()])
    priced = plans.assign(cost_eur=plans["work"].map(cost), owner=plans["work"].map(owner))
    grid = pd.MultiIndex.from_product([list(every), YEARS], names=["scenario", "year"])
    spent = priced.groupby(["scenario", "year"])["cost_eur"].sum().reindex(grid).fillna(0)
    by_year = spent.reset_index().assign(
        works=priced.groupby(["scenario", "year"]).size().reindex(grid).fillna(0).to_numpy()
    )
    opened = by_year["year"].map({2030: 2, 2028: 1}).fillna(0).astype("int64")
    by_year = by_year.assign(openings=opened, openings_eur=20_000 * opened, nuisance_eur=600 * opened)
    parties = (
        priced.groupby(["scenario", "owner"]).agg(done=("work", "size"), cost_eur=("cost_eur", "sum")).reset_index()
    )
    missed = ((parties["scenario"] == "sober") & (parties["owner"] == "gemeente")).astype("int64")
    parties = parties.rename(columns={"owner": "part"}).assign(sort="party", undone=missed, openings=2)
    place = priced.assign(owner=priced["work"].map({"w-water-3": "East"}).fillna("West"))
    areas = place.groupby(["scenario", "owner"]).agg(done=("work", "size"), cost_eur=("cost_eur", "sum")).reset_index()
    areas = areas.rename(columns={"owner": "part"}).assign(sort="area", openings=2, nuisance_eur=1_200)
    areas["undone"] = ((areas["scenario"] == "sober") & (areas["part"] == "West")).astype("int64")
    return {
        "scenarios": scenarios,
        "scenario_plan": plans.sort_values(["scenario", "work"]),
        "scenario_years": by_year,
        "scenario_parts": pd.concat([parties, areas]).sort_values(["scenario", "sort", "part"]),
    }


def _money(payments: pd.DataFrame) -> pd.DataFrame:
    """Return the four funds: the sewer charge was given, the others are assumed."""
    spent = payments.dropna(subset=["year", "amount_eur"]).groupby(["fund", "year"])["amount_eur"].sum()
    names = {
        "own:gas": "Eigen middelen gas",
        "own:water": "Eigen middelen water",
        "rioolheffing": "Rioolheffing",
        "wegen": "Voorziening wegen en verlichting",
    }
    budgets = {"own:gas": 5_000, "own:water": 10_000, "rioolheffing": 20_000, "wegen": 13_000}
    money = pd.MultiIndex.from_product([sorted(names), YEARS], names=["fund", "year"]).to_frame(index=False)
    pairs = zip(money["fund"], money["year"], strict=True)
    money["spent_eur"] = [int(spent.get(pair, 0)) for pair in pairs]
    money["budget_eur"] = money["fund"].map(budgets)
    money["left_eur"] = (money["budget_eur"] - money["spent_eur"]).groupby(money["fund"]).cumsum()
    basis = money["fund"].map({"rioolheffing": "given"}).fillna("assumed")
    scarce = {("rioolheffing", 2027): 0.42, ("rioolheffing", 2028): 0.42, ("wegen", 2030): 0.05}
    worth = [scarce.get(pair, 0.0) for pair in zip(money["fund"], money["year"], strict=True)]
    return money.assign(name=money["fund"].map(names), carries_over=True, basis=basis, worth_per_eur=worth)


def _load() -> pd.DataFrame:
    """Return two crews."""
    busy = {("civil", 2030): 132.0, ("pipes", 2028): 19.0, ("pipes", 2030): 36.0}
    load = pd.MultiIndex.from_product([["civil", "pipes"], YEARS], names=["crew", "year"]).to_frame(index=False)
    return load.assign(
        name=load["crew"].map({"civil": "Civiele techniek", "pipes": "Leidingen"}),
        available_h=load["crew"].map({"civil": 150.0, "pipes": 40.0}),
        used_h=[busy.get(pair, 0.0) for pair in zip(load["crew"], load["year"], strict=True)],
        basis=load["crew"].map({"civil": "given", "pipes": "assumed"}),
    )


def _streets() -> pd.DataFrame:
    """Return the open streets of both quarters."""
    seen = {("East", 2028): 1, ("West", 2030): 2}
    streets = pd.MultiIndex.from_product([["East", "West"], YEARS], names=["limit", "year"]).to_frame(index=False)
    counts = [seen.get(pair, 0) for pair in zip(streets["limit"], streets["year"], strict=True)]
    return streets.assign(open_sections=counts, most=2, basis="assumed")


def systems() -> Systems:
    """Return a routeboek for sewers and water mains."""
    pairs = [("cables_and_pipes", "water_main", 100.0), ("water", "sewer_gravity", 200.0)]
    years = [
        {
            "system": system,
            "kind": kind,
            "year": year,
            "works": int(year == 2030),
            "quantity": length if year == 2030 else 0.0,
            "unit": "m",
            "cost_eur": 80_000 if year == 2030 else 0,
            "backlog": 0.0 if year >= 2030 else length,
            "backlog_eur": None if kind == "water_main" else (0 if year >= 2030 else 80_000),
        }
        for system, kind, length in pairs
        for year in YEARS
    ]
    forecast = [
        {
            "system": system,
            "case": case,
            "year": year,
            "good_share": 0.9 if case == "programme" and year >= 2030 else 0.2,
            "fair_share": 0.1 if case == "programme" and year >= 2030 else 0.3,
            "poor_share": 0.0 if case == "programme" and year >= 2030 else 0.5,
            "unknown_share": 0.0,
        }
        for system in ("cables_and_pipes", "water")
        for case in ("nothing", "programme")
        for year in YEARS
    ]
    stock = {
        "system": ["cables_and_pipes", "cables_and_pipes", "water"],
        "kind": ["gas_low", "water_main", "sewer_gravity"],
        "owner": ["gas", "water", "gemeente"],
        "assets": [1, 2, 2],
        "quantity": [100.0, 200.0, 200.0],
        "unit": ["m"] * 3,
        "mean_age": [52.0, 68.0, None],
        "unknown_age_share": [0.0, 0.0, 1.0],
        "overdue": [0.0, 0.0, 0.0],
    }
    return Systems(**_shaped(Systems.TABLES, {"years": years, "forecast": forecast, "stock": stock}), trace=TRACE)


def _shaped(schemas: Mapping[str, Schema], made: Mapping[str, object]) -> dict[str, pd.DataFrame]:
    """Return every table of a product; one that was not made has no rows."""
    return {
        name: shape(pd.DataFrame(made[name]), schema) if name in made else empty(schema)
        for name, schema in schemas.items()
    }


def plan(settings: Settings | None = None) -> Plan:
    """Return the whole plan of the hamlet; made once for the same settings, for nothing may change it."""
    return _made((settings or hamlet.settings()).model_dump_json())


@cache
def _made(chosen: str) -> Plan:
    """Return the plan with these settings, from the other worker where it has made it."""
    name = f"plan-{sha256(chosen.encode()).hexdigest()[:16]}"
    return shared(name, lambda _: _walked(Settings.model_validate_json(chosen)), Path())


def _walked(chosen: Settings) -> Plan:
    """Return the plan with these settings."""
    context, vision, found, money, done = (
        hamlet.context(), hamlet.vision(), opportunities(), appraisal(), programme(),
    )  # fmt: skip
    counted = reckon(context, money, done, settings=chosen)
    areas = compose(context, vision, found, money, done, counted, settings=chosen)
    cases = build_cases(context, vision, found, money, done, settings=chosen)
    paid = finance(context, found, money, done, cases, settings=chosen)
    return Plan(
        chosen, vision, context, found, alignment(), money, weighing(), done, counted, systems(), areas, cases, paid
    )


def nothing() -> Plan:
    """Return a plan of a place where nothing is known: every table without rows."""
    made = plan()
    rooms = {}
    for part in fields(made):
        room = getattr(made, part.name)
        if hasattr(room, "TABLES"):
            tables = {name: getattr(room, name).iloc[:0] for name in room.TABLES}
            rooms[part.name] = replace(room, **tables, trace=Trace(version="test"))
    return replace(made, **rooms)


def with_areas(plan: Plan, **tables: pd.DataFrame) -> Plan:
    """Return the plan with other tables of the areas."""
    return replace(plan, areas=replace(plan.areas, **tables))


@cache
def _problem() -> Problem:
    """Return the problem of the hamlet, with the work outside that the plan has outside; it does not depend on what was done."""
    whole = hamlet_programme.problem()
    away = whole.works["work"] == "w-paving-4"
    inside = only(whole, list(whole.works.loc[~away, "work"]))
    outside = whole.works.loc[away, ["work", "name"]].assign(reason="the cost is unknown", cost_eur=pd.NA)
    paid = whole.payments[whole.payments["work"] == "w-paving-4"].assign(amount_eur=pd.NA)
    costs = appraisal().openings.set_index("section").loc[inside.sections["section"]]
    priced = inside.sections.assign(
        opening_eur=costs["opening_eur"].to_numpy(dtype=float),
        base_eur=(costs["setup_eur"] + costs["traffic_eur"]).to_numpy(dtype=float),
        paving_eur=costs["paved_eur"].to_numpy(dtype=float),
    )
    return replace(
        inside,
        sections=priced,
        outside=shape(outside, Problem.TABLES["outside"]),
        outside_payments=shape(paid, Problem.TABLES["outside_payments"]),
    )
