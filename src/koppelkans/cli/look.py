"""The command that opens the map of a run, from disk or over a local server. (nl: bekijken)."""

import functools
import http.server
import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from koppelkans.cli.options import AsJson
from koppelkans.cli.voice import Voice, guarded, t
from koppelkans.flow import own
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import settle
from koppelkans.ground.words import Phrase

MAP_FILE = "kaart.html"
LOCAL = "127.0.0.1"


def open_map(
    out: Annotated[
        Path, typer.Argument(help=t("Folder with the results of a run."), file_okay=False, resolve_path=True)
    ],
    *,
    serve: Annotated[
        bool,
        typer.Option("--serve", help=t("Serve the folder on this computer only, instead of opening the file itself.")),
    ] = False,
    port: Annotated[int, typer.Option(help=t("Port of that server; 0 takes a free one."), min=0, max=65535)] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help=t("Open the browser."))] = True,
    as_json: AsJson = False,
) -> None:
    """Open the map; with --serve over a local server, until Ctrl-C."""
    voice = Voice(as_json=as_json)

    def look() -> None:
        for folder in (out, out / "uit"):
            settle(folder, own=own)
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
    """Start a server for one folder on the loopback address, in a thread of its own, and return it."""

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
