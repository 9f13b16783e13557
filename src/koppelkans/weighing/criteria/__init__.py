"""Criteria, one file each, in the order of the six grounds. (nl: criteria)."""

from koppelkans.weighing.criteria.ambitions_served import AMBITIONS_SERVED
from koppelkans.weighing.criteria.co_payers import CO_PAYERS
from koppelkans.weighing.criteria.crew_load import CREW_LOAD
from koppelkans.weighing.criteria.crowded_underground import CROWDED_UNDERGROUND
from koppelkans.weighing.criteria.earmarked_share import EARMARKED_SHARE
from koppelkans.weighing.criteria.later_digging import LATER_DIGGING
from koppelkans.weighing.criteria.life_thrown_away import LIFE_THROWN_AWAY
from koppelkans.weighing.criteria.need_met import NEED_MET
from koppelkans.weighing.criteria.nuisance import NUISANCE
from koppelkans.weighing.criteria.overdue_years import OVERDUE_YEARS
from koppelkans.weighing.criteria.parallel_works import PARALLEL_WORKS
from koppelkans.weighing.criteria.passage import PASSAGE
from koppelkans.weighing.criteria.quarter_need import QUARTER_NEED
from koppelkans.weighing.criteria.readiness import READINESS
from koppelkans.weighing.criteria.rest_broken import REST_BROKEN
from koppelkans.weighing.criteria.risk_taken_away import RISK_TAKEN_AWAY
from koppelkans.weighing.criteria.saving_together import SAVING_TOGETHER
from koppelkans.weighing.criteria.subsidy_lost import SUBSIDY_LOST
from koppelkans.weighing.criteria.upkeep_change import UPKEEP_CHANGE
from koppelkans.weighing.criteria.wishes_answered import WISHES_ANSWERED

CRITERIA = (
    NEED_MET,
    AMBITIONS_SERVED,
    RISK_TAKEN_AWAY,
    OVERDUE_YEARS,
    LIFE_THROWN_AWAY,
    EARMARKED_SHARE,
    SAVING_TOGETHER,
    SUBSIDY_LOST,
    CO_PAYERS,
    CREW_LOAD,
    CROWDED_UNDERGROUND,
    PASSAGE,
    PARALLEL_WORKS,
    READINESS,
    LATER_DIGGING,
    REST_BROKEN,
    UPKEEP_CHANGE,
    NUISANCE,
    QUARTER_NEED,
    WISHES_ANSWERED,
)
