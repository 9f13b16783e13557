"""The command that opens the map of a run, from disk or over a local server. (nl: bekijken)."""

import functools
import http.server
import threading
import webbrowser
from pathlib import Path

from koppelkans.cli.voice import Voice, guarded, t
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import settle, shelved
from koppelkans.ground.words import Phrase

MAP_FILE = "intern/kaart-intern.html"
LOCAL = "127.0.0.1"


def open_map(out: Path, *, serve: bool, port: int, browser: bool, as_json: bool) -> None:
    """Open the map; with --serve over a local server, until Ctrl-C."""
    voice = Voice(as_json=as_json)

    def look() -> None:
        for folder in (out, out / "uit"):
            settle(folder, own=shelved)
        page = _map_of(out)
        if not serve:
            voice.words(page.as_uri())
            voice.result({"ok": True, "url": page.as_uri()})
            if browser:
                webbrowser.open(page.as_uri())
            return
        server = serving(page.parent, port=port)
        url = f"http://{LOCAL}:{server.server_address[1]}/{page.name}"
        voice.words(t("Serving {url} on this computer only; stop with Ctrl-C.", url=url))
        voice.result({"ok": True, "url": url})
        if browser:
            webbrowser.open(url)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            server.shutdown()

    guarded(voice, look)


def serving(folder: Path, *, port: int = 0) -> http.server.ThreadingHTTPServer:
    """Start and return a server for one folder on the loopback address.

    It runs in a thread of its own.
    """

    class Quiet(http.server.SimpleHTTPRequestHandler):
        """Serves files without writing a line for each."""

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = http.server.ThreadingHTTPServer((LOCAL, port), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _map_of(out: Path) -> Path:
    """Return the map in the folder of a run, or in `uit` of a demo folder."""
    for page in (out / MAP_FILE, out / "uit" / MAP_FILE):
        if page.is_file():
            return page
    raise InputError(
        [
            Fault(
                str(out),
                Phrase("no {name}", name=MAP_FILE),
                Phrase("the --out folder of `koppelkans run` or `koppelkans demo`"),
                fatal=True,
            )
        ]
    )
