"""What the totals of a circle leave out, in the words of that circle. (nl: wat er niet in zit)."""

from koppelkans.account.figures import counted_from
from koppelkans.ground.words import say
from koppelkans.report.document import Sentence
from koppelkans.report.names import many
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import COST_NOT_SHOWN, NOT_SHOWN


def scope_words(plan: Plan, lang: str, *, counts: bool = True) -> str:
    """Return what is in no total of who looks; empty where that is nothing.

    Without `counts` for a part of the city: how many works of others lie there is for nobody else.
    """
    hidden, unpriced = (not_shown(plan, key) for key in (NOT_SHOWN, COST_NOT_SHOWN))
    if not hidden and not unpriced:
        return ""
    told = [counted_from(plan.viewer.circle, lang)]
    if counts and hidden:
        told.append(many(hidden, "Left out: one work of another party that it does not show.", "Left out: {count} works of other parties that they do not show.", lang))  # fmt: skip
    if counts and unpriced:
        told.append(many(unpriced, "Left out as well: the cost of one work whose owner does not share it.", "Left out as well: the cost of {count} works whose owners do not share it.", lang))  # fmt: skip
    told.append(say("So the whole programme can cost more than stands here.", lang))
    return " ".join(told)


def scope_note(plan: Plan, lang: str, *, counts: bool = True) -> list[Sentence]:
    """Return what is in no total as a quiet box of a document; nothing where all is in it."""
    text = scope_words(plan, lang, counts=counts)
    return [Sentence(text, "note")] if text else []


def not_shown(plan: Plan, key: str) -> int:
    """Return how many works are not shown, or not what they cost, by the key of the figure."""
    found = plan.programme.value.get(key)
    return found if isinstance(found, int) else 0
