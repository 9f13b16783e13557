"""What every work costs and brings, and whom; and what is saved by working together. (nl: kosten en baten bepalen)."""

from logging import getLogger
from time import perf_counter

from koppelkans.appraisal.amounts import amounts
from koppelkans.appraisal.case import gather
from koppelkans.appraisal.claims import priced_points, served
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.needs import need_points, needs_met
from koppelkans.appraisal.product import AMOUNTS, NEEDS_MET, OPENINGS, TOGETHER, WORTHS, Appraisal
from koppelkans.appraisal.together import together
from koppelkans.appraisal.worths import worths
from koppelkans.context.product import Context
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.key_figures import key_figure
from koppelkans.rules.openings import opened, opening_costs
from koppelkans.vision.product import Vision

LOG = getLogger(__name__)


def appraise(context: Context, vision: Vision, opportunities: Opportunities, *, settings: Settings) -> Appraisal:
    """Return costs, benefits and savings of the works of a city, each done alone and all of a section together.

    Amounts are whole euros at the price level of the city, once, in the year of the work: what lasts is discounted to
    that year. What is not known stays unknown (p.m.) with its own row.

    Raises
    ------
    SettingError
        Where a key figure that is needed has no value, or two effects claim one benefit; the fault names them.
    """
    start = perf_counter()
    works, price_year = context.works, settings.city.price_year
    openings = opening_costs(context.sections, appraisal=settings.appraisal, price_year=price_year)
    met = needs_met(works, context.touches, opportunities.section_needs, vision=vision)
    points = need_points(works, met).set_axis(works["work"])
    claims = served(settings.appraisal.benefits, settings.appraisal.figures)
    priced = priced_points(met, works, claims)
    case = gather(context, openings=openings, points=points, settings=settings, priced=priced)
    trench_share = key_figure(settings.appraisal.figures, "trench_share", price_year=price_year)
    shared = together(case.works, opened(context.touches, works=works), openings, trench_share=trench_share)
    made = Appraisal(
        openings=shape(openings, OPENINGS),
        amounts=shape(amounts(case, [effect for effect in EFFECTS if effect.alone]), AMOUNTS),
        worths=shape(worths(case), WORTHS),
        together=shape(shared, TOGETHER),
        needs_met=shape(met, NEEDS_MET),
        trace=context.trace,
    )
    LOG.info("%d works appraised on %d effects in %.1f s", len(works), len(EFFECTS), perf_counter() - start)
    return made
