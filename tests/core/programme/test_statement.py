import numpy as np
import pytest

import tiny_city
from koppelkans.programme.indexed import index_problem
from koppelkans.programme.solve.highs import loaded
from koppelkans.programme.statement import Statement, needed, total


def said() -> Statement:
    works = tiny_city.works(("a", 2027, 2027, 2028, 10, 0, 0, 20, True, False, False))
    return Statement(index_problem(tiny_city.problem(years=2, works=works, rate=0.0)))


def test_a_row_is_the_sum_of_its_terms():
    model = said()
    both = total(model.does, by=np.array([0, 0]), rows=1, times=np.array([2.0, 3.0]))
    model.demand("own", both - total(model.does[:1], by=np.array([0]), rows=1), "<=", 4.0, about=["x"])
    rows = model.rows()
    assert rows.matrix.toarray().tolist() == [[1.0, 3.0]]
    assert (rows.lower.tolist(), rows.upper.tolist()) == ([-np.inf], [4.0])
    assert rows.cost.tolist() == [-10.0, -10.0]
    assert model.told[0].about is not None
    assert model.told[0].about.tolist() == ["x"]


def test_rows_without_terms_are_left_out_with_their_names():
    model = said()
    model.demand(
        "own", total(model.does[:1], by=np.array([1]), rows=3), ">=", np.array([7.0, 1.0, 7.0]), about=["x", "y", "z"]
    )
    assert model.rows().lower.tolist() == [1.0]
    assert model.told[0].about is not None
    assert model.told[0].about.tolist() == ["y"]


def test_nothing_to_state_states_nothing():
    model = said()
    model.demand("own", total(model.does[:0], by=np.empty(0, dtype=np.int64), rows=0), "<=", 1.0)
    assert model.told == []


@pytest.mark.parametrize(("sign", "side"), [("<=", "upper"), (">=", "lower")])
def test_a_sign_bounds_one_side(sign: str, side: str):
    model = said()
    model.demand("own", total(model.does, by=np.array([0, 1]), rows=2), sign, 1.0)
    assert getattr(model.rows(), side).tolist() == [1.0, 1.0]


def test_payments_are_a_sort_of_their_own_beside_what_follows_from_the_choices():
    model = said()
    at = np.array([0, 0])
    paid = model.add("pays", np.array([1.0, 2.0]), at, np.array([0, 1]), payment=True)
    late = model.add("late", np.array([3.0]), at[:1], at[:1])
    rows = model.rows()
    assert (rows.choices, rows.payments.tolist()) == (2, paid.tolist())
    assert np.flatnonzero(rows.follows).tolist() == late.tolist()


def test_what_a_work_opens_asks_for_works_that_may_pay_it_and_only_where_it_is_opened():
    model = said()
    at = np.array([0])
    opened = model.add("street", np.array([1.0]), at, at)
    paid = model.add("pays", np.array([1.0]), at, at, payment=True)
    one, other, street, pays = (
        total(column, by=at, rows=1) for column in (model.does[:1], model.does[1:], opened, paid)
    )
    for name, sums in (("open", one - street), ("money", street - pays), ("cap", pays - other)):
        model.demand(name, sums, "<=", 0.0)
    rows = model.rows()
    nothing = np.zeros(len(rows.cost))
    assert needed(rows, nothing, wished=np.array([True, False])).tolist() == [True, True]
    assert needed(rows, nothing, wished=np.array([False, True])).tolist() == [False, True]
    assert not needed(rows, nothing, wished=np.zeros(2, dtype=bool)).any()


def test_what_is_yes_or_no_stays_so_in_a_part():
    """A solver that may cut and branch on openings, too, is sooner done with a small problem: a part keeps which they are."""
    model = said()
    at = np.array([0, 0])
    broken = model.add("broken", np.array([1.0, 2.0]), at, np.array([0, 1]))
    is_open = model.add("is_open", np.array([3.0, 4.0]), at, np.array([0, 1]), whole=True)
    rows_of = np.array([0, 1])
    model.demand("own", total(model.does, by=rows_of, rows=2) - total(is_open, by=rows_of, rows=2), "<=", 0.0)
    model.demand("rest", total(model.does, by=rows_of, rows=2) - total(broken, by=rows_of, rows=2), "<=", 0.0)
    rows = model.rows()
    assert rows.yes_no.tolist() == is_open.tolist()
    part, columns = rows.part(np.array([False, True]), np.zeros(len(rows.cost)))
    assert columns[part.yes_no].tolist() == is_open[1:].tolist()
    solver = loaded(part, whole=True)
    kinds = [str(kind).rsplit(".", maxsplit=1)[-1] for kind in solver.getLp().integrality_]
    assert [kind == "kInteger" for kind in kinds] == [column in {1, is_open[1]} for column in columns.tolist()]
