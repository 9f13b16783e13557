"""Everything that a report may tell of: the settings and the product of every room. (nl: plan)."""

from dataclasses import dataclass

from koppelkans.account.product import Account
from koppelkans.alignment.product import Alignment
from koppelkans.appraisal.business.product import Business
from koppelkans.appraisal.financing.product import Financing
from koppelkans.appraisal.product import Appraisal
from koppelkans.area.product import Areas
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.opportunities.product import Opportunities
from koppelkans.programme.product import Programme
from koppelkans.report.circle import INSIDE, Viewer
from koppelkans.systems.product import Systems
from koppelkans.vision.product import Vision
from koppelkans.weighing.product import Weighing

STILL_TO_COME = "This was not worked out yet: the command “koppelkans reports” does so."
"""What a report says where something will stand that was not made yet."""


@dataclass(frozen=True)
class Plan:
    """The whole corridor, room by room, in the order in which it was walked.

    `to_come` names the parts that were not made yet: later rooms, whose product has no rows here, and parts of the
    programme; a report says of these that they are still to come, never that there are none. `viewer` says for whom it was
    cut, and `kept_back` holds the sections with works that this viewer may not see: there a report says that not all plans
    are shown, never that nothing is planned.
    """

    settings: Settings
    vision: Vision
    context: Context
    opportunities: Opportunities
    alignment: Alignment
    appraisal: Appraisal
    weighing: Weighing
    programme: Programme
    account: Account
    systems: Systems
    areas: Areas
    business: Business
    financing: Financing
    to_come: tuple[str, ...] = ()
    viewer: Viewer = INSIDE
    kept_back: frozenset[str] = frozenset()
