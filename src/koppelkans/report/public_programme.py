"""What everyone may see of other years and scenarios: no hidden work is named, no hidden cost is in a sum. (nl: openbaar programma)."""

import pandas as pd

from koppelkans.ground.words import say
from koppelkans.programme.other_years import ABOUT
from koppelkans.programme.problem import BETWEEN
from koppelkans.programme.product import Programme
from koppelkans.report.plan import Plan
from koppelkans.rules.purses import OWN

Tables = dict[str, pd.DataFrame]


def years_without(years: pd.DataFrame, gone: set[str]) -> pd.DataFrame:
    """Return the other years without the names of works that are not shown."""
    hidden = (_is_work(years) & years["about"].isin(gone)) | _is_pair_with(years, gone)
    return years.assign(**{name: years[name].mask(hidden) for name in ("about", "about_name")})


def years_renamed(years: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return the other years with what may be shown in place of names; `names` has work, name and shown.

    A pair of works is not named at all where one of them may not be.
    """
    shown = years["about"].map(names.set_index("work")["shown"]).where(_is_work(years))
    called = years["about_name"].mask(_is_pair_with(years, set(names["work"])))
    return years.assign(about_name=shown.fillna(called).astype("str"))


def scenarios_unsummed(programme: Programme, works: set[str], parties: set[str], places: pd.DataFrame) -> Tables:
    """Return the tables of the scenarios without the cost of hidden works, and without the parties that hide them.

    Parameters
    ----------
    programme
        With the costs as they are.
    works, parties
        The works whose cost is hidden, and their owners.
    places
        The sections of every work and their area (work, area; a row per section).
    """
    cost = programme.plan.set_index("work")["cost_eur"]
    hidden = programme.scenario_plan[programme.scenario_plan["work"].isin(works)]
    hidden = hidden.assign(off=hidden["work"].map(cost).astype("Float64").fillna(0))
    size = places.groupby("work").size()
    spread = hidden.merge(places.dropna(subset=["area"]), on="work")
    spread["off"] /= spread["work"].map(size).astype("Float64")
    parts = programme.scenario_parts
    parts = parts[~((parts["sort"] == "party") & parts["part"].isin(parties))].reset_index(drop=True)
    by_area = spread.rename(columns={"area": "part"}).assign(sort="area")
    whole = _less(programme.scenarios, hidden, on=["scenario"], columns=("cost_eur", "spent_eur"))
    return {
        "scenarios": whole,
        "scenario_years": _less(programme.scenario_years, hidden, on=["scenario", "year"]),
        "scenario_parts": _less(parts, by_area, on=["scenario", "sort", "part"]),
    }


def what_if_shown(plan: Plan, gone: set[str], *, priceless: set[str], nameless: set[str]) -> Tables:
    """Return the changes that were priced beforehand, without those that are about a hidden work, its party or its money.

    A price in which a hidden cost may be counted is unknown; demands that clash are not told where they name a hidden work
    or the own money of a party that hides costs.

    Parameters
    ----------
    plan
        With the names as they are.
    gone, priceless, nameless
        Works that are not shown at all, those whose cost is hidden, and those whose name is.
    """
    table, moves, money = plan.programme.what_if, plan.programme.what_if_moves, plan.programme.money
    works = plan.context.works[["work", "owner", "name"]]
    lost, closed = (set(works.loc[works["work"].isin(some), "owner"]) for some in (gone, gone | priceless))
    purses = {OWN + party for party in closed}
    secret = works.loc[works["work"].isin(gone | priceless | nameless), "name"].dropna()
    names = {*secret, *money.loc[money["fund"].isin(purses), "name"]}
    table = table[~table["about"].isin(gone | lost | purses)].reset_index(drop=True)
    moves = moves[moves["what_if"].isin(table["what_if"])]
    told = table["clash_nl"].fillna("").map(lambda text: any(name in text for name in names)).astype(bool)
    counted = table["what_if"].isin(moves.loc[moves["work"].isin(gone | priceless), "what_if"])
    fewer = table["what_if"].isin(moves.loc[moves["work"].isin(gone), "what_if"])
    blank = {name: table[name].mask(told) for name in ("clash_nl", "clash_en")}
    blank["price_eur"] = table["price_eur"].mask(counted | table["about"].isin(closed))
    blank |= {name: table[name].mask(fewer) for name in ("works_move", "promises_move")}
    shown = moves[~moves["work"].isin(gone)].reset_index(drop=True)
    return {"what_if": table.assign(**blank), "what_if_moves": shown}


def partners_renamed(plan: Plan, names: pd.DataFrame, gone: set[str]) -> pd.DataFrame:
    """Return the plan with sentences that name no hidden work as a partner: only its kind, or that it is another work.

    Parameters
    ----------
    plan
        With the names as they are.
    names
        Works whose name is not shared: work, name, and what may be shown.
    gone
        Works that are not shown at all.
    """
    rows, works = plan.programme.plan, plan.context.works
    if names.empty and not gone:
        return rows
    lost = works.loc[works["work"].isin(gone), ["work", "name"]].assign(shown=None)
    secret = pd.concat([names[["work", "name", "shown"]], lost]).astype(object)
    years = plan.context.touches[["work", "section"]].merge(rows[["work", "year"]].dropna(subset=["year"]), on="work")
    met = years.merge(years.merge(secret, on="work"), on=["section", "year"], suffixes=("", "_met"))
    met = met[met["work"] != met["work_met"]].drop_duplicates(["work", "work_met"])
    met = met.assign(size=-met["name"].str.len()).sort_values(["work", "size", "work_met"])
    pairs = {work: list(zip(part["name"], part["shown"], strict=True)) for work, part in met.groupby("work")}
    made = rows.copy()
    for lang in ("nl", "en"):
        other = say("another work", lang)
        made[f"why_{lang}"] = [
            _swapped(text, pairs.get(work, []), other)
            for work, text in zip(rows["work"], rows[f"why_{lang}"], strict=True)
        ]
    return made.astype({"why_nl": rows["why_nl"].dtype, "why_en": rows["why_en"].dtype})


def _swapped(text: str, pairs: list[tuple[str, str | None]], other: str) -> str:
    """Return a sentence with what may be shown in place of each name."""
    for name, shown in pairs:
        text = text.replace(name, other if shown is None else shown)
    return text


def _less(
    table: pd.DataFrame, hidden: pd.DataFrame, *, on: list[str], columns: tuple[str, ...] = ("cost_eur",)
) -> pd.DataFrame:
    """Return a table with the hidden amounts taken off."""
    off = hidden.groupby(on)["off"].sum().round().astype("Int64").rename("off").reset_index()
    found = table[on].merge(off, on=on, how="left")["off"].fillna(0)
    return table.assign(**{name: (table[name] - found.to_numpy()).clip(lower=0) for name in columns})


def _is_work(years: pd.DataFrame) -> pd.Series:
    """Tell of which forbidden years the demand is about a work."""
    return years["blocked_by"].map(ABOUT) == "work"


def _is_pair_with(years: pd.DataFrame, works: set[str]) -> pd.Series:
    """Tell of which forbidden years the demand is about a pair that holds one of some works."""
    pairs = years["blocked_by"].map(ABOUT) == "pair"
    parts = years["about"].where(pairs).fillna("").str.split(BETWEEN, regex=False)
    return pairs & parts.map(lambda both: not works.isdisjoint(both)).astype(bool)
