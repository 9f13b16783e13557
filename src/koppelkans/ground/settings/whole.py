"""One frozen settings object: defaults, then koppelkans.toml, then the command line. (nl: instellingen)."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from reprlib import Repr
from typing import Any

from pydantic import Field, ValidationError, model_validator

from koppelkans.ground.columns import ASKS_WORDS
from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.horizon import Horizon
from koppelkans.ground.reach import leads_out
from koppelkans.ground.settings.answered import SameAnswer
from koppelkans.ground.settings.city import CityPart, HorizonPart, Party, Source
from koppelkans.ground.settings.figures import Part, WorkKind
from koppelkans.ground.settings.funds import Fund
from koppelkans.ground.settings.rooms import (
    AppraisalPart,
    AreaPart,
    ContextPart,
    Crew,
    OpportunitiesPart,
    ProgrammePart,
    ReportPart,
)
from koppelkans.ground.settings.systems import SystemsPart
from koppelkans.ground.settings.vision import VisionPart
from koppelkans.ground.settings.weighing import WeighingPart
from koppelkans.ground.words import Phrase

FILE_NAME = "koppelkans.toml"
DECISIONS_NAME = "besluiten.toml"
"""File in the city folder with changes that were taken since, in the words of koppelkans.toml; the last line counts."""
SAME_NAME = "samen.toml"
"""File in the city folder with the answers on which works of registers are one job (`context.same_works`)."""
MOST_SAME_BYTES = 10_000_000
LATER = ("decisions", "budgets", "slips")
"""Lists of the programme that may stand in it."""
NAMED = {
    "ambitions": "ambition",
    "theme_sets": "set",
    "themes": "theme",
    "parties": "party",
    "funds": "fund",
    "crews": "crew",
}
"""Lists of the settings whose entries have a name: an entry of the city replaces the default with the same name."""
STANDS_IN = "stands_in"
"""Mark of a purse or crew of the defaults, which gives way to those that the city declares."""
FIGURES = (
    ("kinds", "*", "life_years"),
    ("kinds", "*", "price"),
    ("kinds", "*", "opened_share"),
    ("kinds", "*", "late_rate"),
    ("kinds", "*", "hours_per_keur"),
    ("kinds", "*", "materials", "*"),
    ("vision", "ambitions", "effects", "*"),
    ("appraisal", "figures", "*"),
    ("appraisal", "discount_rate"),
    ("appraisal", "benefits", "*", "growth"),
    ("appraisal", "business", "exceptions", "*", "rate"),
    ("appraisal", "financing", "interest"),
    ("appraisal", "financing", "depreciation_years", "*"),
    ("appraisal", "business", "ssk", "vat"),
    ("appraisal", "business", "ssk", "phases", "*", "*"),
    ("appraisal", "business", "rate_low"),
    ("appraisal", "business", "rate_high"),
    *(
        ("programme", "futures", name)
        for name in ("due_years", "due_kind_years", "cost_shared", "budget_spread", "budget_memory", "stay_share")
    ),
    ("programme", "futures", "cost_spread", "*"),
)


SHORT = Repr()
"""What stood in the settings, in one line: of deep or long values the start."""
SHORT.maxlevel, SHORT.maxlist, SHORT.maxdict, SHORT.maxstring, SHORT.maxother, SHORT.maxlong = 4, 20, 20, 120, 120, 120


class Settings(Part):
    """Everything that can be set, one part per room."""

    city: CityPart
    horizon: HorizonPart = Field(default_factory=HorizonPart)
    sources: list[Source] = Field(default_factory=list)
    parties: list[Party] = Field(default_factory=list)
    kinds: dict[str, WorkKind] = Field(default_factory=dict)
    rest_years: dict[str, int] = Field(
        default_factory=dict, description="graafrust (years) per road class after resurfacing"
    )
    vision: VisionPart = Field(default_factory=VisionPart)
    context: ContextPart = Field(default_factory=ContextPart)
    opportunities: OpportunitiesPart = Field(default_factory=OpportunitiesPart)
    appraisal: AppraisalPart = Field(default_factory=AppraisalPart)
    weighing: WeighingPart = Field(default_factory=WeighingPart)
    funds: list[Fund] = Field(default_factory=list)
    crews: list[Crew] = Field(default_factory=list)
    programme: ProgrammePart = Field(default_factory=ProgrammePart)
    systems: SystemsPart = Field(default_factory=SystemsPart)
    area: AreaPart = Field(default_factory=AreaPart)
    report: ReportPart = Field(default_factory=ReportPart)

    @model_validator(mode="after")
    def _names_are_unique(self) -> "Settings":
        """Refuse two sources, parties, funds or crews with one name, and joins to sources that do not exist."""
        for label, names in (
            ("source", [s.name for s in self.sources]),
            ("party", [p.party for p in self.parties]),
            ("fund", [f.fund for f in self.funds]),
            ("crew", [c.crew for c in self.crews]),
        ):
            double = sorted({name for name in names if names.count(name) > 1})
            if double:
                msg = f"each {label} once; twice: {', '.join(double)}"
                raise ValueError(msg)
        known = {source.name for source in self.sources}
        lost = sorted({s.join.source for s in self.sources if s.join and s.join.source not in known})
        if lost:
            msg = f"join to a source that exists; not there: {', '.join(lost)}"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _asks_exist(self) -> "Settings":
        """Refuse a rule that reads in a wish what no wish can ask."""
        known = [*self.kinds, *ASKS_WORDS]
        for words, asked in self.area.asks.items():
            lost = [one for one in (part.strip() for part in asked.split(",")) if one not in known]
            if lost or not words.strip():
                near = ", ".join(get_close_matches((lost or [""])[0], known, n=3, cutoff=0.4)) or ", ".join(known)
                msg = f"area.asks `{words}`: kinds of work, when or not_ours, not `{', '.join(lost)}`; nearest: {near}"
                raise ValueError(msg)
        return self

    @property
    def years(self) -> Horizon:
        """Return the horizon."""
        return Horizon(self.horizon.first, self.horizon.last)


def default_text() -> str:
    """Return the text of the defaults, with their sources."""
    folder = files("koppelkans.ground.settings")
    return "".join((folder / name).read_text(encoding="utf-8") for name in ("defaults.toml", "theme_sets.toml"))


def read_settings(folder: Path, overrides: Mapping[str, Any] | None = None) -> Settings:
    """Read the settings of a city folder: defaults, the files of the folder, overrides.

    The files are koppelkans.toml, besluiten.toml and samen.toml. Later ones go over earlier ones; overrides are nested dictionaries.

    Raises
    ------
    SettingError
        With every setting that cannot be used, each with its key.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise SettingError(
            [
                Fault(
                    str(path),
                    Phrase("no such file"),
                    Phrase(
                        "a city folder with {name}; `koppelkans new {folder}` writes one", name=FILE_NAME, folder=folder
                    ),
                    fatal=True,
                )
            ]
        )
    own = _read_toml(path)
    later = folder / DECISIONS_NAME
    if later.is_file() or later.is_symlink():
        own = _taken_since(own, _read_toml(later))
    answers = [answer.model_dump() for answer in read_answers(folder)]
    if answers and isinstance(part := own.get("context", {}), Mapping):
        before = part.get("same_works", [])
        own = {**own, "context": {**part, "same_works": [*(before if _entries(before) else []), *answers]}}
    return make_settings(own, overrides)


def read_answers(folder: Path) -> list[SameAnswer]:
    """Read samen.toml of a city folder; no answers where there is no such file.

    Raises
    ------
    SettingError
        Where something else stands in it, or it is a link to elsewhere.
    """
    path = folder / SAME_NAME
    if not (path.is_file() or path.is_symlink()):
        return []
    if path.is_file() and path.stat().st_size > MOST_SAME_BYTES:
        wanted = Phrase("at most {most} bytes", most=MOST_SAME_BYTES)
        raise SettingError([Fault(SAME_NAME, Phrase("{n} bytes", n=path.stat().st_size), wanted, fatal=True)])
    found = _read_toml(path)
    part = found.get("context", {}) if set(found) <= {"context"} else None
    if not isinstance(part, Mapping) or not set(part) <= {"same_works"} or not all(map(_entries, part.values())):
        wanted = Phrase("only {names}", names="[[context.same_works]]")
        raise SettingError([Fault(SAME_NAME, Phrase("other settings"), wanted, fatal=True)])
    try:
        return ContextPart.model_validate(part).same_works
    except ValidationError as problem:
        raise _wrong(problem, SAME_NAME, ("context",)) from problem


def _read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file of a city folder; a link to a file outside it is not followed."""
    if leads_out(path, (path.parent,)):
        found, wanted = Phrase("a link to a file outside the city folder"), Phrase("a file in the city folder itself")
        raise SettingError([Fault(path.name, found, wanted, fatal=True)])
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError, OSError) as problem:  # no TOML, no UTF-8, figures or depth beyond reason
        raise SettingError([Fault(path.name, str(problem), Phrase("valid TOML in UTF-8"), fatal=True)]) from problem


def _taken_since(own: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings with what was decided since: about one work the last decision counts, all else adds up."""
    part = later.get("programme", {}) if set(later) <= {"programme"} else None
    if not isinstance(part, Mapping) or not set(part) <= set(LATER) or not all(_entries(one) for one in part.values()):
        wanted = Phrase("only {names}", names=", ".join(f"[[programme.{name}]]" for name in LATER))
        raise SettingError([Fault(DECISIONS_NAME, Phrase("other settings"), wanted, fatal=True)])
    programme = own.get("programme", {})
    made = {name: [*programme.get(name, []), *part.get(name, [])] for name in part if name != "decisions"}
    for entry in part.get("decisions", []):
        if not isinstance(entry.get("work"), str):
            wanted = Phrase("a work by its name")
            raise SettingError([Fault(DECISIONS_NAME, _short(entry.get("work")), wanted, column="work", fatal=True)])
    decided: dict[Any, Any] = {}
    for entry in part.get("decisions", []):
        decided[entry["work"]] = decided.get(entry["work"], {}) | entry
    before = programme.get("decisions", [])
    kept = [entry | decided.pop(_work(entry), {}) if isinstance(entry, Mapping) else entry for entry in before]
    return {**own, "programme": {**programme, **made, "decisions": [*kept, *decided.values()]}}


def _work(entry: Mapping[str, Any]) -> str:
    """Return the work that a decision is about; nothing where what stands there names none."""
    work = entry.get("work")
    return work if isinstance(work, str) else ""


def _entries(found: object) -> bool:
    """Tell whether a value is a list of entries."""
    return isinstance(found, list) and all(isinstance(entry, Mapping) for entry in found)


@cache
def _defaults() -> Mapping[str, Any]:
    """Return the defaults as nested dictionaries, read once; nobody changes them."""
    return tomllib.loads(default_text())


def make_settings(own: Mapping[str, Any], overrides: Mapping[str, Any] | None = None) -> Settings:
    """Make settings from nested dictionaries laid over the defaults.

    Raises
    ------
    SettingError
        With every setting that cannot be used, each with its key.
    """
    merged = _over(_over(_defaults(), own), overrides or {})
    try:
        return Settings.model_validate(merged)
    except ValidationError as problem:
        raise _wrong(problem, FILE_NAME) from problem


def _wrong(problem: ValidationError, file: str, under: tuple[str, ...] = ()) -> SettingError:
    """Return every setting of a file that cannot be used, each with its key."""
    faults = [
        Fault(
            file,
            _short(error.get("input")),
            str(error["msg"]).removeprefix("Value error, "),
            column=".".join(str(part) for part in (*under, *error["loc"])),
            fatal=True,
        )
        for error in problem.errors()
    ]
    return SettingError(faults)


def _over(under: Mapping[str, Any], top: Mapping[str, Any], path: tuple[str, ...] = ()) -> dict[str, Any]:
    """Lay one nested dictionary over another; named lists merge by name, a bare number becomes a figure's value.

    A figure with a value of its own takes only its unit from the default: price level, range and source of the default are
    those of another number.
    """
    merged = dict(under)
    for key, value in top.items():
        here, old = (*path, key), merged.get(key)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            own = "value" in value and _is_figure(here)
            merged[key] = (
                {"unit": old.get("unit", ""), "source": FILE_NAME} | dict(value) if own else _over(old, value, here)
            )
        elif isinstance(old, list) and isinstance(value, list) and key in NAMED:
            merged[key] = _by_name(old, value, NAMED[key], here)
        elif isinstance(value, int | float) and not isinstance(value, bool) and _is_figure(here):
            unit = old.get("unit", "") if isinstance(old, Mapping) else ""
            merged[key] = {"value": value, "unit": unit, "source": FILE_NAME}
        else:
            merged[key] = value
    return merged


def _by_name(under: list[Any], top: list[Any], name: str, path: tuple[str, ...]) -> list[Any]:
    """Merge two lists of named entries: same name is laid over, new names come behind.

    An entry of the defaults on which the city lays its own no longer stands in: it is declared.
    """
    merged = {entry.get(name): entry for entry in under if isinstance(entry, Mapping)}
    own: dict[Any, Any] = {}
    for position, entry in enumerate(top):
        label = entry.get(name) if isinstance(entry, Mapping) else None
        if label is None or label in own:
            own[(position, label)] = entry
        else:
            own[label] = _over(_declared(merged.get(label, {})), entry, path)
    return list((merged | own).values())


def _declared(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry of the defaults without the mark that it stands in for one of the city."""
    return {key: value for key, value in entry.items() if key != STANDS_IN}


def _is_figure(path: tuple[str, ...]) -> bool:
    """Tell whether a place in the settings holds a figure."""
    return any(
        len(path) == len(pattern) and all(want in ("*", part) for want, part in zip(pattern, path, strict=True))
        for pattern in FIGURES
    )


def _short(found: object) -> str:
    """Return what was found, short enough for one line."""
    text = SHORT.repr(found)
    return text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004
