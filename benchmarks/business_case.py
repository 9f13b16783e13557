"""Business cases of 10,000 works over 100 years, with draws; prints seconds, peak memory and the ratio to a plain peer. (nl: meten).

The peer does one part of it, as one would write it down in pandas: it writes every stream out year by year with its names, discounts, and sums
by case and alternative. Its NPV must be the same to the euro.

Usage: python benchmarks/business_case.py [--works N] [--years N] [--draws N] [--no-peer]
"""

import argparse
import resource
import sys
import time
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd

from koppelkans.appraisal import appraise
from koppelkans.appraisal.business import build_cases
from koppelkans.appraisal.business.courses import of_alternatives
from koppelkans.appraisal.business.footing import stand_on
from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.business.streams import Span
from koppelkans.context import product as context_tables
from koppelkans.context.product import Context
from koppelkans.ground.settings import make_settings
from koppelkans.ground.tables import empty, shape
from koppelkans.ground.trace import Trace
from koppelkans.opportunities import product as opportunities_tables
from koppelkans.opportunities.product import Opportunities
from koppelkans.vision import product as vision_tables
from koppelkans.vision.product import Vision

SEED, FIRST, WINDOW, STREET, CRS = 2026, 2027, 15, 8, "EPSG:28992"
KINDS = {
    "sewer_gravity": ("gemeente", "water", 400.0, "derived", (True, True)),
    "water_main": ("water", "cables_and_pipes", 190.0, "derived", (True, False)),
    "gas_low": ("gas", "cables_and_pipes", 170.0, "third_party", (True, False)),
    "paving": ("gemeente", "infrastructure", 520.0, "planned", (False, True)),
    "green": ("gemeente", "nature", 90.0, "planned", (False, False)),
}
"""Owner, system, euros per metre, origin, and whether it digs and leaves new paving."""


def invented(count: int) -> tuple[Context, Vision, Opportunities, SimpleNamespace]:
    """Return an invented city of so many works along streets, of which those of one street mostly meet in one year."""
    draw = np.random.default_rng(SEED)
    streets = max(2, count // 4)
    kind = np.array(list(KINDS))[draw.integers(0, len(KINDS), count)]
    street = draw.integers(0, streets, count)
    many = draw.integers(1, STREET // 2 + 1, count)
    start = draw.integers(0, STREET - many + 1)
    due = draw.integers(FIRST, FIRST + WINDOW, streets)[street]
    best = np.clip(due + draw.integers(-2, 3, count), FIRST, FIRST + WINDOW - 1)
    names = np.char.add("w", np.char.zfill(np.arange(count).astype(str), 6))
    owner, system, price, origin, does = (np.array([KINDS[name][at] for name in kind]) for at in range(5))
    known = draw.random(count)
    works = pd.DataFrame(
        {
            "work": names, "name": names, "owner": owner, "kind": kind, "system": system, "origin": origin,
            "certainty": np.array(["wens", "voornemen", "gepland", "vast"])[draw.integers(0, 4, count)],
            "earliest_year": best - 2, "best_year": best, "latest_year": best + 3,
            "due_year": pd.array(np.where(known < 0.8, due, np.nan), dtype="Float64").astype("Int64"),
            "length_m": many * 100.0, "area_m2": np.nan, "pieces": pd.array([None] * count, dtype="Int64"),
            "quantity": many * 100.0, "unit": "m",
            "cost_eur": pd.array(np.where(known < 0.98, np.round(many * 100 * price), np.nan), dtype="Float64").astype("Int64"),
            "cost_basis": np.where(known < 0.98, "assumed", "unknown"), "digs": does[:, 0], "resurfaces": does[:, 1],
            "mandatory": False, "condition": np.nan, "criticality": np.round(draw.uniform(0.3, 0.9, count), 1),
            "why_nl": "proef", "why_en": "test", "source": "benchmark",
        }
    )  # fmt: skip
    section = np.array([f"s{at:06}" for at in range(streets * STREET)])
    work, step = np.repeat(np.arange(count), many), np.concatenate([np.arange(one) for one in many])
    touches = pd.DataFrame(
        {"work": names[work], "section": section[street[work] * STREET + start[work] + step], "length_m": 100.0}
    )
    sections = pd.DataFrame(
        {
            "section": section, "name": section, "area": "West", "road_class": "residential", "length_m": 100.0,
            "width_m": 8.0, "paved_m2": 800.0, "width_basis": "measured",
            "addresses": pd.array(draw.integers(0, 40, len(section)), dtype="Int64"), "rest_years": 5, "origin": "lines",
        }
    )  # fmt: skip
    parties = pd.DataFrame({"party": ["gemeente"], "name": ["gemeente"], "kind": ["gemeente"], "contact": [None], "declared": [True]})  # fmt: skip
    made = {"sections": placed(sections), "works": placed(works), "touches": touches, "parties": parties}
    tables = {
        name: shape(made[name], schema, crs=CRS) if name in made else empty(schema, crs=CRS)
        for name, schema in context_tables.Context.TABLES.items()
    }
    blank = {name: empty(schema, crs=CRS) for name, schema in vision_tables.Vision.TABLES.items()}
    needs = {name: empty(schema, crs=CRS) for name, schema in opportunities_tables.Opportunities.TABLES.items()}
    trace = Trace(version="benchmark")
    bundle = pd.Series([f"b{at:06}" for at in street * WINDOW + due - FIRST])
    plan = pd.DataFrame({"work": names, "year": pd.array(due, dtype="Int64"), "bundle": bundle})
    plan["bundle"] = bundle.where(bundle.groupby(bundle).transform("size") > 1)
    bundles = plan.dropna().groupby("bundle", as_index=False).agg(year=("year", "first"), works=("work", "size"))
    bundles = bundles.assign(name=bundles["bundle"], area="West", saving_eur=bundles["works"] * 10_000)
    programme = SimpleNamespace(plan=plan, bundles=bundles, trace=trace)
    return Context(**tables, trace=trace), Vision(**blank, trace=trace), Opportunities(**needs, trace=trace), programme


def peer(streams: pd.DataFrame, *, rate: float, first: int) -> pd.Series:
    """Return the NPV per case and alternative against the null alternative, from flows written out year by year."""
    known = streams.dropna(subset=["amount"])
    flows = known.loc[known.index.repeat(known["last"] - known["first"] + 1)]
    flows = flows.assign(later=flows.groupby(level=0).cumcount())
    flows["eur"] = flows["amount"] * (1 + flows["growth"]) ** flows["later"]
    flows["worth"] = flows["eur"] / (1 + rate) ** (flows["first"] + flows["later"] - first)
    table = flows.pivot_table(index="case", columns="alternative", values="worth", aggfunc="sum").fillna(0.0)
    return table.sub(table["null"], axis=0).stack()  # noqa: PD013 -- a table of two keys, not a long one


def placed(table: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a table with a point for every row: no place matters here."""
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(np.arange(len(table)), 0.0), crs=CRS)


def peak_gib() -> float:
    """Return the peak memory of this process (GiB); Linux counts it in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**30 if sys.platform == "darwin" else peak / 2**20


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--works", type=int, default=10_000)
    options.add_argument("--years", type=int, default=100)
    options.add_argument("--draws", type=int, default=1_000)
    options.add_argument("--no-peer", action="store_true")
    chosen = options.parse_args()
    own = {"name": "proefstad"}
    business = {"years": chosen.years, "draws": chosen.draws}
    settings = make_settings(
        {"city": own, "horizon": {"first": FIRST, "last": FIRST + WINDOW - 1}, "appraisal": {"business": business}}
    )
    town, vision, finds, programme = invented(chosen.works)
    money = appraise(town, vision, finds, settings=settings)
    before = peak_gib()
    start, busy = time.perf_counter(), time.process_time()
    made = build_cases(town, vision, finds, money, programme, settings=settings)
    clock, processor = time.perf_counter() - start, time.process_time() - busy
    print(f"{chosen.works:,} works, {len(made.cases):,} cases, {chosen.years} years, {chosen.draws:,} draws")
    print(
        f"  {clock:.1f} s on the clock, {processor:.1f} s of processor, peak {peak_gib():.2f} GiB, of which before {before:.2f}"
    )
    if chosen.no_peer:
        return
    footing = stand_on(town, vision, finds, money, programme, settings=settings)
    span = Span(FIRST, FIRST + chosen.years - 1, FIRST + settings.appraisal.business.growth_years)
    streams = pd.concat(
        [
            each.astype({"case": "str"}).assign(alternative=name)
            for name, each in of_alternatives(footing, span, settings.appraisal)
        ],
        ignore_index=True,
    )
    start, busy = time.perf_counter(), time.process_time()
    found = peer(streams, rate=made.rate, first=FIRST)
    other_clock, other_processor = time.perf_counter() - start, time.process_time() - busy
    print(
        f"  peer, the NPV alone by plain pandas: {other_clock:.1f} s on the clock, {other_processor:.1f} s of processor"
    )
    print(f"  ratio to the peer: clock {clock / other_clock:.2f}, processor {processor / other_processor:.2f}")
    ours = made.outcomes[made.outcomes["case"] != CITY].set_index(["case", "alternative"])["npv_eur"].astype("float64")
    apart = (ours - found.reindex(ours.index)).abs().max()
    print(f"  largest difference of an NPV: {apart:.2f} eur")
    if not apart <= 1.0:
        sys.exit("the peer found another NPV")


if __name__ == "__main__":
    main()
