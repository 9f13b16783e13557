"""The rows in which something was wrong, written so that a data steward can mend them. (nl: opzij gezette rijen)."""

from pathlib import Path

from koppelkans.context.city import City

FOLDER = "opzij"


def write_aside(city: City, folder: Path) -> list[Path]:
    """Write one CSV per source with rows in which something was wrong, in the folder `opzij`, and return the files.

    Columns: `row` (from 1), `layer` where the file is an archive, `reason`, `kept` (True where the row was read all the
    same and only a value became unknown or a shape was repaired), then the columns of the file; its geometry as `wkt`, in
    the CRS of the file. A semicolon separates, so that a Dutch spreadsheet opens it. A file of an earlier reading that no
    longer holds is removed.
    """
    target = folder / FOLDER
    written = []
    for source in city.settings.sources:
        path = target / f"{_safe(source.name)}.csv"
        rows = city.aside.get(source.name)
        if rows is None:
            path.unlink(missing_ok=True)
            continue
        target.mkdir(parents=True, exist_ok=True)
        rows.to_csv(path, index=False, sep=";", encoding="utf-8-sig", lineterminator="\n")
        written.append(path)
    return written


def _safe(name: str) -> str:
    """Return a source name as a file name."""
    return "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name).strip(". ") or "_"
