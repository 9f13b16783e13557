"""Kill a change at every step that it takes on the disk, and tell in what state each kill leaves the folders.

Run as a script in a process of its own, which forks once per step; it prints one line of JSON.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from koppelkans.ground.errors import InputError
from koppelkans.ground.outputs import NewDecisions, changing, settle

STEPS = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.chmod", "os.symlink"}
OURS = ("trace.json", "shelf/", "kaart.html")


def own(name: str) -> bool:
    return name.startswith(OURS)


def state(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its text."""
    return {one.relative_to(folder).as_posix(): one.read_text() for one in sorted(folder.rglob("*")) if one.is_file()}


def before(root: Path, *, there: bool) -> None:
    """Make the folders as they are before the change."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "stad").mkdir(parents=True)
    (root / "stad" / "koppelkans.toml").write_text("")
    if there:
        (root / "uit" / "shelf").mkdir(parents=True)
        for name in ("trace.json", "shelf/a", "shelf/b", "kaart.html", "notitie.txt"):
            (root / "uit" / name).write_text("notitie" if name == "notitie.txt" else "oud")


def change(root: Path, *, lines: bool) -> None:
    """Change the output folder, with lines for besluiten.toml or without."""
    decided = NewDecisions(root / "stad", None, "# nieuw\n") if lines else None
    with changing(root / "uit", own=own, drop=own, city=root / "stad", decided=lambda: decided) as fresh:
        (fresh / "shelf").mkdir()
        for name in ("trace.json", "shelf/a", "kaart.html"):
            (fresh / name).write_text("nieuw")


def killed_at(step: int, act: Callable[[], None]) -> bool:
    """Act in a child that is killed just before a step; tell whether it lived."""
    child = os.fork()
    if child == 0:
        count = 0

        def look(event: str, details: tuple[object, ...]) -> None:
            nonlocal count
            writes = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)
            if event in STEPS or writes:
                count += 1
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def tell(root: Path) -> dict[str, object]:
    """Settle and return what stands there."""
    settle(root / "uit", own=own)
    beside = sorted(one.name for one in root.iterdir())
    return {"uit": state(root / "uit"), "stad": state(root / "stad"), "beside": beside}


def main(root: Path, *, there: bool, lines: bool) -> None:
    """Kill at each step, and settle; then kill the settling at each of its steps too."""
    found: list[dict[str, object]] = []
    step, lived = 0, False
    while not lived:
        step += 1
        before(root, there=there)
        lived = killed_at(step, lambda: change(root, lines=lines))
        again, rest = 0, not (root / ".uit.koppelkans" / "journal.json").exists()
        if rest:
            found.append({"step": step, "again": 0, "lived": lived} | tell(root))
            continue
        shutil.rmtree(root.with_name("kept"), ignore_errors=True)
        shutil.copytree(root, root.with_name("kept"))
        while not rest:
            again += 1
            shutil.rmtree(root)
            shutil.copytree(root.with_name("kept"), root)
            rest = killed_at(again, lambda: settle(root / "uit", own=own))
            try:
                found.append({"step": step, "again": again, "lived": lived} | tell(root))
            except InputError as problem:
                found.append({"step": step, "again": again, "refused": str(problem)})
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), there="there" in sys.argv, lines="lines" in sys.argv)
