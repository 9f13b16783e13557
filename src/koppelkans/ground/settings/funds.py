"""Settings of purses and financing: credits, underground facilities, transfers. (nl: instellingen financiering)."""

from typing import Literal

from pydantic import Field, model_validator

from koppelkans.ground.settings.figures import Figure, Part

FundSort = Literal[
    "rioolheffing",
    "voorziening",
    "reserve",
    "krediet",
    "grondexploitatie",
    "subsidie",
    "bijdrage",
    "exploitatie",
    "eigen",
    "",
]
Standing = Literal["verified", "unverified"]


class Fund(Part):
    """A purse (potje) and its rules."""

    fund: str = Field(description="short name")
    name: str = Field(default="", description="name on reports")
    owner: str = Field(default="", description="party that holds it; empty: any")
    kinds: list[str] = Field(default_factory=list, description="kinds of work it may pay; empty: any kind of its owner")
    share: float = Field(default=1.0, gt=0, le=1, description="share of the cost that it pays")
    budget_eur: dict[str, int] | int | Literal["even"] = Field(
        default="even",
        description="per year, one amount for every year, or `even`: the need spread evenly times `even_factor`, enough for each work within its window and for the dearest at once (assumed, and said so)",
    )
    codes: dict[str, list[str]] = Field(
        default_factory=dict,
        description="column in a file with budgets = codes that mean this purse, `*` for any end (`72*`); a line has to fit every column",
    )
    even_factor: float = Field(
        default=1.15, gt=0, description="with `even`: budget as a multiple of the even spread of the need"
    )
    carries_over: bool | None = Field(
        default=None,
        description="what is left in a year may be spent later; empty: by its sort (exploitatie: no, all others yes)",
    )
    vat: Literal["compensated", "deductible", "tariff", "cost"] = Field(
        default="compensated",
        description="VAT on what it pays: compensated (BCF) or deductible: no cost; tariff: counted as a cost in a charge such as the rioolheffing, and compensated; cost: it pays VAT from its budget, of which 1 / (1 + VAT) is left for amounts without VAT",
    )
    rule: str = Field(default="", description="the rule in words, shown on reports")
    sort: FundSort = Field(
        default="",
        description="sort of purse, which brings the legal rules of that sort; empty: only the rules given here",
    )
    order: int | None = Field(
        default=None,
        description="purses with a lower number pay first; empty: the order of its sort, 50 without a sort",
    )
    planned: bool = Field(
        default=True,
        description="the programme counts on it; false: only the financing mix uses it, as for a subsidy that may lapse",
    )
    last_year: int | None = Field(default=None, description="last year in which it pays (deadline); empty: none")
    others_share: float = Field(
        default=0.0,
        ge=0,
        lt=1,
        description="least share of what is paid together that must come from purses that are no subsidy (cofinanciering)",
    )
    most_eur: int | None = Field(default=None, ge=0, description="most it pays over all years; empty: no limit")
    most_per_work_eur: int | None = Field(default=None, ge=0, description="most it pays for one work; empty: no limit")
    partly: dict[str, float] = Field(
        default_factory=dict,
        description="further kinds of work of which it may pay a part, with that share (0-1); the city explains the share",
    )
    source: str = Field(default="", description="where the rule was found: law, decision of the council, grant letter")
    status: Standing = Field(default="unverified", description="whether the city checked the rule against its source")
    stands_in: bool = Field(
        default=False,
        description="a purse of the defaults: it pays only works for which the city declared no purse, and none of an owner that has one",
    )

    @model_validator(mode="after")
    def _parts_are_shares(self) -> "Fund":
        """Refuse a part that is no share, and for the sewer charge a part below a tenth."""
        least = 0.1 if self.sort == "rioolheffing" else 0.0
        wrong = {kind: part for kind, part in self.partly.items() if not least <= part <= 1 or part <= 0}
        if wrong:
            msg = f"shares of {least:g} to 1 (the sewer charge pays nothing that serves sewers for less than a tenth), not {wrong}"
            raise ValueError(msg)
        return self


class Later(Part):
    """A later user of an underground facility."""

    user: str = Field(description="party")
    places: float = Field(gt=0, description="places that it takes: ducts, metres of rack, whatever the facility counts")
    year: int | None = Field(default=None, description="year in which it is expected to come; empty: not known")
    chance: float | None = Field(
        default=None, ge=0, le=1, description="chance that it comes (0-1); empty: the uptake of the facility"
    )


class Facility(Part):
    """An underground facility that one party pays in advance and later users pay back."""

    facility: str = Field(description="short name")
    name: str = Field(default="", description="name on reports")
    what: Literal["ducts", "utility_tunnel", "cable_trough", "other"] = Field(
        default="ducts",
        description="empty ducts (mantelbuizen), utility tunnel (ILT), cable trough (kabelgoot), or other",
    )
    cost_eur: int = Field(gt=0, description="what it costs (eur)")
    year: int | None = Field(
        default=None, description="year in which it is laid; empty: the year in which the programme opens its sections"
    )
    sections: list[str] = Field(
        default_factory=list, description="sections that it lies in; empty: not tied to a place"
    )
    lender: str = Field(description="party that advances the money")
    subsidy_eur: int = Field(default=0, ge=0, description="part that is given and not paid back (eur)")
    interest: Figure | None = Field(
        default=None, description="interest per year, as a share; empty: `appraisal.financing.interest`"
    )
    last_year: int = Field(description="last year in which users pay back")
    repay: Literal["on_entry", "yearly"] = Field(
        default="on_entry",
        description="on_entry: a user pays its part with interest when it comes; yearly: an equal fee per place and year from then on",
    )
    priced_at: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="share of the places at which the fee covers everything; 1: every user is needed",
    )
    uptake: Figure = Field(
        default=Figure(
            value=0.7, unit="share", source="assumption of the project: no public figure was found", low=0.4, high=1.0
        ),
        description="share of the later users that is expected to come",
    )
    users: list[Later] = Field(description="later users")


class FinancingPart(Part):
    """Financing of works: credits, depreciation, transfers and facilities."""

    with_openings: bool = Field(
        default=True,
        description="the mix also covers opening and closing the street, each work its fair part, as it is charged",
    )
    interest: Figure = Field(
        default=Figure(
            value=0.02,
            unit="share per year",
            source="assumption of the project; each municipality sets its own rekenrente",
        ),
        description="interest on credits and advances, as a share per year",
    )
    depreciation_years: dict[str, Figure] = Field(
        default_factory=dict, description="years over which a credit is written off, per kind of work"
    )
    depreciation: Literal["linear", "annuity"] = Field(
        default="linear", description="linear: equal parts; annuity: equal yearly charges"
    )
    first_charge: Literal["same_year", "next_year"] = Field(
        default="next_year", description="first year of capital charges: that of the work, or the next (assumed)"
    )
    transfers: Literal["proportional", "equal"] = Field(
        default="proportional",
        description="how transfers are told: proportional makes every loser whole and no more; equal gives everybody the same gain",
    )
    facilities: list[Facility] = Field(
        default_factory=list, description="underground facilities that are paid in advance"
    )
