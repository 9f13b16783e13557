"""Settings of the kinds of assets and works: lifetimes, prices, what opens the street. (nl: soorten assets en werken)."""

from typing import Literal

from pydantic import Field

from koppelkans.ground.settings.figures import Figure, Part

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
