"""Outputs are whole: the older good one or the new one, whatever kills, fills, copies or plants things in between."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import killed
from killed import own, state
from koppelkans.ground import outputs
from koppelkans.ground.errors import InputError
from koppelkans.ground.outputs import NewDecisions, changing, put_in_place, read_whole, settle, text_of

OLD = {"trace.json": "oud", "shelf/a": "oud", "shelf/b": "oud", "kaart.html": "oud", "notitie.txt": "notitie"}
NEW = {"trace.json": "nieuw", "shelf/a": "nieuw", "kaart.html": "nieuw"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    killed.before(tmp_path / "hier", there=True)
    return tmp_path / "hier"


def change(root: Path, *, lines: bool = False) -> None:
    killed.change(root, lines=lines)


def litter(root: Path) -> list[str]:
    """Return what stands beside the city folder and the output folder."""
    return sorted(one.name for one in root.iterdir() if one.name not in ("uit", "stad"))


@pytest.mark.parametrize("there", [True, False], ids=["again", "first"])
@pytest.mark.parametrize("lines", [True, False], ids=["lines", "alone"])
def test_killed_at_any_step_the_older_good_output_or_the_new_one_is_left(tmp_path: Path, *, there: bool, lines: bool):
    words = [word for word, said in (("there", there), ("lines", lines)) if said]
    done = subprocess.run(
        [sys.executable, killed.__file__, str(tmp_path / "hier"), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len({one["step"] for one in found}) > 12, "every step on the disk was tried"
    assert max(one["again"] for one in found) > 3, "and every step of putting it right"
    old = OLD if there else {}
    new = NEW | ({"notitie.txt": "notitie"} if there else {})
    for one in found:
        assert "refused" not in one, one
        city = {name: text for name, text in one["stad"].items() if not name.startswith(".")}
        if one["uit"] == new:
            assert city == {"koppelkans.toml": ""} | ({"besluiten.toml": "# nieuw\n"} if lines else {}), one
        else:
            assert one["uit"] == old, one
            assert city == {"koppelkans.toml": ""}, one
        assert set(one["beside"]) <= {"stad", "uit"}, one
    assert {json.dumps(one["uit"]) for one in found} == {json.dumps(old, sort_keys=True) if not old else json.dumps(dict(sorted(old.items()))), json.dumps(dict(sorted(new.items())))}  # fmt: skip


def test_an_error_halfway_leaves_all_as_it_was_and_nothing_beside_it(root: Path):
    with pytest.raises(ZeroDivisionError), changing(root / "uit", own=own, drop=own) as fresh:  # noqa: PT012
        (fresh / "trace.json").write_text("half")
        _ = 1 / 0
    assert state(root / "uit") == OLD
    assert litter(root) == []


def test_files_that_are_not_ours_come_along_as_they_are(root: Path):
    out = root / "uit"
    (out / "eigen" / "leeg").mkdir(parents=True)
    (out / "eigen" / "brief.odt").write_text("brief")
    (out / "verwijzing").symlink_to("/etc/passwd")
    (out / "shelf" / "van-mij").write_text("ook ons")
    change(root)
    assert (out / "eigen" / "leeg").is_dir()
    assert (out / "verwijzing").readlink() == Path("/etc/passwd")
    assert {name: text for name, text in state(out).items() if name != "verwijzing"} == NEW | {"notitie.txt": "notitie", "eigen/brief.odt": "brief"}  # fmt: skip


def test_a_second_change_at_once_is_refused_and_the_lock_of_a_killed_one_is_gone(root: Path):
    with changing(root / "uit", own=own) as fresh:
        (fresh / "kaart.html").write_text("eerste")
        with pytest.raises(InputError, match="another command that is writing here"):
            change(root)
        settle(root / "uit", own=own)
        assert state(root / "uit") == OLD, "who only looks sees the older one"
    assert state(root / "uit") == OLD | {"kaart.html": "eerste"}
    killed.killed_at(3, lambda: None)
    (root / ".uit.koppelkans" / "new").mkdir(parents=True)
    (root / ".uit.koppelkans" / "lock").touch()
    change(root)
    assert state(root / "uit") == NEW | {"notitie.txt": "notitie"}
    assert litter(root) == []


def test_many_at_once_leave_one_of_them_whole(root: Path):
    code = "import sys, pathlib, killed\nfrom koppelkans.ground.errors import InputError\ntry:\n    killed.change(pathlib.Path(sys.argv[1]), lines=False)\nexcept InputError as problem:\n    sys.exit(3 if 'another command' in str(problem) else 4)"
    many = [subprocess.Popen([sys.executable, "-c", code, str(root)], env=os.environ | {"PYTHONPATH": str(Path(killed.__file__).parent)}) for _ in range(3)]  # fmt: skip
    ends = [one.wait() for one in many]
    assert set(ends) <= {0, 3}
    assert 0 in ends
    assert state(root / "uit") == NEW | {"notitie.txt": "notitie"}
    assert litter(root) == []


def cut_off(root: Path, told: object) -> Path:
    """Leave a swap with a journal, and return the folder that holds it."""
    beside = root / ".uit.koppelkans"
    (beside / "new").mkdir(parents=True)
    (beside / "new" / "trace.json").write_text("nieuw")
    text = told if isinstance(told, str) else json.dumps(told)
    (beside / "journal.json").write_text(text)
    return beside


@pytest.mark.parametrize("told", ["", "[]", "{", "null", "7", '{"city": "x"}', '{"city": 1, "before": "", "after": ""}', '{"city": "x", "before": "", "after": "", "more": "../other"}', "[" * 100_000, '"' + "x" * 5_000_000 + '"'], ids=lambda text: text[:12] + str(len(text)))  # fmt: skip
def test_a_journal_of_another_shape_is_named_and_nothing_is_touched(root: Path, told: str):
    beside = cut_off(root, told)
    for act in (lambda: settle(root / "uit", own=own), lambda: change(root)):
        with pytest.raises(InputError, match=r"journal\.json"):
            act()
    assert state(root / "uit") == OLD
    assert (beside / "new").is_dir()


@pytest.mark.parametrize("city", ["../other", "/", "/dev", "\x00", "x" * 5000, ""])
def test_a_city_folder_that_a_journal_names_is_never_written(root: Path, city: str):
    (root / "other").mkdir()
    cut_off(root, {"city": city, "before": "", "after": "0" * 64})
    try:
        settle(root / "uit", own=own)
    except InputError as problem:
        assert "besluiten.toml" in str(problem)  # noqa: PT017
    assert state(root / "uit") == OLD
    assert list((root / "other").iterdir()) == []
    assert state(root / "stad") == {"koppelkans.toml": ""}


def test_at_a_besluiten_that_the_journal_does_not_know_it_stops_and_names_the_file(root: Path):
    cut_off(root, {"city": str(root / "stad"), "before": "", "after": "0" * 64})
    (root / "stad" / "besluiten.toml").write_text("# van een ander\n")
    for act in (lambda: settle(root / "uit", own=own), lambda: change(root)):
        with pytest.raises(InputError, match=r"stad.besluiten\.toml: found other text; wanted this file as it was"):
            act()
    assert state(root / "uit") == OLD
    (root / "stad" / "besluiten.toml").unlink()
    settle(root / "uit", own=own)
    assert (state(root / "uit"), litter(root)) == (OLD, [])


def test_a_journal_is_read_beside_the_city_folder_that_the_command_names(root: Path):
    (root / "elders").mkdir()
    cut_off(root, {"city": str(root / "weg"), "before": "1" * 64, "after": "2" * 64})
    with pytest.raises(InputError, match="no such file"):
        settle(root / "uit", own=own)
    cut_off_text = (root / ".uit.koppelkans" / "journal.json").read_text()
    (root / "elders" / "besluiten.toml").write_text("x")
    after = outputs._mark("x")
    (root / ".uit.koppelkans" / "journal.json").write_text(cut_off_text.replace("2" * 64, after))
    settle(root / "uit", own=own, city=root / "elders")
    assert state(root / "uit") == {"trace.json": "nieuw"}


@pytest.mark.parametrize("name", ["journal.json", "lock", "new", "old", ""])
def test_links_where_a_change_is_made_are_not_followed(root: Path, name: str, tmp_path: Path):
    away = tmp_path / "weg"
    away.mkdir()
    (away / "kostbaar").write_text("kostbaar")
    beside = root / ".uit.koppelkans"
    if name:
        beside.mkdir()
        (beside / name).symlink_to(away / "kostbaar" if "." in name or name == "lock" else away)
    else:
        beside.symlink_to(away)
    try:
        change(root)
    except InputError:
        assert state(root / "uit") == OLD
    assert state(away) == {"kostbaar": "kostbaar"}


@pytest.mark.parametrize("name", ["shelf", "shelf/c", "trace.json"])
def test_a_file_of_ours_that_is_a_link_is_refused(root: Path, name: str, tmp_path: Path):
    path = root / "uit" / name
    if path.exists():
        path.rename(tmp_path / "weg")
    path.symlink_to(tmp_path / "weg")
    for act in (lambda: settle(root / "uit", own=own), lambda: change(root)):
        with pytest.raises(InputError, match="found a link"):
            act()


def test_folders_that_are_not_for_output_are_refused_in_words(root: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(out: Path, match: str) -> None:
        there = sorted(root.rglob("*"))
        with pytest.raises(InputError, match=match), changing(out, own=own, city=root / "stad"):
            pass
        assert sorted(root.rglob("*")) == there

    (root / "project" / ".git").mkdir(parents=True)
    (root / "bestand").touch()
    refused(root / "stad", "the city folder, or a folder around it")
    refused(root, "the city folder, or a folder around it")
    refused(root / "project", "a folder with other things")
    refused(root / "bestand", "a file")
    refused(root / "bestand" / "uit", "Not a directory|File exists|a file")
    monkeypatch.setenv("HOME", str(root / "project"))
    refused(root / "project", "the folder of a person")
    (root / "uit" / "koppelkans.toml").touch()
    refused(root / "uit", "a city folder")
    (root / "uit" / "koppelkans.toml").unlink()
    monkeypatch.chdir(root / "uit" / "shelf")
    refused(root / "uit", "the folder that you stand in")


def test_an_output_folder_inside_the_city_folder_is_fine(root: Path):
    with changing(root / "stad" / "uit", own=own, city=root / "stad") as fresh:
        (fresh / "trace.json").write_text("nieuw")
    assert state(root / "stad") == {"koppelkans.toml": "", "uit/trace.json": "nieuw"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("at", ["rename", "replace", "mkdir", "write_bytes", "write_text", "unlink"])
def test_a_disk_that_refuses_at_any_time_is_told_and_leaves_a_whole(root: Path, monkeypatch: pytest.MonkeyPatch, at: str, code: int):  # fmt: skip
    kept = getattr(Path, at)
    for nth in range(1, 9):
        count = 0

        def refuse(self: Path, *given: object, **named: object) -> object:
            nonlocal count
            count += 1
            if count == nth:  # noqa: B023
                raise OSError(code, os.strerror(code), str(self))
            return kept(self, *given, **named)

        killed.before(root, there=True)
        with monkeypatch.context() as patched:
            patched.setattr(Path, at, refuse)
            try:
                change(root, lines=True)
            except InputError as problem:
                assert os.strerror(code) in str(problem)  # noqa: PT017
        settle(root / "uit", own=own)
        done = state(root / "uit") == NEW | {"notitie.txt": "notitie"}
        assert done or state(root / "uit") == OLD
        assert (root / "stad" / "besluiten.toml").exists() == done


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_leaves_the_older_output(tmp_path: Path):
    disk = tmp_path / "schijf"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False).returncode:  # fmt: skip
        pytest.skip("no disk can be mounted here")
    try:
        killed.before(disk / "hier", there=True)
        with pytest.raises(InputError, match="room"), changing(disk / "hier" / "uit", own=own, drop=own) as fresh:
            (fresh / "trace.json").write_bytes(b"x" * 4_000_000)
        assert state(disk / "hier" / "uit") == OLD
        with (  # noqa: PT012
            pytest.raises(InputError, match="a full disk"),
            changing(disk / "hier" / "uit", own=own, drop=own) as fresh,
        ):
            (fresh / "vol").write_bytes(b"x" * 1_500_000)
            raise RuntimeError  # as a library does that hides what the disk said
        assert state(disk / "hier" / "uit") == OLD
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_besluiten_that_changed_while_we_worked_is_left_and_the_output_put_back(root: Path):
    decided = NewDecisions(root / "stad", None, "# nieuw\n")
    with pytest.raises(InputError, match="changed meanwhile"), changing(root / "uit", own=own, decided=lambda: decided) as fresh:  # fmt: skip  # noqa: PT012
        (fresh / "kaart.html").write_text("nieuw")
        (root / "stad" / "besluiten.toml").write_text("# van een ander\n")
    assert state(root / "uit") == OLD
    assert state(root / "stad") == {"koppelkans.toml": "", "besluiten.toml": "# van een ander\n"}
    assert litter(root) == []


def test_who_reads_while_another_swaps_reads_again_and_mixes_nothing(root: Path):
    out, read = root / "uit", []

    def look() -> list[str]:
        first = (out / "trace.json").read_text()
        if not read:
            change(root)
        read.append(first)
        return [first, (out / "shelf" / "a").read_text()]

    assert read_whole(out, look) == ["nieuw", "nieuw"]
    assert read == ["oud", "nieuw"]
    with pytest.raises(FileNotFoundError):
        read_whole(out, (out / "nergens").read_text)


def test_one_file_is_put_in_place_whole_or_not_at_all(root: Path, monkeypatch: pytest.MonkeyPatch):
    file = root / "diep" / "plan.csv"
    put_in_place(file, "een")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "No space left")))
    with pytest.raises(InputError, match="No space left"):
        put_in_place(file, "twee")
    assert state(root / "diep") == {"plan.csv": "een"}


def test_text_of_reads_small_files_of_text_only(root: Path):
    for name, make in {"map": Path.mkdir, "vreemd": lambda path: path.write_bytes(b"\xff"), "wijst": lambda path: path.symlink_to("/etc/passwd"), "pijp": os.mkfifo}.items():  # fmt: skip
        make(root / name)
        with pytest.raises(InputError):
            text_of(root / name)
    assert text_of(root / "nergens") is None
