"""The tables in which changes are priced beforehand. (nl: tabellen van wat als)."""

from koppelkans.ground.tables import TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema

CHANGES = ("move", "cut", "slip")

WHAT_IF = Schema(
    "what_if",
    "What some changes of the programme would come to; each is chosen by rule, and its answer keeps every demand.",
    {
        "what_if": Column(TEXT, "a work a year later, less money in a year, or a party that is late", one_of=CHANGES),
        "about": Column(TEXT, "the work, the fund or the party"),
        "from_year": Column(WHOLE_OR_UNKNOWN, "year in which the work stands", known=False),
        "year": Column(WHOLE_OR_UNKNOWN, "year that the work goes to, or of the budget", known=False),
        "amount_eur": Column(WHOLE_OR_UNKNOWN, "what the budget is less", known=False),
        "years": Column(WHOLE_OR_UNKNOWN, "years that the party is late", known=False),
        "possible": Column(YES_NO, "a programme was found that keeps every demand"),
        "price_eur": Column(
            WHOLE_OR_UNKNOWN, "what the programme is worth less by it (discounted, judged); below 0: more", known=False
        ),
        "works_move": Column(WHOLE_OR_UNKNOWN, "works that stand in another year or are left undone", known=False),
        "promises_move": Column(WHOLE_OR_UNKNOWN, "promises that were kept and are not any more", known=False),
        "fewest": Column(YES_NO, "it is proven that fewer promises cannot move"),
        "faults": Column(WHOLE, "demands broken, according to the independent judge", least=0),
        "decision": Column(TEXT, "reason of a decision that is broken by it", known=False),
        "clash_nl": Column(TEXT, "demands that clash where it cannot be, in Dutch", known=False),
        "clash_en": Column(TEXT, "demands that clash where it cannot be, in English", known=False),
    },
    key=("what_if",),
)
WHAT_IF_MOVES = Schema(
    "what_if_moves",
    "The works that move in each of those changes.",
    {
        "what_if": Column(TEXT, "the change", one_of=CHANGES),
        "work": Column(TEXT, "work"),
        "from_year": Column(WHOLE_OR_UNKNOWN, "year in which it stands; unknown: left undone", known=False),
        "to_year": Column(WHOLE_OR_UNKNOWN, "year in which it would stand; unknown: left undone", known=False),
        "promised_year": Column(WHOLE_OR_UNKNOWN, "promised year", known=False),
        "promise_moves": Column(YES_NO, "its promise was kept and would not be any more"),
        "asked": Column(YES_NO, "the change names it itself, or its party"),
    },
    key=("what_if", "work"),
)
