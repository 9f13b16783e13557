"""Everything that can be set, one part per room, every default with its source. (nl: instellingen)."""

from koppelkans.ground.settings.agreed import Joint, Promise, Tie
from koppelkans.ground.settings.city import ROLES, City, HorizonPart, Join, Party, Source
from koppelkans.ground.settings.figures import Basis, Figure, Part
from koppelkans.ground.settings.funds import Facility, FinancingPart, Fund, FundSort, Later
from koppelkans.ground.settings.futures import FuturesPart
from koppelkans.ground.settings.kinds import SYSTEMS, Kind
from koppelkans.ground.settings.rooms import (
    AppraisalPart,
    AreaPart,
    ContextPart,
    Crew,
    Limit,
    OpportunitiesPart,
    ProgrammePart,
    ReportPart,
    SectionsPart,
)
from koppelkans.ground.settings.scenario import Decision, Scenario
from koppelkans.ground.settings.vision import Ambition, Need, Phase, Theme, ThemeSet, VisionPart, WebDecision
from koppelkans.ground.settings.weighing import (
    GROUNDS,
    Elicitation,
    Group,
    KnockOut,
    Node,
    Overrule,
    Sensitivity,
    ValueFunction,
    WeighingPart,
    Weights,
)
from koppelkans.ground.settings.whole import FILE_NAME, Settings, default_text, make_settings, read_settings

__all__ = [
    "FILE_NAME",
    "GROUNDS",
    "ROLES",
    "SYSTEMS",
    "Ambition",
    "AppraisalPart",
    "AreaPart",
    "Basis",
    "City",
    "ContextPart",
    "Crew",
    "Decision",
    "Elicitation",
    "Facility",
    "Figure",
    "FinancingPart",
    "Fund",
    "FundSort",
    "FuturesPart",
    "Group",
    "HorizonPart",
    "Join",
    "Joint",
    "Kind",
    "KnockOut",
    "Later",
    "Limit",
    "Need",
    "Node",
    "OpportunitiesPart",
    "Overrule",
    "Part",
    "Party",
    "Phase",
    "ProgrammePart",
    "Promise",
    "ReportPart",
    "Scenario",
    "SectionsPart",
    "Sensitivity",
    "Settings",
    "Source",
    "Theme",
    "ThemeSet",
    "Tie",
    "ValueFunction",
    "VisionPart",
    "WebDecision",
    "WeighingPart",
    "Weights",
    "default_text",
    "make_settings",
    "read_settings",
]
