"""Sorts of purses, and the legal rule that goes with each, as data with a source. (nl: soorten potjes)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from koppelkans.ground.settings import Fund


@dataclass(frozen=True)
class PurseSort:
    """One sort of purse.

    Parameters
    ----------
    nl, en
        Its name.
    order
        Place in the order of paying, where the city gives none: earmarked money and grants before free money.
    kinds
        The only kinds of work that it may pay whole by law; empty: no limit by law.
    capital
        Whether what it pays is put on the balance sheet and written off.
    gift
        Whether it is a grant, which does not count as the share of others.
    carries
        Whether what is left in a year may be spent later, where the city does not say.
    once
        Whether it is given for the years that are named, and holds nothing in others.
    rule_nl, rule_en, source, status
        The rule in words, where it was found, and whether that source was read (verified) or not (unverified).
    """

    nl: str
    en: str
    order: int
    kinds: tuple[str, ...]
    capital: bool
    gift: bool
    once: bool
    carries: bool
    rule_nl: str
    rule_en: str
    source: str
    status: str


@cache
def purse_sorts() -> Mapping[str, PurseSort]:
    """Return every sort of purse by name.

    >>> purse_sorts()["krediet"].capital, purse_sorts()["subsidie"].gift
    (True, True)
    """
    text = (files("koppelkans.rules") / "purse_sorts.toml").read_text(encoding="utf-8")
    return {
        name: PurseSort(**(entry | {"kinds": tuple(entry["kinds"])})) for name, entry in tomllib.loads(text).items()
    }


NO_SORT = 50
"""Place in the order of paying of a purse without a sort: in the middle."""


def sort_of(fund: Fund) -> PurseSort | None:
    """Return the sort of a purse; None where the city named none."""
    return purse_sorts()[fund.sort] if fund.sort else None


def order_of(fund: Fund) -> int:
    """Return the rank of a purse in the order of paying: its own, else that of its sort.

    >>> order_of(Fund(fund="a", sort="krediet")), order_of(Fund(fund="a", sort="krediet", order=1)), order_of(Fund(fund="a"))
    (60, 1, 50)
    """
    sort = sort_of(fund)
    if fund.order is not None:
        return fund.order
    return sort.order if sort else NO_SORT


def carries_over(fund: Fund) -> bool:
    """Tell whether what is left of a purse in a year may be spent later.

    As the city says, else by its sort.

    >>> carries_over(Fund(fund="a", sort="exploitatie")), carries_over(Fund(fund="a"))
    (False, True)
    """
    sort = sort_of(fund)
    if fund.carries_over is not None:
        return fund.carries_over
    return sort.carries if sort else True


def kinds_paid(fund: Fund) -> dict[str, float] | None:
    """Return the kinds that a purse may pay, with the largest share of each.

    None where it may pay any kind. What the law of its sort forbids is left out, also where the city named it.
    """
    sort = sort_of(fund)
    allowed = sort.kinds if sort else ()
    if not fund.kinds and not allowed:
        return None
    whole = [kind for kind in fund.kinds or allowed if not allowed or kind in allowed]
    partly = {kind: min(part, fund.share) for kind, part in fund.partly.items()}
    return dict.fromkeys(whole, fund.share) | partly


def forbidden_kinds(fund: Fund) -> tuple[str, ...]:
    """Return the kinds that the city named and that the law of the sort of purse forbids.

    >>> forbidden_kinds(Fund(fund="riool", sort="rioolheffing", kinds=["sewer_gravity", "paving"]))
    ('paving',)
    """
    sort = sort_of(fund)
    allowed = sort.kinds if sort else ()
    return tuple(kind for kind in fund.kinds if allowed and kind not in allowed and kind not in fund.partly)
