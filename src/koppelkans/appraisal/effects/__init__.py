"""Effects, one file per cost or benefit, in the order of reports. (nl: effecten)."""

from koppelkans.appraisal.effects.ambition_worth import AMBITION_WORTH
from koppelkans.appraisal.effects.avoided_failure_risk import AVOIDED_FAILURE_RISK
from koppelkans.appraisal.effects.biodiversity import BIODIVERSITY
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.digging_damage import DIGGING_DAMAGE
from koppelkans.appraisal.effects.disconnection import DISCONNECTION
from koppelkans.appraisal.effects.energy import ENERGY
from koppelkans.appraisal.effects.health import HEALTH
from koppelkans.appraisal.effects.heat import HEAT
from koppelkans.appraisal.effects.lost_life import LOST_LIFE
from koppelkans.appraisal.effects.nuisance import NUISANCE
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.paving_breach import PAVING_BREACH
from koppelkans.appraisal.effects.property_value import PROPERTY_VALUE
from koppelkans.appraisal.effects.residual_value import RESIDUAL_VALUE
from koppelkans.appraisal.effects.shared_trench import SHARED_TRENCH
from koppelkans.appraisal.effects.social_cohesion import SOCIAL_COHESION
from koppelkans.appraisal.effects.traffic_safety import TRAFFIC_SAFETY
from koppelkans.appraisal.effects.travel_delay import TRAVEL_DELAY
from koppelkans.appraisal.effects.upkeep_change import UPKEEP_CHANGE
from koppelkans.appraisal.effects.water_storage import WATER_STORAGE

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
    HEALTH,
    HEAT,
    WATER_STORAGE,
    DISCONNECTION,
    BIODIVERSITY,
    PROPERTY_VALUE,
    ENERGY,
    TRAFFIC_SAFETY,
    SOCIAL_COHESION,
)
