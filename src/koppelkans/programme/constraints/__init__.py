"""The demands on a programme, one file each; a new one joins this tuple. (nl: eisen)."""

from koppelkans.programme.constraint import Constraint
from koppelkans.programme.constraints.budget import BUDGET
from koppelkans.programme.constraints.crew import CREW
from koppelkans.programme.constraints.excluded import EXCLUDED
from koppelkans.programme.constraints.fixed import FIXED
from koppelkans.programme.constraints.limit import LIMIT
from koppelkans.programme.constraints.mandatory import MANDATORY
from koppelkans.programme.constraints.once import ONCE
from koppelkans.programme.constraints.opening import OPENING
from koppelkans.programme.constraints.rest import REST

CONSTRAINTS: tuple[Constraint, ...] = (ONCE, OPENING, REST, BUDGET, CREW, LIMIT, FIXED, EXCLUDED, MANDATORY)

__all__ = ["CONSTRAINTS"]
