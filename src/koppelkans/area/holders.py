"""Who pays and who gains in an area, and who saves by working together. (nl: houders)."""

import pandas as pd

from koppelkans.account.product import Account
from koppelkans.account.reckon import ledger
from koppelkans.appraisal.product import Appraisal
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.money import whole_euros


def area_money(account: Account, *, years: Horizon, city: str | None = None) -> pd.DataFrame:
    """Return the investment and the saving of the account per area and owner, over some years.

    Columns: area, owner (unknown: without owner), investment_eur, saving_eur. What lies in no area is left out; with `city`
    everything lies in it.
    """
    rows = ledger(account)
    rows = rows[rows["year"].between(years.first, years.last)]
    rows = rows.assign(
        area=city if city is not None else rows["area"],
        owner=rows["owner"].astype("object").where(rows["owner"].notna(), ""),
        investment_eur=rows["works_eur"] + rows["openings_eur"] + rows["on_top_eur"],
        saving_eur=rows["owners_apart_eur"] - rows["openings_eur"],
    )
    sums = (
        rows.dropna(subset=["area"]).groupby(["area", "owner"], as_index=False)[["investment_eur", "saving_eur"]].sum()
    )
    return sums.assign(owner=sums["owner"].where(sums["owner"] != "")).astype({"area": "str", "owner": "str"})


def sum_holders(appraisal: Appraisal, *, agenda: pd.DataFrame, savings: pd.DataFrame) -> pd.DataFrame:
    """Return what each holder pays, gains and saves per area (eur), with unknown amounts.

    These are counted (p.m.). Costs and benefits are those of each work done alone, times its share in the area; `savings`
    (from `area_money`) is what owners save by coming together.
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
    saved = savings[savings["owner"].notna() & (savings["saving_eur"] > 0)]
    saved = saved.rename(columns={"owner": "holder"})[["area", "holder", "saving_eur"]].assign(
        cost_eur=0.0, benefit_eur=0.0, unknown=0
    )
    every = pd.concat([rows, saved], ignore_index=True) if len(saved) else rows
    summed = every.groupby(["area", "holder"], as_index=False).sum()
    whole = {
        name: whole_euros(summed[name].clip(lower=0.0)).astype("int64")
        for name in ("cost_eur", "benefit_eur", "saving_eur")
    }
    return summed.assign(**whole).sort_values(["area", "holder"], ignore_index=True)
