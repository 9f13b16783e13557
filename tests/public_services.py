"""Services on loopback for tests: one of our own with every fault that is wanted, before a real one or by itself."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import yaml

CRS84, RD = "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/28992"


@dataclass
class Said:
    """One answer: status, headers and body; `cut` says more bytes than it sends, `slow_s` comes late."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(
        default_factory=lambda: {"Content-Type": "application/geo+json", "Content-Crs": f"<{RD}>"}
    )
    cut: bool = False
    slow_s: float = 0.0


Answers = Callable[[str], Said]


class LoopbackService:
    """A service whose answers are made by a function of path and question; `faults` come first, one per request."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.faults, self.asked = answers, [], []
        self.faults: list[Said | None]
        self.asked: list[str]
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked.append(self.path)
                told = service.faults.pop(0) if service.faults else None
                told = told or service.answers(self.path)
                time.sleep(told.slow_s)
                self.send_response(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(told.body) + 100 * told.cut))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(told.body)
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def serving(answers: Answers) -> Iterator[LoopbackService]:
    service = LoopbackService(answers)
    try:
        yield service
    finally:
        service.close()


def asked_of(path: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def features_api(rows: list[Mapping[str, Any]], *, page: int = 10, matched: bool = True) -> Answers:
    """Return answers as OGC API Features gives them: pages by `offset`, with a link to the next."""

    def answer(path: str) -> Said:
        own = asked_of(path)
        limit, start = min(page, int(own.get("limit", "10"))), int(own.get("offset", "0"))
        told: dict[str, Any] = {"type": "FeatureCollection", "features": rows[start : start + limit], "links": []}
        if matched:
            told["numberMatched"] = len(rows)
        if start + limit < len(rows):
            rest = "&".join(f"{name}={quote(value, safe=':/,')}" for name, value in own.items() if name != "offset")
            told["links"] = [{"rel": "next", "href": f"{urlsplit(path).path}?{rest}&offset={start + limit}"}]
        return Said(json.dumps(told).encode())

    return answer


def wfs(rows: list[Mapping[str, Any]], *, most_start: int = 10**9, said: bool = True) -> Answers:
    """Return answers as WFS 2.0 gives them: a count in XML, pages by `startIndex`, nothing after `most_start`."""

    def answer(path: str) -> Said:
        own = asked_of(path)
        left, low, right, high = (float(part) for part in own["bbox"].split(",")[:4])
        inside = [
            row
            for row in rows
            if left <= row["geometry"]["coordinates"][0][0] <= right
            and low <= row["geometry"]["coordinates"][0][1] <= high
        ]
        if own.get("resultType") == "hits":
            return Said(
                f'<wfs:FeatureCollection numberMatched="{len(inside)}" numberReturned="0"/>'.encode(), headers={}
            )
        start, count = int(own["startIndex"]), int(own["count"])
        if start > most_start:
            return Said(
                b"<ows:ExceptionReport><ows:ExceptionText>startIndex too high</ows:ExceptionText></ows:ExceptionReport>",
                400,
            )
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
        told: dict[str, Any] = {"type": "FeatureCollection", "crs": crs, "features": inside[start : start + count]}
        return Said(json.dumps(told | ({"numberMatched": len(inside)} if said else {})).encode(), headers={})

    return answer


def pipe(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return one invented line in RD, ten metres from the one before."""
    x, y = 180_000.0 + 10 * number, 456_000.0
    own = {"naam": f"r{number}", "jaar": 1960 + number % 50} | more
    return {
        "type": "Feature",
        "id": f"lei.{number}",
        "properties": own,
        "geometry": {"type": "LineString", "coordinates": [[x, y], [x + 8, y + 3]]},
    }


def before(upstream: str, faults: list[Said | None]) -> LoopbackService:
    """Return a service that hands on what another answers, with faults in between; links lead to itself."""

    def answer(path: str) -> Said:
        with urllib.request.urlopen(upstream + path, timeout=20) as found:  # noqa: S310
            kept = {
                name: value for name, value in found.headers.items() if name.lower() in ("content-type", "content-crs")
            }
            return Said(found.read().replace(upstream.encode(), service.address.encode()), headers=kept)

    service = LoopbackService(answer)
    service.faults = list(faults)
    return service


START = """
import json, sys
from pathlib import Path
from pygeoapi.openapi import get_oas
from pygeoapi.util import yaml_load
import os
with open(os.environ["PYGEOAPI_CONFIG"]) as config:
    told = get_oas(yaml_load(config))
Path(os.environ["PYGEOAPI_OPENAPI"]).write_text(json.dumps(told, default=str))
from pygeoapi.flask_app import APP
from werkzeug.serving import make_server
make_server("127.0.0.1", int(sys.argv[1]), APP, threaded=True).serve_forever()
"""


@contextmanager
def pygeoapi(folder: Path, collections: Mapping[str, tuple[Path, str, str]]) -> Iterator[str]:
    """Run the OGC server pygeoapi over GeoJSON files, and yield its address.

    Per collection: file, column with the id, coordinate system.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    config = {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": address,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": 1000},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": "x", "description": "x", "keywords": ["x"], "keywords_type": "theme", "terms_of_service": "x", "url": "x"},
            "license": {"name": "x", "url": "x"},
            "provider": {"name": "x", "url": "x"},
            "contact": {"name": "x"},
        },
        "resources": {name: _resource(*part) for name, part in collections.items()},
    }  # fmt: skip
    (folder / "config.yml").write_text(yaml.safe_dump(config))
    own = {"PYGEOAPI_CONFIG": str(folder / "config.yml"), "PYGEOAPI_OPENAPI": str(folder / "openapi.json")}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", START, str(port)], env=os.environ | own, stdout=log, stderr=log
        )
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError((folder / "log").read_text())
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def _resource(path: Path, column: str, storage: str) -> dict[str, Any]:
    """Return a collection of pygeoapi."""
    crs = [CRS84, RD]
    return {
        "type": "collection",
        "title": "x",
        "description": "x",
        "keywords": ["x"],
        "extents": {"spatial": {"bbox": [-180, -90, 180, 90], "crs": crs[0]}},
        "providers": [
            {
                "type": "feature",
                "name": "GeoJSON",
                "data": str(path),
                "id_field": column,
                "storage_crs": storage,
                "crs": crs,
            }
        ],
    }
