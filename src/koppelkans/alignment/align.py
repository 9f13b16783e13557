"""The verb of this room: who shares what, which works match, and who must phone whom. (nl: afstemmen)."""

import logging

import pandas as pd

from koppelkans.alignment.calls import calls_of
from koppelkans.alignment.matches import matches_of
from koppelkans.alignment.product import CALLS, MATCHES, SHARED, Alignment
from koppelkans.alignment.shares import shared_by
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import opening_costs

log = logging.getLogger(__name__)


def align(context: Context, opportunities: Opportunities, *, settings: Settings) -> Alignment:
    """Return what each party lets others see, every match of works of two owners, and the phone list.

    Matches and calls are for the programme room, where all plans meet; `shared` is what the parties may see of each other.

    Raises
    ------
    SettingError
        Where a party shares a field that does not exist, or a key figure of the opening cost has no value.
    """
    shared = shared_by(context.works, context.touches, parties=settings.parties)
    matches = matches_of(
        context.works,
        context.touches,
        sections=context.sections,
        shift_years=settings.opportunities.shift_years,
    )
    openings = opening_costs(context.sections, appraisal=settings.appraisal, price_year=settings.city.price_year)
    calls = calls_of(
        matches,
        parties=context.parties,
        openings=openings,
        wishes=_asking(opportunities.section_needs, settings),
        lang=settings.city.lang,
    )
    log.info("alignment: %d shared windows, %d matches, %d calls", len(shared), len(matches), len(calls))
    return Alignment(shape(shared, SHARED), shape(matches, MATCHES), shape(calls, CALLS), opportunities.trace)


def _asking(needs: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the ambitions that ask for a carrier in a section, with their names, strongest first."""
    names = pd.DataFrame(
        [(one.ambition, one.nl, one.en) for one in settings.vision.ambitions],
        columns=["ambition", "name_nl", "name_en"],
    ).astype("str")
    asking = needs[needs["need_score"] >= settings.opportunities.need_from].merge(names, on="ambition")
    return asking.sort_values(["need_score", "section", "ambition"], ascending=[False, True, True], ignore_index=True)
