"""Deliberate faults, a few per file, as in real files. (nl: gebreken met opzet)."""

from collections.abc import Callable, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from koppelkans.demo.plan import dice

MOST_SHARE = 0.05
Spoiler = Callable[[gpd.GeoDataFrame, np.random.Generator], gpd.GeoDataFrame]


def spoilt(layers: Mapping[str, gpd.GeoDataFrame], *, seed: int) -> dict[str, gpd.GeoDataFrame]:
    """Return the files with gaps, doubles, wrong years and broken shapes in them."""
    return {name: _spoilt(name, frame, seed) for name, frame in layers.items()}


def _spoilt(name: str, frame: gpd.GeoDataFrame, seed: int) -> gpd.GeoDataFrame:
    """Return one file with its faults."""
    rng = dice(seed, f"flaws {name}")
    made = frame.copy()
    for spoil in SPOILERS.get(name, ()):
        made = spoil(made, rng)
    return made.reset_index(drop=True)


def gaps(column: str, share: float) -> Spoiler:
    """Return what leaves out values of a column."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        return frame.assign(**{column: frame[column].mask(rng.uniform(size=len(frame)) < share)})

    return spoil


def years(column: str, *wrong: int) -> Spoiler:
    """Return what writes years that mean unknown, one row each."""
    return _values(column, list(wrong), kind="Int64")


def values(column: str, *wrong: object) -> Spoiler:
    """Return a spoiler that puts wrong values in a column, one row each.

    Words between numbers, or money below zero; the column becomes text where needed.
    """
    text = any(isinstance(value, str) for value in wrong)
    return _values(column, list(wrong), kind="str" if text else "")


def doubles(count: int) -> Spoiler:
    """Return what writes rows twice, far apart."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        return pd.concat([frame, frame.iloc[_rows(frame, count, rng)]], ignore_index=True)

    return spoil


def no_shape(count: int) -> Spoiler:
    """Return what loses the geometry of rows."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        shapes = frame.geometry.to_numpy().copy()
        shapes[_rows(frame, count, rng)] = None
        return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))

    return spoil


def crossed(count: int) -> Spoiler:
    """Return what swaps two corners, so that a polygon crosses itself."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        shapes = frame.geometry.to_numpy().copy()
        simple = np.flatnonzero(shapely.get_num_coordinates(shapes) == 5)
        chosen = simple[_rows(frame.iloc[simple], count, rng)]
        corners = shapely.get_coordinates(shapes[chosen]).reshape(-1, 5, 2)[:, [0, 2, 1, 3, 0]]
        shapes[chosen] = shapely.polygons(corners)
        return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))

    return spoil


def overlapping(count: int, by_m: float) -> Spoiler:
    """Return what draws polygons over their neighbours."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        shapes = frame.geometry.to_numpy().copy()
        chosen = _rows(frame, count, rng)
        shapes[chosen] = shapely.buffer(shapes[chosen], by_m, join_style="mitre")
        return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))

    return spoil


def looped(count: int) -> Spoiler:
    """Return what makes lines cross themselves twice."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        shapes = frame.geometry.to_numpy().copy()
        chosen = _rows(frame, count, rng)
        place = [
            shapely.line_interpolate_point(shapes[chosen], share, normalized=True)
            for share in (0, 0.6, 0.3, 0.7, 0.4, 1)
        ]
        points = np.stack([shapely.get_coordinates(one) for one in place], axis=1)
        points[:, 2:5] += np.array([[2.0], [-2.0], [2.0]])
        shapes[chosen] = shapely.linestrings(points)
        return frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))

    return spoil


def swapped(one: str, other: str) -> Spoiler:
    """Return what turns a window upside down."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        row = _rows(frame, 1, rng)
        made = frame.copy()
        first, last = made[one].to_numpy().copy(), made[other].to_numpy().copy()
        first[row], last[row] = made[other].to_numpy()[row], made[one].to_numpy()[row]
        return made.assign(**{one: first, other: last})

    return spoil


def among(column: str, word: str, spoil: Spoiler) -> Spoiler:
    """Return what spoils only rows of one kind, so that others can count on the rest."""

    def chosen(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        here = (frame[column] == word).to_numpy()
        made = pd.concat([spoil(frame[here], rng), frame[~here]]) if here.any() else frame
        return made.loc[frame.index]

    return chosen


def _values(column: str, wrong: list[object], *, kind: str) -> Spoiler:
    """Return what writes values over those of a few rows."""

    def spoil(frame: gpd.GeoDataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
        known = frame[column].notna()
        column_ = frame[column].astype("Int64") if kind == "Int64" else frame[column]
        if kind == "str":
            column_ = column_.astype("str").str.removesuffix(".0").where(known)
        chosen = _rows(frame, len(wrong), rng)
        made = column_.copy()
        made.iloc[chosen] = wrong[: len(chosen)]
        return frame.assign(**{column: made})

    return spoil


def _rows(frame: pd.DataFrame, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return a few rows, never more than a small share of the file."""
    most = min(count, int(np.ceil(MOST_SHARE * len(frame))), len(frame))
    return np.sort(rng.permutation(len(frame))[:most])


SPOILERS: Mapping[str, tuple[Spoiler, ...]] = {
    "wegvakken": (gaps("BREEDTE", 0.06), values("BREEDTE", "ca. 8", "?"), values("STRAATNAAM", ""), looped(1)),
    "adressen": (no_shape(2), doubles(3)),
    "topografie": (crossed(3), doubles(2), overlapping(4, 2.5)),
    "buurten": (),
    "strengen": (gaps("AANLEGJAAR", 0.05), years("AANLEGJAAR", 1, 1900, 9999, 9999), gaps("MATERIAAL", 0.04), values("DIAMETER", "ca. 300", "onbekend", "2x400"), values("TOESTAND", 9, 0), doubles(2), no_shape(1)),
    "putten": (gaps("AANLEGJAAR", 0.12), doubles(2)),
    "waterleiding": (gaps("JAAR", 0.04), years("JAAR", 1900, 1900, 9999), looped(1), no_shape(1)),
    "gasleiding": (gaps("jaar_aanleg", 0.06), years("jaar_aanleg", 1, 1, 1900), doubles(1)),
    "kabels": (gaps("aanleg", 0.07), years("aanleg", 9999, 1), values("beheerder", "N. Overland B.V.", "N. Overland B.V.")),
    "verharding": (gaps("aanleg", 0.05), values("conditie", 7), crossed(2), overlapping(2, 3.0)),
    "verlichting": (gaps("plaatsing", 0.06), years("plaatsing", 1900, 2109), doubles(3)),
    "bomen": (gaps("plantjaar", 0.15), years("plantjaar", 9999, 1), values("conditie", 0, 8), no_shape(2)),
    "plantsoen": (gaps("aanlegjaar", 0.1), overlapping(2, 1.5)),
    "projecten": (among("soort", "asfalt", values("raming", -1)), among("soort", "bomen", swapped("vroegst", "uiterlijk"))),
    "waterbedrijf": (values("Periode", "nog onbekend"), values("Raming", "-25000"), values("Straat", "Dorpstraat")),
    "netplannen": (swapped("van", "tot"), years("van", 9999)),
    "warmteplan": (gaps("lengte", 0.1),),
    "derden": (values("periode", "2031-2029"), gaps("raming", 0.08), no_shape(1)),
    "wensen": (values("datum", "vorig jaar"), values("wens", ""), doubles(1)),
    "knelpunten": (values("ernst", 3.0),),
}  # fmt: skip
"""What is wrong in which file."""
