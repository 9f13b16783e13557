"""The tables in which changes are priced beforehand. (nl: tabellen van wat als)."""

from koppelkans.ground import columns
from koppelkans.ground.tables import TEXT, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema

CHANGES = ("move", "cut", "slip")

WHAT_IF = Schema(
    "what_if",
    "What some changes of the programme would come to; each is chosen by rule, and its answer keeps every demand.",
    {
        "what_if": columns.WHAT_IF.but(one_of=CHANGES),
        "about": Column(TEXT, "the work, the fund or the party", nl="code van het werk, het potje of de partij", en="code of the work, the fund or the party", nl_meaning="het werk, het potje of de partij", seen="place", refers="any"),
        "from_year": columns.FROM_YEAR,
        "year": Column(WHOLE_OR_UNKNOWN, "year that the work goes to, or of the budget", nl="jaar", en="year", nl_meaning="jaar waar het werk naartoe gaat, of jaar van het budget", seen="open", unit="year", known=False),
        "amount_eur": columns.AMOUNT_EUR.but("what the budget is less", "wat het budget lager is", nl="minder budget", en="less budget"),
        "years": Column(WHOLE_OR_UNKNOWN, "years that the party is late", nl="jaren later", en="years late", nl_meaning="jaren dat de partij te laat is", seen="open", unit="years", known=False),
        "possible": Column(YES_NO, "a programme was found that keeps every demand", nl="kan", en="possible", nl_meaning="er is een programma gevonden dat aan alle eisen voldoet", seen="open"),
        "price_eur": Column(WHOLE_OR_UNKNOWN, "what the programme is worth less by it (discounted, judged); below 0: more", nl="prijs", en="price", nl_meaning="wat het programma er minder door waard is (contant, nagerekend); onder 0: meer", seen="cost", unit="eur", known=False),
        "works_move": Column(WHOLE_OR_UNKNOWN, "works that stand in another year or are left undone", nl="werken die schuiven", en="works that move", nl_meaning="werken die in een ander jaar komen of blijven liggen", seen="place", known=False),
        "promises_move": Column(WHOLE_OR_UNKNOWN, "promises that were kept and are not any more", nl="beloften die schuiven", en="promises that move", nl_meaning="beloften die werden gehouden en dan niet meer", seen="place", known=False),
        "fewest": Column(YES_NO, "it is proven that fewer promises cannot move", nl="minder beloften kan niet", en="no fewer promises possible", nl_meaning="bewezen is dat er niet minder beloften kunnen schuiven", seen="open"),
        "faults": columns.FAULTS,
        "decision": Column(TEXT, "reason of a decision that is broken by it", nl="besluit waar het tegenin gaat", en="decision that it breaks", nl_meaning="reden van een besluit waar het tegenin gaat", seen="text", known=False),
        "clash_nl": columns.CLASH_NL.but("demands that clash where it cannot be, in Dutch", "eisen die botsen als het niet kan, in het Nederlands"),
        "clash_en": columns.CLASH_EN.but("demands that clash where it cannot be, in English", "eisen die botsen als het niet kan, in het Engels"),
    },
    key=("what_if",),
    nl="Wat als", en="What if", nl_meaning="Wat enkele wijzigingen van het programma zouden kosten. Elke wijziging is volgens een regel gekozen, en elk antwoord voldoet aan alle eisen.",
)  # fmt: skip
WHAT_IF_MOVES = Schema(
    "what_if_moves",
    "The works that move in each of those changes.",
    {
        "what_if": columns.WHAT_IF.but("the change", "de wijziging", one_of=CHANGES),
        "work": columns.WORK,
        "from_year": columns.FROM_YEAR.but("year in which it stands; unknown: left undone", "jaar waarin het staat; onbekend: het blijft liggen"),
        "to_year": Column(WHOLE_OR_UNKNOWN, "year in which it would stand; unknown: left undone", nl="jaar dan", en="year then", nl_meaning="jaar waarin het dan staat; onbekend: het blijft liggen", seen="open", unit="year", known=False),
        "promised_year": Column(WHOLE_OR_UNKNOWN, "promised year", nl="beloofd jaar", seen="open", unit="year", known=False),
        "promise_moves": Column(YES_NO, "its promise was kept and would not be any more", nl="belofte schuift", en="promise moves", nl_meaning="de belofte werd gehouden en dan niet meer", seen="open"),
        "asked": Column(YES_NO, "the change names it itself, or its party", nl="zelf gevraagd", en="asked for itself", nl_meaning="de wijziging gaat over dit werk zelf, of over zijn partij", seen="open"),
    },
    key=("what_if", "work"),
    nl="Wat als, wat schuift", en="What if, moves", nl_meaning="De werken die schuiven bij elk van die wijzigingen.",
)  # fmt: skip
