"""Processor time and peak memory of each room, for the invented town of any size. (nl: groei per kamer).

`python benchmarks/rooms.py --homes 2000 10000 --seconds 60`: per size a table from the reading to page one and the workbook, and with
`--later` also of what `reports` makes. Each size runs in a process of its own. Processor time is that of all threads; the
peak of memory is that of the process so far, so a room that adds nothing repeats the figure above it.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import koppelkans as kk
from koppelkans.flow import LATER, ROOMS, fitting, gathered, put_away
from koppelkans.report.write import write


def spent() -> float:
    """Return the processor time of this process and its children (s)."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def walked(homes: int, seconds: float, *, later: bool) -> Iterator[tuple[str, float, float, float]]:
    """Yield name, processor time (s), seconds on the clock and peak memory (GiB) of each step."""
    last, clock = spent(), time.perf_counter()

    def step(name: str) -> tuple[str, float, float, float]:
        nonlocal last, clock
        now, here = spent(), time.perf_counter()
        told = (name, now - last, here - clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)
        last, clock = now, here
        return told

    with tempfile.TemporaryDirectory() as folder:
        town = kk.make_town(Path(folder) / "stad", homes=homes, seed=1)
        yield step("(the town itself)")
        city = kk.read_city(town, overrides={"programme": {"seconds": seconds}})
        yield step("read")
        done: dict[str, Any] = {"city": city}
        for room in ROOMS:
            if not room.later:
                done[room.name] = room.door(done, city.settings)
                yield step(room.name)
        yield from reported(gathered(done, city.settings), Path(folder) / "uit", step)
        for part in LATER if later else ():
            plan = gathered(done, city.settings, parts=[part])
            done |= {"programme": plan.programme} | ({} if part in plan.to_come or part not in ROOM_NAMES else {part: getattr(plan, part)})  # fmt: skip
            yield step(part)
        if later:
            yield from reported(gathered(done, city.settings), Path(folder) / "uit", step)


ROOM_NAMES = {room.name for room in ROOMS}


def reported(plan: kk.Plan, out: Path, step: Callable[[str], Any]) -> Iterator[tuple[str, float, float, float]]:
    """Put a plan away and write its reports; yield what each took."""
    put_away(plan, out)
    yield step("shelf")
    for output in fitting(plan):
        write(plan, out, outputs=[output])
        yield step(f"{output.form.name} {output.viewer.folder}")


def main() -> None:
    """Print a table per size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--homes", type=int, nargs="+", default=[2000])
    asked.add_argument("--seconds", type=float, default=60.0, help="time limit of the search")
    asked.add_argument("--later", action="store_true", help="also what `reports` makes")
    given = asked.parse_args()
    if len(given.homes) > 1:
        for homes in given.homes:
            more = ["--later"] if given.later else []
            subprocess.run([sys.executable, __file__, "--homes", str(homes), "--seconds", str(given.seconds), *more], check=True)  # fmt: skip
        return
    print(
        f"\n{given.homes[0]:,} homes\n\n| room | processor (s) | clock (s) | peak (GiB) |\n| --- | ---: | ---: | ---: |"
    )
    for name, processor, clock, peak in walked(given.homes[0], given.seconds, later=given.later):
        print(f"| {name} | {processor:.1f} | {clock:.1f} | {peak:.2f} |", flush=True)


if __name__ == "__main__":
    main()
