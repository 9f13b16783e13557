from pathlib import Path

import pytest

from koppelkans.ground.errors import InputError
from koppelkans.ground.reach import leads_out, refuse_outside


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return a city folder beside another folder with a file."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.csv").write_text("a\n1\n")
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "b.csv").write_text("a\n1\n")
    return tmp_path / "city"


def test_paths_up_absolute_and_by_link_lead_out(city: Path):
    (city / "link.csv").symlink_to(city.parent / "other" / "a.csv")
    (city / "folder").symlink_to(city.parent / "other")
    (city / "round").symlink_to(city / "round")
    named = ["../other/a.csv", str(city.parent / "other" / "a.csv"), "link.csv", "folder/a.csv", "folder/not-there.csv"]
    named += ["../city/../other/a.csv", "round/a.csv", "a\0b", ".."]
    assert [name for name in named if not leads_out(city / name, (city,))] == []


def test_a_file_of_the_folder_does_not_lead_out_however_it_is_named(city: Path):
    (city / "near.csv").symlink_to("b.csv")
    (city.parent / "way").symlink_to(city)
    named = ["b.csv", "./b.csv", "../city/b.csv", str(city / "b.csv"), "near.csv", "not-there.csv"]
    assert [name for name in named if leads_out(city / name, (city,))] == []
    assert not leads_out(city.parent / "way" / "b.csv", (city.parent / "way",))


def test_a_folder_that_is_named_may_be_read_too(city: Path):
    assert not leads_out(city / "../other/a.csv", (city, city.parent / "other"))
    assert leads_out(city / "../other/a.csv", (city, city.parent / "othe"))


@pytest.mark.parametrize(
    ("main", "part"), [("a.shp", "A.dbf"), ("a.shp", "a.prj"), ("b.gpkg", "b.gpkg-wal"), ("b.gpkg", "b.gpkg-journal")]
)
def test_a_part_beside_a_file_that_lies_elsewhere_is_refused(city: Path, main: str, part: str):
    (city / main).touch()
    (city / part).symlink_to(city.parent / "other" / "a.csv")
    with pytest.raises(InputError, match="outside the city folder"):
        refuse_outside(city / main, main, (city,))
    refuse_outside(city / "b.csv", "b.csv", (city,))
