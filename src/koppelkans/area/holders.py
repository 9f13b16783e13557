"""Who pays and who gains in an area, and who saves by working together. (nl: houders)."""

import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.money import whole_euros
from koppelkans.programme.product import Programme
from koppelkans.rules.openings import opened


def share_savings(
    context: Context, programme: Programme, *, homes: pd.DataFrame, openings: pd.DataFrame
) -> pd.DataFrame:
    """Return the saving of each bundle per area and owner: area, bundle, owner, saving_eur.

    The saving comes from the sections that two or more works of the bundle open. It is split over these works in
    proportion to what opening each section alone costs, and so falls to their owners and to the areas of the sections;
    with unknown opening costs every section counts alike. The parts add up to the saving of the bundle, but for parts
    outside every area.
    """
    members = programme.plan[["work", "bundle"]].dropna(subset=["bundle"])
    parts = opened(context.touches, works=context.works).merge(members, on="work")
    shared = parts[parts.groupby(["bundle", "section"])["work"].transform("size") > 1]
    shared = shared.merge(context.works[["work", "owner"]], on="work").merge(
        openings[["section", "opening_eur"]], on="section", how="left"
    )
    weight = shared["opening_eur"].fillna(0.0).astype("float64")
    empty = weight.groupby(shared["bundle"]).transform("sum") <= 0
    shared["weight"] = weight.mask(empty, 1.0)
    shared["part"] = shared["weight"] / shared.groupby("bundle")["weight"].transform("sum")
    split = shared.merge(homes, on="section").groupby(["area", "bundle", "owner"], as_index=False)["part"].sum()
    split = split.merge(programme.bundles[["bundle", "saving_eur"]], on="bundle")
    return split.assign(saving_eur=split["saving_eur"] * split["part"])[["area", "bundle", "owner", "saving_eur"]]


def sum_holders(appraisal: Appraisal, *, agenda: pd.DataFrame, savings: pd.DataFrame) -> pd.DataFrame:
    """Return what each holder pays, gains and saves per area (eur), with unknown amounts.

    These are counted (p.m.). Costs and benefits are those of each work done alone, times its share in the area; the
    saving comes off the costs.
    """
    amounts = appraisal.amounts[["work", "holder", "side", "amount_eur"]].merge(
        agenda[["area", "work", "share"]], on="work"
    )
    euros = amounts["amount_eur"].astype("Float64").astype("float64") * amounts["share"]
    rows = pd.DataFrame(
        {
            "area": amounts["area"],
            "holder": amounts["holder"],
            "cost_eur": euros.where(amounts["side"] == "cost", 0.0).abs(),
            "benefit_eur": euros.where(amounts["side"] == "benefit", 0.0),
            "saving_eur": 0.0,
            "unknown": euros.isna().astype("int64"),
        }
    )
    saved = savings.rename(columns={"owner": "holder"})[["area", "holder", "saving_eur"]].assign(
        cost_eur=0.0, benefit_eur=0.0, unknown=0
    )
    every = pd.concat([rows, saved], ignore_index=True) if len(saved) else rows
    summed = every.groupby(["area", "holder"], as_index=False).sum()
    whole = {
        name: whole_euros(summed[name].clip(lower=0.0)).astype("int64")
        for name in ("cost_eur", "benefit_eur", "saving_eur")
    }
    return summed.assign(**whole).sort_values(["area", "holder"], ignore_index=True)
