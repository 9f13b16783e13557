"""What was said before the ranking, and where the board left it, with its reasons. (nl: afwijkingen van het bestuur)."""

from koppelkans.ground.words import say
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn, left_out
from koppelkans.report.names import called
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column, sheet_name
from koppelkans.weighing.knock_outs import QUESTIONS
from koppelkans.weighing.product import DECISION_WORDS, EFFECT_WORDS

MOST = 15


def overruled(plan: Plan, lang: str) -> list[Block]:
    """Return the knock-outs, and every decision of the board that deviates from the ranking."""
    return [*_knock_outs(plan, lang), *_board(plan, lang)]


def _knock_outs(plan: Plan, lang: str) -> list[Block]:
    """Return every yes to a question before ranking."""
    found = plan.weighing.knock_outs
    if found.empty:
        return []
    works = plan.context.works.set_index("work")["name"].to_dict()
    questions = {one.name: one.nl if lang == "nl" else one.en for one in QUESTIONS}
    rows = [
        [name, question, say(EFFECT_WORDS[effect], lang), _reason(reason, year, lang)]
        for name, question, effect, reason, year in zip(
            called(found["work"], works),
            called(found["question"], questions),
            found["effect"],
            found[f"reason_{lang}"],
            found["by_year"].astype("object").where(found["by_year"].notna(), None),
            strict=True,
        )
    ]
    columns = (
        paper_column("context.works", "name", lang, share=2.0),
        paper_column("weighing.knock_outs", "question", lang, share=1.6),
        TableColumn(say("What a yes does", lang), share=1.2),
        paper_column("weighing.overrules", "reason", lang, share=2.4),
    )
    text = say(
        "Before the ranking questions were asked with yes or no. What must be done is done whatever its rank.", lang
    )
    return [
        Heading(say("Before the ranking", lang), 2),
        Sentence(text),
        Table(columns, rows[:MOST], say("Works with a yes", lang)),
        *left_out(max(len(rows) - MOST, 0), sheet_name("weighing.knock_outs", lang), lang),
    ]


def _reason(reason: str, year: int | None, lang: str) -> str:
    """Return a reason, with the year by which it must be done."""
    return reason if year is None else f"{reason} ({say('at last in {year}', lang, year=year)})"


def _board(plan: Plan, lang: str) -> list[Block]:
    """Return the decisions of the board; a sentence where there is none."""
    found = plan.weighing.overrules
    heading = Heading(say("Where the board left the ranking", lang), 2)
    if found.empty:
        return [heading, Sentence(say("Nowhere: the board took no decision that deviates from it.", lang))]
    works = plan.context.works.set_index("work")["name"].to_dict()
    rows = [
        [name, str(rank), str(place), say(DECISION_WORDS[decision], lang), reason, f"{who}, {when}"]
        for name, rank, place, decision, reason, who, when in zip(
            called(found["work"], works),
            found["rank"],
            found["board_rank"],
            found["decision"],
            found["reason"],
            found["set_by"],
            found["set_on"],
            strict=True,
        )
    ]
    columns = (
        paper_column("context.works", "name", lang, share=1.8),
        paper_column("weighing.overrules", "rank", lang, align="right"),
        paper_column("weighing.overrules", "board_rank", lang, align="right"),
        paper_column("weighing.overrules", "decision", lang, share=1.0),
        paper_column("weighing.overrules", "reason", lang, share=2.2),
        TableColumn(say("Who and when", lang), share=1.4),
    )
    text = say(
        "A work that the board gave another place counts in the programme as the work that the calculation had put there.",
        lang,
    )
    return [heading, Sentence(text), Table(columns, rows, say("Decisions of the board, with their reason", lang))]
