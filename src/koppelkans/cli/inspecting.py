"""The command that looks at unknown files and writes a city folder for them. (nl: bekijken)."""

from collections.abc import Sequence
from pathlib import Path

import typer

from koppelkans.cli.voice import CANNOT_USE, LANG, Voice, fault_data, guarded, in_words, t
from koppelkans.context.inspecting.folder_text import folder_text, source_text
from koppelkans.context.inspecting.inspect import FileView, LayerView, Views, inspect_files
from koppelkans.context.product import ROLE_WORDS
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.reach import leads_out
from koppelkans.ground.settings import FILE_NAME
from koppelkans.ground.words import Phrase, number

MOST_SHOWN = 5
"""Owners or themas that stand in one cell."""


def inspect(files: Sequence[Path], *, write: bool, overwrite: bool, name: str, as_json: bool, verbose: bool) -> None:
    """Tell what files are and how they would be read; with `write` put that in the folder."""
    voice = Voice(as_json=as_json, verbose=verbose)

    def look() -> None:
        target = _target(files, overwrite=overwrite) if write else None
        views = inspect_files(list(files), apart=True)
        text = folder_text(views, name=name or views.folder.resolve().name, lang=LANG)
        usable = any(layer.source is not None for file in views.files for layer in file.layers)
        if target is not None and usable:
            target.write_text(text, encoding="utf-8")
        _tell(voice, views)
        if target is not None and usable:
            voice.words(t("Written: {path}. Look through it, then run `koppelkans check {folder}`.", path=target, folder=target.parent), style="bold green")  # fmt: skip
        elif target is not None:
            voice.words(
                t("Nothing was written: in none of these files is there anything to plan with."), style="bold red"
            )
        elif usable:
            _tell_lines(voice, views)
        voice.result(_data(views, text, target if usable else None))
        if not usable:
            raise typer.Exit(CANNOT_USE)

    guarded(voice, look)


def _target(files: Sequence[Path], *, overwrite: bool) -> Path:
    """Return the settings that are to be written.

    Raises
    ------
    InputError
        Where no one folder is meant, or settings stand there already.
    """
    if len(files) != 1 or not files[0].is_dir():
        raise InputError([Fault("--write", Phrase("files"), Phrase("one folder, in which {name} is written", name=FILE_NAME), fatal=True)])  # fmt: skip
    target = files[0] / FILE_NAME
    if leads_out(target, (files[0],)):
        found, wanted = Phrase("a link to a file outside the city folder"), Phrase("a file in the city folder itself")
        raise InputError([Fault(str(target), found, wanted, fatal=True)])
    if target.exists() and not overwrite:
        wanted = Phrase("another folder, or `--overwrite` to write over it")
        raise InputError([Fault(str(target), Phrase("a file that is there already"), wanted, fatal=True)])
    return target


def _tell(voice: Voice, views: Views) -> None:
    """Print one line per layer, and what is odd."""
    layers = [(file, layer) for file in views.files for layer in file.layers or (None,)]
    first = [t("file"), t("what it is"), t("rows"), t("shape"), t("years"), t("can be used for")]
    voice.table(t("What these files are"), first, [_row(file, layer) for file, layer in layers])
    second = [t("file"), t("system"), t("owners"), t("kinds and themes")]
    details = [(_where(file, layer), layer.crs, _few(layer.owners), _few(layer.themas)) for file, layer in layers if layer and layer.crs]  # fmt: skip
    if details:
        voice.table(t("Where it lies, and whose it is"), second, details)
    odd = [(_where(file, layer), in_words(one)) for file in views.files for layer in file.layers for one in layer.odd]
    if odd:
        voice.table(t("What is odd, and what was assumed"), [t("file"), t("what")], odd)
    faults = [fault for file in views.files for fault in (*file.faults, *(one for layer in file.layers for one in layer.faults))]  # fmt: skip
    if faults:
        voice.faults(faults)
    if views.more:
        voice.words(t("… and {more} more files, which were not looked at.", more=views.more))


def _where(file: FileView, layer: LayerView | None) -> str:
    """Return file and layer."""
    return file.path + (f" [{layer.layer}]" if layer is not None and layer.layer else "")


def _row(file: FileView, layer: LayerView | None) -> list[str]:
    """Return the cells of one layer."""
    what = " ".join(part for part in (file.format, file.version) if part)
    if layer is None:
        return [file.path, what or t("not known"), "", "", "", _nothing([], file.faults)]
    years = "" if layer.years is None else f"{layer.years[0]}–{layer.years[1]}"
    length = "" if layer.length_m is None else f" ({number(layer.length_m / 1000, LANG, 1)} km)"
    shapes = ", ".join(t(shape) for shape in layer.shapes) + length
    uses = ", ".join(t(ROLE_WORDS[use]) for use in layer.uses if layer.source is not None)
    uses = uses or _nothing(layer.odd, layer.faults)
    rows = number(layer.rows, LANG) + (f" ({t('{n} set aside', n=layer.set_aside)})" if layer.set_aside else "")
    return [_where(file, layer), what, rows, shapes, years, uses]


def _nothing(odd: Sequence[str], faults: Sequence[Fault]) -> str:
    """Return that a file or layer can be used for nothing, and why."""
    why = [*(str(fault.found) and in_words(fault.found) for fault in faults if fault.fatal), *map(in_words, odd[-1:])]
    return f"{t('nothing')}: {why[0]}" if why else t("nothing")


def _few(names: Sequence[str]) -> str:
    """Return names in one cell, the first ones where there are many."""
    more = f" … ({len(names)})" if len(names) > MOST_SHOWN else ""
    return ", ".join(name[:60] for name in names[:MOST_SHOWN]) + more


def _tell_lines(voice: Voice, views: Views) -> None:
    """Print the proposed lines of every source."""
    voice.words(t("Lines for koppelkans.toml (with `--write` and one folder they are written there):"), style="bold")
    for file in views.files:
        for layer in file.layers:
            if layer.source is not None:
                voice.words("\n" + source_text(layer))


def _data(views: Views, text: str, written: Path | None) -> dict[str, object]:
    """Return what was found, as plain data."""
    return {
        "ok": any(layer.source is not None for file in views.files for layer in file.layers),
        "crs": views.crs,
        "files": [_file_data(file) for file in views.files],
        "settings": text,
        "written": None if written is None else str(written),
    }


def _file_data(file: FileView) -> dict[str, object]:
    """Return one file as plain data."""
    return {
        "path": file.path,
        "format": file.format,
        "version": file.version,
        "licence": file.licence,
        "layers": [_layer_data(layer) for layer in file.layers],
        "faults": [fault_data(fault) for fault in file.faults],
    }


def _layer_data(layer: LayerView) -> dict[str, object]:
    """Return one layer as plain data."""
    return {
        "layer": layer.layer,
        "rows": layer.rows,
        "geometry": list(layer.shapes),
        "crs": layer.crs,
        "extent": layer.extent,
        "owners": list(layer.owners),
        "themas": list(layer.themas),
        "years": layer.years,
        "length_m": layer.length_m,
        "set_aside": layer.set_aside,
        "left_out": dict(layer.left_out),
        "uses": list(layer.uses),
        "odd": [in_words(one) for one in layer.odd],
        "source": layer.source,
        "faults": [fault_data(fault) for fault in layer.faults],
    }
