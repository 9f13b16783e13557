"""Laws of who sees what: a secret of a party is in no public output, and in no total from which it can be taken."""

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from pypdf import PdfReader
from shapely import LineString

import hamlet
import hamlet_plan
from koppelkans.ground.crs import leave
from koppelkans.ground.tables import Schema
from koppelkans.report.circle import EVERYONE, INSIDE, Viewer
from koppelkans.report.contents import contents
from koppelkans.report.forms import FORMS
from koppelkans.report.forms.json_export import JSON_EXPORT
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by
from koppelkans.report.table import tables
from koppelkans.report.write import write_form
from tongues import project_in

COST = 7_654_321
"""Of the gas main: no sum of all that others pay comes near it, so a total or difference that counts it shows."""
FAR = 1_000_000
NAME = "Kanariegeel 88"
PURSE = "Kanariepot 77"
SHORT = f"Hier is ruimte. In 2029 heeft {PURSE} te weinig."
LAID = 1888
"""Year in which the gas main was laid: what lies in the ground is for its owner and for those inside, whatever it shares."""
WHY = f"Plan van {NAME} voor 2029–2031 (vast). Aangelegd in {LAID}, dus ruim honderd jaar oud."
PRICED = f"Gepland in 2030. In 2029 zou het € {COST:,} meer kosten.".replace(",", ".")
PLACE = (90_123.4, 437_654.3)
SHARES = {
    "nothing": [],
    "place": ["section", "window", "kind"],
    "name": ["section", "window", "kind", "name"],
    "cost": ["section", "window", "kind", "certainty", "cost"],
    "undeclared": None,
}


def planted(shares: list[str] | None, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Return the hamlet in which the gas main has an unmistakable name, cost and place, wherever these are used."""
    context = hamlet.context()
    gas = context.works["work"] == "w-gas"
    works = context.works.assign(
        name=context.works["name"].mask(gas, NAME), cost_eur=context.works["cost_eur"].mask(gas, COST)
    )
    works["why_nl"], works["why_en"] = (works[name].mask(gas, WHY) for name in ("why_nl", "why_en"))
    works.loc[gas, "geometry"] = LineString([PLACE, (PLACE[0] + 100, PLACE[1])])
    laid = context.assets["owner"] == "gas"
    assets = context.assets.assign(
        built_year=context.assets["built_year"].mask(laid, LAID),
        material=context.assets["material"].mask(laid, f"staal van {LAID}"),
    )
    monkeypatch.setattr(hamlet, "context", lambda: replace(context, works=works, assets=assets))
    known, gas_party = [{"party": "water", "name": "Waterbedrijf"}], {"party": "gas", "name": "Netbeheerder"}
    plan = hamlet_plan.plan(hamlet.settings(parties=known if shares is None else [*known, gas_party]))
    if shares is not None:  # made once, for what a party shares changes no table
        plan = replace(plan, settings=hamlet.settings(parties=[*known, gas_party | {"shares": shares}]))
    programme, systems = plan.programme, plan.systems
    met = f"De straat gaat één keer open, samen met {NAME} en Riool Dorpsstraat."
    told = {name: programme.plan[name].mask(programme.plan["work"] == "w-paving", met) for name in ("why_nl", "why_en")}
    told = {name: rows.mask(programme.plan["work"] == "w-gas", PRICED) for name, rows in told.items()}
    stock = systems.stock.assign(mean_age=systems.stock["mean_age"].mask(systems.stock["owner"] == "gas", LAID + 0.5))
    sums = systems.years.assign(kind="gas_low", system="cables_and_pipes").drop_duplicates("year")
    sums["cost_eur"] = sums["cost_eur"].mask(sums["year"] == 2030, COST + 5)
    done = int(programme.plan["cost_eur"].sum())
    return replace(
        plan,
        programme=replace(
            programme, plan=programme.plan.assign(**told), value=programme.value | {"cost_eur": done}
        ),
        systems=replace(systems, years=sums, stock=stock),
    )  # fmt: skip


def numbers(plan: Plan) -> Iterator[tuple[str, float]]:
    """Yield every number of every table and every figure of the whole, with where it stands."""
    for content in contents(plan):
        for column in content.frame.select_dtypes("number"):
            for value in content.frame[column].dropna():
                yield f"{content.room}.{content.name}.{column}", float(value)
    for name, value in plan.programme.value.items():
        if isinstance(value, int | float):
            yield f"programme.value.{name}", float(value)


def texts(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield every text of every table with where it stands."""
    for content in contents(plan):
        for column in content.frame.select_dtypes(["object", "string"]):
            if column != "geometry":
                for value in content.frame[column].dropna():
                    yield f"{content.room}.{content.name}.{column}", str(value)


def far(words: str) -> list[str]:
    """Return the amounts of a million and more that are written in a text."""
    return re.findall(r"€\s?[-−]?\d{1,3}(?:[.,]\d{3}){2,}", words)


@pytest.fixture(scope="module", params=SHARES)
def shared(request: pytest.FixtureRequest) -> Iterator[tuple[list[str], Plan, Plan]]:
    """Return what the party shares, the plan, and the plan as everyone sees it."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        plan = planted(SHARES[request.param], monkeypatch)
        yield SHARES[request.param] or ["section", "window"], plan, seen_by(plan, EVERYONE)


def test_a_hidden_cost_is_in_no_cell_and_no_total(shared: tuple[list[str], Plan, Plan]):
    shares, plan, shown = shared
    assert any(value >= FAR for _, value in numbers(plan))
    if {"section", "window", "kind", "cost"} <= set(shares):
        assert shown.context.works.set_index("work").loc["w-gas", "cost_eur"] == COST
    else:
        assert sorted({where for where, value in numbers(shown) if abs(value) >= FAR}) == []


def test_a_hidden_name_is_in_no_cell(shared: tuple[list[str], Plan, Plan]):
    shares, plan, shown = shared
    assert any(NAME in text for _, text in texts(plan))
    if {"section", "window", "kind", "name"} <= set(shares):
        assert shown.context.works.set_index("work").loc["w-gas", "name"] == NAME
    else:
        assert sorted({where for where, text in texts(shown) if "Kanariegeel" in text}) == []


def test_a_hidden_purse_is_in_no_sentence_and_what_else_is_told_there_stays(monkeypatch: pytest.MonkeyPatch):
    plan = planted(SHARES["place"], monkeypatch)
    money = plan.programme.money
    money = money.assign(name=money["name"].mask(money["fund"] == "own:gas", PURSE))
    plan = replace(plan, programme=replace(plan.programme, money=money))
    for content in contents(plan):
        told = [name for name, column in content.schema.columns.items() if column.seen == "told"]
        said = {name: content.frame[name].where(content.frame[name].isna(), SHORT) for name in told}
        room = getattr(plan, content.room)
        plan = replace(plan, **{content.room: replace(room, **{content.name: content.frame.assign(**said)})})
    assert {where for where, text in texts(plan) if PURSE in text} >= {"programme.plan.why_nl", "areas.answers.why_nl"}
    shown = seen_by(plan, EVERYONE)
    assert sorted({where for where, text in texts(shown) if PURSE in text}) == []
    assert sorted({where for where, text in texts(shown) if "own:gas" in text}) == []
    assert set(shown.programme.plan["why_nl"]) <= {"Hier is ruimte.", "Een andere partij wil hier werken."}


def test_a_hidden_place_is_in_no_table(shared: tuple[list[str], Plan, Plan]):
    shares, _, shown = shared
    places = [
        str(shape)
        for content in contents(shown)
        if isinstance(content.frame, gpd.GeoDataFrame)
        for shape in content.frame.geometry
    ]
    assert any("90123.4" in place for place in places) == ({"section", "window", "kind"} <= set(shares))


def test_a_certainty_that_is_not_shared_is_unknown(shared: tuple[list[str], Plan, Plan]):
    shares, _, shown = shared
    gas = shown.context.works.set_index("work")["certainty"].reindex(["w-gas"])
    assert gas.isna().all() == (not {"section", "window", "kind", "certainty"} <= set(shares))


def ground(plan: Plan) -> list[str]:
    """Return where it can be read when the gas main was laid, or how old it is."""
    told = {where for where, text in texts(plan) if str(LAID) in text}
    return sorted(told | {where for where, value in numbers(plan) if LAID <= value < LAID + 1})


def test_what_lies_in_the_ground_and_how_certain_a_plan_is_stands_in_no_sentence(shared: tuple[list[str], Plan, Plan]):
    shares, plan, shown = shared
    assert {"context.works.why_nl", "context.assets.built_year", "systems.stock.mean_age"} <= set(ground(plan))
    assert ground(shown) == []
    assert [where for where, text in texts(shown) if "2029–2031 (vast)" in text] == []
    if "cost" not in shares:
        assert [where for where, text in texts(shown) if "€ 7.654.321" in text] == []


@pytest.mark.parametrize("hides", ["nothing", "place"])
def test_a_secret_is_in_no_file_of_everyone_or_of_another_party(
    hides: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    plan = planted(SHARES[hides], monkeypatch)
    viewers = [EVERYONE, Viewer("party", "water", "Waterbedrijf")]
    spot = leave(gpd.GeoDataFrame(geometry=gpd.points_from_xy([PLACE[0]], [PLACE[1]]), crs=hamlet.CRS)).geometry[0]
    secrets = ["Kanariegeel", str(COST), str(LAID), *([f"{spot.x:.5f}", f"{spot.y:.5f}"] if hides == "nothing" else [])]
    written = 0
    for viewer in viewers:
        shown = seen_by(plan, viewer)
        assert sorted({where for where, value in numbers(shown) if abs(value) >= FAR}) == []
        assert ground(shown) == []
        for form in (one for one in FORMS if viewer.circle in one.circles):
            for path in write_form(form, shown, tmp_path / viewer.circle / form.name):
                words = packed(path) if path.suffix == ".gpkg" else words_of(path)
                bare = re.sub(r"(?<=\d)[.,\s](?=\d{3}\b)", "", words)
                assert not [secret for secret in secrets if secret in words or secret in bare], path.name
                assert path.suffix != ".pdf" or not far(words), path.name
                written += 1
    assert written >= len(FORMS)


def words_of(path: Path) -> str:
    """Return what can be read in a file."""
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in PdfReader(path).pages)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            return " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    return path.read_text(encoding="utf-8")


def packed(path: Path) -> str:
    """Return every cell and place of a GeoPackage as text, with the project in it."""
    layers = [pyogrio.read_dataframe(path, layer=name) for name in pyogrio.list_layers(path)[:, 0]]
    return project_in(path) + " ".join(
        leave(layer).to_wkt().to_csv() if isinstance(layer, gpd.GeoDataFrame) and layer.crs else layer.to_csv()
        for layer in layers
    )


def test_a_party_sees_its_own_plan_whole_and_nothing_that_others_hide(monkeypatch: pytest.MonkeyPatch):
    plan = planted([], monkeypatch)
    own, other = seen_by(plan, Viewer("party", "gas")), seen_by(plan, Viewer("party", "water"))
    assert own.context.works.set_index("work").loc["w-gas", ["name", "cost_eur"]].tolist() == [NAME, COST]
    assert "w-gas" not in other.context.works["work"].tolist()
    assert seen_by(plan, INSIDE) is plan


def test_what_is_shown_still_fits_its_schema(shared: tuple[list[str], Plan, Plan], tmp_path: Path):
    _, _, shown = shared
    files = write_form(JSON_EXPORT, shown, tmp_path)
    made = json.loads(files[0].read_text("utf-8"))
    for table, schema in tables().items():
        room, _, name = table.partition(".")
        assert _fits(pd.DataFrame(made[room][name]), schema) == [], table


def _fits(frame: pd.DataFrame, schema: Schema) -> list[str]:
    """Return the columns that must be known and are not."""
    return [name for name, column in schema.columns.items() if column.known and len(frame) and frame[name].isna().any()]
