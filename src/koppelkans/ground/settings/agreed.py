"""Settings of what was agreed about works: ties, promises and what two works save together. (nl: afspraken)."""

from pydantic import Field, model_validator

from koppelkans.ground.settings.figures import Part


class Tie(Part):
    """Two works tied in time: in the same year, or some years apart."""

    work: str = Field(description="work; with an order, the later of the two")
    other: str = Field(description="the work that it is tied to; with an order, the earlier of the two")
    same_year: bool = Field(default=False, description="both in the same year, or neither")
    at_least_years: int | None = Field(
        default=None, ge=0, description="the work comes at least so many years after the other, and not without it"
    )
    at_most_years: int | None = Field(
        default=None, ge=0, description="the work comes at most so many years after the other, not before or without it"
    )
    reason: str = Field(default="", description="why, shown on reports")
    set_by: str = Field(default="", description="who decided (role)")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Tie":
        """Refuse a tie that says nothing, two things at once, or bounds upside down."""
        ordered = self.at_least_years is not None or self.at_most_years is not None
        if self.same_year == ordered:
            msg = "either same_year = true, or at_least_years and/or at_most_years"
            raise ValueError(msg)
        if self.work == self.other:
            msg = "two different works"
            raise ValueError(msg)
        if self.at_most_years is not None and self.at_most_years < (self.at_least_years or 0):
            msg = "at_most_years not below at_least_years"
            raise ValueError(msg)
        return self

    @property
    def least(self) -> int:
        """Return the fewest years by which the work follows the other.

        0 is the same year or later.
        """
        return self.at_least_years or 0

    @property
    def most(self) -> int | None:
        """Return at most how many years it comes after; None without bound."""
        return 0 if self.same_year else self.at_most_years


class Promise(Part):
    """A work that was promised for a year: another year has a price, and is always named."""

    work: str = Field(description="work")
    year: int = Field(description="promised year")
    move_eur: int | None = Field(
        default=None,
        ge=0,
        description="price of not keeping it; without one: `appraisal.figures.move_share` of the cost of the work (assumed)",
    )
    made_to: str = Field(default="", description="to whom it was promised, shown on reports; no names of persons")
    set_by: str = Field(default="", description="who promised it (role)")


class Joint(Part):
    """Two works that save money when done in the same year, besides the shared opening."""

    work: str = Field(description="work")
    other: str = Field(description="the other work")
    saving_eur: int = Field(ge=0, description="what they save together, once")
    reason: str = Field(default="", description="why, shown on reports")

    @model_validator(mode="after")
    def _are_two(self) -> "Joint":
        """Refuse a work with itself."""
        if self.work == self.other:
            msg = "two different works"
            raise ValueError(msg)
        return self
