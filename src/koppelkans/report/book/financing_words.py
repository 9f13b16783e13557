"""What stands for each code in the tables of financing. (nl: woorden van financiering)."""

from koppelkans.appraisal.financing.catalogue import clusters, models
from koppelkans.ground.words import say
from koppelkans.report.chapters.advance import UPTAKES, WHAT
from koppelkans.report.chapters.purses import REASONS
from koppelkans.report.chapters.who_gains import ALTERNATIVES, holder_names
from koppelkans.report.plan import Plan
from koppelkans.rules.purse_sorts import purse_sorts

SORTS = {"public": "public", "private": "private", "people": "people"}
RULES = {"proportional": "in proportion", "equal": "equal gain"}
REPAY = {"on_entry": "when a user comes", "yearly": "every year"}
STATUS = {"verified": "source read", "unverified": "not checked"}


def financing_words(plan: Plan, lang: str) -> dict[str, dict[str, str]]:
    """Return, per `room.table.column` or column, what stands for each code."""
    spoken = {
        "alternative": ALTERNATIVES,
        "against": ALTERNATIVES,
        "financing.holders.sort": SORTS,
        "financing.transfers.rule": RULES,
        "uptake": UPTAKES,
        "reason": REASONS | {"none": "no gap"},
        "repay": REPAY,
        "status": STATUS,
        "financing.loans.what": WHAT,
        "year_basis": {name: name for name in ("given", "derived", "assumed")},
        "financing.fits.what": {"cluster": "cluster", "model": "model"},
    }
    said = {column: {code: say(word, lang) for code, word in pairs.items()} for column, pairs in spoken.items()}
    names = holder_names(plan, plan.financing.holders["holder"], lang)
    keys = {name: getattr(entry, lang) for name, entry in [*clusters().items(), *models().items()]}
    sorts = {name: getattr(sort, lang) for name, sort in purse_sorts().items()}
    return said | {
        "financing.holders.holder": names,
        "financing.transfers.holder": names,
        "financing.purses.sort": sorts,
        "financing.fits.key": keys,
    }
