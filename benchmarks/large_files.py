"""Large inputs: what reading a GML-light of any size and running a city of any size takes. (nl: grote bestanden).

`python benchmarks/large_files.py gml SAMPLE.zip --mb 1000` repeats the members of a BGT delivery in one GML of so many MB and reads it within the bounds of the reading process;
`python benchmarks/large_files.py city --works 200000 --addresses 1000000` makes a city of points and lines along a grid of streets and runs it, or tells how it is refused.
Processor time (s) and the highest memory (GiB) are those of all processes together, sampled ten times a second.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import numpy as np

PAGE = os.sysconf("SC_PAGE_SIZE")
SETTINGS = """[city]
name = "Groot"
[horizon]
first = 2027
last = 2036
[[sources]]
name = "straten"
role = "sections"
path = "straten.csv"
crs = "EPSG:28992"
[[sources]]
name = "werken"
role = "works"
path = "werken.csv"
crs = "EPSG:28992"
[[sources]]
name = "adressen"
role = "addresses"
path = "adressen.csv"
crs = "EPSG:28992"
"""
READ = "import sys; from pathlib import Path; from koppelkans.context import read_city; from koppelkans.ground.settings import make_settings; city = read_city(Path(sys.argv[1]), settings=make_settings({'sources': [{'name': 'bgt', 'role': 'topography', 'path': sys.argv[2]}]})); print(city.understood[['rows', 'read', 'left_out']].to_string(), [str(f) for f in city.faults][:3])"


def repeated(sample: Path, to: Path, mb: int) -> None:
    """Write one GML with the features of the road parts of a delivery, over and over."""
    with zipfile.ZipFile(sample) as archive:
        name = next(name for name in archive.namelist() if "wegdeel" in name and "ondersteunend" not in name)
        text = archive.read(name)
    first, last = text.index(b"<cityObjectMember"), text.rindex(b"</cityObjectMember>") + len(b"</cityObjectMember>")
    with to.open("wb") as stream:
        stream.write(text[:first])
        while stream.tell() < mb * 2**20:
            stream.write(text[first:last])
        stream.write(text[last:])


def made_city(folder: Path, works: int, addresses: int) -> None:
    """Write a city: a grid of streets of 100 m, works along them, addresses beside them."""
    rng = np.random.default_rng(1)
    side = max(10, int(np.sqrt(addresses / 30)))
    x, y = 100_000.0, 400_000.0
    with (folder / "straten.csv").open("w") as stream:
        stream.write("section;name;wkt\n")
        for row in range(side):
            for column in range(side // 2):
                left, low = x + 200 * column, y + 100 * row
                stream.write(f"s{row}-{column};Straat {row};LINESTRING ({left} {low}, {left + 200} {low})\n")
    at = rng.integers(0, [side // 2, side], size=(works, 2))
    with (folder / "werken.csv").open("w") as stream:
        stream.write("work;owner;kind;earliest_year;latest_year;cost_eur;wkt\n")
        for nth, (column, row) in enumerate(at):
            left, low, year = x + 200 * column, y + 100 * row, 2027 + nth % 8
            kind = ("sewer_gravity", "gas_low", "water_main", "paving")[nth % 4]
            stream.write(
                f"w{nth};{('gemeente', 'gas', 'water', 'gemeente')[nth % 4]};{kind};{year};{year + 2};{10_000 + nth % 90_000};LINESTRING ({left + 5} {low + 2}, {left + 150} {low + 2})\n"
            )
    spots = rng.uniform(0, 1, size=(addresses, 2)) * [side // 2 * 200, side * 100] + [x, y]
    with (folder / "adressen.csv").open("w") as stream:
        stream.write("address;x;y\n")
        stream.writelines(f"a{nth};{one:.1f};{two:.1f}\n" for nth, (one, two) in enumerate(spots))
    (folder / "koppelkans.toml").write_text(SETTINGS)


def watched(command: list[str]) -> tuple[int, float, float, float]:
    """Run a command, and return its code, processor time (s), seconds, and the highest memory of its tree (GiB)."""
    began, highest = time.perf_counter(), 0
    process = subprocess.Popen(command)
    used: list[float] = []

    def wait() -> None:
        _, status, spent = os.wait4(process.pid, 0)
        used.extend([os.waitstatus_to_exitcode(status), spent.ru_utime + spent.ru_stime])

    waiter = threading.Thread(target=wait)
    waiter.start()
    while waiter.is_alive():
        highest = max(highest, sum(_resident(one) for one in _tree(process.pid)))
        waiter.join(0.1)
    return int(used[0]), used[1], time.perf_counter() - began, highest / 2**30


def _tree(pid: int) -> list[int]:
    """Return a process with all that it started."""
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(deep for child in own for deep in _tree(int(child)))]


def _resident(pid: int) -> int:
    """Return the memory of a process that no other shares (bytes)."""
    try:
        whole, shared = map(int, Path(f"/proc/{pid}/statm").read_text().split()[1:3])
    except OSError:
        return 0
    return (whole - shared) * PAGE


def main() -> None:
    """Measure what is asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=["gml", "city"])
    ask.add_argument("sample", nargs="?", type=Path)
    ask.add_argument("--mb", type=int, default=1000)
    ask.add_argument("--works", type=int, default=200_000)
    ask.add_argument("--addresses", type=int, default=1_000_000)
    ask.add_argument("--keep", type=Path)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(exist_ok=True)
        if given.what == "gml":
            target = folder / "bgt_wegdeel.gml"
            if not target.exists():
                repeated(given.sample, target, given.mb)
            command, size = [sys.executable, "-c", READ, str(folder), target.name], target.stat().st_size / 2**20
        else:
            if not (folder / "koppelkans.toml").exists():
                made_city(folder, given.works, given.addresses)
            command, size = (
                [sys.executable, "-m", "koppelkans.cli", "run", str(folder), "--out", str(folder / "uit")],
                0.0,
            )
        code, processor, seconds, memory = watched(command)
    rate = f", {size / processor:.0f} MB/s of processor" if size else ""
    print(f"code {code}: {processor:.1f} s of processor ({seconds:.0f} s on the clock), at most {memory:.2f} GiB{rate}")


if __name__ == "__main__":
    main()
