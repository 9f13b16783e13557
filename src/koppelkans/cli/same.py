"""The command on works of several registers that may be one job: propose, join, keep apart. (nl: samenvoegen)."""

import json
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from koppelkans.cli.voice import LANG, MOST_FAULTS, Voice, guarded, t
from koppelkans.context import read_city
from koppelkans.context.city import City, rows_of
from koppelkans.context.works.planned_works import registered_works
from koppelkans.context.works.same_assets import PARTS as MEASURED
from koppelkans.context.works.same_assets import asset_keys, compare_assets
from koppelkans.context.works.same_works import PARTS, SameWorks, compare_registers
from koppelkans.ground.errors import Fault, InputError, SettingError
from koppelkans.ground.settings import SAME_NAME, RegisteredWork, SameAnswer, agreeing, read_answers, read_settings
from koppelkans.ground.words import Phrase, number

HEAD = """# Which works of registers are one job, as people said. `koppelkans same` writes this file; every run reads it.
# Take an answer out (or use `koppelkans same --forget`) and it is as if it was never given.
"""
Key = tuple[str, str]


def same(
    city_folder: Path,
    *,
    answer: Mapping[str, tuple[str, str] | None],
    sources_from: Sequence[Path],
    as_json: bool,
) -> None:
    """List works that may be one, after keeping the answers that were given."""
    voice = Voice(as_json=as_json)

    def go() -> None:
        city = read_city(city_folder, sources_from=sources_from)
        if any(answer.values()):
            kept = _answered(city, answer)
            _write(city_folder / SAME_NAME, text_of_answers(kept))
            voice.words(t("Written: {path}, {n} answers.", path=city_folder / SAME_NAME, n=len(kept)))
            city = replace(city, settings=read_settings(city_folder))
        works, found = compare_registers(city)
        assets, unseen = compare_assets(city)
        _tell(voice, works, found, assets)
        given = city.settings.context.same_works
        voice.result(
            {
                "ok": True,
                "proposed": found.pairs.to_dict("records"),
                "slices": [part.tolist() for _, part in found.slices.groupby("group")["work"]],
                "assets": assets.to_dict("records"),
                "not_compared": found.left + unseen,
                "answers": [one.model_dump() for one in given],
            }
        )

    guarded(voice, go)


def text_of_answers(answers: Sequence[SameAnswer]) -> str:
    """Return answers as the text of samen.toml, in order of their works."""
    blocks = []
    for one in sorted(answers, key=lambda answer: answer.pair):
        works = [f"{{ source = {_quoted(source)}, work = {_quoted(work)} }}" for source, work in one.pair]
        same_too = "true" if one.same else "false"
        blocks.append(f"\n[[context.same_works]]\none = {works[0]}\nother = {works[1]}\nsame = {same_too}\n")
    return HEAD + "".join(blocks)


def _write(path: Path, text: str) -> None:
    """Write a file whole, or leave what stood there."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        draft = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            draft.chmod(0o644)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        wanted = Phrase("a city folder with room, and the right to write there; nothing was changed")
        raise InputError([Fault(str(path), str(problem), wanted, fatal=True)]) from problem


def _quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _answered(city: City, answer: Mapping[str, tuple[str, str] | None]) -> list[SameAnswer]:
    """Return the answers of samen.toml with those that were given now in place of earlier ones about the same works."""
    before = read_answers(city.folder)
    kept = {one.pair: one for one in before}
    rows, _ = registered_works(city)
    there: dict[str, set[Key]] = {}
    things = rows_of(city, "assets")
    named = [*zip(rows["work"], rows["key"], strict=True), *zip(things["asset"], asset_keys(things), strict=True)]
    for work, key in named:
        for label in (work, ":".join(key)):
            there.setdefault(label, set()).add(key)
    for word, two in answer.items():
        if two is None:
            continue
        if word == "forget":
            spoken = {label: {key} for pair in kept for key in pair for label in (":".join(key), key[1])}
            one, other = sorted(_key(label, spoken | _of(there, kept), "--forget") for label in two)
            if kept.pop((one, other), None) is None:
                wanted = Phrase("two works that {file} speaks of", file=SAME_NAME)
                raise InputError([Fault("--forget", ", ".join(two), wanted, fatal=True)])
        else:
            one, other = sorted(_key(label, there, f"--{word}") for label in two)
            if one == other:
                raise InputError([Fault(f"--{word}", ", ".join(two), Phrase("two works, not one twice"), fatal=True)])
            works = [RegisteredWork(source=source, work=work) for source, work in (one, other)]
            kept[one, other] = SameAnswer(one=works[0], other=works[1], same=word == "join")
    own = [one for one in city.settings.context.same_works if one not in before]
    try:
        agreeing([*own, *kept.values()])
    except ValueError as problem:
        raise SettingError([Fault(SAME_NAME, str(problem), Phrase("answers that agree"), fatal=True)]) from problem
    return list(kept.values())


def _of(there: Mapping[str, set[Key]], kept: Collection[tuple[Key, Key]]) -> dict[str, set[Key]]:
    """Return the labels of works that are in an answer."""
    said = {key for pair in kept for key in pair}
    return {label: keys & said for label, keys in there.items() if keys & said}


def _key(label: str, known: Mapping[str, set[Key]], option: str) -> Key:
    """Return the work that a label names."""
    found = known.get(label, set())
    if len(found) == 1:
        return next(iter(found))
    near = ", ".join(get_close_matches(label, list(known)[:20_000], n=3, cutoff=0.5)) or "–"
    wanted = Phrase("one work by its key, or source:key; nearest: {names}", names=near)
    raise InputError([Fault(option, label, wanted, fatal=True)])


def _tell(voice: Voice, works: pd.DataFrame, found: SameWorks, assets: pd.DataFrame) -> None:
    """Print what may be one, best first, and slices as one."""
    at = works.set_index("work")
    if len(assets):
        shown = [
            (pair["one"], pair["other"], pair["kind"], *(number(pair[name], LANG, 2) for name in ("score", *MEASURED)))
            for pair in assets.head(MOST_FAULTS).to_dict("records")
        ]
        heads = [t("asset"), t("other asset"), t("kind"), t("score"), t("place"), t("owner"), t("year"), t("measure")]
        voice.table(t("Assets that may be one: {n}", n=len(assets)), heads, shown)
    if len(found.pairs):
        rows = [
            (_named(at, pair["one"]), _named(at, pair["other"]), *(number(pair[name], LANG, 2) for name in ("score", *PARTS)))
            for pair in found.pairs.head(MOST_FAULTS).to_dict("records")
        ]  # fmt: skip
        heads = [t("work"), t("other work"), t("score"), t("place"), t("period"), t("kind"), t("name")]
        voice.table(t("Works that may be one: {n}", n=len(found.pairs)), heads, rows)
    if len(found.slices):
        jobs = found.slices.groupby("group")["work"].agg(list)
        told = [(at.loc[job[0], "owner"], len(job), ", ".join(job)) for job in jobs.head(MOST_FAULTS)]
        voice.table(t("Slices that look like one job: {n}", n=len(jobs)), [t("owner"), t("works"), t("keys")], told)
    if (
        more := max(len(found.pairs) - MOST_FAULTS, 0)
        + max(found.slices["group"].nunique() - MOST_FAULTS, 0)
        + max(len(assets) - MOST_FAULTS, 0)
    ):
        voice.words(t("… and {more} more; all of them stand in --json.", more=more))
    if found.left:
        voice.words(t("works that were not compared, since too many lie in one place: {n}", n=found.left))
    if found.pairs.empty and found.slices.empty and assets.empty:
        voice.words(t("No works wait for an answer."))
    else:
        voice.words(t("Nothing was joined. Answer with `--join A B` or `--apart A B`; `--forget A B` takes it back."))


def _named(works: pd.DataFrame, work: str) -> str:
    """Return a work as a person knows it: key, name and owner."""
    row = works.loc[work]
    name = f" {row['name']}" if pd.notna(row["name"]) else ""
    return f"{work}{name} ({row['owner']}, {row['source']})"
