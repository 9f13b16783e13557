import json
from pathlib import Path

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.context.product import Context
from koppelkans.ground.errors import InputError
from koppelkans.ground.shelf import load, save
from koppelkans.programme.product import Programme
from koppelkans.vision.product import Vision


def test_a_product_comes_back_from_the_shelf_as_it_was(tmp_path: Path):
    product = hamlet.context()
    back = load(Context, save(product, tmp_path / "context"))
    for name in Context.TABLES:
        pd.testing.assert_frame_equal(getattr(back, name), getattr(product, name))
    assert back.trace == product.trace


def test_put_away_twice_gives_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        save(hamlet.context(), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_an_empty_shelf_says_which_product_it_wants(tmp_path: Path):
    with pytest.raises(InputError, match="run the earlier room first"):
        load(Context, tmp_path)


def test_another_product_is_not_taken_for_it(tmp_path: Path):
    save(hamlet.vision(), tmp_path)
    assert len(load(Vision, tmp_path).ambitions) == 2
    with pytest.raises(InputError, match="found a Vision; wanted a Context"):
        load(Context, tmp_path)


def test_a_shelf_of_an_older_version_names_the_tables_and_columns_that_it_lacks_and_what_to_do(tmp_path: Path):
    folder = save(hamlet.context(), tmp_path)
    (folder / "wishes.parquet").unlink()
    pd.read_parquet(folder / "touches.parquet").drop(columns="length_m").to_parquet(folder / "touches.parquet")
    with pytest.raises(InputError) as caught:
        load(Context, folder)
    assert {(fault.layer, fault.column, str(fault.found)) for fault in caught.value.faults} == {
        ("wishes", "", "no table wishes"),
        ("touches", "length_m", "no such column"),
    }
    wanted = caught.value.faults[0].wanted
    assert f"made by version {hamlet.context().trace.version}" in wanted
    assert "Draai `koppelkans run` opnieuw" in wanted.said("nl")


def test_a_shelf_without_a_figure_that_is_known_now_says_so(tmp_path: Path):
    folder = save(hamlet_plan.plan().programme, tmp_path)
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    facts.pop("value")
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(InputError, match="no figures value"):
        load(Programme, folder)
