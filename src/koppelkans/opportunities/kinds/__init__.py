"""Kinds of chance and clash, one file each. (nl: soorten kansen en knelpunten)."""

from koppelkans.opportunities.kind import FindKind
from koppelkans.opportunities.kinds.crowded_year import CROWDED_YEAR
from koppelkans.opportunities.kinds.dug_twice import DUG_TWICE
from koppelkans.opportunities.kinds.inside_graafrust import INSIDE_GRAAFRUST
from koppelkans.opportunities.kinds.need_without_carrier import NEED_WITHOUT_CARRIER
from koppelkans.opportunities.kinds.overdue_without_plan import OVERDUE_WITHOUT_PLAN
from koppelkans.opportunities.kinds.overload import CREW_OVERLOAD, MONEY_OVERLOAD
from koppelkans.opportunities.kinds.riding_along import RIDING_ALONG
from koppelkans.opportunities.kinds.shared_street import SHARED_STREET
from koppelkans.opportunities.kinds.small_shift import SMALL_SHIFT
from koppelkans.opportunities.kinds.wish_near_work import WISH_NEAR_WORK

KINDS: tuple[FindKind, ...] = (
    SHARED_STREET,
    RIDING_ALONG,
    WISH_NEAR_WORK,
    SMALL_SHIFT,
    DUG_TWICE,
    INSIDE_GRAAFRUST,
    OVERDUE_WITHOUT_PLAN,
    NEED_WITHOUT_CARRIER,
    CROWDED_YEAR,
    MONEY_OVERLOAD,
    CREW_OVERLOAD,
)
"""Every kind of chance, then every kind of clash, in the order of the documentation."""
