"""Settings of the vision: ambitions, theme sets, and the ambitiewebs as they were decided. (nl: instellingen van de visie)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from koppelkans.ground.settings.city import PartyKind
from koppelkans.ground.settings.figures import Figure, Part

Level = Annotated[int, Field(ge=0, le=3)]
Asked = Literal["1", "2", "3"]


class Need(Part):
    """The source of a need: a column of a source, or an indicator on topography."""

    source: str = Field(default="", description="name of a source; empty with an indicator")
    column: str = Field(default="", description="column of that source; empty: being inside a shape is a need of 1")
    indicator: str = Field(
        default="",
        description="name of a built-in indicator on topography, or of a figure per quarter that is found by the name of its column; empty with a source",
    )
    low: float | None = Field(default=None, description="value with need 0; empty: lowest value found")
    high: float | None = Field(default=None, description="value with need 1; empty: highest value found")
    invert: bool = Field(default=False, description="true where a high value means little need")


class Ambition(Part):
    """One ambition of the city, as data: words, level, weight, and where the need is."""

    ambition: str = Field(description="short name")
    nl: str = Field(default="", description="name in Dutch; empty: the short name")
    en: str = Field(default="", description="name in English; empty: the short name")
    level: int = Field(default=1, ge=1, le=3, description="ambition level 1-3 as in the ambitieweb")
    weight: float = Field(default=1.0, ge=0, description="weight against the other ambitions")
    set_by: str = Field(
        default="default of Koppelkans, not set by the city",
        description="who set level and weight (role, no personal name)",
    )
    set_on: str = Field(default="", description="when, as YYYY-MM-DD")
    needs: list[Need] = Field(default_factory=list, description="where the need is read from; stacked by their mean")
    effects: dict[str, Figure] = Field(
        default_factory=dict,
        description="kind of work = need met per unit of that kind, 0-1 per 100 m, 100 m2 or piece; 0: it is known to have none",
    )

    partners: list[PartyKind] = Field(
        default_factory=list,
        description="kinds of party that gain by it: whom to talk with about a proposed work (assumed)",
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        """Let an ambition without a name in a language bear its short name there."""
        if not isinstance(given, dict):
            return given
        return {**given, **{lang: given.get(lang) or given.get("ambition", "") for lang in ("nl", "en")}}


class Ask(Part):
    """What must be shown to claim a level, in both languages."""

    nl: str = Field(description="in Dutch")
    en: str = Field(description="in English")


class Theme(Part):
    """One slot of an ambitieweb."""

    theme: str = Field(description="short name")
    nl: str = Field(default="", description="name in Dutch; empty: the name of its ambition, or the short name")
    en: str = Field(default="", description="name in English; empty: the name of its ambition, or the short name")
    ambitions: list[str] = Field(
        default_factory=list, description="ambitions that count for it; without one the level reached is unknown"
    )
    asks: dict[Asked, Ask] = Field(
        default_factory=dict, description="level = what must be shown to claim it; empty: as the whole set asks"
    )
    used: bool = Field(default=True, description="false leaves this theme out of the web")
    verified: bool = Field(default=True, description="false where no source was found for the name")
    name_source: str = Field(default="", description="where the name was found")


class ThemeSet(Part):
    """A set of themes that an ambitieweb is drawn with."""

    set: str = Field(description="short name")
    nl: str = Field(default="", description="name in Dutch")
    en: str = Field(default="", description="name in English")
    follows_ambitions: bool = Field(
        default=False,
        description="one theme per ambition of the city, in their order; `themes` then adds what they ask",
    )
    source: str = Field(default="", description="where themes and levels come from")
    asks: dict[Asked, Ask] = Field(
        default_factory=dict, description="level = what must be shown to claim it, where the theme itself does not say"
    )
    themes: list[Theme] = Field(default_factory=list, description="the themes, in the order of the web")


class WebPhase(Part):
    """A phase of the process in which a web can be decided."""

    phase: str = Field(description="short name")
    nl: str = Field(description="name in Dutch")
    en: str = Field(description="name in English")


class WebDecision(Part):
    """The ambitieweb of the city, an area or a project, as it was decided in one phase."""

    of: Literal["city", "area", "project"] = Field(
        default="city", description="city: the generic web that holds where nothing else was decided"
    )
    place: str = Field(default="", description="area, or name of the project; empty for the city")
    works: list[str] = Field(default_factory=list, description="works of a project; name them in one of its decisions")
    phase: str = Field(description="phase, by its short name or its name")
    decided_on: date = Field(description="date of the decision")
    decided_by: str = Field(description="who decided (role, no personal name)")
    reason: str = Field(default="", description="why; asked for where the level is not that of the generic web")
    levels: dict[str, Level] = Field(
        description="theme = level 0-3; 0: decided not to aim for it. Themes left out keep the level of the phase before"
    )


class VisionPart(Part):
    """Visievorming."""

    ambitions: list[Ambition] = Field(default_factory=list, description="the ambitions, in the order of reports")
    grid_m: float = Field(default=100.0, gt=0, description="size of the cells on which indicators are measured (m)")
    theme_set: str = Field(default="ambitions", description="set of themes that the ambitieweb is drawn with")
    theme_sets: list[ThemeSet] = Field(default_factory=list, description="the sets to choose from; add your own")
    phases: list[WebPhase] = Field(
        default_factory=list, description="phases in their order; a list of your own replaces the default"
    )
    webs: list[WebDecision] = Field(default_factory=list, description="the webs as they were decided, phase by phase")
