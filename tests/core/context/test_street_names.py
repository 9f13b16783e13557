import numpy as np
import pandas as pd
from shapely import LineString, Point

from koppelkans.context.streets.street_names import numbered, street_names

AXES = [
    LineString([(0, 0), (100, 0)]), LineString([(100, 0), (200, 0)]), LineString([(200, 0), (300, 0)]),
    LineString([(200, 0), (200, 100)]),
]  # fmt: skip
STRETCHES = pd.DataFrame({"axis": AXES, "road_class": "residential", "area_name": ["Oost", "Oost", "Oost", None]})
NO_ADDRESSES = pd.DataFrame({"position": pd.Series([], dtype="int64"), "street": pd.Series([], dtype="str")})


def labels(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"name": pd.Series([name for name, _, _ in rows], dtype="str"), "geometry": [Point(x, y) for _, x, y in rows]}
    )


def test_a_label_names_the_street_that_runs_on_straight():
    found = street_names(STRETCHES, labels=labels(("Dorpsstraat", 50, 4), ("Kerkweg", 196, 60)), addresses=NO_ADDRESSES)
    assert found.tolist() == ["Dorpsstraat", "Dorpsstraat", "Dorpsstraat", "Kerkweg"]


def test_addresses_go_before_labels():
    addresses = pd.DataFrame({"position": [2, 2, 2, -1], "street": ["Molenpad", "Molenpad", "Dorpsstraat", "Elders"]})
    found = street_names(STRETCHES, labels=labels(("Dorpsstraat", 50, 4)), addresses=addresses)
    assert found.tolist()[::2] == ["Dorpsstraat", "Molenpad"]


def test_a_label_far_from_every_street_names_none():
    assert street_names(STRETCHES, labels=labels(("Koeweg", 50, 900)), addresses=NO_ADDRESSES).isna().all()


def test_streets_without_a_name_are_numbered_as_they_run_on():
    names = pd.Series([np.nan] * 4, dtype="str")
    assert numbered(STRETCHES, names).tolist() == ["Oost 1", "Oost 1", "Oost 1", "Strook 1"]


def test_a_name_that_is_known_stays():
    names = pd.Series(["Dorpsstraat", np.nan, np.nan, np.nan], dtype="str")
    assert numbered(STRETCHES, names).tolist() == ["Dorpsstraat", "Oost 1", "Oost 1", "Strook 1"]
