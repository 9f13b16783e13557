"""Charts of a business case: years, sensitivity, spread, holders, loans. (nl: businesscasebeeld)."""

import altair as alt
import pandas as pd

from koppelkans.report.pictures.look import ACCENT, GOOD, INK, LINE, QUIET, WARN, WIDTH, named_rows, svg

TONES = {"apart": WARN, "together": ACCENT, "later": QUIET, "extra": GOOD}
DASHES = {"apart": [4, 3], "together": [1, 0], "later": [2, 2], "extra": [8, 3]}
BAR, LABELS = 18, 230
HOLDER_LABELS, HOLDER_CELL, HOLDER_TALL = 290, 84, 30
LOAN_TONES = (GOOD, ACCENT, INK, WARN)


def yearly_money(rows: pd.DataFrame, *, lang: str) -> str:
    """Draw costs and benefits of one alternative per year, against doing nothing.

    Not discounted, in thousands of euros.

    `rows` has year, what (money or effect, as it is called, in the order to draw) and amount_eur.
    """
    order = list(dict.fromkeys(rows["what"]))
    fives = [int(year) for year in sorted(rows["year"].unique()) if year % 5 == 0]
    chart = (
        alt.Chart(rows.assign(thousands=rows["amount_eur"] / 1000))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, values=fives, ticks=False)),
            y=alt.Y("thousands:Q", title=None, axis=alt.Axis(tickCount=5, format=",.0f", domain=False, ticks=False)),
            color=alt.Color("what:N", sort=order, scale=alt.Scale(domain=order, range=[INK, GOOD][: len(order)])),
        )
        .properties(width=WIDTH - 60, height=130)
    )
    return svg(chart, lang=lang)


def running_sums(rows: pd.DataFrame, *, names: dict[str, str], lang: str) -> str:
    """Draw the running sum of discounted differences, a line per alternative.

    Against doing nothing, in thousands of euros.

    `rows` has alternative, year and running_eur; `names` is what each alternative is called.
    """
    found = [name for name in TONES if name in set(rows["alternative"])]
    called = [names[name] for name in found]
    shown = rows[rows["alternative"].isin(found)]
    shown = shown.assign(thousands=shown["running_eur"] / 1000, called=shown["alternative"].map(names))
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=LINE, strokeWidth=1.5).encode(y="y:Q")
    lines = (
        alt.Chart(shown)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", ticks=False, tickCount=10), scale=alt.Scale(nice=False)),
            y=alt.Y("thousands:Q", title=None, axis=alt.Axis(tickCount=5, format=",.0f", domain=False, ticks=False)),
            color=alt.Color("called:N", sort=called, scale=alt.Scale(domain=called, range=[TONES[name] for name in found])),
            strokeDash=alt.StrokeDash("called:N", sort=called, scale=alt.Scale(domain=called, range=[DASHES[name] for name in found])),
        )
    )  # fmt: skip
    return svg(alt.layer(zero, lines).properties(width=WIDTH - 60, height=150), lang=lang)


def tornado(bars: pd.DataFrame, *, npv: float, low: str, high: str, lang: str) -> str:
    """Draw the NPV at the low and high end of each key figure, the widest on top.

    `bars` has figure (as it is called), low_eur and high_eur in the order to draw; `low` and `high` are what the ends are called.
    """
    parts = [
        bars[["figure"]].assign(row=range(len(bars)), end=bars[column] / 1000, start=npv / 1000, side=word)
        for column, word in (("low_eur", low), ("high_eur", high))
    ]
    shown = pd.concat(parts, ignore_index=True)
    colour = alt.Color("side:N", sort=[low, high], scale=alt.Scale(domain=[low, high], range=[WARN, ACCENT]))
    drawn = (
        alt.Chart(shown)
        .mark_bar(height=BAR * 0.6)
        .encode(
            y=named_rows(bars["figure"].tolist(), limit=LABELS),
            x=alt.X("start:Q", title=None, axis=alt.Axis(format=",.0f", tickCount=6, ticks=False), scale=alt.Scale(zero=False)),
            x2="end:Q",
            color=colour,
        )
    )  # fmt: skip
    middle = alt.Chart(pd.DataFrame({"x": [npv / 1000]})).mark_rule(color=INK).encode(x="x:Q")
    return svg((drawn + middle).properties(width=WIDTH - LABELS - 40, height=BAR * max(len(bars), 1)), lang=lang)


def spread_bars(bars: pd.DataFrame, *, marks: dict[str, float], lang: str) -> str:
    """Draw how many draws fall in each step of the balance.

    With a named line at each of `marks` (eur).

    `bars` has from_eur, to_eur and draws.
    """
    shown = bars.assign(start=bars["from_eur"] / 1000, end=bars["to_eur"] / 1000)
    drawn = (
        alt.Chart(shown)
        .mark_bar(color=ACCENT, stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("start:Q", title=None, axis=alt.Axis(format=",.0f", tickCount=6, ticks=False), scale=alt.Scale(zero=False)),
            x2="end:Q",
            y=alt.Y("draws:Q", title=None, axis=alt.Axis(tickCount=4, domain=False, ticks=False)),
        )
    )  # fmt: skip
    lines = pd.DataFrame({"at": [value / 1000 for value in marks.values()], "mark": list(marks), "top": 0})
    rules = alt.Chart(lines).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="at:Q")
    words = (
        alt.Chart(lines).mark_text(align="left", dx=3, dy=8, color=INK).encode(x="at:Q", y=alt.value(0), text="mark:N")
    )
    return svg(alt.layer(drawn, rules, words).properties(width=WIDTH - 60, height=120), lang=lang)


def holder_matrix(cells: pd.DataFrame, *, lang: str) -> str:
    """Draw gains (green) and losses (brown), a row per holder and a column per alternative.

    The darker the more.

    `cells` has holder and alternative (as they are called, in the order to draw), gain_eur and text (what stands in it).
    """
    holders, alternatives = (list(dict.fromkeys(cells[name])) for name in ("holder", "alternative"))
    most = float(cells["gain_eur"].abs().max()) or 1.0
    shown = cells.assign(part=(cells["gain_eur"] / most).astype("float64"), dark=cells["gain_eur"].abs() > 0.6 * most)
    base = alt.Chart(shown).encode(
        x=alt.X("alternative:N", sort=alternatives, title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelLimit=HOLDER_CELL + 20)),
        y=alt.Y("holder:N", sort=holders, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=HOLDER_LABELS)),
    )  # fmt: skip
    colour = alt.Color(
        "part:Q", legend=None, scale=alt.Scale(domain=[-1, 0, 1], range=[WARN, "#f7f8f9", GOOD], interpolate="rgb")
    )
    squares = base.mark_rect(stroke=LINE).encode(color=colour)
    texts = base.mark_text(fontSize=11).encode(
        text="text:N", color=alt.condition("datum.dark", alt.value("white"), alt.value(INK))
    )
    wide = min(HOLDER_CELL * len(alternatives) * 1.3, WIDTH - HOLDER_LABELS)
    return svg((squares + texts).properties(width=wide, height=HOLDER_TALL * len(holders)), lang=lang)


def balances(rows: pd.DataFrame, *, lang: str) -> str:
    """Draw a line per outcome: the balance at the end of each year, in thousands of euros.

    `rows` has outcome (as it is called, in the order to draw), year and closing_eur.
    """
    outcomes = list(dict.fromkeys(rows["outcome"]))
    chart = (
        alt.Chart(rows.assign(thousands=rows["closing_eur"] / 1000))
        .mark_line(interpolate="linear", strokeWidth=2, point=alt.OverlayMarkDef(size=18))
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)),
            y=alt.Y("thousands:Q", title=None, axis=alt.Axis(tickCount=5, format=",.0f", domain=False, ticks=False)),
            color=alt.Color(
                "outcome:N", sort=outcomes, scale=alt.Scale(domain=outcomes, range=LOAN_TONES[: len(outcomes)])
            ),
            strokeDash=alt.StrokeDash("outcome:N", sort=outcomes, legend=None),
        )
        .properties(width=WIDTH - 60, height=170)
    )
    return svg(chart, lang=lang)
