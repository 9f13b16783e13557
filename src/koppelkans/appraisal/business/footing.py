"""What the business cases rest on: works, extras, openings, shared trenches, broken rest. (nl: uitgangspunten)."""

from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from koppelkans.appraisal.business.alternatives import PARTS, members, opening_parts
from koppelkans.appraisal.business.extras import extra_works
from koppelkans.appraisal.case import gather
from koppelkans.appraisal.claims import priced_points, served
from koppelkans.appraisal.effect import Case, figure_of
from koppelkans.appraisal.needs import need_points, needs_met, section_shares
from koppelkans.appraisal.on_top import on_top_of_works
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.settings.business import SskPart
from koppelkans.ground.trace import Trace
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import as_wide, openers_alone
from koppelkans.vision.product import Vision

BREACH_FORMULA = r"B_{wsu} = B_s / n_{su} \quad\text{where } f \text{ lays paving in } s \text{ in year } t_f \text{ and } 0 < u - t_f \le r_s"
"""Section s with breach price B and rest r is dug in year u by n works; each owes an even part, once per section and year."""


def breach_parts(works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, years: pd.Series) -> pd.Series:
    """Return what each work owes for digging within the graafrust of a resurfacing (eur).

    The index is the work; works that break no graafrust are not in it. As in the programme, a resurfacing in the same
    year breaks nothing.

    Parameters
    ----------
    works
        `work`, `digs` and `resurfaces`.
    openers
        `work` and `section` of works that open a section.
    openings
        `section`, `breach_eur` and `rest_years`.
    years
        Year per work; unknown where it is not done.
    """
    parts = openers[["work", "section"]].merge(works[["work", "digs", "resurfaces"]], on="work")
    parts = parts.assign(year=parts["work"].map(years)).dropna(subset=["year"])
    dug = parts.loc[parts["digs"], ["work", "section", "year"]]
    fresh = parts.loc[parts["resurfaces"], ["section", "year"]].drop_duplicates()
    pairs = dug[["section", "year"]].drop_duplicates().merge(fresh.rename(columns={"year": "fresh"}), on="section")
    pairs = pairs.merge(openings[["section", "breach_eur", "rest_years"]], on="section")
    waited = pairs["year"] - pairs["fresh"]
    broken = pairs[(waited > 0) & (waited <= pairs["rest_years"])].drop_duplicates(["section", "year"])
    owed = dug.merge(broken[["section", "year", "breach_eur"]], on=["section", "year"])
    many = owed.groupby(["section", "year"])["work"].transform("size")
    return (owed["breach_eur"] / many).groupby(owed["work"]).sum()


TRENCH_FORMULA = (
    r"J_{sy} = \min\Bigl\{O_s,\ \sum_{w} T_{ws} - \max_w T_{ws}\Bigr\},\quad"
    r" J_{wsy} = J_{sy}\, T_{ws} \Big/ \sum_{v} T_{vs},\quad T_{ws} = \tau\, c_w\, \ell_{ws} / \ell_w"
)
"""Works w that dig along section s in year y; the largest trench stays, and each saves in proportion to its own."""


def trench_parts(works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, years: pd.Series) -> pd.Series:
    """Return the part of its trench that each work saves by sharing it (0-1).

    The index is the work; only works that share a trench are in it. Works of unknown cost have no known trench, and
    save none.

    Parameters
    ----------
    works
        `work`, `digs` and `trench_eur`: the soil work of its whole trench.
    openers
        `work`, `section` and `length_m` of works that open a section.
    openings
        `section` and `opening_eur`: a section never saves more than one opening.
    years
        Year per work; unknown where it is not done.
    """
    parts = section_shares(openers[["work", "section", "length_m"]]).merge(works, on="work")
    parts["year"] = parts["work"].map(years)
    parts["trench"] = parts["trench_eur"] * parts["share"]
    parts = parts[parts["digs"] & parts["length_m"].gt(0) & parts["trench"].gt(0) & parts["year"].notna()]
    parts = parts.merge(openings[["section", "opening_eur"]], on="section")
    grouped = parts.groupby(["section", "year"])["trench"]
    total = grouped.transform("sum")
    saved = (total - grouped.transform("max")).clip(upper=parts["opening_eur"].astype("float64"))
    each = (saved * parts["trench"] / total).groupby(parts["work"]).sum()
    return each / works.set_index("work")["trench_eur"].reindex(each.index)


class PlannedProgramme(Protocol):
    """The part of a programme that business cases and financing need.

    The plan has work, year and bundle.
    """

    @property
    def plan(self) -> pd.DataFrame:
        """Return `work`, `year` and `bundle`."""
        ...

    @property
    def bundles(self) -> pd.DataFrame:
        """Return `bundle`, `name`, `area`, `year` and `works`."""
        ...

    @property
    def payments(self) -> pd.DataFrame:
        """Return what each purse pays: `work`, `section`, `fund`, `amount_eur` and `year`."""
        ...

    @property
    def trace(self) -> Trace:
        """Return where it comes from."""
        ...


@dataclass(frozen=True)
class Footing:
    """What every alternative stands on.

    Parameters
    ----------
    case
        Works of the cases and the extras, with figures and payers; `direct_eur` is their cost as it was stated, `cost_eur`
        with what the city declared on top.
    membership
        `case` and `year` (in the programme) per work, in the order of `case.works`.
    openers
        Works that open a section, each as wide as it needs it.
    openings
        What one opening of a section costs, and its `rest_years`.
    alone
        What each work bears when it opens its sections by itself, in the order of `case.works`.
    ssk
        What comes on top of works and openings.
    """

    case: Case
    membership: pd.DataFrame
    openers: pd.DataFrame
    openings: pd.DataFrame
    alone: pd.DataFrame
    ssk: SskPart

    def bears(self, years: pd.Series, *, shared: bool) -> pd.DataFrame:
        """Return the opening costs that each work bears when works are done in `years`.

        With two parts (0-1): `trench_share` is the part of its trench that it saves, `breach_share` that of its
        sections that it digs within their graafrust.
        """
        works = self.case.works
        found = opening_parts(self.openers, self.openings, years, shared=shared, ssk=self.ssk).reindex(works["work"])
        share = figure_of(self.case, "trench_share")
        diggers = works[["work", "digs", "resurfaces"]].assign(trench_eur=share * works["cost_eur"])
        saved = trench_parts(diggers, self.openers, self.openings, years) if shared else pd.Series(dtype="float64")
        owed = breach_parts(diggers, self.openers, self.openings, years).reindex(works["work"])
        whole = works["breach_eur"].set_axis(found.index)
        found["trench_share"] = saved.reindex(works["work"]).to_numpy(dtype=float)
        found["breach_share"] = (owed / whole.where(whole > 0)).to_numpy(dtype=float)
        return found.fillna(dict.fromkeys([*PARTS, "trench_share", "breach_share"], 0.0))


def stand_on(
    context: Context,
    vision: Vision,
    opportunities: Opportunities,
    appraisal: Appraisal,
    programme: PlannedProgramme,
    *,
    settings: Settings,
) -> Footing:
    """Return what the business cases of a programme stand on."""
    found = members(programme.plan, context.works)
    part = settings.appraisal
    openers = openers_alone(
        context.touches, works=context.works, openings=appraisal.openings, kinds=settings.kinds, figures=part.figures
    )
    openers = openers[openers["work"].isin(found["work"])].merge(context.works[["work", "owner"]], on="work")
    streets = openers.merge(found, on="work")[["case", "section"]].drop_duplicates()
    streets = streets.merge(context.sections[["section", "length_m"]], on="section")
    extra, places = extra_works(
        streets.sort_values(["case", "section"], ignore_index=True),
        part.business.extras,
        kinds=settings.kinds,
        figures=part.figures,
        owner=_municipality(context.parties),
        price_year=settings.city.price_year,
    )
    found = pd.concat([found, _with_year(extra, found)], ignore_index=True)
    met = needs_met(extra, places, opportunities.section_needs, vision=vision) if len(extra) else None
    points = appraisal.worths.set_index("work")["need_points"]
    claims = served(part.benefits, part.figures)
    priced = priced_points(appraisal.needs_met, context.works, claims)
    if met is not None:
        points = pd.concat([points, need_points(extra, met).set_axis(extra["work"])])
        priced = pd.concat([priced, priced_points(met, extra, claims)])
    works = pd.DataFrame(context.works)[context.works["work"].isin(found["work"])]
    both = pd.concat([works, extra.drop(columns="case", errors="ignore")], ignore_index=True) if len(extra) else works
    years = both["work"].map(found.set_index("work")["year"]).astype("Int64")
    both = both.assign(**{name: both[name].fillna(years) for name in ("earliest_year", "best_year", "latest_year")})
    town = replace(context, works=both.assign(geometry=None), touches=context.touches)
    case = gather(town, openings=appraisal.openings, points=points, settings=settings, priced=priced)
    ssk = part.business.ssk
    case = replace(case, works=_raised(case.works, ssk))
    membership = case.works[["work"]].merge(found, on="work", how="left")
    openings = as_wide(appraisal.openings, openers)
    alone = opening_parts(openers, openings, found.set_index("work")["year"], shared=False, ssk=ssk)
    alone = alone.reindex(case.works["work"]).fillna(dict.fromkeys(PARTS, 0.0))
    openings = openings.merge(context.sections[["section", "rest_years"]], on="section", how="left")
    return Footing(case, membership, openers, openings, alone, ssk)


def _raised(works: pd.DataFrame, ssk: SskPart) -> pd.DataFrame:
    """Return the works with what the city declared on top in their cost, and the cost as it was stated (`direct_eur`)."""
    if ssk.costs_are == "investment":
        return works.assign(direct_eur=works["cost_eur"])
    top = on_top_of_works(works, ssk)
    return works.assign(direct_eur=works["cost_eur"], cost_eur=(top.direct + top.declared).astype("float64"))


def _with_year(extra: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the extras with the first year in which their case is done."""
    if extra.empty:
        return found.iloc[:0]
    first = found.groupby("case")["year"].min()
    return extra[["work", "case"]].assign(year=extra["case"].map(first))


def _municipality(parties: pd.DataFrame) -> str:
    """Return the party that is the municipality."""
    found = parties.loc[parties["kind"] == "gemeente", "party"].sort_values()
    return str(found.iloc[0]) if len(found) else "gemeente"
