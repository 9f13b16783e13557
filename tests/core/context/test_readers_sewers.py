"""GWSW-Hyd, OroX and RIBX: what is special about each; what holds for every reader is in the laws."""

from pathlib import Path

import pandas as pd
import pytest
import shapely

from koppelkans.context.readers.hydx import HYDX
from koppelkans.context.readers.ribx import RIBX, condition_of, rules
from koppelkans.context.reading.reader import Raw, Reader
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source

DATA = Path(__file__).parents[4] / "shared" / "data"
HEAD = '<DATA xmlns:gml="http://www.opengis.net/gml">'
PIPE = "<ZB_A><AAA>1</AAA><ABF>{day}</ABF>{codes}</ZB_A>"
SEEN = "<ZC><A>{code}</A><B>{kind}</B><D>{much}</D></ZC>"


def read(reader: Reader, path: Path, layer: str = "") -> Raw:
    """Return what a reader makes of a file."""
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    assert reader.fits(path)
    return reader.read(path, Source(name="s", role="assets", path=path.name, layer=layer))


def inspected(folder: Path, *records: str) -> pd.DataFrame:
    """Return what RIBX makes of records."""
    (folder / "a.ribx").write_text(HEAD + "".join(records) + "</DATA>")
    return read(RIBX, folder / "a.ribx").columns


def seen(code: str, kind: str = "", much: str = "") -> str:
    """Return one observation."""
    return SEEN.format(code=code, kind=kind, much=much)


def test_a_pipe_of_gwsw_hyd_runs_from_node_to_node_with_its_profile():
    raw = read(HYDX, DATA / "hydx" / "Verbinding.csv")
    assert (raw.total, len(raw.columns)) == (96, 79)  # 17 weirs, pumps, passages and open water
    assert raw.columns.iloc[0][["asset", "reference", "material"]].tolist() == ["lei1", "3", "beton"]
    assert raw.columns.iloc[0][["diameter_mm", "length_m"]].tolist() == [1100, 48]
    assert not shapely.is_missing(raw.geometry).any()
    assert "built_year" not in raw.columns


def test_manholes_of_gwsw_hyd_are_those_of_its_nodes():
    raw = read(HYDX, DATA / "hydx" / "Knooppunt.csv")
    assert (raw.total, len(raw.columns)) == (85, 66)  # 16 compartments and 3 outlets


def test_gwsw_hyd_without_its_nodes_or_with_another_column_is_told(tmp_path: Path):
    (tmp_path / "x_Verbinding.csv").write_text("UNI_IDE;KN1_IDE;KN2_IDE;VRB_TYP\nl1;a;b;GSL\n")
    (tmp_path / "x_profiel.csv").write_text("PRO_IDE;PRO_MAT\n")
    with pytest.raises(InputError) as told:
        read(HYDX, tmp_path / "x_Verbinding.csv")
    assert [fault.layer for fault in told.value.faults] == ["Knooppunt", "Profiel"]


@pytest.mark.parametrize(
    ("name", "pipes", "manholes"),
    [
        ("schoon", 1, 2), ("hgt_schoon", 1, 2), ("rvz_schoon", 2, 3), ("rvz010_interne_overstort", 3, 4),
        ("mechanisch_riool", 2, 4), ("karakteristiek_datums", 4, 5), ("btr006_afgeronde_bobs", 40, 41), ("ext_scenario", 5, 10),
    ],
)  # fmt: skip
def test_every_mini_network_of_gwsw_reads_whole(name: str, pipes: int, manholes: int):
    pytest.importorskip("pyoxigraph")
    from koppelkans.context.readers.orox import OROX  # noqa: PLC0415

    raw = read(OROX, DATA / "gwsw" / f"{name}.ttl")
    dimensions = shapely.get_dimensions(raw.geometry)
    assert ((dimensions == 1).sum(), (dimensions == 0).sum()) == (pipes, manholes)
    assert not raw.faults
    if name == "karakteristiek_datums":
        first = raw.columns[raw.columns["asset"] == "KarL1"].iloc[0]
        assert first[["reference", "built_year", "material", "diameter_mm"]].tolist() == [
            "1",
            "1975-01-01",
            "Beton",
            300,
        ]


def test_turtle_that_breaks_off_is_told_and_what_stood_before_is_read(tmp_path: Path):
    pytest.importorskip("pyoxigraph")
    from koppelkans.context.readers.orox import OROX  # noqa: PLC0415

    start = "@prefix g: <http://data.gwsw.nl/1.6/totaal/> .\n@prefix : <http://x#> .\n:p a g:Persleiding .\n"
    (tmp_path / "a.ttl").write_text(start + ":q a g:Persle")
    raw = read(OROX, tmp_path / "a.ttl")
    assert raw.columns["asset"].tolist() == ["p"]
    assert "breaks off" in raw.faults[0].found


def test_the_worst_observation_is_the_condition_of_a_pipe(tmp_path: Path):
    one = PIPE.format(
        day="2020-03-01", codes=seen("BCD", "A") + seen("BAB", "B") + seen("BAJ", "A", "60") + seen("BBB", "A")
    )
    assert inspected(tmp_path, one)[["condition", "worst", "condition_year"]].iloc[0].tolist() == [
        "4",
        "BAJ A",
        "2020-03-01",
    ]


def test_the_last_inspection_counts_and_of_one_day_the_worst(tmp_path: Path):
    days = [("2020-03-01", "C"), ("2020-03-01", "A"), ("2012-01-01", "B")]
    records = [PIPE.format(day=day, codes=seen("BAC", "B") if kind == "B" else seen("BAB", kind)) for day, kind in days]
    for order in (records, records[::-1]):
        assert inspected(tmp_path, *order)[["condition", "condition_year"]].to_numpy().tolist() == [["4", "2020-03-01"]]


def test_unknown_stays_unknown(tmp_path: Path):
    whole, stopped = PIPE.format(day="2020-03-01", codes=seen("BCD")), PIPE.format(day="2020-03-01", codes=seen("BDC"))
    strange, cleaned = (
        PIPE.format(day="2020-03-01", codes=seen("BAZ", "Q")),
        "<ZB_G><GAA>1</GAA><GBF>2020-03-01</GBF></ZB_G>",
    )
    assert inspected(tmp_path, whole)["condition"].tolist() == ["1"]
    for record in (stopped, strange, cleaned):
        columns = inspected(tmp_path, record)
        assert columns["condition"].isna().all()
        assert columns["condition_year"].isna().all()
    (tmp_path / "a.ribx").write_text(HEAD + strange + "</DATA>")
    assert any("BAZ Q" in fault.found for fault in read(RIBX, tmp_path / "a.ribx").faults)


def test_every_rule_has_scores_of_one_to_six_and_no_gap_at_the_bottom():
    for code, rule in rules()["codes"].items():
        scores = (
            [rule["score"]]
            if "score" in rule
            else [*rule.get("by", {}).values(), *(step[1] for step in rule.get("from", ()))]
        )
        assert scores
        assert set(scores) <= {1, 2, 3, 4, 5, 6}
        assert sorted(rule.get("from", ())) == rule.get("from", [])
        assert condition_of({(code, "?", float("nan")): 1})[0] in (None, rule.get("score"))


@pytest.mark.parametrize(("name", "rows"), [("ribx_12_reiniging_leiding", 798), ("ribx_13_36190148_5300093", 1)])
def test_real_ribx_reads_whole(name: str, rows: int):
    raw = read(RIBX, DATA / "ribx" / f"{name}.ribx")
    assert len(raw.columns) == rows
    assert raw.columns["condition"].notna().sum() == (rows == 1)
    assert not shapely.is_missing(raw.geometry).any()
