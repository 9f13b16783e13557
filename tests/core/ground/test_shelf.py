from pathlib import Path

import pandas as pd
import pytest

import hamlet
from koppelkans.context.product import Context
from koppelkans.ground.errors import InputError
from koppelkans.ground.shelf import load, save
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
