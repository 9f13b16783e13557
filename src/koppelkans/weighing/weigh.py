"""Weigh the works on the six grounds: measures, scores, totals, and the order that follows. (nl: afwegen)."""

from collections.abc import Sequence
from logging import getLogger
from time import perf_counter

import numpy as np
import pandas as pd

from koppelkans.appraisal.product import Appraisal
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.criterion import Criterion, Evidence
from koppelkans.weighing.evidence import gather
from koppelkans.weighing.method import Combined, Floats
from koppelkans.weighing.methods import METHODS
from koppelkans.weighing.product import CRITERIA as CRITERIA_TABLE
from koppelkans.weighing.product import RANKING, SCORES, Weighing
from koppelkans.weighing.ranking import knocked_out, must, ranks
from koppelkans.weighing.scoring import criteria_table, ends_of, scores
from koppelkans.weighing.weights import chosen, criterion_weights, used
from koppelkans.weighing.why import lifts, sentences

LOG = getLogger(__name__)


def weigh(context: Context, opportunities: Opportunities, appraisal: Appraisal, *, settings: Settings) -> Weighing:
    """Return the works weighed on the criteria of the six grounds, with the contribution of each criterion.

    What is not known is left out of the total of that work and counted in `known_weight`, never scored zero.

    Raises
    ------
    SettingError
        Where the settings name a method or a criterion that does not exist, or leave nothing to weigh on.
    """
    start = perf_counter()
    part = settings.weighing
    criteria, method = used(part, CRITERIA), chosen(part, METHODS)
    weights = criterion_weights(part, criteria)
    evidence = gather(context, opportunities, appraisal, settings=settings)
    measures, bases = measure_all(evidence, criteria)
    ends = ends_of(measures, criteria)
    scored = scores(measures, *ends)
    combined = method.combine(scored, weights)
    known = np.where(np.isnan(scored), 0.0, weights).sum(axis=1).clip(0.0, 1.0)
    out = knocked_out(evidence.works, evidence.payments, settings.funds)
    ranking = pd.DataFrame(
        {
            "work": evidence.works.index,
            "total": combined.totals.clip(0.0, 1.0),
            "known_weight": known,
            "rank": ranks(combined.totals, out),
            "knocked_out": out.to_numpy(),
            "must": must(evidence.works).to_numpy(),
        }
        | {
            f"why_{lang}": sentences(measures, lifts(scored, weights), known, criteria, lang=lang)
            for lang in ("nl", "en")
        }
    )
    note = f"weighed with {method.name}; weights set by {part.set_by}" + (f" on {part.set_on}" if part.set_on else "")
    made = Weighing(
        criteria=shape(criteria_table(criteria, weights, measures, ends), CRITERIA_TABLE),
        scores=shape(score_table(evidence, criteria, (measures, bases, scored), combined), SCORES),
        ranking=shape(ranking, RANKING),
        trace=context.trace.noting(notes=(*context.trace.notes, note)),
    )
    LOG.info("%d works weighed on %d criteria in %.1f s", len(ranking), len(criteria), perf_counter() - start)
    return made


def measure_all(evidence: Evidence, criteria: Sequence[Criterion]) -> tuple[Floats, list[pd.Series]]:
    """Return measures (works x criteria, NaN for unknown) and per criterion how each measure is known."""
    answers = [one.measure(evidence) for one in criteria]
    columns = [each["measure"].to_numpy(dtype=float) for each in answers]
    return np.column_stack(columns), [each["basis"] for each in answers]


def score_table(
    evidence: Evidence, criteria: Sequence[Criterion], found: tuple[Floats, list[pd.Series], Floats], combined: Combined
) -> pd.DataFrame:
    """Return the rows of the table of scores, sorted by work and then in the order of the criteria."""
    measures, bases, scored = found
    count, names = len(evidence.works), [one.name for one in criteria]
    return pd.DataFrame(
        {
            "work": np.repeat(evidence.works.index.to_numpy(), len(names)),
            "criterion": np.tile(np.array(names, dtype=object), count),
            "measure": measures.ravel(),
            "basis": np.column_stack([basis.to_numpy(dtype=object) for basis in bases]).ravel(),
            "score": scored.ravel(),
            "contribution": combined.contributions.ravel(),
        }
    ).astype({"work": "str", "criterion": "str", "basis": "str"})
