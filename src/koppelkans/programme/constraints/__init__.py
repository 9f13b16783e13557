"""The demands on a programme, one file each; a new one joins this tuple. (nl: eisen)."""

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.constraints.after import AFTER
from koppelkans.programme.constraints.budget import BUDGET
from koppelkans.programme.constraints.crew import CREW
from koppelkans.programme.constraints.excluded import EXCLUDED
from koppelkans.programme.constraints.fixed import FIXED
from koppelkans.programme.constraints.joint import JOINT
from koppelkans.programme.constraints.limit import LIMIT
from koppelkans.programme.constraints.mandatory import MANDATORY
from koppelkans.programme.constraints.once import ONCE
from koppelkans.programme.constraints.opening import OPENING
from koppelkans.programme.constraints.paid_opening import PAID_OPENING
from koppelkans.programme.constraints.purse_rule import PURSE_RULE
from koppelkans.programme.constraints.rest import REST
from koppelkans.programme.constraints.together import TOGETHER

CONSTRAINTS: tuple[Constraint, ...] = (
    ONCE, OPENING, REST, JOINT, BUDGET, PAID_OPENING, PURSE_RULE, CREW, LIMIT, FIXED, EXCLUDED, TOGETHER, AFTER, MANDATORY,
)  # fmt: skip

PIECES = {piece.name: piece for piece in CONSTRAINTS}
"""Every constraint by its name."""

__all__ = ["CONSTRAINTS", "PIECES"]
