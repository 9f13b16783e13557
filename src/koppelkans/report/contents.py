"""Every table of a plan, room by room, for the forms that hold everything. (nl: inhoud)."""

from dataclasses import dataclass, fields, replace
from pathlib import PurePath

import pandas as pd

from koppelkans.ground.shelf import Product
from koppelkans.ground.tables import Schema
from koppelkans.ground.trace import Trace
from koppelkans.report.plan import Plan


@dataclass(frozen=True)
class Content:
    """One table of a plan: the room that made it, its name there, its schema and its rows."""

    room: str
    name: str
    schema: Schema
    frame: pd.DataFrame


def products(plan: Plan) -> dict[str, Product]:
    """Return the product of every room, in the order of the corridor."""
    return {
        part.name: getattr(plan, part.name)
        for part in fields(plan)
        if part.name not in ("settings", "to_come", "viewer", "kept_back")
    }


def contents(plan: Plan) -> list[Content]:
    """Return every table of a plan, in the order of the corridor."""
    return [
        Content(room, name, schema, getattr(product, name))
        for room, product in products(plan).items()
        for name, schema in product.TABLES.items()
    ]


def portable(trace: Trace) -> Trace:
    """Return a trace without the folders of the machine on which it was made."""
    marks = tuple(
        replace(mark, path=PurePath(mark.path).name if PurePath(mark.path).is_absolute() else mark.path)
        for mark in trace.sources
    )
    return trace.noting(city_folder="", sources=marks)
