"""Tables of documents: their columns, headings, and how cells are written. (nl: tabel op papier)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from koppelkans.appraisal.financing.product import REASON_WORDS
from koppelkans.ground.columns import BASIS_WORDS
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, Column, Kind
from koppelkans.ground.words import euros, number, say
from koppelkans.report.document import Block, Table, TableColumn, left_out
from koppelkans.report.table import tables
from koppelkans.weighing.product import EFFECT_WORDS, GROUP_KINDS

Asked = str | Column | tuple[str | Column, float]
"""A column of a table (`room.table.column`), of `PAPER` (`paper.column`) or made on the spot, with its share of the width."""
SMALL = 10
"""Below this a mean is written with a decimal: rounded to a whole it would tell another thing."""
WRITERS: Mapping[Kind, Callable[[float, str], str]] = {
    "euros": euros,
    "whole": lambda value, lang: number(value, lang, digits=0 if value == round(value) or abs(value) >= SMALL else 1),
    "number": partial(number, digits=2),
    "score": partial(number, digits=2),
    "share": lambda value, lang: number(100 * value, lang) + " %",
    "year": lambda value, lang: str(int(value)),  # noqa: ARG005 -- a year is written alike in every language
}
"""How numbers stand in a document."""
GIVEN_WORDS = {"given": "given by the city", "assumed": "assumption"}


def _words(nl: str, en: str, **more: Any) -> Column:  # noqa: ANN401 -- any field of a column
    """Return a column of words, which stand at the left."""
    return Column(TEXT, en, nl=nl, **more)


def _count(nl: str, en: str) -> Column:
    """Return a column of whole numbers, which stand at the right."""
    return Column(WHOLE, en, nl=nl)


def _euros(nl: str, en: str) -> Column:
    """Return a column of whole euros, which stand at the right."""
    return Column(NUMBER, en, nl=nl, unit="eur")


def amounts(name: str) -> Column:
    """Return a column of amounts of one party, scenario or alternative, with its name above it."""
    return _euros(name, name)


# fmt: off
PAPER: Mapping[str, Column] = {
    "about": _words("Waarover", "About"),
    "above_zero": Column(NUMBER, "Above zero", nl="Boven nul", unit="share"),
    "account_figure": _words("Bedrag van de rekening", "Figure of the account"),
    "advance": _euros("Voorschot", "Advance"),
    "after_transfers": _euros("Na verrekening", "After transfers"),
    "alternatives": _words("In welk alternatief", "In which alternative"),
    "ambition": _words("Ambitie", "Ambition"),
    "amount": _euros("Bedrag", "Amount"),
    "apart": _euros("Los", "Apart"),
    "area": _words("Gebied", "Area"),
    "area_or_detour": _words("Gebied of omleiding", "Area or detour"),
    "asks": _words("Vraagt", "Asks"),
    "assumed_part": Column(NUMBER, "Assumed", nl="Aangenomen", unit="share"),
    "at_stake": _euros("Te winnen", "At stake"),
    "balance": _euros("Saldo", "Balance"),
    "basis": _words("Basis", "Basis", codes=BASIS_WORDS),
    "because": _words("Omdat", "Because", codes=REASON_WORDS),
    "behind": _words("Direct erachter", "Right behind it"),
    "benefits": _euros("Baten", "Benefits"),
    "book_value": _euros("Boekwaarde begin", "Book value at the start"),
    "budget": _euros("Budget, alle jaren", "Budget, all years"),
    "budget_is": _words("Budget is", "Budget is", codes=GIVEN_WORDS),
    "bundle": _words("Bundel", "Bundle"),
    "bundles": _count("Bundels", "Bundles"),
    "busiest_year": _count("Drukste jaar", "Busiest year"),
    "can_go_wrong": _words("Kan misgaan", "Can go wrong"),
    "capital_charges": _euros("Kapitaallasten", "Capital charges"),
    "cheapest_year": _words("Goedkoopste andere jaar", "Cheapest other year"),
    "closing": _euros("Eind", "At the end"),
    "comes_nearer": _count("Komt dichterbij", "Comes nearer"),
    "cost": _euros("Kosten", "Cost"),
    "cost_here": _euros("Kosten hier", "Cost here"),
    "costs": _euros("Kosten", "Costs"),
    "course": _words("Koers", "Course"),
    "covered": _euros("Gedekt", "Covered"),
    "date": _words("Datum", "Date"),
    "days": _count("Langste, dagen", "Longest, days"),
    "decided_for": _words("Besloten", "Decided"),
    "depreciation": _euros("Afschrijving", "Depreciation"),
    "difference": _euros("Verschil", "Difference"),
    "equal_at": _count("Gelijk bij", "Equal at"),
    "everywhere": _count("Overal", "Everywhere"),
    "expected": _euros("Verwacht aantal", "Expected number"),
    "explanation": _words("Uitleg", "Explanation"),
    "fair_share": _euros("Eerlijk deel", "Fair share"),
    "few": _euros("Weinig", "Few"),
    "figure": _words("Kengetal", "Figure"),
    "fits": _words("Past, want", "Fits, because"),
    "for_whom": _words("Voor wie", "For whom"),
    "forbidden": _words("Mag niet, en waardoor", "Forbidden, and by what"),
    "gains": _euros("Voordeel", "Gains"),
    "gap": _euros("Gat", "Gap"),
    "given_by": _words("Gegeven door", "Given by"),
    "goes_first": _words("Gaat meestal eerst", "Mostly goes first"),
    "here": _count("Hier", "Here"),
    "high": _euros("Hoog", "High"),
    "highest": _words("Hoogste", "Highest"),
    "holder": _words("Houder", "Holder"),
    "holds": _words("Bevat", "Holds"),
    "hours": _count("Uren beschikbaar per jaar", "Hours available per year"),
    "hours_are": _words("Uren zijn", "Hours are", codes=GIVEN_WORDS),
    "hours_used": _count("Uren nodig per jaar", "Hours used per year"),
    "how_much": _words("Hoeveel", "How much"),
    "in_one_opening": _count("In één keer", "In one opening"),
    "interest": _euros("Rente", "Interest"),
    "investment": _euros("Investering", "Investment"),
    "kind": _words("Soort", "Kind", codes=GROUP_KINDS),
    "lapses": _euros("Vervalt", "Lapses"),
    "left": _euros("Over aan het eind", "Left at the end"),
    "letter": _words("Letter", "Letter"),
    "level": _count("Niveau 1–3", "Level 1–3"),
    "levels": _words("Niveaus die veranderden", "Levels that changed"),
    "limit_is": _words("Grens is", "Limit is", codes=GIVEN_WORDS),
    "low": _euros("Laag", "Low"),
    "lowest": _words("Laagste", "Lowest"),
    "may_be_in": _words("Mag in", "May be done in"),
    "mean": _euros("Gemiddeld", "Mean"),
    "mean_age": _count("Gemiddelde leeftijd", "Mean age"),
    "mean_need": _count("Gemiddelde behoefte", "Mean need"),
    "meets": _words("Ontmoet", "Meets"),
    "met": _count("Behoefte die de werken vervullen", "Need met by the works"),
    "missing": _euros("Komt tekort", "Missing"),
    "model": _words("Model", "Model"),
    "most_in": _count("Het meest in", "Most of all in"),
    "must_move": _euros("Moet van hand wisselen", "Must change hands"),
    "needs_here": _words("Hier is veel behoefte aan", "High needs here"),
    "needy": _count("Stukken straat met hoge behoefte", "Pieces of street with a high need"),
    "nobody": _euros("Niemand", "Nobody"),
    "now": _count("Nu", "Now"),
    "nr": _count("Nr.", "No."),
    "one_more_euro": _euros("Een euro meer verlaagt de gewogen kosten daar met", "One more euro lowers the weighted cost there by"),
    "one_undone": _count("Een valt af", "One is left undone"),
    "open_then": _count("Dan open", "Open then"),
    "openings": _count("Keer een stuk straat open", "Openings of a piece of street"),
    "opens_in": _words("Gaat open in", "Opens in"),
    "overdue_first": _count("Over tijd na het eerste jaar", "Overdue after the first year"),
    "overdue_last": _count("Over tijd aan het eind", "Overdue at the end"),
    "paid_back": _euros("Terugbetaald", "Paid back"),
    "parties": _words("Partijen", "Parties"),
    "parties_count": _count("Partijen", "Parties"),
    "partners": _words("Met wie", "With whom"),
    "party": _words("Partij", "Party"),
    "payback_year": _count("Terugbetaald", "Paid back"),
    "pays": _euros("Betaalt", "Pays"),
    "pays_alone": _euros("Betaalt, los gedaan", "Pays, done alone"),
    "pays_in": _words("Betaalt in", "Pays in"),
    "pays_in_all": _euros("Betaalt in totaal", "Pays in all"),
    "phones": _words("Belt", "Phones"),
    "pieces": _count("Stukken straat", "Pieces of street"),
    "pm": _count("p.m.", "p.m."),
    "poor_last": _count("Slecht aan het eind", "Poor at the end"),
    "present_value": _euros("Contante waarde", "Present value"),
    "price_level": _count("Prijspeil", "Price level"),
    "promise": _words("Belofte", "Promise"),
    "promises_move": _count("Beloften schuiven", "Promises move"),
    "proposal": _words("Voorstel", "Proposal"),
    "purse": _words("Potje", "Purse"),
    "purse_sort": _words("Soort potje", "Sort of purse"),
    "quarter": _words("Buurt", "Quarter"),
    "ratio": Column(NUMBER, "Ratio", nl="Baten/ kosten"),
    "read": _count("Gelezen", "Read"),
    "receives": _euros("Ontvangt (+) of betaalt (−)", "Receives (+) or pays (−)"),
    "renewed": _count("Vervangen of gemaakt", "Renewed or made"),
    "reversals": _count("Paren andersom", "Pairs the other way round"),
    "right_order": _count("Na elkaar, goede volgorde", "In turn, right order"),
    "rough_cost": _euros("Ruwe kosten", "Rough cost"),
    "rows": _count("Rijen", "Rows"),
    "rule": _words("Regel", "Rule"),
    "rule_and_source": _words("Regel en bron", "Rule and source"),
    "saved": _euros("Bespaard", "Saved"),
    "saves": _euros("Bespaart samen", "Saves together"),
    "served_by_nobody": _count("Door niemand bediend", "Served by nobody"),
    "serves": _words("Wat helpt", "What helps"),
    "set_aside": _count("Opzij gelegd", "Set aside"),
    "source": _words("Bron van het kengetal", "Source of the figure"),
    "stands_higher": _words("Staat hoger", "Stands higher"),
    "start": _euros("Begin", "At the start"),
    "step": _words("Stap", "Step"),
    "street": _words("Straat", "Street"),
    "streets": _words("Straten", "Streets"),
    "streets_open": _words("Straten die opengaan", "Streets that open"),
    "then": _count("Dan", "Then"),
    "there_is": _count("Er is", "There is"),
    "to_be_paid": _euros("Te betalen", "To be paid"),
    "together": _euros("Samen", "Together"),
    "too_little": _words("Te weinig in", "Too little in"),
    "turns_on": _words("Draait het meest op", "Turns most on"),
    "unit": _words("Eenheid", "Unit"),
    "unknown": _count("Onbekend", "Unknown"),
    "unknown_pm": _count("Onbekend (p.m.)", "Unknown (p.m.)"),
    "until": _words("Tot en met", "Until"),
    "used": _euros("Gebruikt", "Used"),
    "value": _words("Waarde", "Value"),
    "value_of": _count("Waarde", "Value"),
    "versus_apart": _euros("t.o.v. elk apart", "Against each apart"),
    "versus_nothing": _euros("t.o.v. niets doen", "Against doing nothing"),
    "weight_now": _count("Gewicht nu", "Weight now"),
    "what": _words("Wat", "What"),
    "what_holds": _words("Wat erin zit", "What is in it"),
    "what_if": _words("Wat als", "What if"),
    "what_must_be_shown": _words("Wat u moet laten zien", "What must be shown"),
    "where": _words("Waar", "Where"),
    "who_and_when": _words("Wie en wanneer", "Who and when"),
    "who_leads": _words("Wie trekt", "Who takes the lead"),
    "why": _words("Waarom", "Why"),
    "why_not": _words("Waarom niet", "Why not"),
    "why_this_year": _words("Waarom dit jaar", "Why this year"),
    "without_transfers": _euros("Zonder verrekening", "Without transfers"),
    "work": _words("Werk", "Work"),
    "works": _count("Werken", "Works"),
    "works_move": _count("Werken schuiven", "Works move"),
    "worse_off": _words("Slechter af dan bij niets doen", "Worse off than when nothing is done"),
    "wrong_order": _count("Na elkaar, verkeerde volgorde", "In turn, wrong order"),
    "year_is": _words("Jaar is", "Year is"),
    "years": _words("Jaren", "Years"),
    "yes_does": _words("Wat ja betekent", "What a yes does", codes=EFFECT_WORDS),
}
"""What documents show that no table holds as such: sums, spans of years and words together."""
# fmt: on


def paper(
    rows: pd.DataFrame | Sequence[Sequence[Any]],
    asked: Iterable[Asked],
    caption: str,
    lang: str,
    *,
    total: bool = False,
) -> Table:
    """Return rows as a table of a document, headed, sided and written as their columns are.

    Parameters
    ----------
    rows
        Cells in the order of `asked`: codes and numbers as they are, names and amounts of a unit as words; None is a dash.
    asked
        Columns with their share of the width of the page (0: as wide as needed).
    caption
        What the table is.
    lang
        Language.
    total
        The last row is a total.
    """
    pairs = [one if isinstance(one, tuple) else (one, 0.0) for one in asked]
    columns = [what if isinstance(what, Column) else declared(what) for what, _ in pairs]
    heads = tuple(head(column, lang, share) for column, (_, share) in zip(columns, pairs, strict=True))
    lines = rows.itertuples(index=False, name=None) if isinstance(rows, pd.DataFrame) else rows
    cells = [[written(cell, column, lang) for cell, column in zip(line, columns, strict=True)] for line in lines]
    return Table(heads, cells, caption, total)


def first_rows(
    rows: pd.DataFrame | Sequence[Sequence[Any]],
    asked: Iterable[Asked],
    caption: str,
    lang: str,
    *,
    most: int,
    sheet: str,
) -> list[Block]:
    """Return the first rows as a table of a document, and on which sheet the others stand."""
    more = max(len(rows) - most, 0)
    return [paper(rows[:most], asked, caption, lang), *left_out(more, sheet, lang)]


def declared(what: str) -> Column:
    """Return a column by `paper.column` or `room.table.column`; its heading has a capital."""
    table, _, name = what.rpartition(".")
    if table == "paper":
        return PAPER[name]
    column = tables()[table].columns[name]
    return replace(column, nl=_capital(column.nl), en=_capital(column.heading("en")))


def _capital(text: str) -> str:
    """Return a heading with a capital."""
    return text[:1].upper() + text[1:]


def head(column: Column, lang: str, share: float) -> TableColumn:
    """Return the heading of a column; words and years stand at the left."""
    return TableColumn(column.heading(lang), "left" if column.kind in ("text", "year") else "right", share)


def written(value: Any, column: Column, lang: str) -> str:  # noqa: ANN401 -- any cell
    """Return one cell as people write it: a code in words, a number by its unit, else a dash."""
    if isinstance(value, bool):
        return say("yes" if value else "no", lang)
    if isinstance(value, str):
        words = column.codes if isinstance(column.codes, Mapping) else {}
        return say(words[value], lang) if value in words else value
    if value is None or pd.isna(value):
        return "–"
    write = WRITERS.get(column.kind)
    return str(value) if write is None else write(float(value), lang)
