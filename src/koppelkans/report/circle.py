"""Who an output is for, and what says so on it: its folder, its file name, its banner. (nl: kring)."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from koppelkans.ground.words import say

Circle = Literal["public", "party", "inside"]
FOLDERS = {"public": "openbaar", "party": "partijen", "inside": "intern"}
"""Circle = folder inside the output folder; a party has a folder of its own in that of the parties."""
CIRCLE_FOLDERS = tuple(f"{folder}/" for folder in FOLDERS.values())
"""Folders in which the reports stand, a folder per circle."""
FORMER = ("kaart.html", "stadsprogramma.pdf", "gebieden/*.pdf", "programma.xlsx", "businesscase.xlsx", "businesscases.pdf", "koppelkans.gpkg", "koppelkans.json", "koppelkans.schema.json", "trace.json")  # fmt: skip
"""Reports of earlier versions, which said nowhere for whom they were: taken away where new ones are written."""
WORDS = {
    "public": "Public: only what everyone may see.",
    "party": "For {party} only: its own plans, and of others what they share.",
    "inside": "Internal: this also holds what other parties do not share. Do not pass it on.",
}
SHORT = {"public": "Public", "party": "For {party} only", "inside": "Internal"}


@dataclass(frozen=True)
class Viewer:
    """Who looks at a plan: everyone, one party, or those inside."""

    circle: Circle
    party: str = ""
    name: str = ""
    """Name of the party on paper."""

    @property
    def folder(self) -> str:
        """Return the folder of its outputs, inside the output folder."""
        return FOLDERS[self.circle] + (f"/{_plain(self.party)}" if self.party else "")

    def file(self, name: str) -> str:
        """Return the name of a file with the circle in it.

        >>> Viewer("public").file("gebieden/noord.pdf")
        'gebieden/noord-openbaar.pdf'
        """
        return _marked(name, f"partij-{_plain(self.party)}" if self.party else FOLDERS[self.circle])

    def banner(self, lang: str) -> str:
        """Return the sentence that stands on everything that is made for this viewer."""
        return say(WORDS[self.circle], lang, party=self.name or self.party)

    def stamped(self, text: str, lang: str) -> str:
        """Return a subtitle or foot with the circle behind it."""
        return f"{text} · " + say(SHORT[self.circle], lang, party=self.name or self.party)


EVERYONE = Viewer("public")
INSIDE = Viewer("inside")


def pattern(name: str, circle: Circle) -> str:
    """Return which files of a name are written for a circle, with `*` for any letters."""
    folder = FOLDERS[circle]
    return f"{folder}/*/{_marked(name, 'partij-*')}" if circle == "party" else f"{folder}/{_marked(name, folder)}"


def slug(name: str) -> str:
    """Return a name as a file name bears it: small letters without signs, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "x"


def _plain(party: str) -> str:
    """Return a party as a file name bears it; no two parties alike."""
    made = slug(party)[:60]
    return made if made == party else f"{made}-{hashlib.sha256(party.encode()).hexdigest()[:6]}"


def _marked(name: str, mark: str) -> str:
    """Return a file name with a mark before its ending."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}-{mark}.{ending}"
