"""Effects, one file per cost or benefit or form of them, in the order of reports. (nl: effecten)."""

from koppelkans.appraisal.effects.ambition_worth import AMBITION_WORTH
from koppelkans.appraisal.effects.avoided_failure_risk import AVOIDED_FAILURE_RISK
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.digging_damage import DIGGING_DAMAGE
from koppelkans.appraisal.effects.lost_life import LOST_LIFE
from koppelkans.appraisal.effects.nuisance import NUISANCE
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.paving_breach import PAVING_BREACH
from koppelkans.appraisal.effects.residual_value import RESIDUAL_VALUE
from koppelkans.appraisal.effects.shared_trench import SHARED_TRENCH
from koppelkans.appraisal.effects.travel_delay import TRAVEL_DELAY
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE
from koppelkans.appraisal.effects.yearly import YEARLY

EFFECTS = (
    CAPITAL_COST,
    OPENING_COST,
    SHARED_TRENCH,
    NUISANCE,
    TRAVEL_DELAY,
    DIGGING_DAMAGE,
    PAVING_BREACH,
    LOST_LIFE,
    UPKEEP_CHANGE,
    RESIDUAL_VALUE,
    AMBITION_WORTH,
    AVOIDED_FAILURE_RISK,
    *YEARLY,
)
