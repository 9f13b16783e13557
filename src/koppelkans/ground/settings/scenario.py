"""Settings of decisions, scenarios beside the programme, and sampled futures. (nl: scenario's en besluiten)."""

from typing import Literal

from pydantic import Field

from koppelkans.ground.settings.figures import Figure, Part


class Decision(Part):
    """A work that is fixed to a year or kept out of years."""

    work: str = Field(description="work")
    year: int | None = Field(default=None, description="fixed to this year")
    not_years: list[int] = Field(default_factory=list, description="kept out of these years")
    reason: str = Field(default="", description="why, shown on reports")
    set_by: str = Field(default="", description="who decided (role)")


class BudgetChange(Part):
    """A budget that is another one in some year."""

    fund: str = Field(description="fund")
    year: int = Field(description="year")
    eur: float = Field(description="euros more (+) or less (-) in that year")


class Delay(Part):
    """A party that is late: its works start later, their best and latest year stay."""

    party: str = Field(description="party")
    years: int = Field(ge=1, description="its works start so many years later")


class ScenarioPart(Part):
    """An alternative that is planned anew and laid beside the programme."""

    scenario: str = Field(description="short name; `base` is the programme itself")
    nl: str = Field(default="", description="name in Dutch")
    en: str = Field(default="", description="name in English")
    quality: float = Field(default=1.0, ge=0, description="factor on the worth of ambitions")
    money: float = Field(default=1.0, ge=0, description="factor on the budgets of the city")
    risk: float = Field(default=1.0, ge=0, description="factor on the price of late and of leaving undone")
    funds: list[str] = Field(
        default_factory=list,
        description="funds that `money` turns; empty: the declared funds without an owner or of a municipality",
    )
    budgets: list[BudgetChange] = Field(default_factory=list, description="budgets that change in a year")
    slips: list[Delay] = Field(default_factory=list, description="parties that come later")
    decisions: list[Decision] = Field(
        default_factory=list, description="works that are promised for a year or kept out of years"
    )
    left_out: list[str] = Field(default_factory=list, description="works that are not done")
    basis: Literal["given", "assumed"] = Field(default="given", description="given by the city, or assumed")


def usual_scenarios() -> list[ScenarioPart]:
    """Return the scenarios where the city gives none: one turn of each knob (assumed)."""
    return [
        ScenarioPart(scenario="sober", nl="Soberder budget", en="Smaller budget", money=0.9, basis="assumed"),
        ScenarioPart(scenario="quality", nl="Meer kwaliteit", en="More quality", quality=1.25, basis="assumed"),
        ScenarioPart(scenario="careful", nl="Voorzichtig", en="Careful", risk=1.5, basis="assumed"),
    ]


ASSUMED = "assumption of the project: replace by what the city found in earlier programmes"


class FuturesPart(Part):
    """Programmeerkamer, stevig of broos: sampled futures."""

    count: int = Field(
        default=30, ge=0, description="futures that `run` samples; 0: none, ask for them with `koppelkans futures`"
    )
    seed: int = Field(default=1, ge=0, description="seed of the draw")
    passes: int = Field(
        default=1,
        ge=1,
        le=20,
        description="how often planning again starts anew in each future, from the best so far: more takes longer and comes nearer to the best",
    )
    firm_share: float = Field(
        default=0.9,
        gt=0,
        le=1,
        description="a work that keeps its year in this share of the futures is steady (no regret)",
    )
    due_years: Figure = Field(
        default=Figure(value=0.0, unit="years", source=ASSUMED),
        description="standard deviation of the shift of the window of one work",
    )
    due_kind_years: Figure = Field(
        default=Figure(value=0.0, unit="years", source=ASSUMED),
        description="standard deviation of the shift that all works of a kind have in common",
    )
    cost_spread: dict[str, Figure] = Field(
        default_factory=dict,
        description="standard deviation of the logarithm of cost over estimate, by kind of work; `other` for openings and kinds that are not named",
    )
    cost_shared: Figure = Field(
        default=Figure(value=0.0, unit="share", source=ASSUMED),
        description="share of that variance which all works have in common: the market",
    )
    budget_spread: Figure = Field(
        default=Figure(value=0.0, unit="share of the budget", source=ASSUMED),
        description="standard deviation of a yearly budget",
    )
    budget_memory: Figure = Field(
        default=Figure(value=0.0, unit="correlation", source=ASSUMED),
        description="how much of a deviation a purse carries into its next year, 0-1",
    )
    stay_share: Figure = Field(
        default=Figure(value=0.0, unit="share of the cost", source=ASSUMED),
        description="a work leaves its year only where that gains more than this share of its cost: it was prepared for that year",
    )
