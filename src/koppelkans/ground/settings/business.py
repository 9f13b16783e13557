"""Settings of the business case: horizon, alternatives, extra ambitions, benefits. (nl: instellingen businesscase)."""

from typing import Literal

from pydantic import Field, model_validator

from koppelkans.ground.settings.figures import Figure, Part


class Benefit(Part):
    """A yearly benefit: its holder, kinds of work, and the benefit that it claims.

    Its amounts are key figures `<effect>_<kind>`.
    """

    holder: str = Field(description="party or group that gains")
    kinds: list[str] = Field(
        default_factory=list,
        description="kinds of work that bring it; without a key figure `<effect>_<kind>` it is unknown (p.m.)",
    )
    claims: list[str] = Field(
        default_factory=list, description="benefits that it counts, in words; two effects may not claim the same one"
    )
    serves: list[str] = Field(
        default_factory=list,
        description="ambitions whose worth in points drops out for a kind of work of which this benefit is known in euros",
    )
    growth: Figure | None = Field(
        default=None, description="relative price growth: how much faster its price rises than other prices, per year"
    )


class Extra(Part):
    """An extra ambition on an opened street: an amount of work per 100 m."""

    kind: str = Field(description="kind of work that is added")
    per_100m: Figure = Field(description="quantity per 100 m of opened street, in the unit of the kind")


class RateException(Part):
    """A discount rate for some effects that departs from the standard."""

    rate: Figure = Field(description="share per year, real")
    effects: list[str] = Field(default_factory=list, description="effects that it holds for; empty: none")


class Phase(Part):
    """An estimate in one phase: surcharges on direct cost (shares), and its uncertainty.

    The direct cost is the named one.
    """

    name: str = Field(description="phase of the design, as the city calls it")
    to_be_detailed: Figure = Field(description="nader te detailleren, share of the named direct cost")
    indirect: Figure = Field(description="indirecte kosten, share of the direct cost")
    engineering: Figure = Field(description="engineering, share of the construction cost")
    other: Figure = Field(description="overige bijkomende kosten, share of the construction cost")
    risk: Figure = Field(description="risicoreservering, share of the foreseen cost")
    range: Figure = Field(description="bandbreedte: the estimate can be off by this share, up and down")


class SskPart(Part):
    """Costs in the form of the Standaardsystematiek Kostenramingen (SSK)."""

    costs_are: Literal["investment", "named_direct"] = Field(
        default="investment",
        description="what the cost of a work holds: the whole investment without VAT, which is taken apart, or only the named direct cost, on top of which the other lines come",
    )
    vat: Figure = Field(
        default=Figure(
            value=0.21,
            unit="share",
            source="general rate of VAT in the Netherlands (Wet OB 1968, art. 9)",
            basis="derived",
        ),
        description="VAT, shown apart: for a municipality mostly compensated, and never in the NPV",
    )
    phases: dict[str, Phase] = Field(
        default_factory=dict, description="percentages per certainty of a work: wens, voornemen, gepland, vast"
    )


class BusinessPart(Part):
    """Businesscase: what the alternatives are, and over how many years they are compared."""

    years: int = Field(
        default=100, ge=1, le=200, description="years that are compared, from the first year of the horizon"
    )
    growth_years: int = Field(default=100, ge=0, description="after so many years no amount grows any more")
    perpetuity: bool = Field(
        default=False,
        description="true: what comes every year goes on forever without growth after the last year; that value stands in the last year",
    )
    decision_year: int | None = Field(
        default=None,
        description="year of decision, which picks the discount rate from the table; empty: `appraisal.discount_rate`",
    )
    later_years: int = Field(default=5, ge=1, description="years that the alternative `later` waits (assumed)")
    extras: list[Extra] = Field(default_factory=list, description="what the alternative `extra` adds to an open street")
    exceptions: dict[str, RateException] = Field(
        default_factory=dict, description="discount rates that depart from the standard, by name"
    )
    ssk: SskPart = Field(default_factory=SskPart, description="costs in SSK form")
    rate_low: Figure = Field(
        default=Figure(value=0.0125, unit="share per year, real", source="assumption of the project: one point lower"),
        description="low end of the discount rate, for the sensitivity",
    )
    rate_high: Figure = Field(
        default=Figure(value=0.0325, unit="share per year, real", source="assumption of the project: one point higher"),
        description="high end of the discount rate, for the sensitivity",
    )
    draws: int = Field(default=1000, ge=10, description="draws of the Monte Carlo")
    seed: int = Field(default=1, ge=0, description="seed of the draws")
    cost_correlation: Figure = Field(
        default=Figure(
            value=0.3,
            unit="correlation",
            source="assumption of the project: one market of contractors and materials moves all construction costs of a city; no public figure found",
        ),
        description="how much construction costs (prices of kinds, estimates per phase, opening the street) move together in the draws: 0 not, 1 wholly",
    )
    lognormal_tail: Figure = Field(
        default=Figure(
            value=0.10, unit="share", source="assumption of the project: low and high are the 10th and 90th percentile"
        ),
        description="share of outcomes below `low`, and as many above `high`, of a figure that is lognormal",
    )
    most_cases: int = Field(
        default=8, ge=0, description="bundles that get a page and their cash flows per year, the largest first"
    )

    @model_validator(mode="after")
    def _shares_are_shares(self) -> "BusinessPart":
        """Refuse a correlation outside 0-1 and a tail that is no share below one half."""
        if not 0.0 <= self.cost_correlation.value <= 1.0:
            msg = f"cost_correlation from 0 to 1, not {self.cost_correlation.value}"
            raise ValueError(msg)
        if not 0.0 < self.lognormal_tail.value < 0.5:  # noqa: PLR2004 -- two tails fill the whole
            msg = f"lognormal_tail above 0 and below 0.5, not {self.lognormal_tail.value}"
            raise ValueError(msg)
        return self
