"""Settings of decisions, and of the scenarios that are laid beside the programme. (nl: scenario's en besluiten)."""

from typing import Literal

from pydantic import Field

from koppelkans.ground.settings.figures import Part


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
