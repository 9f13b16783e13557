"""One HTML file of facts, template, style and script, without network. (nl: samenvoegen)."""

import base64
import gzip
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import Any

from koppelkans.ground.words import say

ROOM = files("koppelkans.report")
SCRIPTS = (
    "words",
    "unpack",
    "city",
    "shapes",
    "style",
    "layers",
    "why",
    "details",
    "panel",
    "lists",
    "search",
    "time",
    "start",
)
"""Our own scripts, in the order in which they stand in the page; they share one scope."""
PLACE = re.compile(r"{{(.+?)}}")
ASKED = re.compile(r'\bt[n]?\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?')
"""A word that a script asks for, by calling `t` with a text, or `tn` with the text for one and the text for many."""
EXPORTS = re.compile(r"export\{([^{}]*)\};?\s*(?://# sourceMappingURL=\S+\s*)?$")


def assemble(facts: dict[str, Any], *, title: str, banner: str, lang: str) -> str:
    """Return the page as HTML.

    Nothing is fetched: the Content-Security-Policy lets in only the two scripts and the style of this page, by their hash,
    and the map's own worker. Facts are compressed, and reach the page as text only.
    """
    script, library, style = own_script(), map_library(), page_style()
    data = facts | {"words": {text: say(text, lang) for text in asked_words(script)}}
    parts = {
        "lang": lang,
        "title": html.escape(title),
        "banner": html.escape(banner),
        "csp": html.escape(policy((library, script), style)),
        "style": style,
        "library": library,
        "script": script,
        "worker": squeezed(vendored("maplibre-gl-worker.mjs")),
        "licences": html.escape(vendored("LICENSE.txt")),
        "facts": squeezed(json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)),
    }
    return PLACE.sub(
        lambda place: parts.get(place[1]) or html.escape(say(place[1], lang)), own("template.html")
    )  # words of the template are translated, parts are put in as they are


def policy(scripts: tuple[str, ...], style: str) -> str:
    """Return the Content-Security-Policy of the page."""
    allowed = " ".join(_hashed(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {allowed}",
            f"style-src {_hashed(style)}",
            "img-src data: blob:",
            "font-src data:",
            "worker-src blob: data:",
            "connect-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def own(name: str) -> str:
    """Return a file of the page."""
    return (ROOM / "page" / name).read_text(encoding="utf-8")


def own_script() -> str:
    """Return our own scripts as one."""
    return "\n".join(own(f"js/{name}.js") for name in SCRIPTS)


def page_style() -> str:
    """Return the style of the map library and our own, with the letter inside."""
    fonts = "".join(
        f"@font-face{{font-family:'Public Sans';font-weight:{weight};src:url(data:font/ttf;base64,{_font(name)})}}"
        for weight, name in ((400, "PublicSans_400Regular.ttf"), (600, "PublicSans_600SemiBold.ttf"))
    )
    return fonts + vendored("maplibre-gl.css") + own("page.css")


def map_library() -> str:
    """Return MapLibre as a script within a page.

    Its exports become the members of `maplibregl`.
    """
    source = vendored("maplibre-gl.mjs")
    found = EXPORTS.search(source)
    pairs = [pair.split(" as ") for pair in found[1].split(",")] if found else []
    members = ",".join(f"{there}:{here}" for here, there in pairs)
    return EXPORTS.sub(f"globalThis.maplibregl={{{members}}};", source)


def vendored(name: str) -> str:
    """Return a vendored file of MapLibre."""
    return (ROOM / "vendor" / "maplibre-gl" / name).read_text(encoding="utf-8")


def asked_words(script: str) -> list[str]:
    """Return every English word that a script asks for, in its calls of `t` and `tn`."""
    found = {text for pair in ASKED.findall(script) for text in pair if text}
    return sorted(json.loads(f'"{text}"') for text in found)


def squeezed(text: str) -> str:
    """Return a text compressed, in letters that a page can hold.

    The same text gives the same letters.
    """
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _font(name: str) -> str:
    """Return a font in letters."""
    return base64.b64encode((ROOM / "vendor" / "fonts" / name).read_bytes()).decode()


def _hashed(part: str) -> str:
    """Return the hash by which the policy lets a part in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"
