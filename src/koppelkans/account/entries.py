"""The entries of the account: works, openings, fair parts and charges. (nl: posten)."""

from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd

from koppelkans.account.charge import charge
from koppelkans.account.product import CHARGES, ENTRIES, OPENED, PARTS, PLACES
from koppelkans.appraisal.on_top import on_top_of_openings, on_top_of_works
from koppelkans.appraisal.opening_parts import opening_parts
from koppelkans.ground.money import whole_euros, whole_parts
from koppelkans.ground.settings.business import SskPart
from koppelkans.ground.tables import shape
from koppelkans.programme.levels import opening_eur


@dataclass(frozen=True)
class Entries:
    """Works, their place, openings, parts and charges: all that the account is counted from."""

    works: pd.DataFrame
    places: pd.DataFrame
    openings: pd.DataFrame
    parts: pd.DataFrame
    charges: pd.DataFrame


def make_entries(
    works: pd.DataFrame, touches: pd.DataFrame, sections: pd.DataFrame, payments: pd.DataFrame, *, ssk: SskPart
) -> Entries:
    """Return the entries of a programme.

    Parameters
    ----------
    works
        Every work: `work`, `owner`, `origin`, `certainty`, `year` and `bundle` (unknown: left undone, alone), `cost_eur` (may
        be unknown), `basis`, `in_years`, `early_eur`, `late_eur`, `need_points`, `backlog_years` and `opens`.
    touches
        `work` and `section`: where each work lies, and `share`: the part of the paved width that it takes up.
    sections
        `section`, `area`, `opening_eur`, `nuisance_eur`, `breach_eur` (whole euros), `base_eur` and `paving_eur` (unknown: an
        opening costs the same whatever its width), `basis` and `nuisance_basis`, and with `broken` the list of years in which
        its graafrust is broken.
    payments
        What the programme charged: `work`, `section` (unknown: the work itself), `fund`, `amount_eur`, `year`.
    ssk
        What comes on top, and whether costs hold it already.
    """
    top = on_top_of_works(works, ssk)
    made = works.assign(works_eur=top.direct, on_top_eur=top.declared, on_top_assumed_eur=top.assumed)
    made = made.sort_values("work", ignore_index=True)
    done = made[made["year"].notna()].astype({"year": "int64"})
    charges = charge(payments)
    met = (
        touches[["work", "section", "share"]]
        .drop_duplicates(["work", "section"])
        .merge(done[["work", "owner", "year", "opens"]], on="work")
    )
    met = met.merge(sections, on="section").sort_values(["section", "year", "work"], ignore_index=True)
    places = _places(done, met, charges)
    opened = met[met["opens"].astype(bool)].reset_index(drop=True)
    opened["alone_eur"] = whole_euros(opening_eur(opened, opened["share"])).astype("int64")
    openings = _openings(opened, ssk)
    parts = opening_parts(opened, ssk)
    return Entries(
        works=shape(made, ENTRIES),
        places=shape(places, PLACES),
        openings=shape(openings, OPENED),
        parts=shape(parts.sort_values(["work", "section"]), PARTS),
        charges=shape(charges, CHARGES),
    )


def _openings(opened: pd.DataFrame, ssk: SskPart) -> pd.DataFrame:
    """Return each opening once, as wide as the widest work in it needs, with what comes on top."""
    cell = opened.assign(owner=opened["owner"].astype("object").where(opened["owner"].notna(), "")).groupby(
        ["section", "year"]
    )
    found = cell.agg(works=("work", "nunique"), owners=("owner", "nunique"), widest=("alone_eur", "max")).reset_index()
    once = opened.drop_duplicates(["section", "year"]).drop(columns=["work", "owner", "opens"])
    made = once.merge(found, on=["section", "year"]).sort_values(["section", "year"], ignore_index=True)
    broken = np.asarray([year in years for year, years in zip(made["year"], made["broken"], strict=True)], dtype=bool)
    made = made.assign(opening_eur=made["widest"], breach_eur=made["breach_eur"].where(broken, 0))
    top = on_top_of_openings(made["opening_eur"], ssk)
    return made.assign(on_top_eur=top.declared, on_top_assumed_eur=top.assumed)


def _places(done: pd.DataFrame, met: pd.DataFrame, charges: pd.DataFrame) -> pd.DataFrame:
    """Return the money of each work per area, by the share of its sections there; without sections it lies nowhere."""
    many = met.groupby("work")["section"].transform("size")
    shares = met[["work"]].assign(area=met["area"].astype("object").where(met["area"].notna(), ""), share=1.0 / many)
    loose = pd.DataFrame({"work": done.loc[~done["work"].isin(met["work"]), "work"], "area": "", "share": 1.0})
    shares = pd.concat([part for part in (shares, loose) if len(part)] or [shares], ignore_index=True)
    shares = shares.groupby(["work", "area"], as_index=False)["share"].sum()
    paid = charges[charges["section"].isna()].groupby("work")["amount_eur"].sum()
    money = done.assign(charged_eur=done["work"].map(paid).fillna(0))
    names = ["works_eur", "on_top_eur", "charged_eur", "early_eur", "late_eur"]
    made = shares.merge(money[["work", *names]], on="work").sort_values(["work", "area"], ignore_index=True)
    for name in names:
        made[name] = whole_parts(made[name].astype("Float64") * made["share"], made["work"]).to_numpy()
    return made.assign(area=made["area"].astype("object").where(made["area"] != "", None))


def weighed_shift(shift: pd.Series, *, early: pd.Series, late: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the prices (eur) of years before and after the best year.

    They are 0 where a price is unknown or no year is given.
    """
    years = shift.astype("Float64").fillna(0.0)
    sides = ((-years, early), (years, late))
    made = [
        whole_euros(side.clip(lower=0.0) * price.astype("Float64").fillna(0.0)).astype("Int64") for side, price in sides
    ]
    return made[0], made[1]


def weakest(bases: list[str]) -> str:
    """Return the weakest of some bases: assumed before derived before measured."""
    order = ("assumed", "derived", "measured")
    return reduce(lambda one, other: min(one, other, key=order.index), bases, "measured")
