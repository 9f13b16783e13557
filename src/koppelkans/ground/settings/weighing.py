"""Settings of the weighing: method, weights, tree, values, groups and board decisions. (nl: instellingen van de afweging)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from koppelkans.ground.settings.figures import Part

GROUNDS = ("ambitions", "technical", "financing", "feasibility", "manageability", "liveability")
"""The six grounds of the weighing: ambities, technische aspecten, financiering, uitvoerbaarheid, beheerbaarheid, leefbaarheid."""
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that must say something."""
Question = Literal["legal_duty", "danger", "convenant", "place", "purse"]


class Pair(Part):
    """One comparison of two: how many times as important."""

    one: str = Field(description="ground, node or criterion")
    other: str = Field(description="what it is compared with")
    times: float = Field(ge=1 / 9, le=9, description="1 as important, 3, 5, 7, 9 more; 1/3 to 1/9 less")


class ElicitedAnswers(Part):
    """Weights from answers of people instead of numbers that were set."""

    how: Literal["direct", "swing", "ahp", "best_worst"] = Field(default="direct", description="how was asked")
    points: dict[str, float] = Field(
        default_factory=dict,
        description="direct: points per item; swing: 100 for the swing from worst to best that matters most, fewer for the others",
    )
    pairs: list[Pair] = Field(default_factory=list, description="AHP: every two items compared once")
    best: str = Field(default="", description="best-worst: the item that matters most")
    worst: str = Field(default="", description="best-worst: the item that matters least")
    best_to_others: dict[str, float] = Field(
        default_factory=dict, description="best-worst: how many times as important the best is as each item, 1-9"
    )
    others_to_worst: dict[str, float] = Field(
        default_factory=dict, description="best-worst: how many times as important each item is as the worst, 1-9"
    )


class Weights(Part):
    """Weights of somebody: of the city, or of a group."""

    weights: dict[str, float] = Field(
        default_factory=lambda: dict.fromkeys(GROUNDS, 1.0), description="weight per ground; scaled to add up to one"
    )
    criteria: dict[str, float] = Field(
        default_factory=dict,
        description="weight of a criterion or node inside its ground or node; 1 where not named, 0 leaves it out",
    )
    elicited: dict[str, ElicitedAnswers] = Field(
        default_factory=dict,
        description="answers that weights follow from, instead of numbers: `grounds`, or the ground or node whose parts were asked for",
    )
    set_by: str = Field(default="default of Koppelkans, not set by the city", description="who set the weights (role)")
    set_on: str = Field(default="", description="when, as YYYY-MM-DD")

    @field_validator("weights")
    @classmethod
    def _grounds_only(cls, weights: dict[str, float]) -> dict[str, float]:
        """Refuse weights of grounds that do not exist, below zero or all zero."""
        strange = sorted(set(weights) - set(GROUNDS))
        if strange or min(weights.values(), default=0) < 0 or sum(weights.values()) <= 0:
            msg = f"weights ≥ 0, not all 0, for {', '.join(GROUNDS)}" + (
                f"; unknown: {', '.join(strange)}" if strange else ""
            )
            raise ValueError(msg)
        return dict.fromkeys(GROUNDS, 0.0) | weights


class Group(Weights):
    """A group that gives its own weights. What it does not give is as the city has it."""

    group: str = Field(description="short name")
    name: str = Field(default="", description="name on reports")
    kind: Literal["department", "party", "residents", "other"] = Field(
        default="other", description="afdeling, partij, bewoners or another group"
    )
    set_by: str = Field(default="", description="who gave the weights for the group (role)")


class AreaWeights(Weights):
    """Weights of one area for its ranking within itself; the rest is as the city has it."""

    area: str = Field(description="area, by its code or its name")
    set_by: str = Field(default="", description="who set the weights for the area (role)")


class Node(Part):
    """A node of the tree of criteria, under a ground or another node."""

    node: str = Field(description="short name")
    under: str = Field(description="ground or node that it stands under")
    nl: str = Field(default="", description="name in Dutch")
    en: str = Field(default="", description="name in English")
    weight: float = Field(default=1.0, ge=0, description="weight among what stands beside it")
    criteria: list[str] = Field(default_factory=list, description="criteria that stand under it")


class ValueFunction(Part):
    """How a measure becomes a score, and what is too bad."""

    shape: Literal["linear", "piecewise", "threshold"] = Field(
        default="linear",
        description="straight from worst to best, straight between points, or one step at each point",
    )
    unit: str = Field(default="", description="unit of the numbers, as a check; empty: that of the criterion")
    worst: float | None = Field(default=None, description="linear: measure that scores 0; empty: worst found")
    best: float | None = Field(default=None, description="linear: measure that scores 1; empty: best found")
    points: list[tuple[float, float]] = Field(
        default_factory=list, description="piecewise, threshold: measure and score, in the order of the measure"
    )
    veto: float | None = Field(default=None, description="a measure worse than this is a veto; empty: none")
    veto_does: Literal["out", "flag"] = Field(
        default="out", description="what a veto does: out before ranking, or only flagged"
    )
    indifference: float | None = Field(
        default=None, ge=0, le=1, description="difference in score that is none; empty: as for all"
    )
    preference: float | None = Field(
        default=None, ge=0, le=1, description="difference in score from which one is fully preferred; empty: as for all"
    )
    veto_gap: float | None = Field(
        default=None, gt=0, le=1, description="ELECTRE III: difference in score that other criteria cannot make good"
    )


class Sensitivity(Part):
    """What becomes of the ranking under other weights."""

    samples: int = Field(default=1000, ge=0, le=100_000, description="weightings that are drawn; 0: none")
    around: Literal["weights", "any"] = Field(
        default="weights", description="drawn around the weights of the city, or from all that are possible"
    )
    closeness: float = Field(
        default=100.0,
        gt=0,
        description="how near the weights of the city, as the sum of a Dirichlet distribution: at 100 a weight of 0.10 strays by 0.03 (assumed)",
    )
    seed: int = Field(default=1, ge=0, description="seed of the draws")
    top: float = Field(default=0.10, gt=0, le=1, description="share of the works that counts as the top")
    pairs: int = Field(
        default=20, ge=0, description="pairs of neighbours, from the first rank on, of which the first flip is sought"
    )


class KnockOut(Part):
    """A yes to one of the questions that are asked before ranking."""

    work: str = Field(description="work")
    question: Question = Field(
        description="legal duty, danger or convenant: must be done; place not available or no legal purse: out"
    )
    by_year: int | None = Field(default=None, description="last year in which a duty or agreement is kept")
    reason: Said = Field(description="why, shown on reports")
    set_by: str = Field(default="", description="who said so (role)")
    set_on: str = Field(default="", description="when, as YYYY-MM-DD")


class Overrule(Part):
    """A decision of the board that deviates from the ranking (bestuurlijke prioritering)."""

    work: str = Field(description="work")
    rank: int | None = Field(default=None, ge=1, description="place that the board gives it")
    decision: Literal["rank", "must", "out"] = Field(
        default="rank", description="another place, must be done, or is not done"
    )
    reason: Said = Field(description="why; shown wherever the deviation is")
    set_by: Said = Field(description="who decided (role)")
    set_on: Said = Field(description="when, as YYYY-MM-DD")

    @model_validator(mode="after")
    def _rank_with_a_place(self) -> "Overrule":
        """Refuse a place without a number, and a number without a place."""
        if (self.decision == "rank") != (self.rank is not None):
            msg = "a rank, or decision = must or out without a rank"
            raise ValueError(msg)
        return self


class WeighingPart(Weights):
    """Programmeerkamer, afwegen."""

    method: str = Field(default="weighted_sum", description="method that combines the criteria")
    nodes: list[Node] = Field(default_factory=list, description="nodes of the tree of criteria under the six grounds")
    value_functions: dict[str, ValueFunction] = Field(
        default_factory=dict, description="value function and veto per criterion"
    )
    indifference: float = Field(
        default=0.05, ge=0, le=1, description="PROMETHEE II, ELECTRE III: difference in score that is none (assumed)"
    )
    preference: float = Field(
        default=0.20,
        ge=0,
        le=1,
        description="PROMETHEE II, ELECTRE III: difference in score from which one is fully preferred (assumed)",
    )
    topsis_scale: Literal["none", "vector"] = Field(
        default="none", description="TOPSIS: scores as they are, or each column divided by its length"
    )
    concordance: float = Field(default=0.65, ge=0.5, le=1, description="ELECTRE I: least weight that agrees (assumed)")
    discordance: float = Field(default=0.35, ge=0, le=1, description="ELECTRE I: largest shortfall (assumed)")
    groups: list[Group] = Field(default_factory=list, description="groups with their own weights")
    areas: list[AreaWeights] = Field(
        default_factory=list,
        description="areas with their own weights: how their works rank within the area; the programme goes on the weights of the city",
    )
    knock_outs: list[KnockOut] = Field(default_factory=list, description="works that meet a knock-out question")
    overrules: list[Overrule] = Field(default_factory=list, description="decisions of the board on the ranking")
    sensitivity: Sensitivity = Field(default_factory=Sensitivity)
