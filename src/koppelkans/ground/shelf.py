"""The shelf: products stored as GeoParquet and loaded again between rooms. (nl: plank)."""

import json
from collections.abc import Collection, Mapping
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

import geopandas as gpd
import pandas as pd
from pyarrow.parquet import read_schema

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.tables import Schema, empty
from koppelkans.ground.trace import Trace
from koppelkans.ground.words import Phrase


class Product(Protocol):
    """A product of a room: tables with schemas, and a trace.

    Other fields hold plain JSON values.

    Some tables may be made later: `LATER` names them per part, and the field `to_come` the parts that were not made yet. Of
    those no table is put away: what is not there yet does not read as nothing.
    """

    TABLES: ClassVar[dict[str, Schema]]

    @property
    def trace(self) -> Trace:
        """Return where the product comes from."""
        ...


P = TypeVar("P", bound=Product)
T = TypeVar("T")


def save(product: Product, folder: Path) -> Path:
    """Write a product as a GeoParquet or Parquet file per table, with facts and trace.

    `facts.json` holds its other fields. A field that holds tables itself gets a folder of its own, with its other
    fields in a JSON file of its name. Written twice, the same bytes.
    """
    plain = {"product": type(product).__name__} | put_tables(product, folder)
    write_json(folder / "facts.json", plain)
    (folder / "trace.json").write_text(product.trace.to_json(), encoding="utf-8")
    return folder


def put_tables(holder: object, folder: Path) -> dict[str, Any]:
    """Write the tables that something holds, and return its other fields but the trace."""
    folder.mkdir(parents=True, exist_ok=True)
    plain: dict[str, Any] = {}
    absent = _absent(type(holder), vars(holder))
    for part in fields(holder):  # type: ignore[arg-type]
        value = getattr(holder, part.name)
        if part.name in absent:
            continue
        if isinstance(value, pd.DataFrame):
            value.to_parquet(folder / f"{part.name}.parquet", index=False)
        elif hasattr(value, "TABLES"):
            write_json(folder / part.name / f"{part.name}.json", put_tables(value, folder / part.name))
        elif part.name != "trace":
            plain[part.name] = value
    return plain


def write_json(path: Path, data: object) -> None:
    """Write JSON with sorted keys."""
    path.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def load(kind: type[P], folder: Path, *, only: Collection[str] | None = None) -> P:
    """Take a product of the given kind from the folder where `save` put it.

    With `only` no other tables, and fields that hold tables, are read than these; the others have no rows.

    Raises
    ------
    InputError
        Where the folder does not hold such a product, or one of an older version that lacks tables or columns; the faults say
        which, and which command makes it.
    """
    facts_file = folder / "facts.json"
    if not facts_file.is_file():
        raise InputError(
            [
                Fault(
                    str(folder),
                    Phrase("no product"),
                    Phrase("a {noun} put there by an earlier command; run the earlier room first", noun=kind.__name__),
                    fatal=True,
                )
            ]
        )
    plain = json.loads(facts_file.read_text(encoding="utf-8"))
    found = plain.pop("product", "")
    if found != kind.__name__:
        raise InputError([Fault(str(folder), f"a {found}", f"a {kind.__name__}", fatal=True)])
    trace = Trace.from_json((folder / "trace.json").read_text(encoding="utf-8"))
    faults = _lacking(kind, folder, {**plain, "trace": trace}, made_by=trace.version)
    if faults:
        raise InputError(faults)
    return _taken(kind, folder, {**plain, "trace": trace}, only=only)


def _taken(kind: type[T], folder: Path, plain: dict[str, Any], *, only: Collection[str] | None = None) -> T:
    """Return something that holds tables from the folder where `put_tables` put it, with its other fields."""
    absent = _absent(kind, plain) | (set() if only is None else {*_tables_of(kind)} - {*only})
    tables = {
        name: empty(schema) if name in absent else _read(folder / f"{name}.parquet", schema)
        for name, schema in _tables_of(kind).items()
    }
    holders = _holders(kind).items()
    every = {name: None if only is None or name in only else () for name, _ in holders}
    inner: dict[str, Any] = {
        name: _taken(part, folder / name, _facts(folder, name) or {}, only=every[name]) for name, part in holders
    }
    return kind(**tables, **inner, **plain)


def _absent(kind: type, plain: Mapping[str, Any]) -> set[str]:
    """Return the tables that are still to come."""
    later: Mapping[str, tuple[str, ...]] = getattr(kind, "LATER", {})
    return {table for part in plain.get("to_come", ()) for table in later.get(part, ())}


def _tables_of(kind: type) -> Mapping[str, Schema]:
    """Return the tables that a kind of thing holds."""
    found: Mapping[str, Schema] = kind.TABLES  # type: ignore[attr-defined]
    return found


def _holders(kind: type) -> dict[str, type]:
    """Return the fields that hold tables themselves, with their kind."""
    return {
        part.name: part.type for part in fields(kind) if isinstance(part.type, type) and hasattr(part.type, "TABLES")
    }


def _facts(folder: Path, name: str) -> dict[str, Any] | None:
    """Return the other fields of a field that holds tables; None where it was not put away."""
    path = folder / name / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _lacking(kind: type, folder: Path, plain: dict[str, Any], *, made_by: str) -> list[Fault]:
    """Return what was put away by a version that did not know all its tables, columns or figures yet."""
    wanted = Phrase(
        "a shelf of version {now}; this one was made by version {then}. Run `koppelkans run` again",
        now=version("koppelkans"),
        then=made_by or Phrase("an unknown one"),
    )
    faults, absent = [], _absent(kind, plain)
    for name, schema in _tables_of(kind).items():
        if name in absent:
            continue
        path = folder / f"{name}.parquet"
        if not path.is_file():
            faults.append(Fault(str(folder), Phrase("no table {name}", name=name), wanted, layer=name, fatal=True))
            continue
        lacking = [column for column in schema.columns if column not in read_schema(path).names]
        faults += [
            Fault(str(folder), Phrase("no such column"), wanted, layer=name, column=column, fatal=True)
            for column in lacking
        ]
    inner: dict[str, tuple[type, dict[str, Any] | None]] = {
        name: (part, _facts(folder, name)) for name, part in _holders(kind).items()
    }
    known = {*_tables_of(kind), *plain, *(name for name, (_, facts) in inner.items() if facts is not None)}
    lost = [part.name for part in fields(kind) if part.name not in known]
    faults += [Fault(str(folder), Phrase("no figures {name}", name=name), wanted, fatal=True) for name in lost]
    for name, (part, facts) in inner.items():
        if facts is not None:
            faults += _lacking(part, folder / name, facts, made_by=made_by)
    return faults


def _read(path: Path, schema: Schema) -> pd.DataFrame:
    """Read one table."""
    return gpd.read_parquet(path) if schema.spatial else pd.read_parquet(path)
