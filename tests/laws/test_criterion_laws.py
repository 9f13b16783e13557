"""Laws of every criterion: finite, in range, unknown stays unknown, and dominance is kept."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hamlet
from koppelkans.appraisal import appraise
from koppelkans.context.product import CERTAINTIES, ROAD_CLASSES, Context
from koppelkans.ground.settings import GROUNDS
from koppelkans.weighing.criteria import CRITERIA
from koppelkans.weighing.criterion import Criterion, Evidence
from koppelkans.weighing.evidence import gather
from koppelkans.weighing.valuing import ends_of, scores
from koppelkans.weighing.weigh import measure_all

SETTINGS = hamlet.settings(
    appraisal={"figures": {"upkeep_paving": {"value": 0.5, "unit": "eur/m2/year", "source": "test"}}}
)
every_criterion = pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.name)
quick = settings(max_examples=4, deadline=None)


@st.composite
def towns(draw: st.DrawFn) -> Context:
    """Draw a hamlet with other windows, costs, widths, addresses and wishes, any of which may be unknown."""
    town = hamlet.context()

    def column(count: int, values: st.SearchStrategy, *, unknown: bool = False) -> list:
        either = st.one_of(st.none(), values) if unknown else values
        return draw(st.lists(either, min_size=count, max_size=count))

    works, sections = len(town.works), len(town.sections)
    best = np.array(column(works, st.integers(2027, 2036)))
    new_works = town.works.assign(
        best_year=best,
        earliest_year=best - column(works, st.integers(0, 4)),
        latest_year=best + column(works, st.integers(0, 4)),
        due_year=pd.array(column(works, st.integers(1990, 2060), unknown=True), dtype="Int64"),
        cost_eur=pd.array(column(works, st.integers(0, 10**7), unknown=True), dtype="Int64"),
        quantity=pd.array(column(works, st.floats(0, 1e5), unknown=True), dtype="Float64").to_numpy(
            float, na_value=np.nan
        ),
        certainty=column(works, st.sampled_from(CERTAINTIES)),
        kind=column(works, st.sampled_from(sorted(SETTINGS.kinds))),
        origin=column(works, st.sampled_from(["planned", "derived", "third_party"])),
        digs=column(works, st.booleans()),
        resurfaces=column(works, st.booleans()),
        criticality=column(works, st.floats(0, 1)),
    )
    width = pd.array(column(sections, st.floats(0.1, 30), unknown=True), dtype="Float64").to_numpy(
        float, na_value=np.nan
    )
    new_sections = town.sections.assign(
        road_class=column(sections, st.sampled_from(ROAD_CLASSES)),
        length_m=column(sections, st.floats(0, 500)),
        width_m=width,
        paved_m2=np.nan,
        addresses=pd.array(column(sections, st.integers(0, 200), unknown=True), dtype="Int64"),
        care_places=pd.array(column(sections, st.integers(0, 3), unknown=True), dtype="Int64"),
    )
    touches = town.touches[np.array(column(len(town.touches), st.booleans()))]
    wishes = town.wishes.iloc[: draw(st.integers(0, 2))]
    return replace(town, works=new_works, sections=new_sections, touches=touches, wishes=wishes)


def evidence_of(town: Context) -> Evidence:
    """Return what the criteria look at in a town."""
    appraisal = appraise(town, hamlet.vision(), hamlet.opportunities(), settings=SETTINGS)
    return gather(town, hamlet.opportunities(), appraisal, settings=SETTINGS)


@quick
@given(town=towns())
def test_every_measure_is_finite_or_unknown_and_within_the_ends_that_it_states(town: Context):
    evidence = evidence_of(town)
    for criterion in CRITERIA:
        made = criterion.measure(evidence)
        values = made["measure"].to_numpy()
        assert list(made.index) == list(evidence.works.index), criterion.name
        assert np.isfinite(values[~np.isnan(values)]).all(), criterion.name
        assert ((made["basis"] == "unknown") == made["measure"].isna()).all(), criterion.name
        low, high = criterion.ends or (-np.inf, np.inf)
        assert ((values >= low - 1e-9) & (values <= high + 1e-9) | np.isnan(values)).all(), criterion.name


@quick
@given(town=towns())
def test_every_score_is_in_range_and_known_exactly_where_the_measure_is(town: Context):
    measures, _ = measure_all(evidence_of(town), CRITERIA)
    scored = scores(measures, *ends_of(measures, CRITERIA))
    known = ~np.isnan(measures)
    assert (~np.isnan(scored) == known).all()
    assert ((scored[known] >= 0) & (scored[known] <= 1)).all()


@quick
@given(town=towns())
def test_a_better_measure_never_scores_less(town: Context):
    measures, _ = measure_all(evidence_of(town), CRITERIA)
    scored = scores(measures, *ends_of(measures, CRITERIA))
    for column, criterion in enumerate(CRITERIA):
        known = ~np.isnan(measures[:, column])
        goodness = measures[known, column] * (1 if criterion.better == "more" else -1)
        order = np.argsort(goodness, kind="stable")
        assert (np.diff(scored[known, column][order]) >= -1e-12).all(), criterion.name


@quick
@given(town=towns(), order=st.permutations(range(6)))
def test_the_order_of_the_rows_changes_no_measure(town: Context, order: list[int]):
    turned = replace(
        town,
        works=town.works.iloc[order],
        sections=town.sections.iloc[::-1],
        touches=town.touches.iloc[::-1],
        wishes=town.wishes.iloc[::-1],
    )
    one, other = evidence_of(town), evidence_of(turned)
    for criterion in CRITERIA:
        pd.testing.assert_frame_equal(criterion.measure(other), criterion.measure(one), obj=criterion.name)


@quick
@given(town=towns())
def test_a_criterion_leaves_the_evidence_as_it_was(town: Context):
    evidence = evidence_of(town)
    before = {name: table.copy() for name, table in vars(evidence).items() if isinstance(table, pd.DataFrame)}
    for criterion in CRITERIA:
        criterion.measure(evidence)
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(evidence, name), table)


@every_criterion
def test_a_criterion_says_what_it_is(criterion: Criterion):
    assert criterion.measure.__module__ == f"koppelkans.weighing.criteria.{criterion.name}"
    assert criterion.ground in GROUNDS
    assert all([criterion.nl, criterion.en, criterion.unit, criterion.unit_nl, criterion.formula, criterion.source])


def test_a_criterion_stands_in_the_tuple_once_in_the_order_of_the_grounds():
    assert len({criterion.name for criterion in CRITERIA}) == len(CRITERIA)
    places = [GROUNDS.index(criterion.ground) for criterion in CRITERIA]
    assert places == sorted(places)
