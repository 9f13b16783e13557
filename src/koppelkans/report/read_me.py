"""What each folder of the outputs holds and for whom it is, in a file beside them. (nl: lees mij)."""

from pathlib import Path

from koppelkans.ground.outputs import READ_ME, SHELF, UNDO
from koppelkans.ground.words import say
from koppelkans.report.circle import FOLDERS
from koppelkans.report.plan import Plan

HOLDS = {
    FOLDERS["inside"]: "Everything, for the municipality itself only. Begin with the map and the city programme.",
    FOLDERS["public"]: "For everyone: map, a page per street, city and area programmes, open data.",
    FOLDERS["party"]: "A folder per party, for that party only.",
    SHELF: "What Koppelkans goes on with: every command reads it. Do not change it and do not pass it on: it holds what is internal.",
    UNDO: "What stood here before each change, for the command “koppelkans undo”. Internal too.",
}
"""Folder = what it holds; the last one is there after a change."""


def put_read_me(plan: Plan, folder: Path) -> None:
    """Write the file in the folder of the outputs, in the language of the city."""
    city, years, lang = plan.settings.city, plan.settings.years, plan.settings.city.lang
    head = say("{city}: city programme {first}-{last}", lang, city=city.name, first=years.first, last=years.last)
    wide = max(map(len, HOLDS)) + 3
    lines = [f"{name + '/':<{wide}}{say(text, lang)}" for name, text in HOLDS.items()]
    (folder / READ_ME[lang]).write_text("\n".join([head, "", *lines]) + "\n", encoding="utf-8", newline="\n")
