"""Fetch from a service, killed at every step that it takes on the disk, and tell what stands there after going on.

Run as a script in a process of its own with a folder and the address of the service. It prints JSON.
"""

import json
import shutil
import sys
from pathlib import Path

from killed import killed_at
from koppelkans.context.fetching.addresses import CheckedTransport
from koppelkans.context.fetching.bringing import FOLDER, FetchOrder, bring
from koppelkans.context.fetching.client import Pace, ServiceClient
from koppelkans.context.fetching.services import Service


def fetch(city: Path, address: str) -> int:
    """Fetch once; return the rows."""
    told = {"service": "proef", "nl": "proef", "en": "trial", "protocol": "features", "address": address}
    told |= {"crs": "EPSG:28992", "page": 10, "licence": "CC0", "source": "invented"}
    service = Service(**told, collections=[{"collection": "leiding", "role": "assets"}])
    client = ServiceClient(CheckedTransport(allow_private=True), Pace(pause_s=0.0))
    order = FetchOrder([service], {"proef": service}, box=(179_990.0, 455_990.0, 181_000.0, 456_100.0))
    brought = bring(city, order, client=client)
    if brought.faults:
        raise SystemExit(str(brought.faults))
    return brought.files[0].rows


def main(root: Path, address: str) -> None:
    """Kill at each step and go on."""
    city, found = root / "stad", []
    city.mkdir()
    fetch(city, address)
    whole = (city / FOLDER / "proef_leiding.geojson").read_text()
    step, lived = 1, False
    while not lived:
        shutil.rmtree(city)
        city.mkdir()
        lived = killed_at(step, lambda: fetch(city, address))
        rows = fetch(city, address)
        beside = sorted(one.name for one in (city / FOLDER).iterdir())
        found.append({"rows": rows, "beside": beside, "file": (city / FOLDER / "proef_leiding.geojson").read_text()})
        step += 1
    sys.stdout.write(json.dumps([whole, found]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
