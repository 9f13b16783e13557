"""The shelf: every product can be put away as GeoParquet and taken up again, so work can stop and start at every door. (nl: plank)."""

import json
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

import geopandas as gpd
import pandas as pd
from pyarrow.parquet import read_schema

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.tables import Schema
from koppelkans.ground.trace import Trace
from koppelkans.ground.words import Phrase


class Product(Protocol):
    """What every noun of a room has: tables with schemas, and a trace. Other fields hold plain JSON values."""

    TABLES: ClassVar[dict[str, Schema]]

    @property
    def trace(self) -> Trace:
        """Return where the product comes from."""
        ...


P = TypeVar("P", bound=Product)


def save(product: Product, folder: Path) -> Path:
    """Write a product as one GeoParquet or Parquet file per table, `facts.json` for its other fields and `trace.json`.

    Written twice, the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    plain: dict[str, Any] = {"product": type(product).__name__}
    for part in fields(product):  # type: ignore[arg-type]
        value = getattr(product, part.name)
        if isinstance(value, pd.DataFrame):
            value.to_parquet(folder / f"{part.name}.parquet", index=False)
        elif part.name != "trace":
            plain[part.name] = value
    (folder / "facts.json").write_text(
        json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (folder / "trace.json").write_text(product.trace.to_json(), encoding="utf-8")
    return folder


def load(kind: type[P], folder: Path) -> P:
    """Take a product of the given kind from the folder where `save` put it.

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
    _is_whole(kind, folder, plain, made_by=trace.version)
    tables = {name: _read(folder / f"{name}.parquet", schema) for name, schema in kind.TABLES.items()}
    made: P = kind(**tables, **plain, trace=trace)  # type: ignore[call-arg]
    return made


def _is_whole(kind: type[Product], folder: Path, plain: dict[str, Any], *, made_by: str) -> None:
    """Refuse a product that was put away by a version that did not know all its tables, columns or figures yet."""
    wanted = Phrase(
        "a shelf of version {now}; this one was made by version {then}. Run `koppelkans run` again",
        now=version("koppelkans"),
        then=made_by or Phrase("an unknown one"),
    )
    faults = []
    for name, schema in kind.TABLES.items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            faults.append(Fault(str(folder), Phrase("no table {name}", name=name), wanted, layer=name, fatal=True))
            continue
        lacking = [column for column in schema.columns if column not in read_schema(path).names]
        faults += [
            Fault(str(folder), Phrase("no such column"), wanted, layer=name, column=column, fatal=True)
            for column in lacking
        ]
    known = {*kind.TABLES, *plain, "trace"}
    lost = [part.name for part in fields(kind) if part.name not in known]  # type: ignore[arg-type]
    faults += [Fault(str(folder), Phrase("no figures {name}", name=name), wanted, fatal=True) for name in lost]
    if faults:
        raise InputError(faults)


def _read(path: Path, schema: Schema) -> pd.DataFrame:
    """Read one table."""
    return gpd.read_parquet(path) if schema.spatial else pd.read_parquet(path)
