"""Settings of the vital systems: principles, order of works, and decided courses. (nl: instellingen van de systemen)."""

from datetime import date
from typing import Literal

from pydantic import Field

from koppelkans.ground.settings.figures import Part, System


class Principle(Part):
    """A principle by which the city renews one vital system."""

    system: System = Field(description="vital system")
    nl: str = Field(description="in Dutch")
    en: str = Field(default="", description="in English; empty: as in Dutch")
    source: str = Field(default="koppelkans.toml", description="who set it, or where it was found")


class DecidedCourse(Part):
    """The course that was decided for one vital system."""

    system: System = Field(description="vital system")
    course: Literal["programme", "on_time", "nothing"] = Field(
        description="as the programme does, everything on time, or nothing renewed"
    )
    decided_by: str = Field(description="who decided (role, no personal name)")
    decided_on: date = Field(description="date of the decision")
    reason: str = Field(default="", description="why, shown on reports")


class SystemsPart(Part):
    """Vitale systemen: the routeboek."""

    principles: list[Principle] = Field(
        default_factory=list, description="principles per system; a list of your own replaces the default"
    )
    order: list[str] = Field(
        default_factory=list,
        description="kinds of work in the order in which they go where they meet: what lies deepest first",
    )
    decided: list[DecidedCourse] = Field(default_factory=list, description="courses that were decided")
