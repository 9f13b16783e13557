"""GWSW-Hyd: sewers for hydraulic models as a set of CSV files, in a zip or a folder. (nl: GWSW-Hyd).

A pipe (Verbinding) has its two nodes (Knooppunt) for its place and a profile (Profiel) for its size and material. The set
knows no years of laying and no condition: these are unknown.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd
import shapely

from koppelkans.context.reading.archive import DAMAGED_ZIP, guard, is_zip, names_in
from koppelkans.context.reading.reader import Raw, Reader, Things, head, unusable
from koppelkans.context.reading.texts import texts, with_points
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

PIPES, NODES, PROFILES = "Verbinding", "Knooppunt", "Profiel"
FIRST = {PIPES: b"UNI_IDE;KN1_IDE;KN2_IDE", NODES: b"UNI_IDE;RST_IDE;PUT_IDE"}
"""How the lines of column names of the tables begin that have assets in them."""
NEEDED = {
    PIPES: ("UNI_IDE", "KN1_IDE", "KN2_IDE", "VRB_TYP"),
    NODES: ("UNI_IDE", "KNP_XCO", "KNP_YCO", "KNP_TYP"),
    PROFILES: ("PRO_IDE", "PRO_MAT", "PRO_BRE"),
}
MOST_BYTES = 2**28
"""Size of one table; the sewers of the largest Dutch city stay below 50 MB."""
KINDS = {"GSL": "sewer_gravity", "ITR": "sewer_gravity", "INS": "manhole", "ITP": "manhole"}
"""Kind of pipe or node (GWSW-Hyd 1.3, VRB_TYP and KNP_TYP) = kind in the settings."""
NO_ASSET = {
    PIPES: ("DRL", "OVS", "PMP", "OPL"),
    NODES: ("CMP", "UIT"),
}
"""Passages, weirs and pumps have no length, open water is no pipe, compartments and outlets are no manholes."""
MATERIALS = {
    "BET": "beton", "GIJ": "gietijzer", "GRE": "gres", "HPE": "HDPE", "MSW": "metselwerk", "PIJ": "plaatijzer", "PVC": "PVC",
    "STL": "staal", "ASB": "asbestcement", "PEH": "HDPE", "PPR": "polypropeen", "GVK": "GVK",
}  # fmt: skip
"""Materials of GWSW-Hyd in words; another code stays as it is."""
COLUMNS = ("asset", "reference", "kind", "material", "diameter_mm", "length_m", "type", "system", "status")


def fits(path: Path) -> bool:
    """Tell whether a file is a table of pipes or nodes of GWSW-Hyd, or a zip with both."""
    if is_zip(path):
        return {PIPES, NODES} <= {_stem(name) for name in names_in(path)}
    start = head(path, 200).removeprefix(b"\xef\xbb\xbf")
    return start.startswith(tuple(FIRST.values()))


def read(path: Path, source: Source) -> Raw:
    """Read pipes and manholes; `layer` names one of both (`Verbinding` or `Knooppunt`).

    A pipe of which a node is missing has no shape, its row stays.

    Raises
    ------
    InputError
        Where a table is missing, or one of its columns.
    """
    tables = _tables(path, source)
    wanted = (source.layer,) if source.layer else (PIPES, NODES) if is_zip(path) else (_meant(path),)
    if not set(wanted) <= {PIPES, NODES}:
        raise unusable(source.path, Phrase("no such layer"), Phrase("one of the layers in the file: {layers}", layers=f"{PIPES}, {NODES}"), layer=source.layer)  # fmt: skip
    place = _places(tables[NODES])
    parts, shapes = [], []
    for name in wanted:
        part, own = _pipes(tables, place) if name == PIPES else (_nodes(tables[NODES]), place.to_numpy(dtype=object))
        parts.append(part.assign(layer=name, row=np.arange(1, len(part) + 1)))
        shapes.append(own)
    frame = pd.concat(parts, ignore_index=True)
    left = frame["type"].isin([code for name in wanted for code in NO_ASSET[name]]).to_numpy(dtype=bool)
    good = frame[~left].reset_index(drop=True)
    return Raw(
        columns=good[list(COLUMNS)],
        rows=good["row"].to_numpy(dtype=np.int64),
        total=len(frame),
        geometry=np.concatenate(shapes)[~left],
        crs=HYDX.crs,
        layers=good["layer"].to_numpy(dtype=object) if len(wanted) > 1 else None,
        left_out={Phrase("weirs, pumps, open water, compartments and outlets"): int(left.sum())} if left.any() else {},
        words={"kind": KINDS},
    )


def _tables(path: Path, source: Source) -> Mapping[str, pd.DataFrame]:
    """Return the tables that are needed, by their name, from the zip or from beside the file.

    Raises
    ------
    InputError
        With every table that is missing or cannot be read.
    """
    held: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for name, columns in NEEDED.items():
        try:
            content = _content(path, source, name)
            frame = pd.read_csv(BytesIO(content), sep=";", dtype="str", encoding_errors="replace", on_bad_lines="skip")
        except InputError as problem:
            faults += problem.faults
            continue
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as problem:
            faults.append(Fault(source.path, str(problem)[:60], Phrase("the table {name}.csv of GWSW-Hyd", name=name), name, fatal=True))  # fmt: skip
            continue
        frame.columns = frame.columns.str.strip()
        lacking = [column for column in columns if column not in frame.columns]
        listed = Phrase("one of the columns in the file: {columns}", columns=", ".join(frame.columns[:20]))
        faults += [
            Fault(source.path, Phrase("no such column"), listed, name, column=one, fatal=True) for one in lacking
        ]
        held[name] = frame
    if faults:
        raise InputError(faults)
    return held


def _content(path: Path, source: Source, name: str) -> bytes:
    """Return the bytes of one table."""
    missing = unusable(source.path, Phrase("no {name}.csv", name=name), Phrase("all tables of GWSW-Hyd in one zip or folder"), layer=name)  # fmt: skip
    if is_zip(path):
        member = next((info for info in guard(path, source.path) if _stem(info.filename) == name), None)
        if member is None:
            raise missing
        if member.file_size > MOST_BYTES:
            raise unusable(source.path, Phrase("a file of {n} MB", n=member.file_size // 2**20), Phrase("at most {n} MB", n=MOST_BYTES // 2**20), layer=name)  # fmt: skip
        try:
            with zipfile.ZipFile(path) as archive:
                return archive.read(member)
        except DAMAGED_ZIP as problem:
            raise unusable(source.path, Phrase("a damaged zip archive"), Phrase("a whole one; fetch it again"), layer=name) from problem  # fmt: skip
    beside = path if _meant(path) == name else next((one for one in path.parent.glob("*.csv") if _stem(one.name) == name), None)  # fmt: skip
    if beside is None or beside.resolve().parent != path.resolve().parent:
        raise missing
    if beside.stat().st_size > MOST_BYTES:
        raise unusable(source.path, Phrase("a file of {n} MB", n=beside.stat().st_size // 2**20), Phrase("at most {n} MB", n=MOST_BYTES // 2**20), layer=name)  # fmt: skip
    return beside.read_bytes()


def _meant(path: Path) -> str:
    """Return which table a file is, by its column names."""
    start = head(path, 200).removeprefix(b"\xef\xbb\xbf")
    return next((name for name, first in FIRST.items() if start.startswith(first)), PIPES)


def _places(nodes: pd.DataFrame) -> pd.Series:
    """Return the point of each node, by its id; None where a coordinate is missing."""
    x, y = (
        pd.to_numeric(nodes[name].str.replace(",", "."), errors="coerce").to_numpy() for name in ("KNP_XCO", "KNP_YCO")
    )
    made: Things = np.full(len(nodes), None, dtype=object)
    known = np.isfinite(x) & np.isfinite(y)
    made[known] = shapely.points(x[known], y[known])
    return pd.Series(made, index=texts(nodes["UNI_IDE"]), dtype=object)


def _pipes(tables: Mapping[str, pd.DataFrame], place: pd.Series) -> tuple[pd.DataFrame, Things]:
    """Return the pipes under the names of `COLUMNS`, and the straight line between the nodes of each."""
    own, profiles = tables[PIPES], tables[PROFILES].drop_duplicates("PRO_IDE").set_index("PRO_IDE")
    once = place[~place.index.duplicated() & place.notna().to_numpy()]
    ends = [texts(own[name]).map(once) for name in ("KN1_IDE", "KN2_IDE")]
    made: Things = np.full(len(own), None, dtype=object)
    known = (ends[0].notna() & ends[1].notna()).to_numpy()
    corners = [shapely.get_coordinates(end[known].to_numpy(dtype=object)) for end in ends]
    if known.any():
        made[known] = shapely.linestrings(np.stack(corners, axis=1))
    code = _of(own, "PRO_IDE")
    material = code.map(profiles["PRO_MAT"]).astype("str")
    return pd.DataFrame(
        {
            "asset": texts(own["UNI_IDE"]),
            "reference": _of(own, "LEI_IDE"),
            "kind": texts(own["VRB_TYP"]),
            "material": material.replace(MATERIALS),
            "diameter_mm": _amounts(code.map(profiles["PRO_BRE"]).astype("str")),
            "length_m": _amounts(_of(own, "VRB_LEN")),
            "type": texts(own["VRB_TYP"]),
            "system": _of(own, "INZ_TYP"),
            "status": pd.Series(np.nan, index=own.index, dtype="str"),
        }
    ), made


def _nodes(own: pd.DataFrame) -> pd.DataFrame:
    """Return the nodes under the names of `COLUMNS`."""
    return pd.DataFrame(
        {
            "asset": texts(own["UNI_IDE"]),
            "reference": _of(own, "PUT_IDE"),
            "kind": texts(own["KNP_TYP"]),
            "material": _of(own, "KNP_MAT").replace(MATERIALS),
            "diameter_mm": _amounts(_of(own, "KNP_BRE")),
            "length_m": np.nan,
            "type": texts(own["KNP_TYP"]),
            "system": _of(own, "RST_IDE"),
            "status": pd.Series(np.nan, index=own.index, dtype="str"),
        }
    )


def _of(frame: pd.DataFrame, name: str) -> pd.Series:
    """Return a column as text; unknown where the table does not have it."""
    return texts(frame[name]) if name in frame.columns else pd.Series(np.nan, index=frame.index, dtype="str")


def _amounts(own: pd.Series) -> pd.Series:
    """Return numbers, whose sign before decimals is a point or, of some programs, a comma."""
    return with_points(own.str.replace(",", "."))


def _stem(name: str) -> str:
    """Return which table a file name is, whatever stands before it, as in `dorp_Verbinding.csv`."""
    path = PurePosixPath(name)
    if path.suffix.lower() != ".csv":
        return ""
    return next((one for one in NEEDED if path.stem.lower().endswith(one.lower())), "")


HYDX = Reader(
    name="hydx",
    nl="GWSW-Hyd (CSV's in een zip of map)",
    en="GWSW-Hyd (CSVs in a zip or folder)",
    suffixes=(".zip",),
    fits=fits,
    read=read,
    source="Stichting RIONED, GWSW-Hyd 1.3 (apps.gwsw.nl/item_hyd)",
    crs="EPSG:28992",
    promises={"assets": {name: name for name in ("asset", "reference", "kind", "material", "diameter_mm", "length_m")}},
)
