"""Decided ambitiewebs with phase, date and reason, and the levels wanted now. (nl: ambitiewebben door de tijd)."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.settings import FILE_NAME, VisionPart, WebDecision, WebPhase
from koppelkans.ground.words import Phrase
from koppelkans.vision.nearest import one_of
from koppelkans.vision.themes import links

CITY = "city"
KINDS = ("city", "area", "project")
OWN = ["of", "place"]
"""What a web is of: the city (without place), an area or a project."""
_HEAD = ["of", "place", "phase", "decided_on", "decided_by", "reason", "position"]
FORMULA = r"g_t = \begin{cases} \text{last decision of the city} & \text{where there is one} \\ \max_{a \in A_t} \lambda_a & \text{else} \end{cases}"
"""Generic level g of theme t: what the city decided last, else the highest level of the ambitions A that count for it."""


def decided_webs(part: VisionPart, themes: pd.DataFrame, *, usual: pd.Series) -> pd.DataFrame:
    """Return every web after each decision, in order of time.

    One row per web, decision and theme. A theme that a decision does not name keeps the level of the decision before
    it. `generic_level` is the level of the city's web on that day, and `usual` (level per theme, unknown where there
    is none) where the city had decided none yet; `deviation` is how far the level lies above (+) or below (-) it.

    Raises
    ------
    SettingError
        For each phase or theme that does not exist, with the nearest name; a phase that comes back to an earlier one; two
        decisions on one day; a project without works; and a level other than the generic one without a reason.
    """
    faults = [fault for at, one in enumerate(part.webs) for fault in _wrong_names(at, one, part.phases, themes)]
    if faults:
        raise SettingError(faults)
    phases, names = _known(part.phases), _theme_keys(themes)
    head = pd.DataFrame(
        [
            (
                one.of,
                one.place,
                phases[one.phase.casefold()],
                one.decided_on.isoformat(),
                one.decided_by,
                one.reason,
                at,
            )
            for at, one in enumerate(part.webs)
        ],
        columns=_HEAD,
    )
    order = head["of"].map(KINDS.index).rename("order")
    head = head.assign(order=order).sort_values(["order", "place", "decided_on", "position"], ignore_index=True)
    faults = [*_wrong_order(head, part.phases), *_without_works(part.webs)]
    if faults:
        raise SettingError(faults)
    said = {
        at: {names[theme.casefold()]: level for theme, level in one.levels.items()} for at, one in enumerate(part.webs)
    }
    webs = _with_generic(_levels(head, said, themes["theme"].tolist()), usual=usual)
    bare = webs[webs["stated"] & webs["deviation"].fillna(0).ne(0) & webs["reason"].eq("")]
    if len(bare):
        raise SettingError([_reasonless(row) for row in bare.to_dict("records")])
    words = {phase.phase: (at, phase.nl, phase.en) for at, phase in enumerate(part.phases, start=1)}
    for column, nth in (("phase_order", 0), ("phase_nl", 1), ("phase_en", 2)):
        webs[column] = [words[phase][nth] for phase in webs["phase"]]
    return webs.assign(reason=webs["reason"].where(webs["reason"] != "").astype("str"))


def two_truths(webs: pd.DataFrame, part: VisionPart, *, ambitions: pd.DataFrame) -> None:
    """Refuse a generic web that contradicts the ambitions, where the themes are the ambitions.

    Raises
    ------
    SettingError
        For each ambition whose level is not the one that the city decided last; with a weight of 0 the level may be 0.
    """
    (chosen,) = [one for one in part.theme_sets if one.set == part.theme_set]
    if not chosen.follows_ambitions:
        return
    last = webs[webs["of"] == CITY].groupby("theme")["level"].last()
    own = ambitions.set_index("ambition")
    pairs = own.assign(decided=last).dropna(subset=["decided"])
    other = pairs[(pairs["decided"] != pairs["level"]) & ~((pairs["decided"] == 0) & (pairs["weight"] == 0))]
    if len(other):
        raise SettingError(
            [
                Fault(
                    FILE_NAME,
                    Phrase("level {level}", level=level),
                    Phrase(
                        "level {level}, as the city decided last in its web: the weighing counts with this one",
                        level=decided,
                    ),
                    column=f"vision.ambitions.{name}.level",
                    fatal=True,
                )
                for name, level, decided in zip(other.index, other["level"], other["decided"], strict=True)
            ]
        )


def _levels(head: pd.DataFrame, said: Mapping[int, Mapping[str, int]], themes: Sequence[str]) -> pd.DataFrame:
    """Return the level of every theme after each decision, and the level before it."""
    asked = pd.DataFrame(
        [[said[at].get(theme) for theme in themes] for at in head["position"]], columns=themes, dtype="Int64"
    )
    groups = [head["of"], head["place"]]
    held = asked.groupby(groups).ffill() if len(head) else asked
    before = held.groupby(groups).shift() if len(head) else asked
    rows, slots = np.repeat(np.arange(len(head)), len(themes)), np.tile(np.arange(len(themes)), len(head))
    flat = {"level": held, "earlier_level": before, "asked": asked}
    made = head.iloc[rows].reset_index(drop=True).assign(theme=pd.Series(themes, dtype="str").iloc[slots].to_numpy())
    for name, table in flat.items():
        made[name] = pd.array(table.to_numpy(dtype=object).ravel(), dtype="Int64")
    return made.assign(stated=made["asked"].notna()).drop(columns="asked")


def _with_generic(webs: pd.DataFrame, *, usual: pd.Series) -> pd.DataFrame:
    """Add the level of the city's web on the day of each decision, and the deviation from it."""
    days = pd.to_datetime(webs["decided_on"])
    asked = webs.assign(day=days, row=np.arange(len(webs))).sort_values(["day", "row"])
    city = asked.loc[asked["of"] == CITY, ["day", "theme", "level"]].rename(columns={"level": "generic_level"})
    found = pd.merge_asof(asked, city, on="day", by="theme").sort_values("row", ignore_index=True)
    generic = found["generic_level"].astype("Int64").fillna(found["theme"].map(usual).astype("Int64"))
    deviation = (found["level"] - generic).astype("Int64")
    made = found.assign(generic_level=generic, deviation=deviation.mask(found["of"] == CITY))
    return made.drop(columns=["day", "row"])


def _known(phases: Iterable[WebPhase]) -> dict[str, str]:
    """Return the phase of each name that may stand in the settings: its short name, and its name in both languages."""
    return {name.casefold(): one.phase for one in phases for name in (one.en, one.nl, one.phase)}


def _theme_keys(themes: pd.DataFrame) -> dict[str, str]:
    """Return the theme of each name that may stand in the settings."""
    columns = (themes["name_en"], themes["name_nl"], themes["theme"])
    return {name.casefold(): theme for names in columns for name, theme in zip(names, themes["theme"], strict=True)}


def _wrong_names(at: int, one: WebDecision, phases: Sequence[WebPhase], themes: pd.DataFrame) -> list[Fault]:
    """Return the phases and themes of a decision that do not exist, and a place that is missing or too many."""
    faults = []
    if one.phase.casefold() not in _known(phases):
        faults.append(
            _fault(
                at,
                "phase",
                Phrase("phase `{name}`", name=one.phase),
                one_of(one.phase, [name for phase in phases for name in (phase.phase, phase.nl)]),
            )
        )
    keys = _theme_keys(themes)
    faults += [
        _fault(
            at,
            f"levels.{name}",
            Phrase("theme `{name}`", name=name),
            one_of(name, [*themes["theme"], *themes["name_nl"]]),
        )
        for name in one.levels
        if name.casefold() not in keys
    ]
    if (one.of == CITY) != (one.place == ""):
        wanted = Phrase("no place: the city is the place" if one.of == CITY else "the name of an area or a project")
        faults.append(_fault(at, "place", Phrase("place `{name}`", name=one.place), wanted))
    return faults


def _wrong_order(head: pd.DataFrame, phases: Sequence[WebPhase]) -> list[Fault]:
    """Return the decisions on one day, and those whose phase is earlier than that of the decision before them."""
    order = {one.phase: at for at, one in enumerate(phases)}
    at_phase = head["phase"].map(order).astype("int64")
    same = head.duplicated([*OWN, "decided_on"])
    groups = [head["of"], head["place"]]
    back = at_phase.groupby(groups).diff().lt(0) if len(head) else same
    doubled = [
        _fault(row["position"], "decided_on", str(row["decided_on"]), Phrase("one decision per web and day"))
        for row in head[same].to_dict("records")
    ]
    return doubled + [
        _fault(
            row["position"],
            "phase",
            Phrase("phase {phase} on {day}, after a later phase", phase=row["phase"], day=row["decided_on"]),
            Phrase("phases in order of time"),
        )
        for row in head[back].to_dict("records")
    ]


def _without_works(decisions: Sequence[WebDecision]) -> list[Fault]:
    """Return the projects of which no decision names works."""
    named = {one.place for one in decisions if one.of == "project" and one.works}
    lost = {one.place: at for at, one in reversed(list(enumerate(decisions))) if one.of == "project"}
    return [
        _fault(at, "works", Phrase("project `{name}` without works", name=place), Phrase("the works of the project"))
        for place, at in sorted(lost.items())
        if place not in named
    ]


def _reasonless(row: Mapping[str, object]) -> Fault:
    """Return the fault of a level that is not the generic one, without a reason."""
    found = Phrase(
        "{theme} at level {level} without a reason; the generic web says {generic}",
        theme=row["theme"],
        level=row["level"],
        generic=row["generic_level"],
    )
    return _fault(
        int(str(row["position"])), "reason", found, Phrase("a reason for a level that is not the generic one")
    )


def _fault(at: int, key: str, found: str, wanted: str) -> Fault:
    """Return a fault in a decision."""
    return Fault(FILE_NAME, found, wanted, column=f"vision.webs.{at}.{key}", fatal=True)


def usual_levels(themes: pd.DataFrame, ambitions: pd.DataFrame) -> pd.Series:
    """Return per theme the highest level of its ambitions.

    A theme without ambitions is left out.
    """
    found = links(themes).merge(ambitions[["ambition", "level"]], on="ambition")
    return found.groupby("theme")["level"].max().astype("Int64")


def generic_levels(themes: pd.DataFrame, ambitions: pd.DataFrame, webs: pd.DataFrame) -> pd.DataFrame:
    """Return per theme the level that the city wants everywhere, and its basis.

    Columns `generic_level` and `basis`: decided by the city, or of the ambitions; unknown where neither.
    """
    usual = themes["theme"].map(usual_levels(themes, ambitions)).astype("Int64")
    decided = themes["theme"].map(_last(webs[webs["of"] == CITY])).astype("Int64")
    basis = pd.Series("ambitions", index=themes.index).where(usual.notna()).mask(decided.notna(), CITY)
    return pd.DataFrame(
        {"theme": themes["theme"], "generic_level": decided.fillna(usual), "basis": basis.astype("str")}
    )


def own_levels(webs: pd.DataFrame, *, of: str, places: tuple[str, ...]) -> pd.Series:
    """Return per theme the level that was decided last for a place (under any of its names)."""
    return _last(webs[(webs["of"] == of) & webs["place"].isin(places)])


def _last(webs: pd.DataFrame) -> pd.Series:
    """Return per theme the level of the last decision; webs stand in order of time."""
    return webs.sort_values("decided_on", kind="stable").groupby("theme")["level"].last().astype("Int64")
