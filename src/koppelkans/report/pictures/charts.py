"""Charts of the programme: money, streets, futures, sharing, ranking, systems and changes. (nl: grafieken)."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from koppelkans.ground.columns import GROUND_WORDS as NAMES
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import say
from koppelkans.report.pictures.look import (
    ACCENT,
    GROUNDS,
    INK,
    LINE,
    PAPER,
    QUIET,
    WARN,
    WIDTH,
    named_rows,
    row_lines,
    svg,
    wrapped,
)

MOST_FUNDS = 8
"""Funds in the picture; the others stand in the table."""
MILLION = 1e6
CURVE_HEIGHT = 120
NEAR = 0.16
"""Points that lie nearer than this share of the picture are named together."""
MOST_FUTURES = 24
"""Futures that are drawn one by one."""
FRAGILE = "#e3b27a"
SPLIT_LABELS, SPLIT_LETTERS = 230, 36
"""Width (px) of the names, and letters that fit in a line of it."""
SPLIT_ROW, LINE_HEIGHT = 17, 13
"""Height (px) of a bar with its room, and of a line of a name."""
OWNERS = ("#17324d", "#0f6e6e", "#b07c00", "#7a5195", "#b3541e", "#1f6fb2", "#2f7d4f", "#d6456c")
"""Colours of owners, those with most at stake first; the rest shares the last."""
REST = "#9aa5b1"
MOVE_NAMES, MOVE_ROW, MOVE_LETTERS = 270, 21, 44
"""Width (px) of the names of works, height of a row, and letters in a line of a name."""
MOVE_SPACE = " "
"""A column without a name, so that the words for undone do not touch the last year."""
MOVE_PANEL = 74
"""Height (px) of the bars of one change."""
RANKING_LABELS, RANKING_LETTERS = 250, 38
RANK_LABELS, RANK_SHARES = 250, 60
CONDITION_CLASSES = (("good_share", "good condition", "#2f7d4f"), ("fair_share", "fair condition", "#c9b458"), ("poor_share", "poor condition", "#b3541e"), ("unknown_share", "condition unknown", "#c3cad1"))  # fmt: skip


def fund_years(money: pd.DataFrame, *, lang: str) -> str:
    """Draw spent and available money per fund and year, the largest spender first.

    Spent as bars; available, with what was left, as a line.

    `money` is the table of the programme.
    """
    spent = money.groupby("name")["spent_eur"].sum().sort_values(ascending=False, kind="stable")
    names = spent.index[:MOST_FUNDS].tolist()
    shown = money[money["name"].isin(names)].copy()
    carried = (shown["spent_eur"] + shown["left_eur"]).where(shown["carries_over"], shown["budget_eur"])
    shown = shown.assign(spent=shown["spent_eur"] / 1000, available=carried.clip(lower=0) / 1000)
    base = alt.Chart().encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False))
    )
    scale = alt.Scale(domain=[say("spent", lang), say("available, with what was left", lang)], range=[ACCENT, INK])
    y = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4, format=",.0f", domain=False, ticks=False))
    bars = (
        base.transform_calculate(value="datum.spent", what=f"'{scale.domain[0]}'")
        .mark_bar(size=9)
        .encode(y=y, color=alt.Color("what:N", scale=scale))
    )
    line = (
        base.transform_calculate(value="datum.available", what=f"'{scale.domain[1]}'")
        .mark_line(interpolate="step", strokeWidth=1.5)
        .encode(y=y, color=alt.Color("what:N", scale=scale))
    )
    whole = (
        alt.layer(bars, line, data=shown)
        .properties(width=WIDTH / 2 - 62, height=92)
        .facet(facet=alt.Facet("name:N", sort=names, header=alt.Header(labelAnchor="start", labelLimit=280)), columns=2)
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )
    return svg(whole, lang=lang)


def open_years(opened: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw the sections that lie open per year, opened by one work or shared.

    With a line for each work by itself.

    `opened` is the table `open` of the programme.
    """
    alone, shared, apart = say("one work", lang), say("works together", lang), say("if each work came alone", lang)
    counted = pd.DataFrame({"year": years.years}).set_index("year")
    counted["alone"] = opened[opened["works"] == 1].groupby("year").size()
    counted["shared"] = opened[opened["works"] > 1].groupby("year").size()
    counted["apart"] = opened.groupby("year")["works"].sum()
    counted = counted.fillna(0).astype("int64").reset_index()
    bars = counted.rename(columns={"alone": alone, "shared": shared}).melt("year", [shared, alone], "what", "count")
    line = counted[counted["apart"] > 0].assign(what=apart, count=counted["apart"])[["year", "what", "count"]]
    colour = alt.Color("what:N", scale=alt.Scale(domain=[shared, alone, apart], range=[ACCENT, "#9fb8b8", WARN]))
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    few = min(5, max(1, int(counted["apart"].max())))
    y = alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=few, domain=False, ticks=False))
    order = alt.Order("what:N", sort="descending")
    stacked = alt.Chart(bars).mark_bar(size=20).encode(x=x, y=y, color=colour, order=order)
    dashes = alt.Chart(line).mark_tick(thickness=2, size=26).encode(x=x, y=y, color=colour)
    return svg(alt.layer(stacked, dashes).properties(width=WIDTH - 40, height=150), lang=lang)


def money_curve(points: pd.DataFrame, *, lang: str) -> str:
    """Draw the weighted cost of each scenario against its budget, with its proven bound.

    `points` has label, role, budget_eur, weighted_cost_eur and weighted_least_eur.
    """
    shown = points.assign(
        budget=points["budget_eur"].astype(float) / MILLION,
        cost=points["weighted_cost_eur"].astype(float) / MILLION,
        least=points["weighted_least_eur"].astype(float) / MILLION,
        own=points["role"] == "base",
    )
    base = alt.Chart(shown).encode(
        x=alt.X(
            "budget:Q",
            title=say("budgets of the city, all years (million euros)", lang),
            scale=_curve_scale(shown["budget"]),
            axis=_curve_axis(),
        )
    )
    y = alt.Y(
        "cost:Q", title=None,
        scale=_curve_scale(pd.concat([shown["cost"], shown["least"]])), axis=_curve_axis(),
    )  # fmt: skip
    bars = base.mark_rule(color=QUIET, strokeWidth=1.4).encode(y=y, y2="least:Q")
    caps = base.mark_tick(color=QUIET, size=9, thickness=1.4, orient="horizontal").encode(y=alt.Y("least:Q"))
    line = base.mark_line(color=ACCENT, strokeWidth=1.6).encode(y=y)
    dots = base.mark_circle(size=70, opacity=1).encode(
        y=y, color=alt.condition(alt.datum["own"], alt.value(INK), alt.value(ACCENT))
    )
    names = base.mark_text(dy=-13, color=INK).encode(y=y, text="label:N")
    return svg(
        (bars + caps + line + dots + names).properties(
            width=WIDTH - 60,
            height=CURVE_HEIGHT,
            title=_curve_over(say("weighted cost (million euros)", lang)),
        ),
        lang=lang,
    )


def money_quality(points: pd.DataFrame, *, lang: str) -> str:
    """Draw the money of each programme against its ambitions; dominated ones hollow.

    `points` has label, role, spent_eur, quality_eur and dominated; the line runs over those that are not dominated.
    """
    shown = points.assign(
        spent=points["spent_eur"].astype(float) / MILLION, quality=points["quality_eur"].astype(float) / 1000
    )
    best = shown[~shown["dominated"]].sort_values(["spent", "quality"])
    x = alt.X(
        "spent:Q", title=say("investment, also what no purse pays (million euros)", lang), scale=_curve_scale(shown["spent"]), axis=_curve_axis()
    )  # fmt: skip
    y = alt.Y(
        "quality:Q", title=None, scale=_curve_scale(shown["quality"], 0.3), axis=_curve_axis()
    )  # fmt: skip
    line = alt.Chart(best).mark_line(color=ACCENT, strokeWidth=1.6, interpolate="step-after").encode(x=x, y=y)
    front = alt.Chart(best).mark_circle(size=80, color=ACCENT, opacity=1).encode(x=x, y=y)
    worse = shown[shown["dominated"]]
    hollow = alt.Chart(worse).mark_point(size=70, color=WARN, strokeWidth=1.6, fill=PAPER).encode(x=x, y=y)
    named = _curve_names(shown)
    names = [
        alt.Chart(named).mark_text(align="left", dx=7, dy=-7, fontWeight=600, **look).encode(x=x, y=y, text="number:N")
        for look in ({"stroke": PAPER, "strokeWidth": 4, "color": PAPER}, {"color": INK})
    ]
    over = _curve_over(say("ambitions reached, weighed (thousand euros)", lang))
    over.subtitle = [f"{number}: {text}" for number, text in zip(named["number"], named["names"], strict=True)]
    return svg(
        alt.layer(line, front, hollow, *names).properties(width=WIDTH - 60, height=CURVE_HEIGHT, title=over), lang=lang
    )


def _curve_names(shown: pd.DataFrame) -> pd.DataFrame:
    """Return a number, a place and the names of points that lie together; names stand above the picture, in lines."""
    far = {name: NEAR * max(float(shown[name].max() - shown[name].min()), 1e-9) for name in ("spent", "quality")}
    groups: list[dict[str, Any]] = []
    for spent, quality, label in shown.sort_values(["spent", "quality"], kind="stable")[
        ["spent", "quality", "label"]
    ].itertuples(index=False, name=None):
        near = [
            one
            for one in groups
            if abs(one["spent"] - spent) <= far["spent"] / 4 and abs(one["quality"] - quality) <= far["quality"]
        ]
        if near:
            near[0]["labels"].append(label)
        else:
            groups.append({"spent": spent, "quality": quality, "labels": [label]})
    found = pd.DataFrame(groups, columns=["spent", "quality", "labels"])
    return found.assign(names=found["labels"].map(" · ".join), number=[str(at + 1) for at in range(len(found))])


def _curve_scale(values: pd.Series, below: float = 0.12) -> alt.Scale:
    """Return a scale with some air around its values."""
    known = values.dropna()
    low, high = float(known.min()), float(known.max())
    span = (high - low) or max(abs(high) * 0.05, 0.05)
    return alt.Scale(domain=[low - below * span, high + 0.12 * span], nice=False, zero=False)


def _curve_axis() -> alt.Axis:
    """Return an axis with a few numbers and quiet lines."""
    return alt.Axis(tickCount=5, ticks=False, gridColor=LINE, domain=False)


def _curve_over(text: str) -> alt.TitleParams:
    """Return what stands up the picture, written above it."""
    return alt.TitleParams(
        text,
        anchor="start",
        color=QUIET,
        fontSize=11,
        fontWeight="normal",
        offset=6,
        subtitleColor=INK,
        subtitleFontSize=11,
    )


def firm_years(firmness: pd.DataFrame, *, lang: str) -> str:
    """Draw per year how many of its works are firm and how many fragile.

    `firmness` is the table of the programme.
    """
    firm, fragile = say("steady", lang), say("fragile", lang)
    planned = firmness.dropna(subset=["year"])
    counted = planned.assign(
        what=planned["firm"].map({True: firm, False: fragile}), year=planned["year"].astype("int64")
    )
    counted = counted.groupby(["year", "what"]).size().rename("works").reset_index()
    counted["turn"] = counted["what"].map({firm: 0, fragile: 1})
    few = min(5, max(1, int(counted.groupby("year")["works"].sum().max()))) if len(counted) else 1
    chart = (
        alt.Chart(counted)
        .mark_bar(size=20)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False)),
            y=alt.Y("works:Q", title=None, axis=alt.Axis(tickMinStep=1, tickCount=few, domain=False, ticks=False)),
            color=alt.Color("what:N", scale=alt.Scale(domain=[firm, fragile], range=[ACCENT, FRAGILE])),
            order=alt.Order("turn:Q"),
        )
        .properties(width=WIDTH - 40, height=150)
    )
    return svg(chart, lang=lang)


def together_and_alone(futures: pd.DataFrame, *, lang: str) -> str:
    """Draw the cost per future of the programme and of planning alone (mln eur).

    Both planned again.

    `futures` is the table of the programme; the first futures are drawn, the dearest programme first.
    """
    together, alone = say("this programme", lang), say("each party alone", lang)
    drawn = futures.head(MOST_FUTURES).sort_values(["replanned_eur", "future"], ascending=[False, True])
    order = drawn["future"].tolist()
    pairs = pd.DataFrame(
        {
            "future": drawn["future"],
            together: drawn["replanned_eur"] / MILLION,
            alone: drawn["silo_replanned_eur"] / MILLION,
        }
    )
    dots = pairs.melt("future", [together, alone], "what", "value")
    lines = pairs.rename(columns={together: "from", alone: "to"})
    y = alt.Y("future:O", sort=order, title=None, axis=None)
    dear = pairs[[together, alone]].max().max() >= 10  # noqa: PLR2004 - below ten million whole millions tell nothing apart
    x = alt.Axis(tickCount=6, domain=False, ticks=False, format=",.0f" if dear else ",.2f")
    line = (
        alt.Chart(lines)
        .mark_rule(color=LINE, strokeWidth=2)
        .encode(x=alt.X("from:Q", title=None, scale=alt.Scale(zero=False), axis=x), x2="to:Q", y=y)
    )
    dot = (
        alt.Chart(dots)
        .mark_circle(size=48, opacity=1)
        .encode(
            x=alt.X("value:Q", title=None, scale=alt.Scale(zero=False), axis=x),
            y=y,
            color=alt.Color("what:N", scale=alt.Scale(domain=[together, alone], range=[ACCENT, WARN])),
        )
    )
    return svg((line + dot).properties(width=WIDTH - 40, height=9 * len(order)), lang=lang)


def fair_bars(split: pd.DataFrame, *, lang: str) -> str:
    """Draw per bundle what each owner pays apart, and together with the fair split.

    `split` has bundle (in the order to draw), label, party, apart_eur and fair_eur.
    """
    apart, together = say("apart", lang), say("together, fairly split", lang)
    order = split.groupby("party")["apart_eur"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    others = say("others", lang)
    named = order if len(order) <= len(OWNERS) else [*order[: len(OWNERS) - 1], others]
    colours = [REST if name == others else colour for name, colour in zip(named, OWNERS, strict=False)]
    names = [wrapped(f"{label}: {apart}", SPLIT_LETTERS) for label in split.drop_duplicates("bundle")["label"]]
    labels = [text for lines in names for text in (lines, [together])]
    step = max(SPLIT_ROW, LINE_HEIGHT * max(map(len, names), default=1) + 4)
    row = split["bundle"].map({bundle: 2 * at for at, bundle in enumerate(split["bundle"].unique())})
    shown = split.assign(party=split["party"].where(split["party"].isin(named), others))
    bars = pd.concat(
        [
            shown.assign(row=row, euros=shown["apart_eur"] / 1000)[["row", "party", "euros"]],
            shown.assign(row=row + 1, euros=shown["fair_eur"] / 1000)[["row", "party", "euros"]],
        ]
    )
    bars = bars.assign(turn=bars["party"].map(named.index)).sort_values(["row", "turn"], ignore_index=True)
    chart = (
        alt.Chart(bars)
        .mark_bar(height=11)
        .encode(
            x=alt.X("sum(euros):Q", title=None, axis=alt.Axis(tickCount=5, domain=False, ticks=False, format=",.0f")),
            y=named_rows(labels, limit=SPLIT_LABELS),
            color=alt.Color("party:N", scale=alt.Scale(domain=named, range=colours), legend=alt.Legend(columns=4)),
            order=alt.Order("turn:Q"),
        )
        .properties(width=WIDTH - SPLIT_LABELS, height=step * len(labels))
    )
    return svg(chart, lang=lang)


def work_moves(moves: pd.DataFrame, *, years: Horizon, lang: str) -> str:
    """Draw a row per work: a circle in its year now, a dot in its new year.

    With a line between them.

    `moves` has name, from_year, to_year (unknown: left undone) and promise_moves; rows are drawn in their order.
    """
    undone = say("left undone", lang)
    shown = pd.DataFrame(
        {
            "row": range(len(moves)),
            "was": _move_column(moves["from_year"], undone),
            "now": _move_column(moves["to_year"], undone),
            "tone": [WARN if broken else ACCENT for broken in moves["promise_moves"]],
        }
    )
    columns = [str(year) for year in years.years]
    if undone in {*shown["was"], *shown["now"]}:
        columns += [MOVE_SPACE, undone]
    scale = alt.Scale(domain=columns, type="point", padding=0.5)
    short = alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, grid=True, labelExpr="length(datum.label) == 4 && isNumber(+datum.label) && +datum.label > 0 ? '’' + slice(datum.label, 2) : datum.label")  # fmt: skip
    labels = row_lines(moves["name"].tolist(), MOVE_LETTERS)
    place = alt.Chart(shown).encode(
        x=alt.X("was:O", title=None, scale=scale, axis=short),
        y=named_rows(labels, limit=MOVE_NAMES),
        color=alt.Color("tone:N", scale=None),
    )
    line = place.mark_rule(strokeWidth=2.5).encode(x2="now:O")
    before = place.mark_point(size=70, fill=PAPER, opacity=1, strokeWidth=2)
    after = place.mark_circle(size=90, opacity=1).encode(x=alt.X("now:O", scale=scale))
    chart = (line + before + after).properties(width=WIDTH - MOVE_NAMES, height=_tall(labels, MOVE_ROW) * len(moves))
    return svg(chart, lang=lang)


def _tall(labels: list[list[str]], least: int) -> int:
    """Return the height (px) of a row that holds the name with most lines."""
    return max(least, LINE_HEIGHT * max(map(len, labels), default=1) + 6)


def money_shift(shift: pd.DataFrame, *, labels: Mapping[str, str], years: Horizon, lang: str) -> str:
    """Draw what each change spends more or less in each year, in thousands of euros.

    `shift` has what_if, year and eur; `labels` says what each change is called, in the order to draw.
    """
    shown = shift.assign(
        label=shift["what_if"].map(dict(labels)),
        keur=shift["eur"] / 1000,
        tone=[WARN if eur > 0 else QUIET for eur in shift["eur"]],
        year=shift["year"].astype("int64").astype("str"),
    )
    columns = [str(year) for year in years.years]
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=columns), axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y("keur:Q", title=None, axis=alt.Axis(tickCount=3, format=",.0f", domain=False, ticks=False))
    bars = alt.Chart().mark_bar(size=16).encode(x=x, y=y, color=alt.Color("tone:N", scale=None))
    zero = alt.Chart().mark_rule(color=INK, strokeWidth=0.8).encode(y=alt.datum(0))
    header = alt.Header(labelAnchor="start", labelLimit=WIDTH - 80)
    chart = (
        alt.layer(bars, zero, data=shown)
        .properties(width=WIDTH - 70, height=MOVE_PANEL)
        .facet(facet=alt.Facet("label:N", sort=list(labels.values()), header=header), columns=1)
        .resolve_scale(y="independent")
        .configure_axisY(gridColor=LINE)
    )
    return svg(chart, lang=lang)


def _move_column(years: pd.Series, undone: str) -> list[str]:
    """Return the column of each year."""
    return [undone if pd.isna(year) else str(int(year)) for year in years]


def top_works(parts: pd.DataFrame, *, lang: str) -> str:
    """Draw the total of works as a bar, cut into what each ground contributes.

    `parts` has work (in the order to draw), label, ground and contribution.
    """
    labels = row_lines(parts.drop_duplicates("work")["label"].tolist(), RANKING_LETTERS)
    rows = {work: row for row, work in enumerate(dict.fromkeys(parts["work"]))}
    named = parts.assign(
        what=parts["ground"].map({ground: say(word, lang) for ground, word in NAMES.items()}),
        row=parts["work"].map(rows),
        rank=parts["ground"].map(list(NAMES).index),
    )
    domain = [say(word, lang) for word in NAMES.values()]
    chart = (
        alt.Chart(named)
        .mark_bar(height=13)
        .encode(
            x=alt.X(
                "sum(contribution):Q", title=None, axis=alt.Axis(tickCount=5, domain=False, ticks=False, format=".1f")
            ),
            y=named_rows(labels, limit=RANKING_LABELS),
            color=alt.Color("what:N", scale=alt.Scale(domain=domain, range=[GROUNDS[ground] for ground in NAMES])),
            order=alt.Order("rank:Q"),
        )
        .properties(width=WIDTH - RANKING_LABELS, height=_tall(labels, 19) * len(rows))
    )
    return svg(chart, lang=lang)


def rank_spans(spans: pd.DataFrame, *, lang: str) -> str:
    """Draw per work its ranks in nine of ten sets of weights, and its share of the top.

    With its calculated rank.

    `spans` has label, rank, low_rank, high_rank and top_share, one row per work in the order to draw.
    """
    rows = spans.assign(
        row=range(len(spans)),
        first=spans["low_rank"] - 0.4,
        last=spans["high_rank"] + 0.4,
        told=(100 * spans["top_share"]).round().astype(int).astype(str) + " %",
    )
    furthest = float(rows["last"].max()) + 0.5
    scale = alt.Scale(domain=[0.5, furthest], nice=False)
    rank = alt.Axis(domain=False, ticks=False, tickMinStep=1, format="d")
    labels = row_lines(rows["label"].tolist(), RANKING_LETTERS)
    places = alt.Chart(rows).encode(y=named_rows(labels, limit=RANK_LABELS))
    bars = places.mark_bar(height=9, color=ACCENT, opacity=0.45).encode(
        x=alt.X("first:Q", title=say("rank", lang), scale=scale, axis=rank), x2="last:Q"
    )
    lines = places.mark_tick(thickness=3, size=15, color=INK).encode(x=alt.X("rank:Q", scale=scale))
    shares = places.mark_text(align="right", color=QUIET, dx=RANK_SHARES - 12).encode(
        x=alt.value(WIDTH - RANK_LABELS - RANK_SHARES), text="told:N"
    )
    chart = alt.layer(bars, lines, shares).properties(
        width=WIDTH - RANK_LABELS - RANK_SHARES, height=_tall(labels, 19) * len(rows)
    )
    return svg(chart, lang=lang)


def condition_years(forecast: pd.DataFrame, *, lang: str) -> str:
    """Draw the share of one system per condition class, with and without renewal.

    Left with the programme, right without.

    `forecast` holds the rows of one system.
    """
    names = {column: say(word, lang) for column, word, _ in CONDITION_CLASSES}
    cases = {"programme": say("with this programme", lang), "nothing": say("without any renewal", lang)}
    long = forecast.rename(columns=names).melt(["case", "year"], list(names.values()), "what", "share")
    order = {name: rank for rank, name in enumerate(names.values())}
    long = long.assign(case=long["case"].map(cases), rank=long["what"].map(order))
    colour = alt.Color("what:N", scale=alt.Scale(domain=list(order), range=[tone for _, _, tone in CONDITION_CLASSES]))
    chart = (
        alt.Chart(long)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4, domain=False, ticks=False)),
            color=colour,
            order=alt.Order("rank:Q"),
        )
        .properties(width=WIDTH / 2 - 60, height=95)
        .facet(column=alt.Column("case:N", sort=list(cases.values()), header=alt.Header(labelAnchor="start")))
        .resolve_axis(y="independent")
    )
    return svg(chart, lang=lang)
