"""Openings that a viewer sees in part, without part or saving. (nl: deels te zien)."""

from dataclasses import replace

import numpy as np
import pandas as pd

from koppelkans.account.reckon import shared_money
from koppelkans.ground.tables import shape
from koppelkans.programme.product import BUNDLES, SPLIT
from koppelkans.report.plan import Plan

CELL = ["section", "year"]


def without_partners(plan: Plan, whole: Plan) -> Plan:
    """Return a plan of which works were taken out, without what tells of them by what is left.

    An opening that a work that was taken out shares has no parts and no saving; a bundle saves what its other openings do, and
    without such an opening it is no bundle. Works and owners are those that are seen. `whole` is the plan before that.
    """
    hidden = set(whole.programme.plan["work"]) - set(plan.programme.plan["work"])
    if not hidden:
        return plan
    owners = plan.account.works.set_index("work")["owner"]
    seen = plan.account.parts.assign(owner=plan.account.parts["work"].map(owners))
    partly = _cells(whole.account.parts[whole.account.parts["work"].isin(hidden)])
    kept = plan.account.parts[~_in(seen, partly)].reset_index(drop=True)
    opened = replace(plan.account, openings=_counted(plan.account.openings, seen, partly, works=False), parts=kept)
    planned = whole.programme.plan
    bundles = set(planned.loc[planned["work"].isin(hidden), "bundle"].dropna())
    touched = whole.context.touches
    closed = set(touched.loc[touched["work"].isin(hidden), "section"])
    together = plan.appraisal.together
    plan = replace(
        plan,
        account=opened,
        appraisal=replace(plan.appraisal, together=together[~together["section"].isin(closed)].reset_index(drop=True)),
        programme=replace(plan.programme, open=_counted(plan.programme.open, seen, partly, works=True)),
    )
    return _with_bundles(plan, bundles, seen) if bundles else plan


def _cells(rows: pd.DataFrame) -> pd.MultiIndex:
    """Return section and year of each row."""
    return pd.MultiIndex.from_frame(rows[CELL].astype({"section": "object", "year": "int64"}))


def _in(rows: pd.DataFrame, cells: pd.MultiIndex) -> np.ndarray:
    """Tell which rows lie in some cells."""
    return np.asarray(_cells(rows).isin(cells), dtype=bool)


def _counted(table: pd.DataFrame, seen: pd.DataFrame, partly: pd.MultiIndex, *, works: bool) -> pd.DataFrame:
    """Return openings with the works and owners that are seen; without any there is nothing to show.

    Without `works` the number of works stays: by it the account knows an opening that is not seen whole.
    """
    found = (
        seen.assign(owner=seen["owner"].fillna(""))
        .groupby(CELL)
        .agg(works=("work", "nunique"), owners=("owner", "nunique"))
    )
    found = found.reindex(_cells(table))
    here = _in(table, partly)
    names = ("works", "owners") if works else ("owners",)
    counts = {name: table[name].mask(here, found[name].fillna(0).astype("int64").to_numpy()) for name in names}
    none = here & found["works"].isna().to_numpy()
    return table.assign(**counts)[~none].reset_index(drop=True)


def _with_bundles(plan: Plan, partly: set[str], seen: pd.DataFrame) -> Plan:
    """Return the plan with bundles of which a work was taken out counted from the openings that are seen whole."""
    planned = plan.programme.plan[["work", "bundle"]]
    here = plan.account.parts.merge(planned[planned["bundle"].isin(partly)], on="work")
    shared = here[here.groupby(CELL)["work"].transform("size") > 1]
    kept = set(shared["bundle"])
    split = _split(plan, kept, seen)
    whole = plan.programme.split[~plan.programme.split["bundle"].isin(partly)]
    split = shape(pd.concat([whole, split], ignore_index=True) if len(split) else whole, SPLIT)
    plan = _unbundled(plan, partly - kept)
    bundles = _bundles(plan, kept, seen)
    return replace(plan, programme=replace(plan.programme, bundles=bundles, split=split))


def _split(plan: Plan, bundles: set[str], seen: pd.DataFrame) -> pd.DataFrame:
    """Return what each owner pays apart and together in bundles, where it is seen whole."""
    made = (
        shared_money(plan.account, "bundle", "owner")
        .join(_named(plan, seen).groupby(["bundle", "owner"])["work"].nunique().rename("works"))
        .reset_index()
    )
    made = made[made["bundle"].isin(bundles)]
    return made.assign(owner=made["owner"].where(made["owner"] != "", None), basis="exact", error_eur=0.0)


def _named(plan: Plan, seen: pd.DataFrame) -> pd.DataFrame:
    """Return the works in openings that are seen, with their bundle; no owner is empty."""
    of = plan.programme.plan.set_index("work")["bundle"]
    owner = seen["owner"].astype("object").where(seen["owner"].notna(), "")
    return seen.assign(bundle=seen["work"].map(of), owner=owner)


def _bundles(plan: Plan, partly: set[str], seen: pd.DataFrame) -> pd.DataFrame:
    """Return the bundles; one of which a work was taken out counts what is seen."""
    table = plan.programme.bundles
    here = table["bundle"].isin(partly)
    parts = _named(plan, seen).groupby("bundle")
    money = shared_money(plan.account, "bundle").rename(columns={"fair_eur": "together_eur"})
    counted = {
        name: parts[key].nunique() for name, key in (("works", "work"), ("owners", "owner"), ("sections", "section"))
    }
    counted |= {name: money[name] for name in money}
    found = {
        name: table[name].mask(here, table["bundle"].map(values).fillna(0).astype("int64"))
        for name, values in counted.items()
    }
    # Levels are split over who needs them, so no group pays more than alone.
    told = {"in_core": table["in_core"] | here, "worst_group": table["worst_group"].mask(here)}
    told["worst_excess_eur"] = table["worst_excess_eur"].mask(here)
    return shape(table.assign(**found, **told), BUNDLES)


def _unbundled(plan: Plan, bundles: set[str]) -> Plan:
    """Return the plan in which some bundles are none."""
    if not bundles:
        return plan
    rooms = {"programme": ("plan",), "account": ("works",), "areas": ("agenda",)}
    for room, names in rooms.items():
        product = getattr(plan, room)
        tables = {name: getattr(product, name) for name in names}
        made = {
            name: table.assign(bundle=table["bundle"].mask(table["bundle"].isin(bundles)))
            for name, table in tables.items()
        }
        plan = replace(plan, **{room: replace(product, **made)})
    table = plan.programme.bundles
    left = table[~table["bundle"].isin(bundles)].reset_index(drop=True)
    return replace(plan, programme=replace(plan.programme, bundles=left))
