"""Laws of the ambitieweb: levels in range, order changes nothing, any number of themes, history in order of time."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import hamlet
import hamlet_plan
from koppelkans.area.scopes import Scopes, scopes_of
from koppelkans.area.web import make_web
from koppelkans.ground.settings import make_settings
from koppelkans.report.pictures.ambition_web import Earlier, draw_web
from koppelkans.vision.themes import themes_of
from koppelkans.vision.webs import decided_webs

PHASES = ("initiative", "programme", "design", "execution", "use")
LEVELS = st.integers(0, 3)
THEMES = ("energy", "water", "soil", "ecology")
few = settings(max_examples=10, deadline=None)


PLAN, CONTEXT, VISION, FOUND = hamlet_plan.plan(), hamlet.context(), hamlet.vision(), hamlet.opportunities()
MET = PLAN.appraisal.needs_met
SCOPES = scopes_of(
    CONTEXT, plan=PLAN.programme.plan, agenda=PLAN.areas.agenda, areas=CONTEXT.areas[["area", "name"]],
    homes=CONTEXT.sections[["section", "area"]], decisions=hamlet.settings().vision.webs,
)  # fmt: skip


@few
@given(st.lists(st.floats(0, 50) | st.none(), min_size=3, max_size=3), st.randoms())
def test_levels_are_in_range_and_the_order_of_rows_changes_nothing(met, random):  # noqa: ANN001
    needs_met = MET.assign(met=pd.array(met, dtype="Float64").astype("float64"))
    first = make_web(VISION, FOUND, needs_met=needs_met, scopes=SCOPES)
    known = first["reached_level"].dropna()
    assert known.between(0, 3).all()

    def mixed(table: pd.DataFrame) -> pd.DataFrame:
        rows = list(range(len(table)))
        random.shuffle(rows)
        return table.iloc[rows]

    other = Scopes(mixed(SCOPES.names), mixed(SCOPES.sections), mixed(SCOPES.works))
    again = make_web(VISION, FOUND, needs_met=mixed(needs_met), scopes=other)
    pd.testing.assert_frame_equal(first, again)


@few
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_need_met_never_lowers_a_level(one: float, more: float):
    levels = [
        make_web(VISION, FOUND, needs_met=MET.assign(met=met), scopes=SCOPES)["reached_level"]
        for met in (one, one + more)
    ]
    assert (levels[1].fillna(0) >= levels[0].fillna(0)).all()


@few
@given(st.integers(3, 20), st.data())
def test_a_set_of_3_to_20_themes_draws(count: int, data):  # noqa: ANN001
    own = [{"theme": f"t{at}", "nl": f"Thema {at}"} for at in range(count)]
    city = make_settings(
        {"city": {"name": "x"}, "vision": {"theme_set": "own", "theme_sets": [{"set": "own", "themes": own}]}}
    )
    themes, _ = themes_of(city.vision)
    maybe = st.lists(st.none() | LEVELS, min_size=count, max_size=count)
    wanted, before = data.draw(maybe), data.draw(maybe)
    shown = themes.assign(name=themes["name_nl"], wanted_level=pd.array(wanted, dtype="Int64"), reached_level=1.5)
    drawn = draw_web(shown, lang="nl", earlier=[Earlier("eerder", before)])
    assert all(f">Thema {at}<" in drawn or f"Thema {at}:" in drawn for at in range(count))
    assert drawn.count("<circle") == count + 1
    assert drawn.count('width="5" height="5"') == 1 + sum(level is not None for level in wanted)


@few
@given(
    st.lists(
        st.tuples(st.integers(1, 900), st.integers(0, 4), st.dictionaries(st.sampled_from(THEMES), LEVELS, min_size=1)),
        min_size=1, max_size=6, unique_by=lambda step: step[0],
    ),
    st.randoms(),
)  # fmt: skip
def test_history_is_in_order_of_time_and_each_web_is_the_sum_of_the_decisions_so_far(steps, random):  # noqa: ANN001
    days = sorted(day for day, _, _ in steps)
    phases = sorted(phase for _, phase, _ in steps)
    said = [
        {
            "phase": PHASES[phase],
            "decided_on": date(2026, 1, 1) + timedelta(day),
            "decided_by": "raad",
            "levels": levels,
        }
        for day, phase, (_, _, levels) in zip(days, phases, steps, strict=True)
    ]
    mixed = list(said)
    random.shuffle(mixed)
    part = make_settings({"city": {"name": "x"}, "vision": {"theme_set": "gww", "webs": mixed}}).vision
    webs = decided_webs(part, themes_of(part)[0], usual=pd.Series(dtype="Int64"))
    order = webs.drop_duplicates("decided_on")
    assert order["decided_on"].is_monotonic_increasing
    assert order["phase_order"].is_monotonic_increasing
    held: dict[str, int] = {}
    for decision in said:
        held |= decision["levels"]
        now = webs[webs["decided_on"] == decision["decided_on"].isoformat()].dropna(subset=["level"])
        assert dict(zip(now["theme"], now["level"], strict=True)) == held
