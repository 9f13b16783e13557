"""What every work costs and brings, and whom; and what is saved by working together. (nl: kosten en baten bepalen)."""

from collections.abc import Sequence
from logging import getLogger
from time import perf_counter

import pandas as pd

from koppelkans.appraisal.case import gather
from koppelkans.appraisal.claims import priced_points, served
from koppelkans.appraisal.effect import Case, Effect, figure_of
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.needs import need_points, needs_met, section_shares
from koppelkans.appraisal.product import AMOUNTS, NEEDS_MET, OPENINGS, TOGETHER, WORTHS, Appraisal
from koppelkans.appraisal.risk import criticality_factor
from koppelkans.context.product import Context
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import Settings
from koppelkans.ground.tables import shape
from koppelkans.opportunities.product import Opportunities
from koppelkans.rules.key_figures import key_figure
from koppelkans.rules.openings import openers_alone, opening_costs
from koppelkans.vision.product import Vision

LOG = getLogger(__name__)


def appraise(context: Context, vision: Vision, opportunities: Opportunities, *, settings: Settings) -> Appraisal:
    """Return the costs, benefits and savings of all works, alone and together per section.

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
    openers = openers_alone(
        context.touches,
        works=works,
        openings=openings,
        kinds=settings.kinds,
        figures=settings.appraisal.figures,
    )
    shared = together(case.works, openers, openings, trench_share=trench_share)
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


KEY = ["work", "effect", "holder"]


def amounts(case: Case, effects: Sequence[Effect]) -> pd.DataFrame:
    """Return the rows of the table of amounts, sorted by work, effect and holder.

    What an effect gives is above zero on its own side; here costs are below zero and benefits above, and a saving on a
    cost is a benefit. Rounding is done on the running sum over the holders, so that holders add up to the whole.
    """
    made = pd.concat([_of_one(case, effect) for effect in effects], ignore_index=True)
    made = made.sort_values(KEY, ignore_index=True)
    exact = made["amount_eur"].astype("float64")
    by_effect = [made["work"], made["effect"]]
    running = whole_euros(exact.groupby(by_effect).cumsum())
    before = running.groupby(by_effect).shift(fill_value=0)
    made["amount_eur"] = running - before
    signs = made["amount_eur"].astype("Float64").astype("float64") * made["side"].map(
        {"cost": -1.0, "benefit": 1.0}
    ).astype("float64")
    other = made["side"].map({"cost": "benefit", "benefit": "cost"})
    made["side"] = made["side"].where(~signs.lt(0), other)
    return made


def _of_one(case: Case, effect: Effect) -> pd.DataFrame:
    """Return the rows of one effect, signed for who pays or gains."""
    made = effect.amount(case).reset_index(drop=True)
    sources = [case.figures[name].source for name in effect.figures if name in case.figures]
    written = "; ".join(dict.fromkeys(sources)) or "koppelkans.toml"
    sign = -1.0 if effect.side == "cost" else 1.0
    return pd.DataFrame(
        {
            "work": made["work"],
            "effect": effect.name,
            "holder": made["holder"],
            "side": effect.side,
            "quantity": made["quantity"].astype("float64"),
            "unit": made.get("unit", effect.unit),
            "amount_eur": sign * made["amount_eur"].astype("float64"),
            "basis": made["basis"].astype("str"),
            "source": made["source"].astype("str").fillna(written) if "source" in made else written,
        }
    ).astype({"effect": "str", "holder": "str", "side": "str", "unit": "str", "source": "str"})


TOGETHER_FORMULA = (
    r"\text{apart}_s = \sum_w O_{ws} + \sum_w T_{ws},\quad O_s = \max_w O_{ws},\quad "
    r"\text{saving}_s = \sum_w O_{ws} - O_s + \min\Bigl\{O_s,\ \sum_w T_{ws} - \max_w T_{ws}\Bigr\},\quad "
    r"T_{ws} = \tau\, c_w\, \ell_{ws} / \ell_w"
)
"""Work w would open section s alone at O_ws; together they open it as wide as the widest needs; T is the trench of a work that digs along the section, tau its share of the cost."""


def together(
    works: pd.DataFrame, openers: pd.DataFrame, openings: pd.DataFrame, *, trench_share: float
) -> pd.DataFrame:
    """Return the cost apart and together of each section opened by two or more owners.

    Sorted by section. The opening is paid once, as wide as the widest work needs, instead of by each work. A trench is shared only by works that dig and
    have length in the section: the largest trench stays, the others are saved, and never for more than one opening,
    so that a saving stays below the sum of the openings. Works of unknown cost add no trench.

    Parameters
    ----------
    works
        `work`, `owner`, `digs` and `cost_eur`.
    openers
        `work`, `section`, `length_m` (m) and `alone_eur` of the works that open a section.
    openings
        `section` and `nuisance_eur`.
    trench_share
        Share of the cost of a work that is soil work in its trench.
    """
    parts = section_shares(openers).merge(works[["work", "owner", "digs", "cost_eur"]], on="work")
    beside = parts["digs"] & parts["length_m"].gt(0)
    cost = parts["cost_eur"].astype("Float64").astype("float64").fillna(0.0)
    parts["trench"] = (trench_share * cost * parts["share"]).where(beside, 0.0)
    grouped = parts.groupby("section")
    made = pd.DataFrame(
        {
            "works": grouped["work"].size(),
            "owners": grouped["owner"].nunique(),
            "alone": grouped["alone_eur"].sum().astype("int64"),
            "widest": grouped["alone_eur"].max().astype("int64"),
            "trench": whole_euros(grouped["trench"].sum()).astype("int64"),
            "largest": whole_euros(grouped["trench"].max()).astype("int64"),
        }
    )
    made = made[made["owners"] >= 2].reset_index().merge(openings, on="section")  # noqa: PLR2004
    made["apart_eur"] = made["alone"] + made["trench"]
    spared = (made["trench"] - made["largest"]).clip(upper=made["widest"])
    made["saving_eur"] = made["alone"] - made["widest"] + spared
    made["together_eur"] = made["apart_eur"] - made["saving_eur"]
    made["nuisance_saved_eur"] = (made["works"] - 1) * made["nuisance_eur"]
    columns = ["section", "works", "owners", "apart_eur", "together_eur", "saving_eur", "nuisance_saved_eur"]
    return made[columns].sort_values("section", ignore_index=True)


WORTH_FORMULAS = {
    "apart_eur": r"c_w + \sum_{s \in S_w} O_s",
    "early_eur_per_year": r"c_w / L_{k(w)}",
    "late_eur_per_year": r"\rho_{k(w)}\, c_w\, (\phi + \kappa_w)",
    "worth_eur": r"\text{point}\; p_w",
}
"""Cost c, openings O, lifetime L and late rate rho of the kind, criticality kappa with its floor phi, points p."""


def worths(case: Case) -> pd.DataFrame:
    """Return the rows of the table of worths, sorted by work.

    Lost life is nothing for a kind that is not renewed (it replaces nothing), and unknown for a kind that is renewed
    and has no lifetime.
    """
    works = case.works
    cost = works["cost_eur"]
    late_rates = works["kind"].map({name: kind.late_rate.value for name, kind in case.kinds.items()}).astype("float64")
    factor = criticality_factor(works, figures=case.figures, price_year=case.price_year)
    early = (cost / works["life_years"]).where(works["renewable"], 0.0).where(cost.notna())
    return pd.DataFrame(
        {
            "work": works["work"],
            "cost_eur": whole_euros(cost),
            "apart_eur": whole_euros(cost + works["opening_eur"]),
            "early_eur_per_year": whole_euros(early),
            "late_eur_per_year": whole_euros(cost * late_rates * factor),
            "need_points": works["points"],
            "worth_eur": whole_euros(works["points"] * figure_of(case, "point_eur")),
            "nuisance_eur": works["nuisance_eur"].fillna(0.0).astype("int64"),
        }
    )
