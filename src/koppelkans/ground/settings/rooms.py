"""Settings of the rooms, one part each. (nl: instellingen per kamer)."""

from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from koppelkans.ground.settings.agreed import Joint, Promise, Tie
from koppelkans.ground.settings.answered import MOST_ANSWERS, SameAnswer, agreeing
from koppelkans.ground.settings.business import Benefit, BusinessPart
from koppelkans.ground.settings.figures import Figure, Part
from koppelkans.ground.settings.funds import FinancingPart
from koppelkans.ground.settings.scenario import (
    BudgetChange,
    Decision,
    Delay,
    FuturesPart,
    ScenarioPart,
    usual_scenarios,
)


class SectionsPart(Part):
    """How sections (wegvakken) are made where the city has no street layer."""

    make_from: Literal["auto", "lines", "topography", "networks", "works"] = Field(
        default="auto",
        description="street lines, BGT road parts, the networks themselves, or the works: places where they lie near each other",
    )
    place_m: float = Field(
        default=50.0,
        gt=0,
        description="where places are made from works: those within this distance of each other are one place (m, assumed)",
    )
    length_m: float = Field(default=100.0, gt=10, description="aimed length of a made section (m)")
    reach_m: float = Field(default=12.0, gt=0, description="an asset belongs to a section within this distance (m)")
    near_m: float = Field(
        default=50.0,
        gt=0,
        description="an address, care place, wish or roughly drawn plan belongs to the nearest section within this distance (m, assumed)",
    )


class ContextPart(Part):
    """Planningscontext."""

    sections: SectionsPart = Field(default_factory=SectionsPart)
    join_gap_m: float = Field(
        default=35.0,
        gt=0,
        le=1_000,
        description="neighbouring assets of one owner within this distance become one work (m); lamp posts stand about 30 m apart (assumed)",
    )
    join_years: int = Field(
        default=5, ge=0, description="assets whose due years differ at most this much become one work"
    )
    longest_work_m: float = Field(
        default=250.0, gt=0, le=100_000, description="longest work (m) that is made by joining"
    )
    least_work_m: float = Field(
        default=25.0,
        ge=0,
        description="a shorter work (m) is no job of its own: it joins the work of the same owner and kind that is nearest in time, in its section or else in one that touches it (assumed)",
    )
    backlog_years: int = Field(
        default=8,
        ge=1,
        description="overdue works are caught up within so many years of the first year (assumed); waiting has its price",
    )
    unknown_year: Literal["backlog", "skip", "spread"] = Field(
        default="skip",
        description="assets without year and condition: skip (counted and shown), or plan them as backlog, or spread over the horizon by an assumed age",
    )
    condition_due: float = Field(
        default=5.0, ge=1, le=6, description="NEN 2767 condition score at which an asset is due"
    )
    most_works: int = Field(
        default=20_000,
        ge=1,
        le=10_000_000,
        description="works and plans that one run takes (assumed): with more it is refused beforehand, since what it needs grows with how many lie together",
    )
    read_seconds: float = Field(
        default=6.0,
        gt=0,
        le=600,
        description="processor time (s) that reading a small file may take; 3 s more per MB of it",
    )
    read_memory_mb: int = Field(
        default=768,
        ge=128,
        le=65_536,
        description="memory (MB) that reading a small file may take; 40 MB more per MB of it",
    )
    known_on: date | None = Field(
        default=None,
        description="assets, inspections, works, wishes and real costs as they were known on this day, to replay history; empty: all that was read",
    )
    same_works: list[SameAnswer] = Field(
        default_factory=list,
        max_length=MOST_ANSWERS,
        description="answers on which works of registers are one job; `koppelkans same` keeps them in samen.toml",
    )

    @field_validator("same_works")
    @classmethod
    def _answers_agree(cls, answers: list[SameAnswer]) -> list[SameAnswer]:
        """Refuse works that are kept apart and joined as well."""
        return agreeing(answers)


class OpportunitiesPart(Part):
    """Kansen- en knelpuntenkaart."""

    near_m: float = Field(default=25.0, gt=0, description="works and wishes within this distance meet (m)")
    shift_years: int = Field(
        default=2, ge=0, description="a shift of at most this many years that would make a match is a chance"
    )
    again_years: int = Field(
        default=10,
        ge=0,
        description="works of different owners that open one section at most this many years apart are a bottleneck (assumed)",
    )
    need_from: float = Field(default=0.6, ge=0, le=1, description="a need score from which a place asks for a carrier")
    need_to: float = Field(
        default=0.4, ge=0, le=1, description="need score that a proposed work brings a place back to (assumed)"
    )
    open_share: float = Field(
        default=0.25,
        gt=0,
        le=1,
        description="share of the sections of an area that may be open in one year before it is a bottleneck",
    )


class AppraisalPart(Part):
    """Kosten en baten."""

    discount_rate: Figure = Field(
        default=Figure(
            value=0.0225,
            unit="share per year, real",
            source="Werkgroep discontovoet 2020, in force 2021 (rwseconomie.nl/discontovoet)",
            basis="derived",
        )
    )
    figures: dict[str, Figure] = Field(default_factory=dict, description="key figures by name")
    width_m: dict[str, float] = Field(
        default_factory=dict, description="paved width per road class where it was not measured (m, assumed)"
    )
    traffic: dict[str, float] = Field(default_factory=dict, description="nuisance factor per road class (assumed)")
    benefits: dict[str, Benefit] = Field(default_factory=dict, description="yearly benefits by name of the effect")
    business: BusinessPart = Field(default_factory=BusinessPart, description="the business case")
    financing: FinancingPart = Field(default_factory=FinancingPart, description="who pays, from which purse")


class Crew(Part):
    """People: hours per year."""

    crew: str = Field(description="short name")
    name: str = Field(default="", description="name on reports")
    kinds: list[str] = Field(default_factory=list, description="kinds of work it does")
    owner: str = Field(default="", description="party it works for; empty: any")
    hours: dict[str, float] | float | Literal["even"] = Field(
        default="even",
        description="hours per year, or `even`: the need spread evenly times `even_factor`, with the largest work on top of it, so that every work fits within its window (assumed)",
    )
    even_factor: float = Field(
        default=1.3, gt=0, description="with `even`: hours as a multiple of the even spread of the need"
    )
    stands_in: bool = Field(
        default=False,
        description="a crew of the defaults: it does only works for which the city declared no crew",
    )


class Limit(Part):
    """At most so many open sections in one year."""

    limit: str = Field(description="name, as it stands on reports")
    open_sections: int = Field(ge=0, description="at most so many open in one year")
    sections: list[str] = Field(default_factory=list, description="the sections it counts")


class ProgrammePart(Part):
    """Programmeerkamer, programmeren."""

    seconds: float = Field(
        default=60.0, gt=0, description="time limit of the solver (s); mostly the counted effort ends it sooner"
    )
    turns: int = Field(
        default=1,
        ge=1,
        description="how often the search goes through its steps, each time wider and deeper: counted, so that the same seed gives the same programme; more takes longer, finds better and proves more",
    )
    gap: float = Field(
        default=0.005, ge=0, description="stop when the programme is proven to be this near the best (share)"
    )
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="seed of the solver")
    open_share: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="at most this share of the sections of an area open in one year; at least 2 sections; empty: no limit, and a quarter is shown as assumed",
    )
    openings_paid: bool = Field(
        default=False,
        description="the search keeps opening and closing the street within the budgets of purses too; false: it plans as if that were free, what does not fit is uncovered and the verdict says so",
    )
    undone_factor: float = Field(
        default=2.0, ge=0, description="cost of leaving a work undone, as a multiple of its cost (assumed)"
    )
    worth_of_score: float = Field(
        default=1.0,
        ge=0,
        description="a full weighing score raises the cost of leaving undone by this multiple (assumed)",
    )
    futures: FuturesPart = Field(default_factory=FuturesPart, description="sampled futures: steady or fragile")
    compare: bool = Field(
        default=False,
        description="lay the scenarios beside the programme in every run; otherwise `koppelkans scenarios` does it afterwards",
    )
    scenarios: list[ScenarioPart] = Field(
        default_factory=usual_scenarios, description="the scenarios; without any: one turn of each knob (assumed)"
    )
    front: list[float] = Field(
        default=[0.8, 0.9, 1.1, 1.2],
        description="points of the curve of money: factors on the budgets of the city (assumed)",
    )
    compare_gap: float = Field(
        default=0.005, ge=0, description="a scenario is solved until it is proven to be this near its best (share)"
    )
    compare_seconds: float = Field(default=60.0, gt=0, description="time limit of the solver per scenario (s)")
    what_if: bool = Field(
        default=True, description="price some changes beforehand in every run: a work later, less money, a late party"
    )
    limits: list[Limit] = Field(default_factory=list)
    decisions: list[Decision] = Field(default_factory=list)
    budgets: list[BudgetChange] = Field(
        default_factory=list, description="budgets that have changed since: added up, and never below zero"
    )
    slips: list[Delay] = Field(default_factory=list, description="parties that are late: none of their works sooner")
    ties: list[Tie] = Field(default_factory=list)
    promises: list[Promise] = Field(default_factory=list)
    joints: list[Joint] = Field(default_factory=list)
    shared_trench: bool = Field(
        default=False,
        description="count what works save by digging one trench (as the appraisal does) in the programme too, besides the shared opening",
    )
    quality: float = Field(default=1.0, ge=0, description="knob of the board: factor on the missed worth of ambitions")
    money: float = Field(default=1.0, ge=0, description="knob of the board: factor on every budget")
    risk: float = Field(
        default=1.0, ge=0, description="knob of the board: factor on the risk of leaving undone and on being late"
    )


class AreaPart(Part):
    """Programmeertafel."""

    years: int = Field(default=10, ge=1, description="length of a gebiedsprogramma (years)")
    asks: dict[str, str] = Field(
        default_factory=dict,
        description="rules that read a wish: words that must all stand in it = what it asks (kinds of work, `when`, or `not ours`); a wish with a no or not in it is left to a person",
    )
    near_m: float = Field(
        default=250.0,
        gt=0,
        description="where nothing comes in the street of a wish, the nearest work within this distance is told (m, assumed)",
    )
    themes: list[str] = Field(
        default_factory=list,
        description="themes of the set in force that the ambitieweb is drawn with, in this order; empty: all of them",
    )


class ReportPart(Part):
    """What is written."""

    areas: Literal["all", "busy", "none"] = Field(
        default="all", description="areas that get a gebiedsprogramma as PDF: all, those with works, none"
    )
    most_areas: int | None = Field(
        default=None,
        ge=0,
        description="at most so many gebiedsprogramma's as PDF, the busiest first, the rest stands in the workbook; empty: no limit",
    )
    licence: str = Field(
        default="CC-BY-4.0", description="licence of the open data (SPDX name; assumed until the city says so)"
    )
    short_years: int = Field(
        default=4,
        ge=1,
        description="years that count as the short term in convenant and investment agreement: those of one council (assumed)",
    )
