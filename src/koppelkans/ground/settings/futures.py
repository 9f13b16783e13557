"""Settings of the sampled futures: how many, and how far things may come out otherwise. (nl: instellingen van toekomsten)."""

from pydantic import Field

from koppelkans.ground.settings.figures import Figure, Part

ASSUMED = "assumption of the project: replace by what the city found in earlier programmes"


class FuturesPart(Part):
    """Programmeerkamer, vast of broos: sampled futures."""

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
        description="a work that keeps its year in this share of the futures is firm (no regret)",
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
