"""Effects from a file: what cannot be used is set aside, counted, and told with its row."""

from pathlib import Path

import pytest

from koppelkans.context import read_city
from koppelkans.context.city import City
from koppelkans.vision import envision

TOML = """
[city]
name = "Gehucht"
[[sources]]
name = "effecten"
role = "effects"
path = "effecten.csv"
[sources.columns]
ambition = "ambitie"
kind = "soort"
"""
HEAD = "ambitie;soort;effect;unit;low;high;source;basis"


@pytest.fixture
def city(tmp_path: Path) -> City:
    rows = [
        "hitte;tree;0,08;need per piece;0,05;0,12;eigen meting Lindelaan 2025;measured",
        "heat_stress;gas_low;0;;;;netbeheerder;",
        "geluk;tree;0,1;;;;iemand;",  # no such ambition
        "hitte;paleis;0,1;;;;iemand;",  # no such kind
        "hitte;paving;0,1;need per piece;;;iemand;",  # another unit
        "hitte;green;0,1;;0,2;;iemand;",  # outside its range
        "hitte;tree;0,3;;;;iemand;",  # the pair stands above
        "hitte;water_main;0,1;;;;;",  # no source
        "hitte;lighting;veel;;;;iemand;",  # no number
    ]
    (tmp_path / "koppelkans.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "effecten.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return read_city(tmp_path)


def test_good_rows_are_read_and_bad_rows_are_set_aside_and_counted(city: City):
    line = city.understood.set_index("source").loc["effecten"]
    assert (line["rows"], line["read"], line["set_aside"]) == (9, 2, 7)
    assert city.layers["effecten"]["kind"].tolist() == ["tree", "gas_low"]
    assert city.layers["effecten"]["ambition"].tolist() == ["heat_stress", "heat_stress"]


def test_every_bad_row_is_told_with_its_place(city: City):
    told = {fault.row for fault in city.faults if fault.where == "effecten.csv"}
    assert told == {3, 4, 5, 6, 7, 8, 9}
    assert sorted(city.aside["effecten"]["row"]) == [3, 4, 5, 6, 7, 8, 9]


def test_what_was_read_lies_over_the_effects_that_come_along(city: City):
    made = envision(city.layers, settings=city.settings, trace=city.trace).effects
    heat = made[made["ambition"] == "heat_stress"].set_index("kind")
    assert heat.loc["tree", ["effect", "low", "high", "basis", "source"]].tolist() == [
        0.08, 0.05, 0.12, "measured", "eigen meting Lindelaan 2025",
    ]  # fmt: skip
    assert heat.loc["gas_low", "need_per_unit"] == 0
    usual = {one.ambition: one for one in city.settings.vision.ambitions}["heat_stress"].effects
    assert set(usual) <= set(heat.index)
