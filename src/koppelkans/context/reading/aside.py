"""The rows in which something was wrong, written so that a data steward can mend them. (nl: opzij gezette rijen)."""

from pathlib import Path

from koppelkans.context.city import City
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.reach import leads_out
from koppelkans.ground.spreadsheet import write_csv
from koppelkans.ground.words import Phrase

FOLDER = "opzij"


def write_aside(city: City, folder: Path) -> list[Path]:
    """Write one CSV per source of the rows with faults, in the folder `opzij`.

    The files are returned. Columns: `row` (from 1), `layer` where the file is an archive, `reason`, `kept` (True
    where the row was read all the same and only a value became unknown or a shape was repaired), then the columns of
    the file; its geometry as `wkt`, in the CRS of the file. A semicolon separates, so that a Dutch spreadsheet opens
    it; text that looks like a formula gets an apostrophe before it, which the reader takes away again. A file of an
    earlier reading that no longer holds is removed.

    Raises
    ------
    InputError
        Where the folder `opzij` is a link that leads elsewhere.
    """
    target = folder / FOLDER
    if leads_out(target, (folder,)):
        found, wanted = Phrase("a link to a folder elsewhere"), Phrase("a folder of its own, or `--out`")
        raise InputError([Fault(FOLDER, found, wanted, fatal=True)])
    written = []
    for source in city.settings.sources:
        path = target / f"{_safe(source.name)}.csv"
        path.unlink(missing_ok=True)
        rows = city.aside.get(source.name)
        if rows is None:
            continue
        target.mkdir(parents=True, exist_ok=True)
        write_csv(rows, path, separator=";", encoding="utf-8-sig")
        written.append(path)
    return written


def _safe(name: str) -> str:
    """Return a source name as a file name."""
    return "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name).strip(". ") or "_"
