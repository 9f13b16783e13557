"""Tables and views of a PostgreSQL or PostGIS database, brought into the city folder. (nl: tabellen uit een database).

Rows go in batches to a GeoParquet file, so that a table of any size takes little memory, a run needs no network, and an
earlier run can be repeated from the same bytes.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from koppelkans.context.fetching.bringing import FOLDER
from koppelkans.context.inspecting.dictionary import dictionary, words_of
from koppelkans.ground.crs import crs_as_json
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import writing_alone
from koppelkans.ground.reach import refuse_outside
from koppelkans.ground.words import Phrase

if TYPE_CHECKING:
    from psycopg import Connection, Cursor
    from psycopg.sql import Composable, Composed

BATCH = 10_000
"""Rows that are held at once."""
MOST_SECONDS = 900
"""Seconds that the database may take for one answer."""
PAGES = ".tabellen"
GEOMETRY, GEOGRAPHY, BYTES = "geometry", "geography", "bytea"
NUMBERS = {"int2": "int8", "int4": "int8", "int8": "int8", "float4": "float8", "float8": "float8", "numeric": "float8"}
ARROW = {"int8": pa.int64(), "float8": pa.float64(), "bool": pa.bool_()}
MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table or view: its name, how many rows it may have, and whether it holds shapes."""

    name: str
    rows: int
    placed: bool


@dataclass(frozen=True, slots=True)
class BroughtTable:
    """One table as it was written: file, rows, coordinate system, and columns that were left."""

    name: str
    file: str
    rows: int
    crs: str
    personal: tuple[str, ...] = ()
    other_shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: its name, its type, and the schema of that type."""

    name: str
    type: str
    schema: str


def tables_in(name: str, connection: str) -> list[StoredTable]:
    """Return the tables and views of a database that may be read, those with shapes first.

    Parameters
    ----------
    name
        What the database is called; faults name it and never the connection.
    connection
        Address or words as libpq has them.

    Raises
    ------
    InputError
        Where the database cannot be reached.
    """
    with _opened(name, connection) as opened, opened.cursor() as cursor:
        cursor.execute(_TABLES)
        return [StoredTable(f"{schema}.{table}", max(0, int(rows)), bool(placed)) for schema, table, rows, placed in cursor]  # fmt: skip


def bring_tables(
    city: Path, name: str, connection: str, tables: Sequence[str], tell: Tell = lambda _table, _rows: None
) -> list[BroughtTable]:
    """Write tables and views of a database into the folder `opgehaald`.

    All are as they were at one moment. Columns that may name a person are left. Of more columns with shapes the first counts.

    Raises
    ------
    InputError
        Where the database cannot be reached, a table is not there, or it holds shapes in more than one coordinate system.
    """
    folder = city / FOLDER
    refuse_outside(folder, FOLDER, (city,))
    folder.mkdir(exist_ok=True)
    with writing_alone(folder / PAGES), _opened(name, connection) as opened:
        return [_brought(folder, name, opened, table, tell) for table in tables]


def _brought(folder: Path, name: str, opened: "Connection[Any]", table: str, tell: Tell) -> BroughtTable:
    """Write one table."""
    from psycopg import Error  # noqa: PLC0415  only where a database is asked

    path = folder / f"{_plain(name)}-{_plain(table)}.parquet"
    where = f"{FOLDER}/{path.name}"
    refuse_outside(path, where, (folder,))
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    try:
        columns = _columns(opened, name, table)
        personal = tuple(one.name for one in columns if _personal(one.name))
        kept = [one for one in columns if one.name not in personal]
        placed = [one.name for one in kept if one.type in (GEOMETRY, GEOGRAPHY)]
        placed = placed or [one.name for one in kept if one.type == BYTES and _is_wkb(opened, table, one.name)]
        kept = [one for one in kept if one.type not in (GEOMETRY, GEOGRAPHY, BYTES) or one.name in placed[:1]]
        rows, systems = _written(opened, table, kept, placed[:1], draft, lambda count: tell(table, count))
    except Error as problem:
        draft.unlink(missing_ok=True)
        raise _wrong(name, table, problem) from None
    known = sorted(systems - {0})
    if len(known) > 1:
        draft.unlink(missing_ok=True)
        found = Phrase("shapes in more than one coordinate system: {systems}", systems=", ".join(map(str, known)))
        raise InputError([Fault(name, found, Phrase("one; make a view of each"), table, fatal=True)])
    draft.replace(path)
    crs = f"EPSG:{known[0]}" if known else ""
    return BroughtTable(table, where, rows, crs, personal, tuple(placed[1:]))


def _written(
    opened: "Connection[Any]",
    table: str,
    columns: Sequence[_Column],
    placed: Sequence[str],
    draft: Path,
    tell: Callable[[int], None],
) -> tuple[int, set[int]]:
    """Write the rows in batches, and return how many there are and which SRIDs they have."""
    fields = [pa.field(one.name, pa.binary() if one.name in placed else ARROW.get(NUMBERS.get(one.type, one.type), pa.string())) for one in columns]  # fmt: skip
    systems: set[int] = set()
    count = 0
    writer = None
    try:
        with opened.cursor(name="koppelkans") as cursor:
            cursor.execute(_question(table, columns, placed))
            for rows in _batches(cursor):
                parts = list(zip(*rows, strict=True))
                if placed:
                    systems |= {int(one) for one in parts.pop() if one is not None}
                count += len(rows)
                writer = writer or _writer(draft, fields, placed, systems)
                arrays = [pa.array(part, type=field.type) for part, field in zip(parts, fields, strict=True)]
                writer.write_table(pa.table(arrays, schema=writer.schema))
                tell(count)
        writer = writer or _writer(draft, fields, placed, systems)
    finally:
        if writer is not None:
            writer.close()
    return count, systems


def _batches(cursor: "Cursor[Any]") -> Iterator[list[Any]]:
    """Yield the rows of an answer, so many at once."""
    while rows := cursor.fetchmany(BATCH):
        yield rows


def _writer(draft: Path, fields: Sequence[pa.Field], placed: Sequence[str], systems: set[int]) -> pq.ParquetWriter:
    """Return what writes the file, which says where its shapes stand and in which system."""
    schema = pa.schema(fields)
    if placed:
        srid = min(systems - {0}, default=0)
        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": [],
            "crs": crs_as_json(f"EPSG:{srid}") if srid else None,
        }
        told = {"version": "1.1.0", "primary_column": placed[0], "columns": {placed[0]: column}}
        schema = schema.with_metadata({"geo": json.dumps(told)})
    return pq.ParquetWriter(draft, schema)


def _question(table: str, columns: Sequence[_Column], placed: Sequence[str]) -> "Composed":
    """Return the question for the rows of a table."""
    from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415  only where a database is asked

    asked: list[Composable] = []
    for one in columns:
        own = Identifier(one.name)
        if one.name in placed and one.type in (GEOMETRY, GEOGRAPHY):
            room = Identifier(one.schema)
            flat = SQL("{room}.ST_AsBinary({room}.ST_CurveToLine({own}::{room}.geometry))")
            asked.append(flat.format(room=room, own=own))
        elif one.name in placed:
            asked.append(own)
        elif one.type in NUMBERS:
            asked.append(SQL("{own}::{type}").format(own=own, type=SQL(NUMBERS[one.type])))
        elif one.type == "timestamptz":
            asked.append(SQL("to_char({own} AT TIME ZONE 'UTC', {form})").format(own=own, form=Literal(MOMENT)))
        else:
            asked.append(own if one.type == "bool" else SQL("{own}::text").format(own=own))
    for name in placed:
        column = next(one for one in columns if one.name == name)
        srid = SQL("{room}.ST_SRID({own}::{room}.geometry)").format(
            room=Identifier(column.schema), own=Identifier(name)
        )
        asked.append(srid if column.type != BYTES else SQL("0"))
    return SQL("SELECT {columns} FROM {table}").format(columns=SQL(", ").join(asked), table=Identifier(*_parts(table)))


def _columns(opened: "Connection[Any]", name: str, table: str) -> list[_Column]:
    """Return the columns of a table or view that may be read."""
    with opened.cursor() as cursor:
        cursor.execute(_COLUMNS, _parts(table))
        found = [_Column(*row) for row in cursor]
    if not found:
        wanted = Phrase("a table or view that may be read; the command without a table lists them")
        raise InputError([Fault(name, Phrase("no table {table}", table=table), wanted, table, fatal=True)])
    return found


def _is_wkb(opened: "Connection[Any]", table: str, column: str) -> bool:
    """Tell whether a column of bytes holds shapes as WKB, by its first rows."""
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415  only where a database is asked

    asked = SQL("SELECT {own} FROM {table} WHERE {own} IS NOT NULL LIMIT 20")
    with opened.cursor() as cursor:
        cursor.execute(asked.format(own=Identifier(column), table=Identifier(*_parts(table))))
        cells = [bytes(row[0]) for row in cursor]
    shapes = shapely.from_wkb(cells, on_invalid="ignore") if cells else []
    return bool(cells) and not shapely.is_missing(shapes).any()


def _opened(name: str, connection: str) -> "Connection[Any]":
    """Return a connection that reads only, and sees one moment."""
    try:
        from psycopg import Error, IsolationLevel, ProgrammingError, connect  # noqa: PLC0415  only where a database is asked
    except ImportError:
        wanted = Phrase("psycopg beside Koppelkans: pip install 'koppelkans[postgis]'")
        raise InputError([Fault(name, Phrase("no driver for PostgreSQL"), wanted, fatal=True)]) from None
    try:
        opened = connect(connection, connect_timeout=20, application_name="koppelkans", options=f"-c statement_timeout={MOST_SECONDS}s")  # fmt: skip
    except ProgrammingError:  # its words may hold a password
        wanted = Phrase("a connection such as postgresql://user@server/database, or service=name")
        raise InputError([Fault(name, Phrase("a connection that cannot be read"), wanted, fatal=True)]) from None
    except Error as problem:
        raise _wrong(name, "", problem) from None
    opened.read_only = True
    opened.isolation_level = IsolationLevel.REPEATABLE_READ
    return opened


def _wrong(name: str, table: str, problem: Exception) -> InputError:
    """Return what a database said as a fault."""
    found = Phrase("a database that says: {problem}", problem=" ".join(str(problem).split())[:160])
    wanted = Phrase("a database that can be reached, with the right to read the table")
    return InputError([Fault(name, found, wanted, table, fatal=True)])


def _parts(table: str) -> tuple[str, str]:
    """Return schema and table of a name; without a schema it is `public`."""
    schema, _, own = table.rpartition(".")
    return schema or "public", own


def _plain(name: str) -> str:
    """Return a name as it may stand in that of a file."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", name).strip(".") or "tabel"


def _personal(name: str) -> bool:
    """Tell whether a column may name a person."""
    own = words_of(name)
    known = (words_of(word) for word in dictionary()["personal"]["words"])
    return any(own[at : at + len(word)] == word for word in known for at in range(len(own) - len(word) + 1))


_TABLES = """
SELECT n.nspname, c.relname, c.reltuples,
       bool_or(t.typname IN ('geometry', 'geography')) AS placed
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  AND has_table_privilege(c.oid, 'SELECT')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2
"""
_COLUMNS = """
SELECT a.attname, t.typname, tn.nspname
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type b ON b.oid = a.atttypid
JOIN pg_type t ON t.oid = CASE WHEN b.typtype = 'd' THEN b.typbasetype ELSE b.oid END
JOIN pg_namespace tn ON tn.oid = t.typnamespace
WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped
  AND has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY a.attnum
"""
