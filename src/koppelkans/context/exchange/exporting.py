"""Planned works of a city as files of the profile: GeoJSON, GeoPackage, CSV and XLSX. (nl: uitgeven)."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from xlsxwriter import Workbook

from koppelkans.context.city import City, rows_of
from koppelkans.context.exchange.planned_work import (
    FIELDS_OF,
    MEASURES,
    NAME,
    PROFILE,
    THEMES,
    Audience,
    PlannedWork,
    PlannedWorkCollection,
)
from koppelkans.context.history import as_then
from koppelkans.context.parties import UNDECLARED
from koppelkans.context.reading.windows import FIRST_DAY, LAST_DAY
from koppelkans.context.works.planned_works import dated
from koppelkans.ground.crs import leave
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import Settings
from koppelkans.ground.spreadsheet import BOOK_OPTIONS, write_csv
from koppelkans.ground.words import Phrase

LAYER = NAME.replace("-", "_")
"""Layer of the GeoPackage and sheet of the workbook."""
DECIMALS = 9
"""Of degrees: a tenth of a millimetre, so that a place in metres comes back to the millimetre."""
FORMS = (".geojson", ".json", ".gpkg", ".csv", ".xlsx")
FROM_WORKS = ("work", "name", "owner", "kind", "certainty", "earliest_year", "best_year", "latest_year", "fixed_year", "cost_eur", "quantity", "mandatory", "digs", "resurfaces", "partners", "measure", "accuracy_m")  # fmt: skip
"""Columns of works and plans that are fields of the profile."""
DAYS = {FIRST_DAY: "start", LAST_DAY: "end"}
KLIC = re.compile("klic|wibon", re.IGNORECASE)
"""What the licence of an answer of KLIC says: not to be passed on."""
ROLES_OUT = ("works", "plans")
WHOLE_OR_NONE = ("place", "kind", "earliest_year", "best_year", "latest_year", "fixed_year")
"""Who may not see one of these sees nothing of the work: a window in no street, or a street in no year, says too much or nothing."""


@dataclass(frozen=True)
class ExportedWorks:
    """Works as they go out, their places (None: none), and how many stay in."""

    works: list[PlannedWork]
    places: Sequence[shapely.Geometry | None]
    crs: str
    kept_in: int
    audience: Audience


def export(
    city: City,
    *,
    owners: Sequence[str] = (),
    audience: Audience = "issuer",
    clean: Callable[[str], str] = str,
) -> ExportedWorks:
    """Return the works and plans of a city as an audience may have them.

    Parameters
    ----------
    owners
        Only works of these parties; empty: of all.
    audience
        `issuer`: everything, with who may see it; else without what that audience may not see, and without works that come
        from a source whose licence forbids to pass it on (KLIC).
    clean
        Takes what may name a person out of the names that others read.

    Raises
    ------
    InputError
        Where an owner has no works.
    """
    parts = [rows_of(city, role) for role in ROLES_OUT]
    rows = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    rows = dated(city, as_then(city, rows, "work")[0]).rename(columns=DAYS)
    rows = rows[[*FROM_WORKS, *DAYS.values(), "source", "geometry"]]
    unknown = sorted(set(owners) - set(rows["owner"]))
    if unknown:
        wanted = Phrase("a party with works: {names}", names=", ".join(sorted(set(rows["owner"].astype("str")))) or "–")
        raise InputError([Fault("--owner", ", ".join(unknown), wanted, fatal=True)])
    rows = rows[rows["owner"].isin(owners)] if owners else rows
    rows = rows.sort_values("work", kind="stable", ignore_index=True)
    if audience != "issuer":
        rows["name"] = rows["name"].map(clean, na_action="ignore")
    told = [_told(row, city.settings) for row in rows.drop(columns=["source", "geometry"]).to_dict("records")]
    licence = city.understood.set_index("source")["licence"]
    bound = rows["source"].map(licence).astype("str").str.contains(KLIC).fillna(value=False) & (audience != "issuer")
    seen = [None if held else _seen(one, audience) for one, held in zip(told, bound, strict=True)]
    at = [place for place, one in enumerate(seen) if one is not None]
    shapes = rows["geometry"].tolist()
    works = [one for one in seen if one is not None]
    places = [None if "place" in one.withheld else shapes[place] for place, one in zip(at, works, strict=True)]
    return ExportedWorks(works, places, city.settings.city.crs, len(rows) - len(works), audience)


def write(out: ExportedWorks, path: Path, *, issuer: str, licence: str, today: date) -> None:
    """Write works in the form that the name of the file asks for.

    Raises
    ------
    InputError
        Where the name asks for no form of the profile.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMS:
        wanted = Phrase("a name that ends in one of: {names}", names=", ".join(FORMS))
        raise InputError([Fault(str(path), suffix or Phrase("nothing"), wanted, fatal=True)])
    if suffix in (".json", ".geojson"):
        made = collection(out, issuer=issuer, licence=licence, today=today)
        path.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    elif suffix == ".gpkg":
        path.unlink(missing_ok=True)
        frame = gpd.GeoDataFrame(table(out), geometry=list(out.places), crs=out.crs)
        pyogrio.write_dataframe(frame, path, layer=LAYER, driver="GPKG", geometry_type="Unknown")
    elif suffix == ".csv":
        write_csv(_with_wkt(out), path)
    else:
        _write_book(_with_wkt(out), path)


def collection(out: ExportedWorks, *, issuer: str, licence: str, today: date) -> dict[str, Any]:
    """Return works as one FeatureCollection, which is a page of items of OGC API Features too."""
    shapes = leave(gpd.GeoDataFrame(geometry=list(out.places), crs=out.crs)).geometry if out.works else []
    features = [
        {"type": "Feature", "id": work.work, "geometry": _geometry(shape), "properties": plain(work)}
        for work, shape in zip(out.works, shapes, strict=True)
    ]
    made = {
        "type": "FeatureCollection",
        "profile": PROFILE,
        "issuer": issuer,
        "issued": today.isoformat(),
        "audience": out.audience,
        "licence": licence,
        "numberMatched": len(features),
        "numberReturned": len(features),
        "features": features,
    }
    PlannedWorkCollection.model_validate_json(json.dumps(made))  # what goes out is of the profile, or does not go out
    return made


def plain(work: PlannedWork) -> dict[str, Any]:
    """Return a work as plain data: what is not known is not there."""
    told = work.model_dump(mode="json", exclude_none=True)
    return {name: value for name, value in told.items() if value not in ([], {})}


def table(out: ExportedWorks) -> pd.DataFrame:
    """Return works as a table: a column per field, lists and visibility as text."""
    rows = [{name: flat(value) for name, value in plain(work).items()} for work in out.works]
    frame = pd.DataFrame(rows, columns=list(PlannedWork.model_fields)).convert_dtypes()
    bare = {name: "str" for name in frame.columns if frame[name].isna().all()}
    return frame.astype(bare)


def flat(value: object) -> object:
    """Return a value as one cell.

    >>> flat(["a", "b"]), flat({"cost_eur": "issuer"}), flat(3)
    ('a; b', 'cost_eur=issuer', 3)
    """
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={one}" for name, one in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _told(row: Mapping[Any, Any], settings: Settings) -> PlannedWork:
    """Return one work with all that is known, and who may see it."""
    known = {str(name): value for name, value in row.items() if not pd.isna(value)}
    kind = str(known.get("kind", ""))
    if "quantity" in known and kind in settings.kinds:
        known["unit"] = settings.kinds[kind].unit
    elif "quantity" in known:
        del known["quantity"]
    if "cost_eur" in known:
        known["price_year"] = settings.city.price_year
    if kind in THEMES:
        known["imkl_theme"] = THEMES[kind]
    party = next((one for one in settings.parties if one.party == known["owner"]), None)
    shares = party.shares if party else UNDECLARED
    hidden = [name for share, names in FIELDS_OF.items() if share not in shares for name in names]
    visibility = {name: "issuer" for name in hidden if name == "place" or name in known}
    known |= {name: known[name].date() for name in DAYS.values() if name in known}
    if "partners" in known:
        known["partners"] = listed(known["partners"])
    if known.get("measure") not in MEASURES:
        known.pop("measure", None)
    numbers = {"quantity": float, "accuracy_m": float} | dict.fromkeys(
        ("earliest_year", "best_year", "latest_year", "fixed_year", "cost_eur"), int
    )
    typed = {name: numbers.get(name, lambda one: one)(value) for name, value in known.items()}
    typed |= {name: bool(typed[name]) for name in ("mandatory", "digs", "resurfaces") if name in typed}
    return PlannedWork.model_validate({**typed, "visibility": visibility, "profile": PROFILE})


def listed(text: str) -> list[str]:
    """Return names in one cell as a list, as a table or JSON has them.

    >>> listed("a; b"), listed('["a", "b"]')
    (['a', 'b'], ['a', 'b'])
    """
    if text.startswith("["):
        text = re.sub(r"""^\[|\]$|["']""", "", text).replace(",", ";")
    return [name for part in text.split(";") if (name := part.strip())]


def _seen(work: PlannedWork, audience: Audience) -> PlannedWork | None:
    """Return a work without what an audience may not see; None where nothing of it may be seen."""
    if audience == "issuer":
        return work
    allowed = ("everyone",) if audience == "everyone" else ("everyone", "parties")
    hidden = [name for name, who in work.visibility.items() if who not in allowed]
    if set(hidden) & set(WHOLE_OR_NONE):
        return None
    kept = {name: value for name, value in plain(work).items() if name not in hidden and name != "visibility"}
    left = {name: who for name, who in work.visibility.items() if name not in hidden}
    return PlannedWork.model_validate_json(json.dumps({**kept, "visibility": left, "withheld": hidden}))


def _geometry(shape: shapely.Geometry | None) -> dict[str, Any] | None:
    """Return a place as GeoJSON says, in degrees of nine decimals."""
    if shape is None or shape.is_empty:
        return None
    told: dict[str, Any] = json.loads(shapely.to_geojson(shapely.force_2d(shape)))
    return {"type": told["type"], "coordinates": _rounded(told["coordinates"])}


def _rounded(part: Any) -> Any:  # noqa: ANN401
    """Return coordinates with no more decimals than mean something."""
    return [_rounded(one) for one in part] if isinstance(part, list) else round(part, DECIMALS)


def _with_wkt(out: ExportedWorks) -> pd.DataFrame:
    """Return works as a table with their place as text, in the coordinate system of the column's name."""
    shapes = [None if place is None else shapely.to_wkt(place, rounding_precision=4) for place in out.places]
    return table(out).assign(crs=out.crs, wkt=pd.Series(shapes, dtype="str"))


def _write_book(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as a workbook of one sheet."""
    with Workbook(str(path), BOOK_OPTIONS) as book:
        sheet = book.add_worksheet(LAYER)
        sheet.write_row(0, 0, list(frame.columns), book.add_format({"bold": True}))
        for at, name in enumerate(frame.columns):
            for row, value in enumerate(frame[name].tolist(), start=1):
                if not pd.isna(value):
                    sheet.write(row, at, value)
        sheet.freeze_panes(1, 1)
