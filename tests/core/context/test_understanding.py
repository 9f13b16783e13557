from pathlib import Path

from koppelkans.context.reading.opening import OpenedFiles
from koppelkans.context.reading.understanding import Understood, understand
from koppelkans.ground.settings import make_settings


def understood(folder: Path, text: str, role: str = "assets", others: list[dict[str, object]] | None = None, **more: object) -> Understood:  # fmt: skip
    """Return what becomes of one CSV in a role."""
    (folder / "a.csv").write_text(text, encoding="utf-8")
    source = {"name": "a", "role": role, "path": "a.csv", "crs": "EPSG:28992", **more}
    made = make_settings({"sources": [source, *(others or [])]})
    return understand(made.sources[0], made, OpenedFiles(folder))


def test_rows_and_what_became_of_them_add_up(tmp_path: Path):
    text = "owner,kind,soort,x,y\ng,paving,a,155000,463000\ng,paving,b,155000,463000\ng,paving,a,0,0\n"
    found = understood(tmp_path, text, only={"soort": ["a"]})
    assert found.frame is not None
    assert (found.rows, len(found.frame), found.set_aside, sum(found.left_out.values())) == (3, 1, 1, 1)


def test_a_file_with_only_column_names_is_told_and_gives_an_empty_layer(tmp_path: Path):
    found = understood(tmp_path, "owner,kind,x,y\n")
    assert found.frame is not None
    assert found.frame.empty
    (fault,) = found.faults
    assert fault.found == "no rows"
    assert not fault.fatal


def test_a_file_without_one_good_row_is_fatal(tmp_path: Path):
    found = understood(tmp_path, "owner,kind,wkt\ng,paving,POINT (155000\ng,paving,\n")
    assert found.frame is None
    assert found.faults[-1].fatal
    assert found.faults[-1].found == "not one good row of 2"
    assert len(found.aside) == 2


def test_only_that_leaves_nothing_is_told(tmp_path: Path):
    found = understood(tmp_path, "owner,kind,soort,x,y\ng,paving,a,155000,463000\n", only={"soort": ["b"]})
    assert found.faults[-1].found == "all rows left out: 1"
    assert not found.faults[-1].fatal


def test_a_row_without_place_is_told_once_with_its_real_reason(tmp_path: Path):
    found = understood(tmp_path, "owner,kind,wkt\ng,paving,POINT (155000 463000)\ng,paving,POINT (1\n")
    (fault,) = found.faults
    assert fault.found == "POINT (1"


def test_of_two_rows_with_one_name_the_good_one_is_kept_even_when_it_comes_second(tmp_path: Path):
    found = understood(tmp_path, "asset,owner,kind,x,y\nk,g,paving,0,0\nk,g,paving,155000,463000\n")
    assert found.frame is not None
    assert found.frame["row"].tolist() == [2]


def test_a_join_to_a_join_is_told(tmp_path: Path):
    text = "id,owner,kind\n1,g,paving\n"
    join = {"source": "b", "here": "id", "there": "id"}
    other = {"name": "b", "role": "table", "path": "a.csv", "join": {"source": "a", "here": "id", "there": "id"}}
    found = understood(tmp_path, text, join=join, others=[other])
    assert found.frame is None
    assert "joins itself" in found.faults[0].found


def test_a_table_takes_its_place_from_another_source(tmp_path: Path):
    (tmp_path / "b.csv").write_text("nr;wkt\n7;LINESTRING (155000 463000, 155010 463000)\n")
    other = {"name": "b", "role": "table", "path": "b.csv", "crs": "EPSG:28992"}
    join = {"source": "b", "here": "id", "there": "nr"}
    found = understood(tmp_path, "id,owner,kind\n7,g,paving\n8,g,paving\n", join=join, others=[other])
    assert found.frame is not None
    assert found.frame.length.tolist() == [10.0]
    (fault,) = found.faults
    assert (fault.row, fault.column) == (2, "id")


def test_a_column_that_the_vision_reads_a_need_from_arrives(tmp_path: Path):
    (tmp_path / "a.csv").write_text(
        'area,hitte,rest,wkt\na,"0,7",x,"POLYGON ((155000 463000, 155010 463000, 155010 463010, 155000 463000))"\n'
    )
    made = make_settings(
        {
            "sources": [{"name": "a", "role": "areas", "path": "a.csv", "crs": "EPSG:28992"}],
            "vision": {"ambitions": [{"ambition": "health", "needs": [{"source": "a", "column": "hitte"}]}]},
        }
    )
    found = understand(made.sources[0], made, OpenedFiles(tmp_path))
    assert found.frame is not None
    assert found.frame["hitte"].tolist() == [0.7]
    assert "rest" not in found.frame


def test_the_columns_come_in_the_order_of_the_role_with_row_first_and_geometry_last(tmp_path: Path):
    found = understood(tmp_path, "kind,owner,x,y\npaving,g,155000,463000\n", role="plans")
    assert found.frame is not None
    assert list(found.frame.columns[:4]) == ["row", "work", "name", "owner"]
    assert found.frame.columns[-1] == "geometry"
    assert "period" not in found.frame


def test_a_total_is_no_row_of_its_own_and_a_unit_beside_the_names_counts(tmp_path: Path):
    text = "Nr,owner,kind,Raming,x,y\n,,,x 1000,,\nP1,g,paving,10,155000,463000\nSubtotaal wegen,g,paving,10,155000,463000\nSom,g,paving,10,155000,463000\nTotaalplan,g,paving,5,155000,463000\n"
    found = understood(tmp_path, text, "works", columns={"work": "Nr", "cost_eur": "Raming"})
    assert found.frame is not None
    assert found.frame["work"].tolist() == ["P1", "Totaalplan"]
    assert found.frame["cost_eur"].tolist() == [10_000, 5_000]
    assert [fault.row for fault in found.faults if "total" in str(fault.wanted)] == [3, 4]


def test_no_work_is_planned_after_this_century(tmp_path: Path):
    text = (
        "Nr,owner,kind,start,period,x,y\nP1,g,paving,01-01-2128,,155000,463000\nP2,g,paving,,2028-2130,155000,463000\n"
    )
    found = understood(tmp_path, text, "works", columns={"work": "Nr"})
    assert found.frame is not None
    assert found.frame[["earliest_year", "latest_year"]].isna().all(axis=None)
    assert [fault.found for fault in found.faults] == ["2028-2130", "01-01-2128"]
