"""A key figure: a number that never travels without its unit, source and price level. (nl: kengetal)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Basis = Literal["measured", "derived", "assumed"]


class Part(BaseModel):
    """What every part of the settings is: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Figure(Part):
    """One key figure. A bare number in koppelkans.toml is taken as the city's own figure."""

    value: float = Field(description="the number, in `unit`")
    unit: str = Field(description="unit, for example eur/m2")
    source: str = Field(default="koppelkans.toml", description="where the number was found")
    price_year: int | None = Field(default=None, description="price level of an amount in euros")
    basis: Basis = Field(default="assumed", description="measured, derived from a measurement, or assumed")
    low: float | None = Field(default=None, description="lower end of the range, where known")
    high: float | None = Field(default=None, description="upper end of the range, where known")
    distribution: Literal["triangular", "pert", "lognormal", "fixed"] = Field(
        default="triangular",
        description="how it is drawn: a triangle or a PERT with its top at the value between low and high; a lognormal of which low and high are percentiles; fixed: never moved",
    )

    @model_validator(mode="after")
    def _range_holds_value(self) -> "Figure":
        """Refuse a range that does not hold the value."""
        if (self.low is not None and self.low > self.value) or (self.high is not None and self.high < self.value):
            msg = f"low ≤ value ≤ high, not {self.low} ≤ {self.value} ≤ {self.high}"
            raise ValueError(msg)
        return self
