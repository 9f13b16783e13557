"""The verb of this room: who shares what, which works match, and who must phone whom. (nl: afstemmen)."""

import logging

import numpy as np
import pandas as pd

from koppelkans.alignment.calls import calls_of
from koppelkans.alignment.product import CALLS, MATCHES, SHARED, Alignment
from koppelkans.alignment.shares import shared_by
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.pairs import openers, pairs
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.openings import openers_alone, opening_costs

log = logging.getLogger(__name__)


def align(context: Context, opportunities: Opportunities, *, settings: Settings) -> Alignment:
    """Return what parties share, every match of works of two owners, and the phone list.

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
        openings=openers_alone(
            context.touches,
            works=context.works,
            openings=openings,
            kinds=settings.kinds,
            figures=settings.appraisal.figures,
        ),
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


def matches_of(works: pd.DataFrame, touches: pd.DataFrame, *, sections: pd.DataFrame, shift_years: int) -> pd.DataFrame:
    """Return every match: two works of different owners in a section whose windows can meet.

    One row per section and pair of works; windows meet as they are or after a shift of at most `shift_years`.
    Strength is the mean of what is known of: certainty (mean of both), time (years that suit both, as a share of the
    shorter window; 0 where one must shift) and length (shorter length in the section, as a share of the section).

    Parameters
    ----------
    works, touches, sections
        Tables of the context.
    """
    found = pairs(openers(works, touches), most_years=shift_years)
    place = sections.set_index("section")
    certainty = (found["certainty"] + found["other_certainty"]) / 2.0
    span = np.minimum(
        found["latest_year"] - found["earliest_year"], found["other_latest_year"] - found["other_earliest_year"]
    )
    together = found["last_year"] - found["first_year"] + 1
    time = (together / (span + 1)).where(found["gap_years"] == 0, 0.0)
    shorter = found[["length_m", "other_length_m"]].min(axis=1, skipna=False).astype("float64")
    whole = look_up(found["section"], place["length_m"]).astype("float64")
    length = (shorter / whole.where(whole > 0)).clip(upper=1.0)
    strength = pd.concat([certainty, time, length], axis=1).mean(axis=1, skipna=True)
    return pd.DataFrame(
        {
            "match": found["section"] + ":" + found["work"] + ":" + found["other_work"],
            "section": found["section"],
            "street": look_up(found["section"], place["name"]),
            "area": look_up(found["section"], place["area"]),
            "party": found["owner"],
            "other_party": found["other_owner"],
            "work": found["work"],
            "other_work": found["other_work"],
            "first_year": found["first_year"],
            "last_year": found["last_year"],
            "shift_years": found["gap_years"],
            "years_apart": (found["best_year"] - found["other_best_year"]).abs(),
            "strength": strength.astype("float64"),
        }
    ).sort_values("match", ignore_index=True)
