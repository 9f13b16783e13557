"""Steady or fragile: works that keep their year when costs and budgets change. (nl: stevig of broos)."""

import pandas as pd

from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import (
    Block,
    Heading,
    Picture,
    Sentence,
    Tile,
    Tiles,
)
from koppelkans.report.names import called, work_names
from koppelkans.report.paper import first_rows
from koppelkans.report.pictures.charts import MOST_FUTURES, firm_years, together_and_alone
from koppelkans.report.plan import STILL_TO_COME, Plan

LISTED = 12


def firmness(plan: Plan, lang: str) -> list[Block]:
    """Return what the sampled futures tell, or how to have them drawn where none were."""
    table, futures = plan.programme.firmness, plan.programme.futures
    if futures.empty:
        none = "No futures were drawn yet, so nothing is known of what is steady. The command koppelkans futures draws them."
        text = STILL_TO_COME if "futures" in plan.to_come else none
        return [Heading(say("Steady or fragile", lang)), Sentence(say(text, lang))]
    share = number(100 * plan.settings.programme.futures.firm_share, lang)
    intro = say(
        "Nobody knows the years to come. So {count} futures were drawn in which due years, costs and budgets come out otherwise than reckoned, and in each the whole city was planned again. A work that keeps its year in at least {share} % of them is steady: starting on it is no regret. The others are fragile: hold their preparation light until more is known.",
        lang,
        count=number(len(futures), lang),
        share=share,
    )
    blocks: list[Block] = [Heading(say("Steady or fragile", lang)), Sentence(intro), _tiles(plan, lang)]
    planned = table.dropna(subset=["year"])
    if len(planned):
        blocks += [
            Picture(
                firm_years(table, lang=lang),
                say("Chart: steady and fragile works per year. The figures stand in the workbook.", lang),
                say("Works per year: steady and fragile", lang),
            ),
            *_firm(plan, planned, lang),
            *_fragile(plan, planned, lang),
        ]
    return [
        *blocks,
        *_alone(plan, futures, lang),
        Sentence(_near(plan, futures, lang), "small"),
        Sentence(_assumed(plan, lang), "small"),
    ]


def area_firmness(plan: Plan, area: str, lang: str) -> list[Block]:
    """Return which works of an area are steady and which fragile, once futures are drawn."""
    table, futures = plan.programme.firmness, plan.programme.futures
    agenda = plan.areas.agenda
    here = table[table["work"].isin(agenda.loc[agenda["area"] == area, "work"])].dropna(subset=["year"])
    if futures.empty or here.empty:
        return []
    told = say(
        "In {count} futures due years, costs and budgets come out otherwise than reckoned. Steady, because in at least {share} % of them in the same year: {firm} of {works} works here. The others are fragile: their year depends on what is not known yet.",
        lang,
        count=number(len(futures), lang),
        works=number(len(here), lang),
        firm=number(int(here["firm"].sum()), lang),
        share=number(100 * plan.settings.programme.futures.firm_share, lang),
    )
    return [
        Heading(say("Steady or fragile", lang)),
        Sentence(told),
        *_firm(plan, here, lang),
        *_fragile(plan, here, lang),
    ]


def _tiles(plan: Plan, lang: str) -> Tiles:
    """Return the figures in one look."""
    table, futures, value = plan.programme.firmness, plan.programme.futures, plan.programme.value
    planned = table["year"].notna()
    spread = say(
        "between {low} and {high} in eight of ten futures",
        lang,
        low=_amount(value, "futures_replanned_p10_eur", lang),
        high=_amount(value, "futures_replanned_p90_eur", lang),
    )
    return Tiles(
        (
            Tile(
                f"{number(int((table['firm'] & planned).sum()), lang)} / {number(int(planned.sum()), lang)}",
                say("planned works are steady", lang),
                say(
                    "{share} % keep their year on average", lang, share=number(100 * futures["kept_share"].mean(), lang)
                ),
            ),
            Tile(
                _amount(value, "futures_replanned_mean_eur", lang),
                say("weighted cost of the programme, planned again", lang),
                spread,
            ),
            Tile(
                _amount(value, "futures_gain_replanned_eur", lang),
                say("lower weighted cost than each party alone, on average", lang),
                _error(value, "futures_gain_replanned_error_eur", lang),
            ),
        )
    )


def _amount(value: dict[str, float | int | str | None], name: str, lang: str) -> str:
    """Return an amount of the figures of the whole."""
    found = value.get(name)
    return euros(None if found is None else float(found), lang)


def _error(value: dict[str, float | int | str | None], name: str, lang: str) -> str:
    """Return the standard error in words; nothing where one future tells none."""
    if value.get(name) is None:
        return ""
    return say("standard error {amount}", lang, amount=_amount(value, name, lang))


def _firm(plan: Plan, planned: pd.DataFrame, lang: str) -> list[Block]:
    """Return the works that are no regret, those first that come soonest."""
    sure = planned[planned["firm"]].sort_values(["year", "share_kept", "work"], ascending=[True, False, True])
    if sure.empty:
        return [Sentence(say("No planned work is steady.", lang))]
    names = work_names(plan)
    shown = sure[["work", "year", "share_kept"]].assign(work=called(sure["work"], names))
    asked = (("context.works.name", 4.0), "programme.firmness.year", ("programme.firmness.share_kept", 1.1))
    caption, sheet = say("No regret: steady works, the soonest first", lang), say("Steady or fragile", lang)
    return first_rows(shown, asked, caption, lang, most=LISTED, sheet=sheet)


def _fragile(plan: Plan, planned: pd.DataFrame, lang: str) -> list[Block]:
    """Return the works that keep their year least often."""
    loose = planned[~planned["firm"]].sort_values(["share_kept", "work"])
    if loose.empty:
        return [Sentence(say("Every planned work is steady.", lang))]
    names = work_names(plan)
    likely = loose["most_likely_year"].astype("object")
    shown = loose[["work", "year", "share_kept", "most_likely_year", "share_undone"]].assign(
        work=called(loose["work"], names), most_likely_year=likely.where(likely.notna(), say("not done", lang))
    )
    asked = (
        ("context.works.name", 2.6), "programme.firmness.year", ("programme.firmness.share_kept", 1.1),
        ("programme.firmness.most_likely_year", 1.1), ("programme.firmness.share_undone", 1.1),
    )  # fmt: skip
    caption, sheet = say("The most fragile works", lang), say("Steady or fragile", lang)
    return first_rows(shown, asked, caption, lang, most=LISTED, sheet=sheet)


def _alone(plan: Plan, futures: pd.DataFrame, lang: str) -> list[Block]:
    """Return how the programme does beside parties who plan alone, in the same futures."""
    value = plan.programme.value
    better = int((futures["replanned_eur"] < futures["silo_replanned_eur"]).sum())
    told = say(
        "In the same futures each party also planned by itself, with its own money and without seeing the others; works that meet by chance do share their opening. Planning together was cheaper in {better} of {count} futures: {gain} on average when all plan again, and {stands} when everything is done as it stands and what no longer fits is left out.",
        lang,
        better=number(better, lang),
        count=number(len(futures), lang),
        gain=_amount(value, "futures_gain_replanned_eur", lang),
        stands=_amount(value, "futures_gain_eur", lang),
    )
    broken = int(futures["faults"].sum())
    notes = [] if not broken else [Sentence(say("In all futures together {count} demands can no longer be met, such as works that must be done for which the money is gone.", lang, count=number(broken, lang)), "small")]  # fmt: skip
    return [
        Heading(say("Together or each alone", lang), 2),
        Sentence(told),
        Picture(
            together_and_alone(futures, lang=lang),
            say("Chart: what this programme and what planning alone cost in each future. The figures stand in the workbook.", lang),
            say("Cost per future in millions of euros, discounted, with the price of what is left undone. At most {count} futures are drawn.", lang, count=MOST_FUTURES),
        ),
        *notes,
    ]  # fmt: skip


def _near(plan: Plan, futures: pd.DataFrame, lang: str) -> str:
    """Return how sure the figures are: shares by how many futures there are, planning again and planning alone by their effort."""
    firm, count = plan.settings.programme.futures.firm_share, len(futures)
    told = say(
        "With {count} futures a share of {share} % is off by about {error} points. Planning again is a quick search and no proof of the best: in some futures a work moves that could have stayed.",
        lang,
        count=number(count, lang),
        share=number(100 * firm, lang),
        error=number(100 * (firm * (1 - firm) / count) ** 0.5, lang),
    )
    gap = plan.programme.value.get("futures_silo_gap")
    if gap is None:
        return told
    alone = say(
        "What the parties plan alone is proven to be at most {gap} % above their best.",
        lang,
        gap=number(100 * float(gap), lang, 1),
    )
    return f"{told} {alone}"


def _assumed(plan: Plan, lang: str) -> str:
    """Return what was assumed of the futures."""
    part = plan.settings.programme.futures
    other = part.cost_spread.get("other")
    return say(
        "Assumed, unless the city set it: due years shift with a standard deviation of {own} years per work and {kind} years per kind, costs deviate by {cost} % ({shared} % of it shared), yearly budgets by {budget} %.",
        lang,
        own=number(part.due_years.value, lang, 1),
        kind=number(part.due_kind_years.value, lang, 1),
        cost=number(100 * other.value if other else 0.0, lang),
        shared=number(100 * part.cost_shared.value, lang),
        budget=number(100 * part.budget_spread.value, lang),
    )
