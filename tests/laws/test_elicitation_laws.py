"""Laws of every way of asking for weights, and the published examples that come out."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.ground.errors import SettingError
from koppelkans.ground.settings import ElicitedAnswers
from koppelkans.weighing.elicit import Elicitor
from koppelkans.weighing.elicitation import ELICITORS
from koppelkans.weighing.elicitation.ahp import AHP, of_matrix
from koppelkans.weighing.elicitation.best_worst import BEST_WORST, limit, ratio
from koppelkans.weighing.elicitation.points import DIRECT, SWING

quick = settings(max_examples=25, deadline=None)
ITEMS = ["a", "b", "c", "d", "e"]
OF_POINTS = {"direct": "points", "swing": "points"}
every_way = pytest.mark.parametrize("elicitor", ELICITORS, ids=lambda one: one.name)


def answers_of(elicitor: Elicitor, weights: np.ndarray, items: list[str]) -> ElicitedAnswers:
    """Return the answers of somebody who holds exactly these weights, whose largest is at most 9 times the smallest."""
    ratio = weights[:, None] / weights[None, :]
    best, worst = int(np.argmax(weights)), int(np.argmin(weights))
    return {
        "direct": ElicitedAnswers(how="direct", points=dict(zip(items, weights.tolist(), strict=True))),
        "swing": ElicitedAnswers(
            how="swing", points={name: 100.0 * float(ratio[at, best]) for at, name in enumerate(items)}
        ),
        "ahp": ElicitedAnswers(
            how="ahp",
            pairs=[
                {"one": items[one], "other": items[other], "times": float(ratio[one, other])}
                for one, other in combinations(range(len(items)), 2)
            ],
        ),
        "best_worst": ElicitedAnswers(
            how="best_worst",
            best=items[best],
            worst=items[worst],
            best_to_others={name: float(ratio[best, at]) for at, name in enumerate(items)},
            others_to_worst={name: float(ratio[at, worst]) for at, name in enumerate(items)},
        ),
    }[elicitor.name]


@every_way
@quick
@given(weights=st.lists(st.floats(1, 8.9), min_size=2, max_size=5, unique=True))
def test_who_answers_by_his_weights_gets_them_back_and_contradicts_himself_in_nothing(
    elicitor: Elicitor, weights: list[float]
):
    held = np.array(weights)
    found = elicitor.weigh(answers_of(elicitor, held, ITEMS[: len(held)]), ITEMS[: len(held)], "x")
    np.testing.assert_allclose(found.weights, held / held.sum(), atol=1e-7)
    assert found.weights.sum() == pytest.approx(1.0)
    assert np.isnan(found.consistency) or found.consistency == pytest.approx(0.0, abs=1e-7)


@every_way
@quick
@given(order=st.permutations(range(4)))
def test_the_order_of_the_items_changes_nothing(elicitor: Elicitor, order: list[int]):
    held = np.array([5.0, 3.0, 2.0, 1.0])
    answers = answers_of(elicitor, held, ITEMS[:4])
    found = elicitor.weigh(answers, [ITEMS[at] for at in order], "x").weights
    np.testing.assert_allclose(found, held[order] / held.sum(), atol=1e-7)


@every_way
def test_a_missing_answer_is_told_with_its_place(elicitor: Elicitor):
    with pytest.raises(SettingError) as told:
        elicitor.weigh(ElicitedAnswers(how=elicitor.name), ["a", "b"], "weighing.elicited.grounds")
    assert all(fault.column.startswith("weighing.elicited.grounds.") for fault in told.value.faults)


@every_way
def test_a_way_of_asking_says_what_it_is(elicitor: Elicitor):
    assert elicitor.weigh.__module__ == f"koppelkans.weighing.elicitation.{OF_POINTS.get(elicitor.name, elicitor.name)}"
    assert all([elicitor.nl, elicitor.en, elicitor.formula, elicitor.source])


def test_the_comparisons_of_wang_and_chin_2011_come_out_and_are_to_be_asked_again():
    """Wang and Chin (2011), Information Sciences 181(23): 5240-5248; lambda 7.4199, ratio 0.229 with RI 1.24."""
    matrix = np.array(
        [
            [1, 4, 3, 1, 3, 4],
            [1 / 4, 1, 7, 3, 1 / 5, 1],
            [1 / 3, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 6],
            [1, 1 / 3, 5, 1, 1, 1 / 3],
            [1 / 3, 5, 5, 1, 1, 3],
            [1 / 4, 1, 6, 3, 1 / 3, 1],
        ]
    )
    found = of_matrix(matrix)
    np.testing.assert_allclose(found.weights, [0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391], atol=1e-4)
    assert found.consistency == pytest.approx((7.4199 - 6) / 5 / 1.24, abs=1e-4)
    assert found.consistency > found.limit == 0.10


def test_five_criteria_of_a_car_that_fit_give_their_weights_exactly():
    """Vectors of the kind in Rezaei (2016), Omega 64: 126-130; a_Bj x a_jW = 8 for every j, so weights follow by hand: 4, 8, 2, 4, 1 of 19."""
    items = ["quality", "price", "comfort", "safety", "style"]
    answers = ElicitedAnswers(
        how="best_worst",
        best="price",
        worst="style",
        best_to_others=dict(zip(items, [2, 1, 4, 2, 8], strict=True)),
        others_to_worst=dict(zip(items, [4, 8, 2, 4, 1], strict=True)),
    )
    found = BEST_WORST.weigh(answers, items, "x")
    np.testing.assert_allclose(found.weights, np.array([4, 8, 2, 4, 1]) / 19, atol=1e-9)
    assert found.consistency == pytest.approx(0.0, abs=1e-9)


def test_answers_that_contradict_get_the_weights_that_fit_them_best():
    """Best 2 x b, b 2 x worst, best 8 x worst: no weights leave a smaller misfit, found by trying everything; the ratio is (8 - 4) / (64 - 8)."""
    answers = ElicitedAnswers(
        how="best_worst", best="a", worst="c", best_to_others={"b": 2, "c": 8}, others_to_worst={"a": 8, "b": 2}
    )
    found = BEST_WORST.weigh(answers, ["a", "b", "c"], "x")
    grid = np.linspace(0, 1, 401)
    one, two = np.meshgrid(grid, grid)
    three = 1 - one - two
    misfit = np.max(np.abs([one - 2 * two, one - 8 * three, two - 2 * three]), axis=0)
    best, middle, worst = found.weights
    left = max(abs(best - 2 * middle), abs(best - 8 * worst), abs(middle - 2 * worst))
    assert 0.05 < left == pytest.approx(misfit[three >= 0].min(), abs=0.02)
    assert found.consistency == pytest.approx(4 / 56)


def asked(first: list[float], last: list[float]) -> ElicitedAnswers:
    """Return answers about a, b, c …: the best against each, and each against the worst."""
    items = ITEMS[: len(first)]
    return ElicitedAnswers(
        how="best_worst",
        best=items[first.index(1)],
        worst=items[last.index(1)],
        best_to_others=dict(zip(items, first, strict=True)),
        others_to_worst=dict(zip(items, last, strict=True)),
    )


def test_the_car_of_rezaei_2016_comes_out_and_fits_well_enough():
    """Rezaei (2016), Omega 64: 126-130, second example: weights and ksi 0.0109 to four digits, after a public card that read it in full."""
    found = BEST_WORST.weigh(asked([2, 1, 4, 3, 8], [4, 8, 2, 3, 1]), ITEMS[:5], "x")
    np.testing.assert_allclose(found.weights, [0.2295, 0.4481, 0.1148, 0.1530, 0.0546], atol=5e-5)
    quality, price, _, safety, _ = found.weights
    assert max(abs(price - 2 * quality), abs(price - 3 * safety)) == pytest.approx(0.0109, abs=5e-5)
    assert found.consistency == pytest.approx(1 / 56)  # 3 x 3 against 8
    assert found.consistency < found.limit == 0.2958


def test_answers_that_contradict_too_much_are_to_be_asked_again():
    """Classical-bwm-r (IgorKollar-EFUMB), tests: 3 x 6 against 6 is 12 / 30 = 0.4, where five items and a best of 6 allow 0.2643."""
    found = BEST_WORST.weigh(asked([3, 1, 3, 2, 6], [2, 6, 6, 3, 1]), ITEMS[:5], "x")
    assert found.consistency == pytest.approx(0.4)
    assert found.limit == 0.2643
    assert found.consistency > found.limit


@pytest.mark.parametrize(
    ("count", "span", "allowed"),
    [
        (2, 9.0, 0.0),  # two items have nothing to contradict
        (6, 2.0, 0.0),  # as in the paper: at a scale of 2 only answers that fit
        (3, 3.0, 0.1667),
        (9, 9.0, 0.3662),
        (12, 9.0, 0.3662),  # beyond the table: its edge
        (3, 3.5, 0.1121),  # between 0.1667 and 0.1121: the stricter
    ],
)
def test_the_limit_of_best_worst_is_that_of_the_table(count: int, span: float, allowed: float):
    assert limit(count, span) == allowed


def test_a_best_that_is_as_important_as_the_worst_fits_only_with_all_alike():
    ones = np.ones(3)
    assert ratio(ones, ones, 1.0) == 0.0
    assert ratio(np.array([1.0, 2.0, 1.0]), ones, 1.0) > limit(3, 1.0)


@pytest.mark.parametrize(
    ("elicitor", "answers", "place"),
    [
        (DIRECT, {"points": {"a": 0, "b": 0}}, "x.points"),
        (DIRECT, {"points": {"a": 1, "b": -1}}, "x.points.b"),
        (SWING, {"points": {"a": 90, "b": 10}}, "x.points"),
        (AHP, {"pairs": [{"one": "a", "other": "c", "times": 2}]}, "x.pairs.0"),
        (AHP, {"pairs": [{"one": "a", "other": "b", "times": 2}, {"one": "b", "other": "a", "times": 2}]}, "x.pairs.1"),
        (BEST_WORST, {"best": "a", "worst": "a"}, "x.worst"),
        (BEST_WORST, {"best": "c", "worst": "a"}, "x.best"),
    ],
)
def test_answers_that_cannot_be_used_are_refused_with_their_place(elicitor: Elicitor, answers: dict, place: str):
    with pytest.raises(SettingError) as told:
        elicitor.weigh(ElicitedAnswers.model_validate(answers), ["a", "b"], "x")
    assert place in [fault.column for fault in told.value.faults]
