"""Why each work stands in its year, what is left undone and why, and how it was proven. (nl: redenen)."""

import pandas as pd

from koppelkans.ground.horizon import Horizon
from koppelkans.ground.words import euros, number, say
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.programme.explain import FITS_IN_NONE, FITS_NOT
from koppelkans.programme.judge import count_asked
from koppelkans.programme.other_years import forbidden_words
from koppelkans.report.chapters.page_one import trace_hash
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table, left_out
from koppelkans.report.names import called, many, party_names, runs, span, without, work_names
from koppelkans.report.paper import first_rows, paper
from koppelkans.report.pictures.work_years import price_years
from koppelkans.report.plan import Plan

MOST = 18
"""Works in one picture: the dearest that could be done in another year."""
MOST_UNDONE = 16
SHARED = 3
"""A reason that so many works share is told once, with a number."""


def other_years(plan: Plan, lang: str) -> list[Block]:
    """Return the price of the other years of the dearest works of the city."""
    works = pd.DataFrame(plan.context.works[["work", "name"]]).merge(
        plan.programme.plan[["work", "year", "cost_eur"]], on="work"
    )
    return _told(plan, works, plan.settings.years, lang, heading=Heading(say("Why this year, and not another", lang)))


def area_other_years(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return the price of the other years of the works of an area."""
    agenda = plan.areas.agenda[plan.areas.agenda["area"] == area][["work", "year", "cost_eur"]]
    works = agenda.merge(pd.DataFrame(plan.context.works[["work", "name"]]), on="work")
    return _told(plan, works, plan.settings.years, lang, heading=Heading(say("Why this year, and not another", lang)))


def _told(plan: Plan, works: pd.DataFrame, years: Horizon, lang: str, *, heading: Heading) -> list[Block]:
    """Return the picture and the table of some works; `works` has work, name, year and cost_eur."""
    works = works.assign(name=called(works["work"], work_names(plan)))
    table = plan.programme.other_years
    table = table[table.groupby("work")["year"].transform("size") > 1]
    done = works.dropna(subset=["year"]).drop_duplicates("work")
    movable = done[done["work"].isin(table["work"])]
    if movable.empty:
        text = "No work here can be done in another year than it stands in."
        return [heading, Sentence(say(text, lang))]
    order = movable.assign(size=movable["cost_eur"].astype("Float64").fillna(0)).sort_values(
        ["size", "work"], ascending=[False, True]
    )
    chosen = order.head(MOST).sort_values(["year", "work"])
    rows = chosen[["work", "name", "year"]].merge(table, on="work", suffixes=("_now", ""))
    rows = rows.assign(forbidden=rows["blocked_by"].notna(), own=rows["year"] == rows["year_now"])
    rows["words"] = forbidden_words(rows, lang=lang)
    return [
        heading,
        Sentence(say("For each work every year of its window was worked out, with all other works held where they are. What stands in its own year is the best of them, or near it; the rest costs more or is forbidden.", lang)),
        _picture(rows, years, lang),
        *_table(rows, lang),
        *left_out(len(movable) - len(chosen), say("Other years", lang), lang),
    ]  # fmt: skip


def _picture(rows: pd.DataFrame, years: Horizon, lang: str) -> Picture:
    """Return the strip of years of each work."""
    shown = rows.rename(columns={"name": "label"})[["label", "year", "extra_eur", "forbidden", "own"]]
    caption = say("What each year would cost more (+) or less (−) than the year in which it stands, in thousands of euros, discounted. Full: its year now. ×: forbidden.", lang)  # fmt: skip
    return Picture(
        price_years(shown, years=years, lang=lang), f"{caption} {say('The table below says the same.', lang)}", caption
    )


def _table(rows: pd.DataFrame, lang: str) -> list[Block]:
    """Return per work its year, the cheapest other year, and what forbids which years; what many share is told once."""
    blocked = rows[rows["forbidden"]].groupby("words", sort=False)["work"].nunique()
    signs = {words: f"({at})" for at, words in enumerate(blocked.index[blocked >= SHARED], start=1)}
    rows = rows.assign(words=rows["words"].map(lambda words: signs.get(words, words)))
    cells = []
    for (name, _), part in rows.groupby(["name", "work"], sort=False):
        free = part[~part["forbidden"] & ~part["own"]].dropna(subset=["extra_eur"]).sort_values(["extra_eur", "year"])
        best = "–" if free.empty else f"{int(free['year'].iloc[0])}: {_extra(int(free['extra_eur'].iloc[0]), lang)}"
        cells.append([name, part["year_now"].iloc[0], best, _forbidden(part)])
    asked = (
        ("context.works.name", 1.8), "programme.plan.year", ("paper.cheapest_year", 1.3), ("paper.forbidden", 3.0),
    )  # fmt: skip
    caption = say("Per work the cheapest other year, and what stands in the way of the rest", lang)
    table = paper(cells, asked, caption, lang)
    if not signs:
        return [table]
    told = "; ".join(f"{sign} {words}" for words, sign in signs.items())
    return [Sentence(say("What forbids years of several works: {reasons}.", lang, reasons=told)), table]


def _extra(extra: int, lang: str) -> str:
    """Return a price with its sign."""
    return ("+ " if extra > 0 else "") + euros(extra, lang)


def _forbidden(part: pd.DataFrame) -> str:
    """Return which years are forbidden by what; a dash where none is."""
    blocked = part[part["forbidden"]]
    told = [f"{runs(years['year'])}: {words}" for words, years in blocked.groupby("words", sort=False)]
    return "; ".join(told) or "–"


def undone(plan: Plan, lang: str) -> list[Block]:
    """Return the works left undone after weighing, the highest ranked first.

    With counts of what was not weighed.
    """
    planned = plan.programme.plan
    missed = planned[planned["year"].isna()]
    heading = Heading(say("What is left undone, and why", lang))
    if missed.empty:
        return [heading, Sentence(say("Nothing: every work has a year.", lang))]
    weighed, outside = missed[missed["outside"].isna()], missed[missed["outside"].notna()]
    rest = weighed[~weighed["work"].isin(set(plan.programme.left_out["work"]))]
    blocks: list[Block] = [heading]
    if len(weighed):
        intro = say(
            "These works were weighed against the others. They did not fit within money, people or streets, or doing them costs more than leaving them.",
            lang,
        )
        if len(rest) < len(weighed):
            intro += " " + many(len(weighed) - len(rest), "One of them stands in an earlier chapter: it never fits, or ranks high.", "{count} of them stand in earlier chapters: they never fit, or rank high.", lang)  # fmt: skip
        blocks.append(Sentence(intro))
        if len(rest):
            how = say("A work with only a demand beside it fits in no year of its period while all other works keep their year.", lang)  # fmt: skip
            caption = say("Left undone after weighing, the highest ranked first", lang)
            blocks += [Sentence(how), *_undone_table(plan, rest, caption, lang)]
    if len(outside):
        blocks += [
            Heading(say("Not weighed", lang), 2),
            Sentence(_reasons(outside, lang)),
            *_undone_table(plan, outside, say("Works that could not be weighed", lang), lang),
        ]
    return blocks


def _reasons(outside: pd.DataFrame, lang: str) -> str:
    """Return how many works were not weighed for which reason."""
    counts = outside["outside"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    parts = "; ".join(f"{say(str(reason), lang)}: {number(count, lang)}" for reason, count in counts.items())
    return say("These works were not put to the solver. Reasons: {reasons}.", lang, reasons=parts)


def _undone_table(plan: Plan, missed: pd.DataFrame, caption: str, lang: str) -> list[Block]:
    """Return the works with their window and why they have no year."""
    works = plan.context.works[["work", "name", "owner", "earliest_year", "latest_year"]]
    ranked = missed.merge(works, on="work").merge(plan.weighing.ranking[["work", "rank"]], on="work", how="left")
    ranked = ranked.sort_values(["rank", "work"])
    windows = [span(first, last) for first, last in zip(ranked["earliest_year"], ranked["latest_year"], strict=True)]
    reasons = [
        without([why], [say(FITS_NOT, lang, year=first), say(FITS_IN_NONE, lang, first=first, last=last)])[0]
        for why, first, last in zip(ranked[f"why_{lang}"], ranked["earliest_year"], ranked["latest_year"], strict=True)
    ]
    shown = ranked[["name", "owner", "earliest_year", "cost_eur", f"why_{lang}"]].assign(
        name=called(ranked["work"], work_names(plan)),
        owner=called(ranked["owner"], party_names(plan)),
        earliest_year=windows,
    )
    shown[f"why_{lang}"] = reasons
    asked = (
        ("context.works.name", 2.0), ("context.works.owner", 1.3), "paper.may_be_in", "programme.plan.cost_eur",
        ("paper.why_not", 3.0),
    )  # fmt: skip
    return first_rows(shown, asked, caption, lang, most=MOST_UNDONE, sheet=say("Programme", lang))


def proof(plan: Plan, lang: str) -> list[Block]:
    """Return value, bound and gap, the verdict of the judge, and the trace."""
    trace = plan.programme.trace
    account = plan.account
    cost, bound, gap = (account.figure(f"{name}_eur") for name in ("weighted_cost", "lower_bound", "gap"))
    if trace.gap is None:
        text = say("For this programme no bound was proven, so nobody can say how far it is from the best one.", lang)
    else:
        text = say(
            "It is proven that this programme is at most {gap} % from the best.",
            lang,
            gap=number(100 * trace.gap, lang, 2),
        )
    if trace.gap is not None and gap.amount is not None:
        text += " " + say(
            "Its weighted cost is {cost}, and no programme that keeps the same demands can be below {bound}: {gap} less. Weighted cost is what the search makes as low as it can; nobody pays it.",
            lang,
            cost=cost.text(lang),
            bound=bound.text(lang),
            gap=gap.text(lang),
        )
    return [Heading(say("Proof", lang)), Sentence(text), *_verdict(plan, lang), _repeat(plan, lang)]


def _verdict(plan: Plan, lang: str) -> list[Block]:
    """Return what the independent judge found."""
    table = plan.programme.verdict
    if table.empty:
        return []
    names = {constraint.name: str(getattr(constraint, lang)) for constraint in CONSTRAINTS}
    shown = table[["demand", "kept", "faults", "first"]].assign(demand=called(table["demand"], names))
    asked = (
        ("programme.verdict.demand", 1.4), ("programme.verdict.kept", 0.6), ("programme.verdict.faults", 0.6),
        ("programme.verdict.first", 2.6),
    )  # fmt: skip
    text = say(
        "Every demand was checked again from the tables alone, without the solver that made the programme.", lang
    )
    told = [Sentence(text)]
    if count_asked(plan.programme, CONSTRAINTS) < table["faults"].sum():
        note = "Openings that purses cannot pay stand here too, though the search was not asked to see to them: their amount is told as uncovered."
        told.append(Sentence(say(note, lang)))
    return [*told, paper(shown, asked, say("Verdict of the independent check", lang), lang)]


def _repeat(plan: Plan, lang: str) -> Table:
    """Return with what the programme can be made again."""
    trace = plan.programme.trace
    pairs = [
        (say("Version of Koppelkans", lang), trace.version),
        (say("Solver", lang), trace.solver or "–"),
        (say("Seed", lang), "–" if trace.seed is None else str(trace.seed)),
        (say("Sources read", lang), number(len(trace.sources), lang)),
        (say("Newest source changed on", lang), max((mark.modified[:10] for mark in trace.sources), default="–")),
        (say("Hash of the trace (SHA-256)", lang), trace_hash(plan)),
    ]
    caption = say("With this the programme can be repeated: koppelkans again intern/trace.json", lang)
    return paper(pairs, (("paper.what", 1.0), ("paper.value", 3.0)), caption, lang)
