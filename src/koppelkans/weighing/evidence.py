"""Gather what the criteria measure on. (nl: gegevens voor de afweging)."""

import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.context.streets.own_streets import sections_of_wishes
from koppelkans.ground.settings import Settings
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import opened
from koppelkans.rules.people import who_works, yearly_hours
from koppelkans.rules.purses import who_pays
from koppelkans.weighing.criterion import Evidence


def gather(context: Context, opportunities: Opportunities, appraisal: Appraisal, *, settings: Settings) -> Evidence:
    """Return the evidence of a city."""
    works = works_by_name(context.works, settings)
    openers = opened(context.touches, works=context.works)
    efforts = who_works(context.works, settings.crews, settings.kinds)
    levels = pd.DataFrame(
        [(one.ambition, one.weight * one.level) for one in settings.vision.ambitions], columns=["ambition", "weight"]
    ).astype({"ambition": "str", "weight": "float64"})
    return Evidence(
        works=works,
        touches=context.touches,
        openers=openers,
        meetings=meetings(openers),
        sections=sections_with_nets(context, settings),
        openings=appraisal.openings.set_index("section"),
        worths=appraisal.worths.set_index("work"),
        together=appraisal.together,
        needs_met=appraisal.needs_met,
        section_needs=opportunities.section_needs.merge(levels, on="ambition"),
        wishes=pd.DataFrame(context.wishes.drop(columns="geometry")),
        wish_sections=sections_of_wishes(context.wishes, context.sections),
        payments=who_pays(context.works, settings.funds),
        efforts=efforts,
        hours=yearly_hours(efforts, settings.crews, settings.years),
        funds=tuple(settings.funds),
        kinds=settings.kinds,
        appraisal=settings.appraisal,
        price_year=settings.city.price_year,
        years=settings.years,
    )


def works_by_name(works: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the works by name, sorted, with `opens` and `renewable`.

    Numbers that may be unknown are floats.
    """
    made = pd.DataFrame(works.drop(columns="geometry")).set_index("work").sort_index()
    renewable = [name for name, kind in settings.kinds.items() if kind.renewable]
    return made.assign(
        opens=made["digs"] | made["resurfaces"],
        renewable=made["kind"].isin(renewable),
        cost_eur=made["cost_eur"].astype("Float64").astype("float64"),
        due_year=made["due_year"].astype("Float64").astype("float64"),
    )


def meetings(openers: pd.DataFrame) -> pd.DataFrame:
    """Return every two works that open one section, both ways round.

    Columns `work`, `other` and `section`.
    """
    pairs = openers[["work", "section"]]
    both = pairs.merge(pairs.rename(columns={"work": "other"}), on="section")
    return both.loc[both["work"] != both["other"], ["work", "other", "section"]].reset_index(drop=True)


def sections_with_nets(context: Context, settings: Settings) -> pd.DataFrame:
    """Return the sections with the length of their nets and the year of their paving.

    By name; `net_m` is the length (m) of cables and pipes, `laid_year` the year of the newest paving. Unknown where a
    city gives no such assets, or no year.
    """
    sections = pd.DataFrame(context.sections.drop(columns="geometry")).set_index("section").sort_index()
    paved = [name for name, kind in settings.kinds.items() if kind.resurfaces and not kind.digs]
    laid = context.assets[context.assets["kind"].isin(paved)].groupby("section")["built_year"].max()
    sections = sections.assign(laid_year=laid.astype("Float64").astype("float64").reindex(sections.index))
    below = [name for name, kind in settings.kinds.items() if kind.digs and kind.unit == "m"]
    nets = context.assets[context.assets["kind"].isin(below)]
    if nets.empty:
        return sections.assign(net_m=float("nan"))
    lengths = nets.groupby("section")["length_m"].sum()
    return sections.assign(net_m=lengths.reindex(sections.index).fillna(0.0))
