"""Laws that every invented town meets, whatever its size and seed."""

import hashlib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koppelkans.demo import make_town
from koppelkans.demo.files import FILES, File

SIZES = (50, 500, 2000)


def prints(folder: Path) -> dict[str, str]:
    """Return the hash of every file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read(folder: Path, file: File) -> pd.DataFrame:
    """Return a file as any program would read it, with its geometry in RD where it has one."""
    path = folder / file.path
    if path.suffix == ".xlsx":
        return pd.read_excel(path, sheet_name=file.layer, engine="openpyxl")
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    if path.suffix != ".csv":
        return gpd.read_file(path, layer=file.layer or None).to_crs("EPSG:28992")
    frame = pd.read_csv(path, sep=file.separator)
    if file.points == "wkt":
        return gpd.GeoDataFrame(
            frame,
            geometry=gpd.GeoSeries.from_wkt(frame["wkt"].astype(object).where(frame["wkt"].notna(), None)),
            crs="EPSG:28992",
        )
    x, y, crs = ("lon", "lat", "EPSG:4326") if file.points == "lonlat" else ("x", "y", "EPSG:28992")
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame[x], frame[y]), crs=crs).to_crs("EPSG:28992")


@pytest.fixture(scope="module", params=SIZES)
def sized(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Path]:
    """Return a town of each size."""
    return request.param, make_town(tmp_path_factory.mktemp("town"), homes=request.param, seed=7)


def test_the_number_of_homes_is_within_five_percent(sized: tuple[int, Path]):
    homes, folder = sized
    found = read(folder, FILES["adressen"]).drop_duplicates("identificatie")

    assert (found["gebruiksdoel"] == "woonfunctie").sum() == pytest.approx(homes, rel=0.05)


def test_every_file_can_be_read_and_lies_within_the_municipality(sized: tuple[int, Path]):
    _, folder = sized
    border = shapely.union_all(read(folder, FILES["buurten"]).geometry.to_numpy()).buffer(5.0)

    for name, file in FILES.items():
        if not (folder / file.path).exists():
            continue
        frame = read(folder, file)
        assert len(frame), name
        if isinstance(frame, gpd.GeoDataFrame):
            shapes = frame.geometry[frame.geometry.notna() & ~frame.geometry.is_empty].to_numpy()
            assert shapely.covered_by(shapely.envelope(shapes), border.envelope).all(), name
            assert shapely.intersects(shapes, border).all(), name


@given(seed=st.integers(1, 10_000), homes=st.sampled_from([50, 130, 260]))
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_town(
    tmp_path_factory: pytest.TempPathFactory, seed: int, homes: int
):
    once, again, other = (
        prints(make_town(tmp_path_factory.mktemp("town"), homes=homes, seed=number))
        for number in (seed, seed, seed + 1)
    )

    assert once == again
    assert once[FILES["wegvakken"].path] != other[FILES["wegvakken"].path]
    assert once["koppelkans.toml"] != other["koppelkans.toml"]


def test_a_map_library_that_was_told_another_date_changes_nothing(tmp_path: Path):
    first = prints(make_town(tmp_path / "a", homes=50, seed=1))
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1999-01-01T00:00:00.000Z"})
    try:
        second = prints(make_town(tmp_path / "b", homes=50, seed=1))
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})

    assert first == second
