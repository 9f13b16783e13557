"""Wessem and Otterlo, from their own files to programme, map, workbook and PDF. Skipped by name where the files are absent."""

from pathlib import Path

import pytest

import koppelkans as kk
import real
from kept import shared

HERE = Path(__file__).parent
NEEDED = {
    "wessem_klic": ["klic/22O000517_1_wessem.zip", "buurten/buurten.gpkg"],
    "wessem_gpkg": ["wessem/wessem.gpkg", "buurten/buurten.gpkg"],
    "otterlo": ["otterlo/bgt_gmllight_otterlo.zip", "otterlo/dutch_addresses_28992.gpkg", "buurten/buurten.gpkg"],
}


@pytest.fixture(scope="module", params=sorted(NEEDED))
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, kk.Plan, Path]:
    """Return the name of the town, its plan, and the folder with what was written."""
    name: str = request.param
    for file in NEEDED[name]:
        real.path(file)

    def run(folder: Path) -> tuple[str, kk.Plan, Path]:
        city, out = kk.read_city(HERE / name, sources_from=[real.FOLDER]), folder / "uit"
        return name, kk.run(city, out=out, all_reports=False), out

    return shared(name, run, tmp_path_factory.mktemp(name))


def test_everything_is_written(ran: tuple[str, kk.Plan, Path]):
    """What `run` makes at once; the reports that come later are those of the invented town (`test_cli`)."""
    _, _, out = ran
    for file in ("kaart-intern.html", "stadsprogramma-intern.pdf", "programma-intern.xlsx", "trace.json"):
        assert (out / "intern" / file).stat().st_size > 1000, file


def test_the_programme_is_proven_and_the_judge_finds_nothing(ran: tuple[str, kk.Plan, Path]):
    name, plan, _ = ran
    trace = plan.programme.trace
    assert trace.value_eur is not None
    assert trace.bound_eur is not None
    assert trace.gap is not None
    assert trace.bound_eur <= trace.value_eur + 1
    assert trace.gap == pytest.approx((trace.value_eur - trace.bound_eur) / trace.value_eur, abs=1e-4)
    # Seen: Otterlo 1.4 %; Wessem exact in 1.1 s of processor, since nothing that nobody gave holds it back.
    assert trace.gap <= (0.05 if name == "otterlo" else 0.001)
    given = {table["basis"].eq("given").any() for table in (plan.programme.problem.funds, plan.programme.problem.crews)}
    assert given == {False}
    assert not plan.programme.other_years["blocked_by"].isin(["budget", "crew", "limit", "paid_opening"]).any()
    assert plan.programme.verdict["kept"].all()
    assert plan.programme.plan["year"].notna().any()


def test_the_three_owners_of_wessem_share_streets(ran: tuple[str, kk.Plan, Path]):
    name, plan, _ = ran
    if not name.startswith("wessem"):
        assert name == "otterlo"
        return
    assert {"gemeente", "enexis", "wml"} <= set(plan.context.works["owner"])
    assert (plan.programme.bundles["owners"] >= 2).any()
    assert plan.programme.bundles["saving_eur"].sum() > 0
    assert len(plan.alignment.calls) > 0


def test_the_streets_of_otterlo_have_names_and_more_than_one_owner_of_paving(ran: tuple[str, kk.Plan, Path]):
    name, plan, _ = ran
    if name != "otterlo":
        assert name.startswith("wessem")
        return
    assert plan.context.sections["name"].notna().mean() > 0.5
    paving = plan.context.assets[plan.context.assets["kind"] == "paving"]
    assert {"G0228", "P0025"} <= set(paving["owner"])
    assert {"tree", "gully"} <= set(plan.context.assets["kind"])
    assert plan.context.works["owner"].nunique() >= 2


def test_no_assumption_is_hidden(ran: tuple[str, kk.Plan, Path]):
    _, plan, _ = ran
    assert set(plan.programme.money["basis"]) == {"assumed"}
    assert set(plan.context.assets["due_basis"]) <= {"measured", "derived", "assumed", "unknown"}
    assert plan.context.assets.loc[plan.context.assets["due_basis"] == "unknown", "due_year"].isna().all()
