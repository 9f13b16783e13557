"""What the business cases stand on: works with their case and year, the extras, and what each opening costs alone. (nl: uitgangspunten)."""

from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from koppelkans.appraisal.business.alternatives import PARTS, members, opening_parts
from koppelkans.appraisal.business.breaches import breach_parts
from koppelkans.appraisal.business.extras import extra_works
from koppelkans.appraisal.business.trenches import trench_parts
from koppelkans.appraisal.case import gather
from koppelkans.appraisal.claims import priced_points, served
from koppelkans.appraisal.effect import Case, figure_of
from koppelkans.appraisal.needs import need_points, needs_met
from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.trace import Trace
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import opened
from koppelkans.vision.product import Vision


class Planned(Protocol):
    """What is asked of a programme: its plan (work, year, bundle), its bundles, and where it comes from."""

    @property
    def plan(self) -> pd.DataFrame:
        """Return `work`, `year` and `bundle`."""
        ...

    @property
    def bundles(self) -> pd.DataFrame:
        """Return `bundle`, `name`, `area`, `year` and `works`."""
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
        Works of the cases and the extras, with figures and payers.
    membership
        `case` and `year` (in the programme) per work, in the order of `case.works`.
    openers
        Works that open a section.
    openings
        What one opening of a section costs, and its `rest_years`.
    alone
        What each work bears when it opens its sections by itself, in the order of `case.works`.
    """

    case: Case
    membership: pd.DataFrame
    openers: pd.DataFrame
    openings: pd.DataFrame
    alone: pd.DataFrame

    def bears(self, years: pd.Series, *, shared: bool) -> pd.DataFrame:
        """Return what each work bears of its openings, done in `years` (by work), and two parts (0-1).

        `trench_share` is the part of its trench that it saves, `breach_share` that of its sections that it digs within
        their graafrust.
        """
        works = self.case.works
        found = opening_parts(self.openers, self.openings, years, shared=shared).reindex(works["work"])
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
    programme: Planned,
    *,
    settings: Settings,
) -> Footing:
    """Return what the business cases of a programme stand on."""
    found = members(programme.plan, context.works)
    openers = opened(context.touches, works=context.works)
    openers = openers[openers["work"].isin(found["work"])]
    streets = openers.merge(found, on="work")[["case", "section"]].drop_duplicates()
    streets = streets.merge(context.sections[["section", "length_m"]], on="section")
    part = settings.appraisal
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
    membership = case.works[["work"]].merge(found, on="work", how="left")
    alone = opening_parts(openers, appraisal.openings, found.set_index("work")["year"], shared=False)
    alone = alone.reindex(case.works["work"]).fillna(dict.fromkeys(PARTS, 0.0))
    openings = appraisal.openings.merge(context.sections[["section", "rest_years"]], on="section", how="left")
    return Footing(case, membership, openers, openings, alone)


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
