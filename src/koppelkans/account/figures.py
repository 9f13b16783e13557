"""The figures of the account: name, what is in each, and what it adds up from. (nl: bedragen van de rekening)."""

from dataclasses import dataclass
from typing import Literal

from koppelkans.ground.words import euros, number, say

Rung = Literal["ladder", "weighed", "saving", "undone", "beside", "search"]


@dataclass(frozen=True)
class FigureKind:
    """One figure of the account, before anything is counted.

    Parameters
    ----------
    key, nl, en
        Its key, and its name on paper and screen.
    holds_nl, holds_en
        One sentence of what is in it and what is not.
    adds
        The figures that it adds up from, with their sign; empty where it is counted from works and openings.
    rung
        Where it stands: on the ladder of money, weighed but not paid, saving, left undone, beside the ladder, or of the search.
    unit
        `eur`, `works`, `share` or `years`.
    discounted
        Later euros count less in it.
    """

    key: str
    nl: str
    en: str
    holds_nl: str
    holds_en: str
    adds: tuple[str, ...] = ()
    rung: Rung = "ladder"
    unit: str = "eur"
    discounted: bool = False


# fmt: off
FIGURES: tuple[FigureKind, ...] = (
    FigureKind("works_eur", "Werken", "Works", "Kosten van de werken die worden gedaan. Zonder openmaken van de straat, zonder opslagen.", "Cost of the works that are done. Without opening the street, without what comes on top."),
    FigureKind("openings_eur", "Straten openmaken en dichtmaken", "Opening and closing streets", "Openmaken en dichtmaken van elke straat, één keer voor alle werken die er dat jaar in gaan. Zonder hinder.", "Opening and closing each street, once for all works in it that year. Without nuisance."),
    FigureKind("direct_eur", "Directe kosten", "Direct costs", "Werken en straten samen, zonder opslagen.", "Works and streets together, without what comes on top.", ("works_eur", "openings_eur")),
    FigureKind("on_top_eur", "Opslagen", "On top", "Engineering, eigen uren en onvoorzien, met de percentages die de gemeente zelf opgaf. Aangenomen percentages tellen hier niet mee.", "Engineering, own hours and unforeseen, with the shares that the city gave itself. Assumed shares do not count here."),
    FigureKind("investment_eur", "Investering", "Investment", "Wat het programma samen kost, in euro's van het prijspeil. Zonder btw, zonder hinder.", "What the programme costs together, at the price level. Without VAT, without nuisance.", ("direct_eur", "on_top_eur")),
    FigureKind("charged_eur", "Uit potjes", "Charged to purses", "Wat de potjes betalen, over alle jaren: de werken, en hun eerlijke deel van openmaken en dichtmaken.", "What the purses pay, over all years: the works, and their fair part of opening and closing."),
    FigureKind("uncovered_eur", "Ongedekt", "Uncovered", "Wat geen enkel potje betaalt: er is geen potje voor, of het heeft dan te weinig. Samen met wat de potjes betalen is dit de hele investering.", "What no purse pays: there is none for it, or it then holds too little. With what the purses pay this is the whole investment.", ("uncovered_works_eur", "uncovered_openings_eur")),
    FigureKind("uncovered_works_eur", "Ongedekte werken", "Uncovered works", "Het deel van de werken, met hun opslagen, dat geen potje betaalt.", "The part of the works, with what comes on top, that no purse pays.", rung="beside"),
    FigureKind("uncovered_openings_eur", "Ongedekte straten", "Uncovered streets", "Het deel van het openmaken en dichtmaken, met opslagen, dat geen potje betaalt.", "The part of opening and closing, with what comes on top, that no purse pays.", rung="beside"),
    FigureKind("vat_eur", "Btw als kosten", "VAT as a cost", "Btw over wat potjes betalen die haar als kosten dragen of in een tarief rekenen. Staat naast de investering, die zonder btw is.", "VAT on what is paid by purses that bear it as a cost or count it in a charge. Beside the investment, which is without VAT.", rung="beside"),
    FigureKind("nuisance_eur", "Hinder", "Nuisance", "Hinder voor bewoners van de straten die opengaan, in euro's gewogen. Niemand betaalt dit.", "Nuisance to residents of the streets that open, weighed in euros. Nobody pays this.", rung="weighed"),
    FigureKind("early_eur", "Te vroeg", "Too early", "Levensduur die verloren gaat doordat een werk vóór zijn beste jaar komt. Gewogen, niet betaald.", "Life that is lost because a work comes before its best year. Weighed, not paid.", rung="weighed"),
    FigureKind("late_eur", "Te laat", "Too late", "Risico doordat een werk na zijn beste jaar komt. Gewogen, niet betaald.", "Risk because a work comes after its best year. Weighed, not paid.", rung="weighed"),
    FigureKind("breach_eur", "Graafrust gebroken", "Graafrust broken", "Schade aan nieuwe verharding die binnen de graafrust weer opengaat. Gewogen, niet betaald.", "Damage to new paving that opens again within the graafrust. Weighed, not paid.", rung="weighed"),
    FigureKind("owners_apart_eur", "Straten, elke eigenaar apart", "Streets, each owner apart", "Openmaken van dezelfde straten in dezelfde jaren als elke eigenaar apart kwam met al zijn werken.", "Opening the same streets in the same years if each owner came apart with all its works.", rung="saving"),
    FigureKind("saving_eur", "Besparing", "Saving", "Wat eigenaren besparen door in hetzelfde jaar samen één keer open te gaan. Zonder hinder, en zonder wat een eigenaar met zijn eigen werken bespaart.", "What owners save by opening once together in the same year. Without nuisance, and without what an owner saves among its own works.", ("owners_apart_eur", "-openings_eur"), rung="saving"),
    FigureKind("works_apart_eur", "Straten, elk werk apart", "Streets, each work apart", "Openmaken van dezelfde straten in dezelfde jaren als elk werk apart kwam.", "Opening the same streets in the same years if each work came apart.", rung="saving"),
    FigureKind("own_saving_eur", "Besparing met eigen werken", "Saving among own works", "Wat eigenaren besparen door hun eigen werken samen te doen.", "What owners save by doing their own works together.", ("works_apart_eur", "-owners_apart_eur"), rung="saving"),
    FigureKind("nuisance_saved_eur", "Bespaarde hinder", "Nuisance spared", "Hinder die bewoners niet hebben doordat eigenaren samen één keer opengaan. Gewogen, niet betaald.", "Nuisance that residents are spared because owners open once together. Weighed, not paid.", rung="saving"),
    FigureKind("joint_eur", "Afgesproken besparing", "Agreed saving", "Wat paren van werken volgens afspraak of door één sleuf besparen als ze samengaan. Telt mee bij het zoeken; het is nog van geen enkel bedrag afgetrokken.", "What pairs of works save by agreement or by one trench when they go together. It counts in the search; no amount was lowered by it yet.", rung="saving"),
    FigureKind("done_works", "Werken gedaan", "Works done", "Werken die in het programma een jaar hebben.", "Works that have a year in the programme.", rung="undone", unit="works"),
    FigureKind("unpriced_works", "Gedaan, kosten onbekend", "Done, cost unknown", "Werken met een jaar waarvan de kosten onbekend zijn. Ze tellen voor 0 in de bedragen.", "Works with a year whose cost is unknown. They count as 0 in the amounts.", rung="undone", unit="works"),
    FigureKind("undone_works", "Werken die blijven liggen", "Works left undone", "Werken die in deze jaren konden, en geen jaar kregen.", "Works that could be done in these years, and got no year.", rung="undone", unit="works"),
    FigureKind("undone_cost_eur", "Kosten van wat blijft liggen", "Cost of what is left undone", "Wat die werken zouden kosten, zonder openmaken van de straat. Onbekende kosten tellen voor 0.", "What these works would cost, without opening the street. Unknown costs count as 0.", rung="undone"),
    FigureKind("undone_need_share", "Behoefte die blijft liggen", "Need left unmet", "Deel van de behoefte (in punten) die alle werken samen zouden vervullen, en dat nu blijft liggen.", "Share of the need (in points) that all works together would meet, and that is left now.", rung="undone", unit="share"),
    FigureKind("undone_backlog_years", "Achterstand", "Backlog", "Hoeveel jaar een werk dat blijft liggen aan het eind gemiddeld over zijn beste jaar is.", "How many years, on average, a work left undone is past its best year at the end.", rung="undone", unit="years"),
    FigureKind("on_top_assumed_eur", "Opslagen volgens aanname", "On top, as assumed", "Wat engineering, eigen uren en onvoorzien zijn met aangenomen percentages. Staat naast de ladder en telt nergens in mee.", "What engineering, own hours and unforeseen are with assumed shares. Stands beside the ladder and counts in nothing.", rung="beside"),
    FigureKind("weighted_cost_eur", "Gewogen kosten", "Weighted cost", "Wat het zoeken zo laag mogelijk maakt: kosten, hinder, te vroeg, te laat en blijven liggen samen, met gewichten. Geen geld dat iemand betaalt.", "What the search makes as low as it can: cost, nuisance, too early, too late and left undone together, with weights. No money that anyone pays.", rung="search", discounted=True),
    FigureKind("lower_bound_eur", "Ondergrens", "Lower bound", "Lagere gewogen kosten kan geen enkel programma hebben; dat is bewezen.", "No programme can have lower weighted cost; that is proven.", rung="search", discounted=True),
    FigureKind("gap_eur", "Hoogstens beter mogelijk", "At most better", "Zoveel gewogen kosten kan een ander programma hoogstens lager zijn.", "So much lower the weighted cost of another programme can be at most.", ("weighted_cost_eur", "-lower_bound_eur"), rung="search", discounted=True),
)
# fmt: on
"""Every figure, in the order of the ladder; a figure that adds up stands behind its parts or names parts beside it."""

NAMED = {"public": "{name} (public)", "party": "{name} (as you may see it)"}
COUNTED_FROM = {
    "public": "These amounts count only what everyone may see: what other parties do not share is in none of them.",
    "party": "These amounts count only what you may see: your own plans, and of others what they share.",
}
"""What a figure is called, and what it is counted from, for who does not see the whole programme."""

LADDER = tuple(kind.key for kind in FIGURES if kind.rung == "ladder")
"""From works to what purses pay."""


def named_for(circle: str, name: str, lang: str) -> str:
    """Return the name of a figure with the circle that it is counted for, if not the whole."""
    return say(NAMED[circle], lang, name=name) if circle in NAMED else name


def counted_from(circle: str, lang: str) -> str:
    """Return what the figures of a circle are counted from; empty for those inside."""
    return say(COUNTED_FROM[circle], lang) if circle in COUNTED_FROM else ""


@dataclass(frozen=True)
class AccountFigure:
    """A figure with its amount: the only thing from which a total is printed."""

    kind: FigureKind
    amount: float | None

    @property
    def key(self) -> str:
        """Return its key."""
        return self.kind.key

    def text(self, lang: str) -> str:
        """Return its amount as people write it, by its unit; a dash for unknown."""
        if self.kind.unit == "eur":
            return euros(self.amount, lang)
        if self.kind.unit == "share":
            return number(None if self.amount is None else 100 * self.amount, lang) + " %"
        return number(self.amount, lang, digits=1 if self.kind.unit == "years" else 0)

    def called(self, lang: str) -> str:
        """Return its name."""
        return self.kind.nl if lang == "nl" else self.kind.en

    def holds(self, lang: str) -> str:
        """Return what is in it and what is not."""
        return self.kind.holds_nl if lang == "nl" else self.kind.holds_en
