"""Rows of a file handed from one process to another as Arrow and JSON. (nl: overdracht).

Nothing in it is run when it is read again, as a pickle would be.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from koppelkans.context.reading.reader import Apart, Raw, Reader, Rows, Things
from koppelkans.context.reading.texts import as_text
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase

PLAIN = (bool, int, float, str, type(None))
"""Values that JSON keeps as they are."""
AT_ONCE = 20_000
"""Rows of which the shapes are handed over at a time."""
ROWS, SHAPES, LAYERS = "rows", "shapes", "layers"


def put_down(reader: Reader, raw: Raw, to: Path) -> None:
    """Write down what a reader made of a file, beside `to`."""
    coded = _put_table(raw.columns, to.with_suffix(".columns"))
    coded_aside = _put_table(raw.aside, to.with_suffix(".aside"))
    _put_rows(raw, to.with_suffix(".more"))
    said = {
        "reader": reader.name,
        "promises": {role: dict(columns) for role, columns in reader.promises.items()},
        "licence": reader.licence,
        "coded": coded,
        "coded_aside": coded_aside,
        "total": raw.total,
        "crs": raw.crs,
        "left_out": [[_coded(reason), count] for reason, count in raw.left_out.items()],
        "apart": [{**asdict(one), "reason": _coded(one.reason)} for one in raw.apart],
        "words": {column: dict(words) for column, words in raw.words.items()},
        "faults": _faults(raw.faults),
        "units": dict(raw.units),
    }
    to.write_text(json.dumps(said), encoding="utf-8")


def put_faults(problem: InputError, to: Path) -> None:
    """Write down why nothing of a file can be used."""
    to.write_text(json.dumps({"unusable": _faults(problem.faults)}), encoding="utf-8")


def pick_up(to: Path, readers: Sequence[Reader]) -> tuple[Reader, Raw]:
    """Return what was written down, and by which of the readers.

    Raises
    ------
    InputError
        Where nothing of the file can be used, as it was written down.
    """
    said = json.loads(to.read_text(encoding="utf-8"))
    if "unusable" in said:
        raise InputError([_fault(fault) for fault in said["unusable"]])
    reader = next(one for one in readers if one.name == said["reader"])
    rows, shapes, layers = _rows(to.with_suffix(".more"))
    return replace(reader, promises=said["promises"], licence=said["licence"]), Raw(
        columns=_table(to.with_suffix(".columns"), said["coded"]),
        rows=rows,
        total=said["total"],
        geometry=shapes,
        crs=said["crs"],
        layers=layers,
        left_out={_decoded(reason): count for reason, count in said["left_out"]},
        apart=tuple(
            Apart(one["column"], tuple(one["values"]), _decoded(one["reason"]), tuple(one["roles"]))
            for one in said["apart"]
        ),
        words=said["words"],
        faults=tuple(_fault(fault) for fault in said["faults"]),
        units=said["units"],
        aside=_table(to.with_suffix(".aside"), said["coded_aside"]),
    )


def _put_rows(raw: Raw, to: Path) -> None:
    """Write down the number, shape and layer of every row, some at a time so that they are held once."""
    kinds: dict[str, pa.DataType] = {ROWS: pa.int64()}
    kinds |= {SHAPES: pa.large_binary()} if raw.geometry is not None else {}
    kinds |= {LAYERS: pa.large_string()} if raw.layers is not None else {}
    schema = pa.schema(kinds)
    with pa.OSFile(str(to), "wb") as stream, pa.ipc.new_file(stream, schema) as writer:
        for at in range(0, len(raw.rows), AT_ONCE):
            part = slice(at, at + AT_ONCE)
            made: dict[str, Any] = {ROWS: raw.rows[part]}
            if raw.geometry is not None:
                made[SHAPES] = shapely.to_wkb(raw.geometry[part]).tolist()
            if raw.layers is not None:
                made[LAYERS] = [str(layer) for layer in raw.layers[part]]
            writer.write_batch(pa.record_batch(made, schema=schema))


def _rows(to: Path) -> tuple[Rows, Things | None, Things | None]:
    """Return the number, shape and layer of every row that was written down."""
    rows, shapes, layers = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=object)], [np.empty(0, dtype=object)]
    with pa.OSFile(str(to), "rb") as stream, pa.ipc.open_file(stream) as reader:
        names = reader.schema.names
        for at in range(reader.num_record_batches):
            batch = reader.get_batch(at)
            rows.append(batch.column(ROWS).to_numpy(zero_copy_only=False).astype(np.int64))
            if SHAPES in names:
                with np.errstate(all="ignore"):  # what is not finite is told with its row, when the shape is placed
                    shapes.append(shapely.from_wkb(batch.column(SHAPES).to_numpy(zero_copy_only=False), on_invalid="ignore"))  # fmt: skip
            if LAYERS in names:
                layers.append(np.array(batch.column(LAYERS).to_pylist(), dtype=object))
    return (
        np.concatenate(rows),
        np.concatenate(shapes) if SHAPES in names else None,
        np.concatenate(layers) if LAYERS in names else None,
    )


def _put_table(frame: pd.DataFrame, to: Path) -> list[list[Any]]:
    """Write down a table, and return the name of each column and whether its values are JSON."""
    coded = [
        [str(name), pd.api.types.is_object_dtype(dtype)]
        for name, dtype in zip(frame.columns, frame.dtypes, strict=True)
    ]
    columns = {}
    for nth, (_, as_json) in enumerate(coded):
        own = frame.iloc[:, nth]
        if isinstance(own.dtype, pd.CategoricalDtype):  # a few bytes may stand for gigabytes: they count here
            own = own.astype(own.cat.categories.dtype)
        if as_json:
            own = pd.Series([json.dumps(_coded(value)) for value in own], index=own.index, dtype="str")
        elif own.dtype.name == "geometry":
            own = own.astype("str")
        columns[str(nth)] = own
    made = pd.DataFrame(columns, index=frame.index).reset_index(drop=True)
    _put_arrow(pa.Table.from_pandas(made, preserve_index=False), to)
    return coded


def _table(to: Path, coded: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Return a table that was written down."""
    table = _arrow(to)
    frame = table.to_pandas()
    columns = [
        pd.Series([_decoded(json.loads(text)) for text in frame[str(nth)]], dtype=object)
        if as_json
        else frame[str(nth)]
        for nth, (_, as_json) in enumerate(coded)
    ]
    made = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(table.num_rows))
    made.columns = pd.Index([name for name, _ in coded], dtype="str")
    return made


def _put_arrow(table: pa.Table, to: Path) -> None:
    """Write down a table of Arrow."""
    with pa.OSFile(str(to), "wb") as stream, pa.ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table)


def _arrow(to: Path) -> pa.Table:
    """Return a table of Arrow that was written down."""
    with pa.OSFile(str(to), "rb") as stream, pa.ipc.open_file(stream) as reader:
        return reader.read_all()


def _faults(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Return faults as JSON has them."""
    return [{name: _coded(value) for name, value in asdict(fault).items()} for fault in faults]


def _fault(said: Mapping[str, Any]) -> Fault:
    """Return a fault again."""
    return Fault(**{name: _decoded(value) for name, value in said.items()})


def _coded(value: object) -> object:
    """Return a value as JSON has it: a phrase with its pattern and values, what JSON does not know as text."""
    if isinstance(value, Phrase):
        return {"pattern": value.pattern, "values": {name: _coded(one) for name, one in value.values.items()}}  # noqa: PD011
    if isinstance(value, np.generic):
        value = value.item()
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, PLAIN) else as_text(value)


def _decoded(value: Any) -> Any:  # noqa: ANN401  whatever stood in the file
    """Return a value again."""
    if isinstance(value, dict):
        return Phrase(value["pattern"], **{name: _decoded(one) for name, one in value["values"].items()})
    return value
