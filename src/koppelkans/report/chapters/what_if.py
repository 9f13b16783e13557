"""What a change would cost: a work later, less money, a late party. (nl: wat als)."""

from typing import Any

import pandas as pd

from koppelkans.ground.words import ended, euros, say
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table, left_out
from koppelkans.report.names import called, fund_names, many, party_names, work_names
from koppelkans.report.paper import Asked, paper
from koppelkans.report.pictures.charts import money_shift, work_moves
from koppelkans.report.plan import STILL_TO_COME, Plan

PRICE = ("money_eur", "own_eur", "harm_eur")
"""What a change costs: money, what of it the municipality bears, and harm that is weighed and that nobody pays."""
MOST = 14
"""Works that are shown per change: promises first, then those that were asked for, then the dearest."""


def what_if(plan: Plan, lang: str) -> list[Block]:
    """Return what each change costs and moves, or says that none was worked out."""
    table = plan.programme.what_if
    if table.empty:
        text = (
            STILL_TO_COME
            if "what_if" in plan.to_come
            else "No change was priced beforehand; the commands “koppelkans move”, “cut” and “slip” do so."
        )
        return [Heading(say("What if", lang)), Sentence(say(text, lang))]
    moves = _moves(plan)
    rows = [row | {"question": _question(plan, row, lang)} for row in table.to_dict("records")]
    blocks: list[Block] = [
        Heading(say("What if", lang)),
        Sentence(say("Questions that come up in every meeting, answered beforehand. Each answer is a whole programme that keeps every demand, checked again by the independent judge. As few promises as possible move; after that it costs as little as was found. All other works stay where they are.", lang)),
        _overview(rows, lang),
        *_spending(plan, rows, moves, lang),
    ]  # fmt: skip
    for row in rows:
        blocks += _one(row, moves[moves["what_if"] == row["what_if"]], plan, lang)
    return blocks


def _moves(plan: Plan) -> pd.DataFrame:
    """Return the works that move, with their name and cost, in the order in which they are shown."""
    works = pd.DataFrame(plan.programme.plan[["work", "cost_eur"]])
    works = works.assign(name=called(works["work"], work_names(plan)))
    moves = plan.programme.what_if_moves.merge(works, on="work")
    size = moves["cost_eur"].astype("Float64").fillna(0)
    order = ["what_if", "promise_moves", "asked", "size", "work"]
    return moves.assign(size=size).sort_values(order, ascending=[True, False, False, False, True], ignore_index=True)


def _question(plan: Plan, row: dict[str, Any], lang: str) -> str:
    """Return what is asked, in words."""
    if row["what_if"] == "move":
        names = work_names(plan)
        text = "{work} a year later: {year} instead of {now}"
        return say(text, lang, work=names.get(row["about"], row["about"]), year=row["year"], now=row["from_year"])
    if row["what_if"] == "cut":
        fund = fund_names(plan, lang).get(row["about"], row["about"])
        amount = euros(row["amount_eur"], lang)
        return say("{fund}: {amount} less in {year}", lang, fund=fund, amount=amount, year=row["year"])
    party = party_names(plan).get(row["about"], row["about"])
    return say("{party} is a year late", lang, party=party)


def _price(row: dict[str, Any], part: str, lang: str) -> str:
    """Return what a change costs in money or in weighed harm, in a cell."""
    if not row["possible"]:
        return say("cannot be", lang)
    if pd.isna(row[part]):
        return say("not shared", lang)
    return euros(row[part], lang)


def _costs(money: float, harm: float, lang: str) -> str:
    """Say what a change costs, brings or spares in money and in weighed harm."""
    text = {
        (False, False): "This costs {money} of money and {harm} of weighed harm, which nobody pays.",
        (False, True): "This costs {money} of money, and spares {harm} of weighed harm, which nobody pays.",
        (True, False): "This saves {money} of money, and costs {harm} of weighed harm, which nobody pays.",
        (True, True): "This saves {money} of money and spares {harm} of weighed harm, which nobody pays.",
    }[money < 0, harm < 0]
    return say(text, lang, money=euros(abs(money), lang), harm=euros(abs(harm), lang))


def _own(money: float, own: float, lang: str) -> str:
    """Say what of it the municipality itself pays or saves."""
    text = "Of that money the municipality bears {own}."
    if own < 0:
        text = "The municipality itself saves {own}."
    elif money < 0:
        text = "The municipality itself pays {own}."
    return say(text, lang, own=euros(abs(own), lang))


def _overview(rows: list[dict[str, Any]], lang: str) -> Table:
    """Return every change in one table."""
    cells = [
        [row["question"], *(_price(row, part, lang) for part in PRICE), row["works_move"], row["promises_move"]]
        for row in rows
    ]
    asked: tuple[Asked, ...] = (
        ("paper.what_if", 2.6),
        *(f"programme.what_if.{part}" for part in PRICE),
        "paper.works_move",
        "paper.promises_move",
    )
    return paper(cells, asked, say("What each change costs (discounted) and moves", lang), lang)


def _spending(plan: Plan, rows: list[dict[str, Any]], moves: pd.DataFrame, lang: str) -> list[Block]:
    """Return the picture of what is spent more or less in each year."""
    known = moves.dropna(subset=["cost_eur"])
    steps = [
        known.assign(year=known[f"{side}_year"], eur=sign * known["cost_eur"].astype("float64"))
        for side, sign in (("from", -1.0), ("to", 1.0))
    ]
    shift = pd.concat(steps).dropna(subset=["year"]).groupby(["what_if", "year"])["eur"].sum().reset_index()
    shift = shift[shift["eur"] != 0]
    if shift.empty:
        return []
    asked = {row["what_if"]: row["question"] for row in rows if row["what_if"] in set(shift["what_if"])}
    caption = say("Money that moves: what would be spent more (up) or less (down) on works in each year than now, in thousands of euros.", lang)  # fmt: skip
    drawn = money_shift(shift, labels=asked, years=plan.settings.years, lang=lang)
    return [Picture(drawn, f"{caption} {say('The tables below say which works.', lang)}", caption)]


def _one(row: dict[str, Any], moves: pd.DataFrame, plan: Plan, lang: str) -> list[Block]:
    """Return one change: its price, its promises, and the works that move."""
    blocks: list[Block] = [
        Heading(row["question"], 2),
        Sentence(" ".join(_told(row, moves, lang, promised=len(plan.programme.promises) > 0))),
    ]
    if moves.empty:
        return blocks
    shown = moves.head(MOST)
    caption = say("From the year now (open) to the new year (full). Orange: a promise that moves.", lang)
    drawn = work_moves(shown, years=plan.settings.years, lang=lang)
    picture = Picture(drawn, f"{caption} {say('The table below says the same.', lang)}", caption)
    cells = [
        [name, _year(was, lang), _year(now, lang), cost, say("promise moves", lang) if broken else ""]
        for name, was, now, cost, broken in shown[["name", "from_year", "to_year", "cost_eur", "promise_moves"]].itertuples(index=False)
    ]  # fmt: skip
    asked = (("context.works.name", 2.4), "paper.now", "paper.then", "paper.cost", "paper.promise")
    more = left_out(len(moves) - len(shown), say("What if, moves", lang), lang)
    return [*blocks, picture, paper(cells, asked, say("What moves", lang), lang), *more]


def _told(row: dict[str, Any], moves: pd.DataFrame, lang: str, *, promised: bool) -> list[str]:
    """Return the sentences about one change."""
    if not row["possible"] and not isinstance(row[f"clash_{lang}"], str):
        return [say("This cannot be.", lang)]
    if not row["possible"]:
        return [ended(say("This cannot be. These demands clash: {clash}.", lang, clash=row[f"clash_{lang}"]))]
    money, own, harm = (row[part] for part in PRICE)
    if pd.isna(money) or pd.isna(harm):
        told = [say("What it costs is not shared.", lang)]
    elif not money and not harm:
        told = [say("This costs nothing.", lang)]
    else:
        told = [_costs(money, harm, lang)]
        if pd.notna(own):
            told.append(_own(money, own, lang))
    if isinstance(row["decision"], str):
        told.append(ended(say("It breaks a decision: {reason}.", lang, reason=row["decision"])))
    told.append(
        many(len(moves), "One work moves.", "{count} works move.", lang) if len(moves) else say("No work moves.", lang)
    )
    undone = int(moves["to_year"].isna().sum())
    if undone:
        text = (
            "Works that are left undone by it: {count}. The weight of leaving them is no money and stands in no price."
        )
        told.append(say(text, lang, count=undone))
    broken = moves.loc[moves["promise_moves"], "name"].tolist()
    if broken:
        told.append(ended(say("Promises that move: {names}.", lang, names=", ".join(broken))))
        told += [say("Fewer is not possible.", lang)] if row["fewest"] else []
    else:
        told.append(say("No promise moves." if promised else "No promises were given.", lang))
    return told


def _year(year: object, lang: str) -> str:
    """Return a year, or that a work is left undone."""
    return say("left undone", lang) if pd.isna(year) else str(year)
