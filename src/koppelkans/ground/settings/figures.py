"""Key figures with unit, source and price level, and the kinds of work that bear them. (nl: kengetal)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Basis = Literal["measured", "derived", "assumed"]


NUMBERS: tuple[object, ...] = (int, float, int | None, float | None)
"""Types of settings that are one number."""


class Part(BaseModel):
    """What every part of the settings is: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _yes_is_no_number(cls, given: object) -> object:
        """Refuse yes or no where a number is meant, which would count as 1 or 0."""
        for name, value in given.items() if isinstance(given, dict) else ():
            field = cls.model_fields.get(name)
            if isinstance(value, bool) and field is not None and field.annotation in NUMBERS:
                msg = f"a number for `{name}`, not {str(value).lower()}"
                raise ValueError(msg)
        return given


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


def at_price_year(figure: Figure, *, price_year: int, index: Figure | None) -> float:
    """Return the value of a figure at the price level of `price_year`.

    A figure without a price level is no amount and comes back as it is. The yearly index is itself a figure, so the
    report can say that it was assumed. Formula: value x (1 + index) ** (price_year - figure.price_year).
    """
    if figure.price_year is None or index is None:
        return figure.value
    return float(figure.value * (1.0 + index.value) ** (price_year - figure.price_year))


System = Literal["infrastructure", "biodiversity", "water", "cables_and_pipes"]
SYSTEMS: tuple[str, ...] = System.__args__  # type: ignore[attr-defined]
Unit = Literal["m", "m2", "piece"]


class WorkKind(Part):
    """One kind of asset, and of the work that renews or makes it."""

    nl: str = Field(description="name in Dutch")
    en: str = Field(description="name in English")
    system: System = Field(description="vital system that it belongs to")
    unit: Unit = Field(description="unit in which its quantity is counted")
    life_years: Figure | None = Field(
        default=None, description="years from laying to replacement; empty: never derived from age"
    )
    price: Figure | None = Field(
        default=None, description="cost of renewing one unit, without opening and closing the street; empty: unknown"
    )
    opened_share: Figure | None = Field(
        default=None,
        description="part of the paved width that a work of this kind takes up (0-1); empty: `appraisal.figures.opened_share`",
    )
    digs: bool = Field(description="opens the ground")
    resurfaces: bool = Field(description="leaves new paving, which starts the graafrust")
    renewable: bool = Field(default=True, description="works are derived from assets of this kind")
    early_years: int = Field(default=3, ge=0, description="years before the due year in which the work may be done")
    late_years: int = Field(default=3, ge=0, description="years after the due year in which the work may be done")
    late_rate: Figure = Field(
        default=Figure(
            value=0.03,
            unit="share of cost per year",
            source="assumption of the project, as in its programming examples",
        ),
        description="price of lateness per year, as a share of the cost",
    )
    hours_per_keur: Figure = Field(
        default=Figure(value=1.0, unit="hours per 1,000 eur", source="assumption of the project"),
        description="own hours (preparation, supervision) per 1,000 eur of work",
    )
    criticality: float = Field(
        default=0.5, ge=0, le=1, description="consequence of failure where the asset itself does not say, 0-1 (assumed)"
    )
    colour: str = Field(default="#666666", description="colour on maps and pictures")
    materials: dict[str, Figure] = Field(
        default_factory=dict, description="lifetime (years) of particular materials, by a word in the material"
    )

    @model_validator(mode="after")
    def _figures_mean_something(self) -> "WorkKind":
        """Refuse a lifetime of no years, a price below zero, and what lies as far off."""
        lives = {"life_years": self.life_years, **{f"materials.{word}": one for word, one in self.materials.items()}}
        bounds = (
            *((name, one, 1.0, 1_000.0) for name, one in lives.items()),
            ("price", self.price, 0.0, 1e7),
            ("opened_share", self.opened_share, 0.0, 1.0),
            ("late_rate", self.late_rate, 0.0, 10.0),
            ("hours_per_keur", self.hours_per_keur, 0.0, 1_000.0),
        )
        for name, figure, least, most in bounds:
            if figure is not None and not least <= figure.value <= most:
                msg = f"`{name}` from {least:g} to {most:g}, not {figure.value:g}"
                raise ValueError(msg)
        return self
