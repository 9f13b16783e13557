"""The house keeps its shape: who may know whom, how large rooms are, what things are called."""

import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import house_rules
from house_rules import Module

ROOT = Path(__file__).parents[2]
# What is not yet as the rules want it. It only gets shorter; a new name, circle or line may not be added.
STILL = tomllib.loads((Path(__file__).parent / "still_to_mend.toml").read_text(encoding="utf-8"))


@cache
def modules() -> list[Module]:
    """Return every module of the core, read once."""
    return house_rules.read_modules(ROOT / "src" / "koppelkans")


def test_a_room_looks_back_and_never_ahead():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_modules_do_not_import_each_other_in_a_circle():
    known = [set(circle) for circle in STILL["circles"]]
    assert not [circle for circle in house_rules.import_circles("koppelkans") if set(circle) not in known]


def test_a_file_holds_one_thought_and_not_a_hall():
    assert not house_rules.long_files(modules())


def test_a_function_fits_on_a_screen():
    assert not house_rules.long_functions(modules())


def test_the_first_line_of_a_module_says_what_it_is_in_both_languages():
    assert not house_rules.modules_without_dutch(modules())


def test_first_lines_are_short_phrases_in_the_words_of_the_field():
    found = house_rules.unclear_first_lines(modules())
    assert not {where: line for line, where in found.items() if line not in STILL["first_lines"]}


def test_a_module_is_named_for_the_thing_and_not_for_the_drawer():
    assert not house_rules.drawers(modules())


def test_no_two_classes_bear_one_name():
    assert not {
        name: where for name, where in house_rules.classes_of_one_name(modules()).items() if name not in STILL["twins"]
    }


def test_no_class_is_named_after_a_folder_elsewhere():
    assert not {
        name: where
        for name, where in house_rules.classes_named_after_a_folder(modules()).items()
        if name not in STILL["folders"]
    }


def test_nothing_is_called_gdf_or_df():
    assert not house_rules.frames_without_a_name(modules())


def test_the_core_asserts_nothing_catches_no_bare_exception_and_prints_nothing():
    assert not house_rules.asserts_prints_and_bare_excepts(modules())


def test_coordinates_are_transformed_in_one_place_only():
    assert not house_rules.other_transformers(modules())


def test_nobody_walks_over_rows_of_geometry():
    assert not house_rules.walkers_over_rows(modules())


def test_a_module_is_mirrored_by_a_test_or_its_piece_by_the_laws():
    assert not house_rules.untold_modules(modules(), ROOT / "tests")


def test_a_total_of_money_comes_from_the_account_and_is_added_up_nowhere_else():
    """What still adds up money is listed, each only until it is a figure of the account."""
    assert house_rules.sums_of_money(modules()) == sorted(STILL["sums_of_money"])


PLANTED: list[tuple[Callable[[list[Module]], object], str, str]] = [
    (house_rules.long_files, "long", "x = 1\n" * 501),
    (house_rules.long_functions, "slow", "def reckon():\n" + "    x = 1\n" * 60),
    (house_rules.long_functions, "later", "async def reckon():\n" + "    x = 1\n" * 60),
    (house_rules.modules_without_dutch, "english", '"""The verb of this room."""\n'),
    (house_rules.modules_without_dutch, "silent", "x = 1\n"),
    (house_rules.drawers, "utils", "x = 1\n"),
    (house_rules.drawers, "misc/roads", "x = 1\n"),
    (house_rules.frames_without_a_name, "frames", "df = 1\n"),
    (house_rules.frames_without_a_name, "frames", "def read(gdf): ...\n"),
    (house_rules.asserts_prints_and_bare_excepts, "sure", "assert True\n"),
    (house_rules.asserts_prints_and_bare_excepts, "loud", "print(1)\n"),
    (house_rules.asserts_prints_and_bare_excepts, "deaf", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
    (house_rules.asserts_prints_and_bare_excepts, "deafer", "try:\n    x = 1\nexcept:\n    x = 2\n"),
    (
        house_rules.asserts_prints_and_bare_excepts,
        "both",
        "try:\n    x = 1\nexcept (KeyError, Exception):\n    x = 2\n",
    ),
    (house_rules.other_transformers, "context/move", "moved = rows.to_crs(4326)\n"),
    (house_rules.walkers_over_rows, "walk", "for place in rows.geometry:\n    x = place\n"),
    (house_rules.walkers_over_rows, "walk", "for key, row in rows.iterrows():\n    x = row\n"),
    (house_rules.sums_of_money, "report/total", 'def total(rows):\n    return rows["cost_eur"].sum()\n'),
    (house_rules.sums_of_money, "cli/total", 'def total(rows):\n    return rows.agg(cost=("cost_eur", "sum"))\n'),
    (house_rules.unclear_first_lines, "words", f'"""{"A" * 91} (nl: lang)."""\n'),
    (house_rules.unclear_first_lines, "words", 'def cost():\n    """Return what it comes to."""\n'),
    (house_rules.unclear_first_lines, "words", f'class Cost:\n    def of(self):\n        """{"A" * 91}"""\n'),
    (house_rules.classes_of_one_name, "twice", "class Ground: ...\nclass Ground: ...\n"),
    (house_rules.classes_named_after_a_folder, "roads/asphalt", "class Planted: ...\nclass Bricks: ...\n"),
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED)
def test_a_rule_names_what_is_planted_against_it(rule: Callable, name: str, text: str, tmp_path: Path):
    clean = '"""A street (nl: straat)."""\n\n\ndef street(width_m):\n    """Return a street."""\n    return width_m\n'
    (tmp_path / "bricks").mkdir()
    (tmp_path / "bricks" / "street.py").write_text(clean, encoding="utf-8")
    assert not rule(house_rules.read_modules(tmp_path))

    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    assert f"{name}.py" in str(rule(house_rules.read_modules(tmp_path)))


def test_a_circle_is_seen_also_where_it_is_there_for_types_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "planted"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "road.py").write_text("from planted.pipe import PIPE\n", encoding="utf-8")
    (package / "pipe.py").write_text("PIPE = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert not house_rules.import_circles("planted")

    types = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from planted import road\nPIPE = 1\n"
    (package / "pipe.py").write_text(types, encoding="utf-8")
    assert house_rules.import_circles("planted") == [["planted.pipe", "planted.road"]]


def test_a_module_that_no_test_names_is_told(tmp_path: Path):
    (tmp_path / "test_roads.py").write_text("from koppelkans.roads import (\n    asphalt,\n)\n", encoding="utf-8")
    found = [Module(Path(f"roads/{name}.py"), f"roads/{name}.py", "") for name in ("asphalt", "bricks")]
    assert house_rules.untold_modules(found, tmp_path) == ["roads/bricks.py"]
