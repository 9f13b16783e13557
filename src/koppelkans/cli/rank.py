"""The command that ranks the works of one area within itself. (nl: afwegen per gebied)."""

from pathlib import Path

import pandas as pd

from koppelkans.cli.voice import LANG, Voice, guarded, t
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import SHELF, settle, shelved
from koppelkans.ground.shelf import load
from koppelkans.ground.words import number
from koppelkans.vision.nearest import one_of
from koppelkans.weighing.product import Weighing

MOST = 25
"""Works that are shown; all stand in the workbook and in --json."""


def rank(area: str | None, *, out: Path, as_json: bool) -> None:
    """Show the works of an area in its own order, beside that of the city, or all areas."""
    voice = Voice(as_json=as_json)

    def show() -> None:
        settle(out, own=shelved)
        weighing, context = load(Weighing, out / SHELF / "weighing"), load(Context, out / SHELF / "context")
        names = dict(zip(context.areas["area"], context.areas["name"], strict=True))
        if area is None:
            _every(voice, weighing.area_voices, names)
            return
        code = _asked(area, names)
        _one(voice, weighing, context, code, names[code])

    guarded(voice, show)


def _asked(area: str, names: dict[str, str]) -> str:
    """Return the code of the area that was asked for, by its code or its name."""
    known = {name.casefold(): code for code, name in names.items()} | {code.casefold(): code for code in names}
    if area.casefold() not in known:
        raise InputError([Fault("area", area, one_of(area, [*names.values(), *names]), fatal=True)])
    return known[area.casefold()]


def _every(voice: Voice, voices: pd.DataFrame, names: dict[str, str]) -> None:
    """Show per area whose weights hold and how far its order is from that of the city."""
    rows = [
        [names.get(row["area"], row["area"]), t("own weights") if row["own"] else t("of the city"), row["works"], row["reversals"]]
        for row in voices.to_dict("records")
    ]  # fmt: skip
    voice.table(
        t("Areas and their weights"), [t("area"), t("weights"), t("works"), t("pairs the other way round")], rows
    )
    voice.result({"ok": True, "areas": _plain(voices)})


def _one(voice: Voice, weighing: Weighing, context: Context, code: str, name: str) -> None:
    """Show the works of one area."""
    ranked = weighing.area_ranking[weighing.area_ranking["area"] == code].sort_values(["area_rank", "work"])
    works = context.works.set_index("work")["name"]
    criteria = weighing.criteria.set_index("criterion")[f"name_{LANG}"]
    rows = [
        [
            row["area_rank"], works.get(row["work"]) or row["work"], row["city_rank"],
            number(row["total"], LANG, 2), criteria.get(row["criterion"], "–"),
        ]
        for row in ranked.head(MOST).to_dict("records")
    ]  # fmt: skip
    heads = [t("place"), t("work"), t("place for the city"), t("total"), t("differs most on")]
    voice.table(t("Ranking within {area}", area=name), heads, rows)
    said = weighing.area_voices[weighing.area_voices["area"] == code]
    if said.empty:
        voice.words(t("No work that takes part lies in this area."))
    elif not said["own"].iloc[0]:
        voice.words(
            t("This area has no weights of its own (weighing.areas); those of the city hold, so the order is the same.")
        )
    else:
        voice.words(t("Weights of the area set by: {who}. {count} pairs of works stand the other way round than for the city.", who=said["set_by"].iloc[0] or "–", count=said["reversals"].iloc[0]))  # fmt: skip
    if len(ranked) > MOST:
        voice.words(t("And {more} more; all of them stand in the workbook and in --json.", more=len(ranked) - MOST))
    voice.result({"ok": True, "area": code, "works": _plain(ranked)})


def _plain(rows: pd.DataFrame) -> list[dict[str, object]]:
    """Return rows as plain data; unknown is null."""
    made: list[dict[str, object]] = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return made
