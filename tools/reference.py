"""Write docs/reference from the code: tables, settings, defaults, pieces, errors and commands. (nl: naslag)."""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

os.environ["LC_ALL"] = "en"  # the reference is in English, whatever the machine speaks

import typer.main
from pydantic import BaseModel

from koppelkans import flow
from koppelkans.appraisal.financing import catalogue
from koppelkans.cli import app
from koppelkans.ground import errors
from koppelkans.ground.settings import Figure, Settings, make_settings
from koppelkans.programme.problem import Problem
from koppelkans.rules.purse_sorts import purse_sorts
from koppelkans.vision.effects import counted, effects_of
from koppelkans.vision.themes import LEVELS, themes_of

if TYPE_CHECKING:
    from koppelkans.ground.tables import Column, Schema

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
SHORT = 60
HEAD = "<!-- Made by `make reference` from the code; do not edit by hand. -->\n\n"


UNITS = {"eur": "€", "eur/year": "€ per year", "eur/h": "€ per hour", "eur/eur": "€ per €", "m2": "m²", "score": "0-1"}
SEEN = {
    "": "",
    "open": "everyone",
    "owner": "everyone",
    "whole": "everyone, as a figure of the whole",
    "text": "everyone, without personal data",
    "told": "everyone, without hidden names",
    "person": "those inside only: a person may be named",
    **{word: f"where its owner shares {word}" for word in ("place", "window", "kind", "certainty", "name", "cost")},
}


def _named(schema: Schema) -> str:
    """Return what people call a table."""
    return f" On paper and screen: {schema.nl} / {schema.en}." if schema.nl else ""


def _more(column: Column) -> str:
    """Return what a column may hold, what its codes stand for, and of which table it holds the key."""
    told = f" One of: {', '.join(column.one_of)}." if column.one_of else ""
    if isinstance(column.codes, dict):
        told += " Shown as: " + ", ".join(f"{code} = {word}" for code, word in column.codes.items() if code != word) + "." if any(code != word for code, word in column.codes.items()) else ""  # fmt: skip
    if column.refers:
        told += " Key of another column's table." if column.refers == "any" else f" Key of `{column.refers}`."
    return told


def tables() -> str:
    """Return every table of every product with its columns."""
    parts = [
        "# Tables\n\nWhat each room hands on, and last the plain tables of a programming problem ([how to solve them](../how-to/solve-plain-tables.md)). Unknown stays unknown: a column marked `may be unknown` holds a missing value, never a zero. Heading, unit, words of codes and who may see it stand at the column and hold for PDF, workbook and screen alike.\n"
    ]
    nouns = [(room.name, room.noun) for room in flow.ROOMS] + [("plain tables", Problem)]
    for room, noun in nouns:
        parts.append(f"\n## {room}: `{noun.__name__}`\n\n{inspect.getdoc(noun)}\n")
        for name, schema in noun.TABLES.items():
            key = f" Key: {', '.join(f'`{part}`' for part in schema.key)}." if schema.key else ""
            parts.append(
                f"\n### {room}.{name}\n\n{schema.meaning}{key}{_named(schema)}\n\n| column | heading | type | unit | may be unknown | meaning | who may see it |\n| --- | --- | --- | --- | --- | --- | --- |\n"
            )
            for column, shape in schema.columns.items():
                headings = f"{shape.nl} / {shape.heading('en')}" if shape.nl else ""
                parts.append(
                    f"| `{column}` | {headings} | {shape.dtype} | {UNITS.get(shape.unit, shape.unit)} | {'' if shape.known else 'yes'} | {shape.meaning}.{_more(shape)} | {SEEN[shape.seen]} |\n"
                )
    return "".join(parts)


def settings() -> str:
    """Return every setting with its type, default and meaning."""
    parts = [
        "# Settings\n\nEverything that can stand in `koppelkans.toml`. Defaults, then the file, then the command line.\n"
    ]
    seen: set[type[BaseModel]] = set()

    def write(model: type[BaseModel], title: str) -> None:
        if model in seen:
            return
        seen.add(model)
        parts.append(
            f"\n## {title}\n\n{inspect.getdoc(model)}\n\n| key | type | default | meaning |\n| --- | --- | --- | --- |\n"
        )
        inner: list[tuple[type[BaseModel], str]] = []
        for name, field in model.model_fields.items():
            default = "needed" if field.is_required() else _short(field.get_default(call_default_factory=True))
            parts.append(f"| `{name}` | {_type(field.annotation)} | {default} | {field.description or ''} |\n")
            inner += [
                (kind, f"{title}.{name}" if title != "koppelkans.toml" else name) for kind in _models(field.annotation)
            ]
        for kind, place in inner:
            write(kind, place)

    write(Settings, "koppelkans.toml")
    return "".join(parts)


def defaults() -> str:
    """Return every default number with its unit, source, price level and basis."""
    parts = [
        "# Default numbers\n\nEvery number that Koppelkans uses where a city gives none, with its source. `assumed` means: no public figure was found, set your own.\n\n| where | value | unit | price level | basis | source |\n| --- | --- | --- | --- | --- | --- |\n"
    ]

    def walk(value: object, place: str) -> None:
        if isinstance(value, Figure):
            span = f" ({value.low:g}–{value.high:g})" if value.low is not None and value.high is not None else ""
            parts.append(
                f"| `{place}` | {value.value:g}{span} | {value.unit} | {value.price_year or ''} | {value.basis} | {value.source} |\n"
            )
        elif isinstance(value, BaseModel):
            for name in type(value).model_fields:
                walk(getattr(value, name), f"{place}.{name}" if place else name)
        elif isinstance(value, dict):
            for name, part in value.items():
                walk(part, f"{place}.{name}")
        elif isinstance(value, list):
            for part in value:
                walk(part, f"{place}.{getattr(part, 'ambition', '')}".rstrip("."))

    walk(make_settings({}), "")
    return "".join(parts)


def effects() -> str:
    """Return the table of effects, and the kinds of work of which the effect on an ambition is unknown."""
    settings = make_settings({})
    ambitions, kinds = settings.vision.ambitions, settings.kinds
    table = effects_of(ambitions, kinds)
    head = (
        "# Effects of works on ambitions\n\nHow much of the need in a section a kind of work meets, per m, m2 or piece (0 none, 1 all). Shares have no price level. "
        "Change them under `vision.ambitions.<name>.effects`; see [the method](../methods/vision.md).\n\n"
        "| ambition | kind of work | effect | per | range | basis | source |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    )
    parts = [head]
    for row in table.itertuples():
        span = "–".join(f"{end:g}" for end in (row.low, row.high) if end == end)  # noqa: PLR0124 -- NaN is not itself
        parts.append(
            f"| `{row.ambition}` | `{row.kind}` | {row.effect:g} | {row.per:g} {row.unit} | {span} | {row.basis} | {row.source} |\n"
        )
    parts.append(
        "\n## Unknown\n\nOf these kinds nobody gave the effect: it is unknown, and counted. Write 0 for a kind that is known to have none.\n\n"
        "| ambition | known | unknown | kinds of work with an unknown effect |\n| --- | --- | --- | --- |\n"
    )
    for one, count in zip(ambitions, counted(table, ambitions, kinds).itertuples(), strict=True):
        missing = ", ".join(f"`{kind}`" for kind in kinds if kind not in one.effects)
        parts.append(f"| `{one.ambition}` | {count.kinds_known} | {count.kinds_unknown} | {missing} |\n")
    return "".join(parts)


def theme_sets() -> str:
    """Return every set of themes with what each level asks."""
    plain = make_settings({}).vision
    head = (
        "# Theme sets of the ambitieweb\n\nWhat `vision.theme_set` chooses from. Names differ from source to source, and every city may rename, leave out and add: "
        "see [the method](../methods/vision.md).\n"
    )
    parts = [head]
    for chosen in plain.theme_sets:
        themes, asks = themes_of(plain.model_copy(update={"theme_set": chosen.set}))
        parts.append(f"\n## `{chosen.set}`: {chosen.en}\n\nDutch: {chosen.nl}. Source: {chosen.source}.\n")
        said = asks.set_index(["theme", "level"])
        for theme in themes.itertuples():
            known = theme.source if theme.verified else "**no source found for the name**"
            linked = theme.ambitions if isinstance(theme.ambitions, str) else "none: the level reached is unknown"
            parts.append(
                f"\n### `{theme.theme}`: {theme.name_nl} ({theme.name_en})\n\nAmbitions that count: {linked}. Name: {known}.\n\n"
                "| level | what must be shown | wat u moet laten zien |\n| --- | --- | --- |\n"
            )
            for level in LEVELS:
                if (theme.theme, level) in said.index:
                    row = said.loc[(theme.theme, level)]
                    parts.append(f"| {level} | {row['ask_en']} | {row['ask_nl']} |\n")
    return "".join(parts)


def mistakes() -> str:
    """Return every error with what it means."""
    parts = [
        "# Errors\n\nEvery error that Koppelkans raises on purpose. On the command line each ends with exit code 1; wrong use ends with 2.\n\n| error | meaning |\n| --- | --- |\n"
    ]
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, errors.KoppelkansError):
            parts.append(f"| `{name}` | {inspect.getdoc(kind)} |\n")
    return "".join(parts)


def commands() -> str:
    """Return every command with its arguments and options."""
    parts = [
        "# Commands\n\nEvery command takes `--json` and then ends with one line of JSON on standard output. Exit codes: 0 good, 1 the input cannot be used, 2 wrong use.\n"
    ]
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        parts.append(
            f"\n## koppelkans {name}\n\n{command.help}\n\n| argument or option | default | meaning |\n| --- | --- | --- |\n"
        )
        for option in command.params:
            flags = (
                option.name.upper()
                if option.param_type_name == "argument"
                else ", ".join(option.opts + option.secondary_opts)
            )
            default = "" if callable(option.default) or option.default is None else option.default
            parts.append(
                f"| `{flags}` | {'needed' if option.required else default} | {getattr(option, 'help', '') or ''} |\n"
            )
    return "".join(parts)


def financing() -> str:
    """Return the catalogues of financing: sorts of purses, holders, models, and the clusters with their steps."""
    parts = [
        "# Financing: purses, holders, models and steps\n\nEach entry with its source. `verified`: the source was read; `unverified`: to be checked by the city. How they are used: [who pays, who gains](../methods/financing.md).\n\n## Sorts of purses\n\n| sort | name | order | only these kinds whole | rule | source | status |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    ]
    for name, sort in purse_sorts().items():
        kinds = ", ".join(f"`{kind}`" for kind in sort.kinds)
        parts.append(
            f"| `{name}` | {sort.en} ({sort.nl}) | {sort.order} | {kinds} | {sort.rule_en} | {sort.source} | {sort.status} |\n"
        )
    parts.append(
        "\n## Holders of costs and benefits\n\n| holder | name | sort | parties and names | how it may pay | source | status |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    )
    for name, holder in catalogue.holders().items():
        known = ", ".join(f"`{part}`" for part in (*holder.parties, *holder.also))
        parts.append(
            f"| `{name}` | {holder.en} ({holder.nl}) | {holder.sort} | {known} | {holder.pays_en} | {holder.source} | {holder.status} |\n"
        )
    parts.append("\n## Financing models\n")
    for name, model in catalogue.models().items():
        seen = "; ".join(catalogue.signs()[flag].en for flag in model.signs)
        parts.append(
            f"\n### `{name}`: {model.en} ({model.nl})\n\n{model.what_en}\n\n- Asks: {model.needs_en}\n- Can go wrong: {model.risk_en}\n- Fits where: {seen}.\n- Source ({model.status}): {model.source}\n"
        )
    parts.append("\n## Clusters of cases with their steps\n")
    for name, cluster in catalogue.clusters().items():
        seen = "; ".join(catalogue.signs()[flag].en for flag in cluster.signs)
        steps = "".join(f"{at}. {step.en} ({step.who_en})\n" for at, step in enumerate(cluster.steps, start=1))
        looked = ", ".join(f"`{model}`" for model in cluster.models)
        parts.append(
            f"\n### {cluster.letter} `{name}`: {cluster.en} ({cluster.nl})\n\n{cluster.question_en}\n\n- Cases: {', '.join(cluster.cases)}.\n- Seen by: {seen}.\n- Models to look at first: {looked}.\n- Source: {cluster.source}. The steps are composed by this project.\n\n{steps}"
        )
    return "".join(parts)


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    made = {
        "tables.md": tables(),
        "settings.md": settings(),
        "defaults.md": defaults(),
        "effects.md": effects(),
        "theme_sets.md": theme_sets(),
        "errors.md": mistakes(),
        "commands.md": commands(),
        "financing.md": financing(),
    }
    return {name: HEAD + text for name, text in made.items()}


def _models(annotation: object) -> list[type[BaseModel]]:
    """Return the settings models inside a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def _type(annotation: object) -> str:
    """Return a type in short words."""
    text = annotation.__name__ if isinstance(annotation, type) and not get_args(annotation) else str(annotation)
    for prefix in (
        "typing.",
        "koppelkans.ground.settings.city.",
        "koppelkans.ground.settings.funds.",
        "koppelkans.ground.settings.kinds.",
        "koppelkans.ground.settings.rooms.",
        "koppelkans.ground.settings.vision.",
        "koppelkans.ground.settings.figures.",
    ):
        text = text.replace(prefix, "")
    return f"`{text.replace('|', 'or')}`"


def _short(value: object) -> str:
    """Return a default in short words."""
    if isinstance(value, Figure):
        return f"{value.value:g} {value.unit}"
    if isinstance(value, BaseModel):
        return "see below"
    text = repr(value)
    return f"`{text}`" if len(text) <= SHORT else "see the default numbers"


if __name__ == "__main__":
    made = pages()
    if "--check" in sys.argv[1:]:
        stale = [
            name
            for name, text in made.items()
            if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
        ]
        sys.exit(f"stale: {', '.join(stale)}; run `make reference`" if stale else 0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for file_name, page in made.items():
        (FOLDER / file_name).write_text(page, encoding="utf-8")
    sys.stdout.write(f"written: {', '.join(made)}\n")
