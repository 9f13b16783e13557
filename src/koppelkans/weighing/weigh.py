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
from koppelkans.weighing import knock_outs, valuing
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.criterion import Criterion, Evidence
from koppelkans.weighing.evidence import gather
from koppelkans.weighing.framing import WeighingSetup, answer_table, combine_inside, framed, grounded, warnings
from koppelkans.weighing.method import Combined, Floats
from koppelkans.weighing.product import Weighing
from koppelkans.weighing.ranking import check_overrules, overrule_table, ranking_table, ranks
from koppelkans.weighing.robust import Ranked, robust
from koppelkans.weighing.tree import tree_table
from koppelkans.weighing.valuing import criteria_table, ends_of
from koppelkans.weighing.why import lifts, sentences
from koppelkans.weighing.within_areas import within_areas

LOG = getLogger(__name__)


def weigh(context: Context, opportunities: Opportunities, appraisal: Appraisal, *, settings: Settings) -> Weighing:
    """Return the works weighed on the criteria of the six grounds, with all contributions.

    What is not known is left out of the total of that work and counted in `known_weight`, never scored zero. Knock-outs come
    before ranking, decisions of the board behind it; the calculated rank stays beside that of the board.

    Raises
    ------
    SettingError
        Where the settings name a method, criterion, node or work that does not exist, hold a value function or answers that
        cannot be used, or leave nothing to weigh on.
    """
    start = perf_counter()
    part = settings.weighing
    frame = framed(part, CRITERIA)
    evidence = gather(context, opportunities, appraisal, settings=settings)
    names = evidence.works.index
    knock_outs.check(evidence.works, part.knock_outs)
    measures, bases = measure_all(evidence, frame.criteria)
    functions, weights = part.value_functions, frame.city.weights
    ends = valuing.given_ends(ends_of(measures, frame.criteria), frame.criteria, functions)
    scored = valuing.valued(measures, ends, frame.criteria, functions)
    vetoes = (measures, valuing.vetoed(measures, frame.criteria, functions), frame.criteria)
    knocks = knock_outs.knock_outs(evidence.works, evidence.payments, settings.funds, part, vetoes)
    check_overrules(names, part.overrules, musts=knock_outs.reasons(knocks, names, "must"))
    out = knock_outs.reasons(knocks, names, "out")
    inside = out.isna().to_numpy()
    combined = combine_inside(frame, scored, inside)
    ranked = Ranked(names, scored, combined.totals, ranks(combined.totals, out), inside)
    known = np.where(np.isnan(scored), 0.0, weights).sum(axis=1).clip(0.0, 1.0)
    lift = lifts(scored, weights)
    why = {f"why_{lang}": sentences(measures, lift, known, frame.criteria, lang=lang) for lang in ("nl", "en")}
    ranking = ranking_table(names, (combined.totals, ranked.ranks), knocks, part.overrules)
    part_of = pd.DataFrame(scored, index=names)[inside & ~np.isnan(combined.totals)]
    firm, answers = robust(frame, ranked, part), answer_table(frame)
    tables = (
        firm.tables
        | within_areas(frame, part.areas, context, part_of)
        | {
            "criteria": criteria_used(frame, settings, measures, ends),
            "tree": tree_table(frame.tree, frame.city, part, frame.criteria),
            "answers": answers,
            "scores": score_table(evidence, frame.criteria, (measures, bases, scored), combined),
            "ranking": ranking.assign(known_weight=known, **why),
            "knock_outs": knocks,
            "overrules": overrule_table(ranking, part.overrules),
        }
    )
    note = f"weighed with {frame.method.name}; weights set by {part.set_by}" + (
        f" on {part.set_on}" if part.set_on else ""
    )
    made = Weighing(
        **{name: shape(tables[name], schema) for name, schema in Weighing.TABLES.items()},
        trace=context.trace.noting(notes=(*context.trace.notes, note, *warnings(answers), *firm.notes)),
        agreement=firm.agreement,
        sampled=firm.sampled,
    )
    LOG.info("%d works weighed on %d criteria in %.1f s", len(ranking), len(frame.criteria), perf_counter() - start)
    return made


def measure_all(evidence: Evidence, criteria: Sequence[Criterion]) -> tuple[Floats, list[pd.Series]]:
    """Return the measures (works x criteria, NaN for unknown) and the basis of each."""
    answers = [one.measure(evidence) for one in criteria]
    columns = [each["measure"].to_numpy(dtype=float) for each in answers]
    return np.column_stack(columns), [each["basis"] for each in answers]


def criteria_used(
    frame: WeighingSetup, settings: Settings, measures: Floats, ends: tuple[Floats, Floats]
) -> pd.DataFrame:
    """Return the table of criteria: measure, ground, ends and weight."""
    functions = [settings.weighing.value_functions.get(one.name) for one in frame.criteria]
    return criteria_table(frame.criteria, measures, ends).assign(
        ground=grounded(frame),
        weight=frame.city.weights,
        shape=["linear" if one is None else one.shape for one in functions],
        veto=np.array([np.nan if one is None or one.veto is None else one.veto for one in functions], dtype=float),
    )


def score_table(
    evidence: Evidence, criteria: Sequence[Criterion], found: tuple[Floats, list[pd.Series], Floats], combined: Combined
) -> pd.DataFrame:
    """Return the table of scores, sorted by work and in the order of the criteria."""
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
