"""The course of each alternative: years of works, openings and cash flows. (nl: verloop)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.alternatives import years_of
from koppelkans.appraisal.business.codes import constant, picked
from koppelkans.appraisal.business.extras import ORIGIN
from koppelkans.appraisal.business.footing import Footing
from koppelkans.appraisal.business.lives import breaking_of
from koppelkans.appraisal.business.product import ALTERNATIVES
from koppelkans.appraisal.business.streams import CaseBasis, Span, stand, streams
from koppelkans.appraisal.effect import Effect
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.settings import AppraisalPart


@dataclass(frozen=True)
class AlternativeYears:
    """One alternative: the year of each work, and its share in openings.

    A year is unknown where the work is not done.
    """

    alternative: str
    years: np.ndarray
    bears: pd.DataFrame


def courses(footing: Footing, *, first: int, part: AppraisalPart) -> list[AlternativeYears]:
    """Return every alternative."""
    works = footing.case.works
    extra = works["origin"].eq(ORIGIN).to_numpy()
    made = []
    for alternative in ALTERNATIVES:
        later = part.business.later_years
        years = years_of(works, footing.membership["year"], alternative=alternative, first=first, later_years=later)
        if alternative != "extra":
            years = np.where(extra, np.nan, years)
        bears = footing.bears(pd.Series(years, index=works["work"]), shared=alternative != "apart")
        made.append(AlternativeYears(alternative, years, bears))
    return made


def stand_of(footing: Footing, *, first: int, part: AppraisalPart) -> CaseBasis:
    """Return what every alternative shares."""
    breaking = breaking_of(footing.case, first=first)
    return stand(footing.case, yearly_effects(part), breaking=breaking, alone=footing.alone)


def run(footing: Footing, course: AlternativeYears, standing: CaseBasis, span: Span) -> pd.DataFrame:
    """Return the streams of one alternative, which name case, alternative and work."""
    made = streams(footing.case, course.years, course.bears, footing.alone, span=span, standing=standing)
    return name_streams(made, footing, course.alternative)


def name_streams(made: pd.DataFrame, footing: Footing, alternative: str) -> pd.DataFrame:
    """Return streams with their case, alternative and work."""
    at = made["at"].to_numpy(dtype="int64")
    named = {"case": picked(footing.membership["case"], at), "work": picked(footing.case.works["work"], at)}
    return made.assign(alternative=constant(alternative, len(at)), **named)


def of_alternatives(footing: Footing, span: Span, part: AppraisalPart) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each alternative with its streams, which name case, alternative and work."""
    standing = stand_of(footing, first=span.first, part=part)
    for course in courses(footing, first=span.first, part=part):
        yield course.alternative, run(footing, course, standing, span)


def yearly_effects(part: AppraisalPart) -> list[tuple[Effect, float]]:
    """Return the effects that come every year, each with its relative price growth."""
    growth = {name: benefit.growth.value for name, benefit in part.benefits.items() if benefit.growth}
    return [(effect, growth.get(effect.name, 0.0)) for effect in EFFECTS if effect.lasts == "horizon"]
