"""Everything that can be set, one part per room, every default with its source. (nl: instellingen)."""

from koppelkans.ground.settings.city import ROLES, City, HorizonPart, Join, Party, Source
from koppelkans.ground.settings.figures import Basis, Figure, Part
from koppelkans.ground.settings.funds import Facility, FinancingPart, Fund, FundSort, Later
from koppelkans.ground.settings.kinds import SYSTEMS, Kind
from koppelkans.ground.settings.rooms import (
    GROUNDS,
    Ambition,
    AppraisalPart,
    AreaPart,
    ContextPart,
    Crew,
    Decision,
    Limit,
    Need,
    OpportunitiesPart,
    ProgrammePart,
    ReportPart,
    SectionsPart,
    VisionPart,
    WeighingPart,
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
    "Facility",
    "Figure",
    "FinancingPart",
    "Fund",
    "FundSort",
    "HorizonPart",
    "Join",
    "Kind",
    "Later",
    "Limit",
    "Need",
    "OpportunitiesPart",
    "Part",
    "Party",
    "ProgrammePart",
    "ReportPart",
    "SectionsPart",
    "Settings",
    "Source",
    "VisionPart",
    "WeighingPart",
    "default_text",
    "make_settings",
    "read_settings",
]
