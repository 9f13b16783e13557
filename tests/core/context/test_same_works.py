"""One job that stands in several registers is proposed as one, and is one only where a person said so."""

from collections.abc import Mapping
from functools import cache

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

import hamlet
import small_city
from koppelkans.context.second_look import look_again
from koppelkans.context.works.planned_works import gather_works
from koppelkans.context.works.same_works import SameWorks, compare_registers, same_works
from koppelkans.ground.settings import SameAnswer, WorkKind
from registers import R1, W8, answer, city, register, three


def found(**layers: tuple[str, gpd.GeoDataFrame]) -> SameWorks:
    return compare_registers(city(layers))[1]


def test_the_score_is_worked_out_by_hand():
    """Two lines of 100 and 50 m, the one within the other, made 10 m wider on all sides: 120 x 20 and 70 x 20 m.

    Place: the mean of 1400 / 2400 and 1. Period: two of three years and all of two years: of 1096 days (2028 is a leap
    year) the last 730, so the mean of 730 / 1096 and 1. Kind: the same. Name: of `riool dorpsstraat` one word of two, and
    all of `Dorpsstraat`.
    """
    pair = found(
        a=("works", register([hamlet.stretch(0, 100)], earliest_year=2028, name="Riool Dorpsstraat")),
        b=("plans", register([hamlet.stretch(20, 70)], earliest_year=2029, name="DORPSSTRAAT", work=["x"])),
    ).pairs.iloc[0]
    place, period = (1400 / 2400 + 1) / 2, (730 / 1096 + 1) / 2
    assert [pair[name] for name in ("place", "period", "kind", "name")] == pytest.approx(
        [place, period, 1, 0.75], abs=1e-6
    )
    assert pair["score"] == pytest.approx(0.4 * place + 0.2 * period + 0.2 * 1 + 0.2 * 0.75, abs=1e-6)


def test_one_job_in_three_registers_is_one_group_without_what_is_another():
    pairs = found(**three()).pairs
    assert {frozenset(pair) for pair in pairs[["one", "other"]].to_numpy().tolist()} == {
        frozenset(pair) for pair in (("R1", "W8"), ("R1", "M3"))
    }
    assert set(pairs["group"]) == {"M3"}


@pytest.mark.parametrize(
    "other",
    [
        register([hamlet.stretch(0, 100)], work=["x"], kind="water_main"),
        register([hamlet.stretch(0, 100)], work=["x"], kind="sewer_pressure", owner="water"),
        register([hamlet.stretch(0, 100)], work=["x"], earliest_year=2033, latest_year=2034),
        register([hamlet.stretch(300, 400)], work=["x"]),
        register([hamlet.stretch(100, 200)], work=["x"]),
        register([Point(hamlet.X0 + 50, hamlet.Y0)], work=["x"], name="Kerkplein"),
    ],
    ids=[
        "of another system",
        "of another kind and owner",
        "in other years",
        "elsewhere",
        "end to end",
        "a point with another name",
    ],
)
def test_another_job_is_not_proposed(other: gpd.GeoDataFrame):
    mine = register([hamlet.stretch(0, 100)], name="Dorpsstraat")
    assert found(a=("works", mine), b=("plans", other)).pairs.empty


def test_nothing_is_joined_without_an_answer_and_check_tells_what_waits():
    whole = city(three())
    assert len(gather_works(whole)[0]) == 4
    (told,) = look_again(whole).proposed
    assert (told.where, "2" in told.found) == ("samen.toml", True)


def test_what_was_kept_apart_is_not_proposed_again_nor_through_others():
    pairs = compare_registers(city(three(), answer(R1, W8, same=False)))[1].pairs
    assert len(pairs) == 1
    assert "M3" in pairs[["one", "other"]].to_numpy()


def dated(**columns: object) -> gpd.GeoDataFrame:
    """Return three pieces of one street that follow each other within weeks, and the same street a year later."""
    rows = register(
        [hamlet.stretch(0, 100), hamlet.stretch(100, 200), hamlet.stretch(200, 300), hamlet.stretch(0, 100)], **columns
    )
    first = pd.to_datetime(["2030-02-01", "2030-03-10", "2030-05-01", "2031-08-01"])
    return rows.assign(first_day=first, last_day=first + pd.Timedelta(days=20))


def test_slices_of_one_job_are_one_group_and_are_flagged():
    whole = city({"wior": ("plans", dated(latest_year=2031))})
    slices = compare_registers(whole)[1].slices
    assert slices.to_dict("list") == {"work": ["w0", "w1", "w2"], "group": ["w0", "w0", "w0"]}
    (told,) = look_again(whole).slices
    assert (told.where, told.row, "3" in told.found) == ("wior.gpkg", 1, True)
    assert len(gather_works(whole)[0]) == 4


def test_slices_that_were_joined_are_shown_no_more_and_kept_apart_they_part():
    w0, w1, w2 = (("wior", f"w{at}") for at in range(3))
    layers = {"wior": ("plans", dated(latest_year=2031))}
    joined = city(layers, answer(w0, w1, same=True), answer(w1, w2, same=True))
    assert compare_registers(joined)[1].slices.empty
    apart = city(layers, answer(w0, w1, same=False))
    assert compare_registers(apart)[1].slices["work"].tolist() == ["w1", "w2"]


def test_works_of_which_only_years_are_known_are_no_slices():
    assert found(wior=("plans", dated().drop(columns=["first_day", "last_day"]))).slices.empty
    assert found(wior=("plans", dated(owner=["a", "b", "a", "b"], latest_year=2031))).slices.empty


SPOT = st.tuples(st.integers(0, 8), st.integers(0, 2), st.sampled_from(["sewer_gravity", "sewer_pressure", "other"]), st.sampled_from(["Dorpsstraat", "Kerkweg", None]))  # fmt: skip


@cache
def kinds() -> Mapping[str, WorkKind]:
    return small_city.settings({}).kinds


def drawn(spots: list[list[tuple]]) -> gpd.GeoDataFrame:
    """Return works of 60 m at each spot of registers x, y and z, as they are compared."""
    each = [
        (source, f"{source}{nth}", *spot)
        for source, part in zip("xyz", spots, strict=True)
        for nth, spot in enumerate(part)
    ]
    source, work, at, years, kind, name = (list(values) for values in zip(*each, strict=True))
    rows = register([hamlet.stretch(30.0 * one, 30.0 * one + 60) for one in at], work=work, source=source, kind=kind, name=name, latest_year=[2030 + one for one in years])  # fmt: skip
    day = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]")
    return rows.assign(key=list(zip(source, work, strict=True)), told="window", first_day=day, last_day=day)


REGISTERS = st.lists(st.lists(SPOT, min_size=1, max_size=4), min_size=3, max_size=3)
ANSWERS = st.lists(st.tuples(st.sampled_from([("x0", "y0"), ("y0", "z0"), ("x0", "z0")]), st.booleans()), max_size=2, unique_by=lambda one: one[0])  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(REGISTERS, ANSWERS, st.integers(0, 99))
def test_order_changes_nothing_a_work_is_in_one_group_and_answers_are_kept(
    spots: list[list[tuple]], said: list[tuple[tuple[str, str], bool]], seed: int
):
    answers = [SameAnswer.model_validate(answer((a[0], a), (b[0], b), same=same)) for (a, b), same in said]
    rows = drawn(spots)
    pairs = same_works(rows, kinds=kinds(), answers=answers).pairs
    turned = rows.sample(frac=1.0, random_state=seed)
    pd.testing.assert_frame_equal(pairs, same_works(turned, kinds=kinds(), answers=answers[::-1]).pairs)
    groups = pd.concat([pairs[["one", "group"]], pairs[["other", "group"]].set_axis(["one", "group"], axis=1)])
    members = groups.drop_duplicates().assign(source=lambda made: made["one"].str[0])
    assert not members.duplicated("one").any()
    assert not members.duplicated(["group", "source"]).any()
    assert not {tuple(pair) for pair in pairs[["one", "other"]].to_numpy()} & {pair for pair, _ in said}
    scores = pairs[["score", "place", "period", "kind", "name"]].to_numpy()
    assert ((scores >= 0) & (scores <= 1)).all()


@settings(max_examples=6, deadline=None)
@given(SPOT, SPOT)
def test_the_score_is_the_same_from_both_sides(one: tuple, other: tuple):
    far = (20, 0, "other", None)
    left, right = (same_works(drawn([[a], [b], [far]]), kinds=kinds()).pairs for a, b in ((one, other), (other, one)))
    pd.testing.assert_frame_equal(left, right)


def test_works_that_all_lie_on_one_spot_are_told_and_fill_no_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("koppelkans.context.works.same_works.MOST_MET", 10)
    monkeypatch.setattr("koppelkans.context.works.same_works.BLOCK", 2)
    rows = register([Point(hamlet.X0, hamlet.Y0)] * 8)
    whole = city({"wior": ("plans", rows)})
    assert compare_registers(whole)[1].left == 6
    assert "6" in look_again(whole).proposed[0].found
