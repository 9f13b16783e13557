"""Effects, one file per cost or benefit, in the order of reports. (nl: effecten)."""

from koppelkans.appraisal.effects.ambition_worth import AMBITION_WORTH
from koppelkans.appraisal.effects.avoided_failure_risk import AVOIDED_FAILURE_RISK
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.digging_damage import DIGGING_DAMAGE
from koppelkans.appraisal.effects.lost_life import LOST_LIFE
from koppelkans.appraisal.effects.nuisance import NUISANCE
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE

EFFECTS = (
    CAPITAL_COST,
    OPENING_COST,
    NUISANCE,
    DIGGING_DAMAGE,
    LOST_LIFE,
    UPKEEP_CHANGE,
    AMBITION_WORTH,
    AVOIDED_FAILURE_RISK,
)
