"""A file beside the outputs says what each folder holds and for whom it is."""

from pathlib import Path
from types import SimpleNamespace

import hamlet
from koppelkans.report.read_me import put_read_me


def test_every_folder_is_told_and_those_of_the_commands_are_internal(tmp_path: Path):
    put_read_me(SimpleNamespace(settings=hamlet.settings()), tmp_path)  # type: ignore[arg-type]
    (file,) = tmp_path.iterdir()
    lines = file.read_text(encoding="utf-8").splitlines()
    assert (file.name, lines[0]) == ("LEES-MIJ.txt", "Gehucht: stadsprogramma 2027-2036")
    told = {line.split("/")[0]: line for line in lines[2:]}
    assert list(told) == ["intern", "openbaar", "partijen", "shelf", "undo"]
    assert "geef het niet door" in told["shelf"]
    assert "intern" in told["undo"]
