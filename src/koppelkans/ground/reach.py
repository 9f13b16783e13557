"""Which files may be read: those of the city folder and of folders the user names. (nl: leesgrens).

Settings come from whoever sends a city folder; what they may read is for whoever runs it to say.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase


def leads_out(path: Path, roots: Sequence[Path]) -> bool:
    """Tell whether a path, with every link in it followed, lies outside all of these folders.

    A path that cannot be followed (links in a circle) leads out too. Whether the file exists plays no part.
    """
    try:
        real = path.resolve()
        return not any(real.is_relative_to(root.resolve()) for root in roots)
    except (OSError, RuntimeError, ValueError):
        return True


def refuse_outside(path: Path, where: str, roots: Sequence[Path]) -> None:
    """Refuse a file that lies, or has a part, outside the folders that may be read.

    Parameters
    ----------
    where
        The file as the user named it, for the fault.

    Raises
    ------
    InputError
        With nothing of the file in it, not even whether it exists.
    """
    if leads_out(path, roots) or any(leads_out(part, roots) for part in _belonging(path)):
        wanted = Phrase("a file in the city folder itself; or its folder on the command line: `--sources-from FOLDER`")
        raise InputError([Fault(where, Phrase("a file outside the city folder"), wanted, fatal=True)])


def _belonging(path: Path) -> Iterator[Path]:
    """Yield the links beside a file that are read with it: parts of a Shapefile, journals of a GeoPackage."""
    if path.parent.is_dir():
        whole = path.suffix.lower() == ".shp"
        for part in path.parent.iterdir():
            mine = part.name.startswith(path.name) or (whole and part.stem.lower() == path.stem.lower())
            if mine and part.is_symlink():
                yield part
