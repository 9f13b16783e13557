"""Laws of the profile of planned works: out and in again without loss, and two validators that agree."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema
import pandas as pd
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from shapely.testing import assert_geometries_equal

from koppelkans.context import City, read_city
from koppelkans.context.exchange.checking import check_file
from koppelkans.context.exchange.exporting import export, listed, write
from koppelkans.context.exchange.planned_work import PROFILE, PlannedWorkCollection, schema
from koppelkans.ground.settings import Settings, make_settings

FEW = settings(max_examples=2, deadline=None, phases=(Phase.explicit, Phase.generate))
CRS = "EPSG:28992"
CITY = {"city": {"name": "Proef", "price_year": 2026}, "parties": [{"party": "gemeente"}, {"party": "waterbedrijf"}]}
TODAY = date(2026, 11, 29)
words = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=20
).map(str.strip)
metres = st.integers(0, 900_000).map(lambda mm: mm / 1000)


@st.composite
def works(draw: st.DrawFn) -> list[dict]:
    """Draw features of the profile: everything that a city keeps of a work, unknown where it likes."""
    names = draw(
        st.lists(st.from_regex(r"[a-z][a-z0-9/ .-]{0,8}[a-z0-9]", fullmatch=True), min_size=4, max_size=12, unique=True)
    )
    made = []
    for at, name in enumerate(names):
        years = sorted(draw(st.lists(st.integers(2027, 2040), min_size=3, max_size=3)))
        own = {"earliest_year": years[0], "best_year": years[1], "latest_year": years[2]}
        own |= {
            "name": draw(words.filter(bool)),
            "certainty": draw(st.sampled_from(["wens", "voornemen", "gepland", "vast"])),
        }
        own |= {"digs": draw(st.booleans()), "mandatory": draw(st.booleans()), "resurfaces": draw(st.booleans())}
        own |= {"quantity": draw(metres), "unit": "m", "cost_eur": draw(st.integers(0, 10**9)), "price_year": 2026}
        own |= {
            "partners": "gasbedrijf; waterbedrijf",
            "measure": draw(st.sampled_from(["1", "9"])),
            "accuracy_m": draw(metres) / 100,
        }
        kept = {field: value for field, value in own.items() if draw(st.booleans())}
        if draw(st.booleans()):
            kept |= {
                "start": f"{years[0]}-03-0{1 + at % 9}",
                "end": f"{years[2]}-11-30",
                "earliest_year": years[0],
                "latest_year": years[2],
            }
        if "quantity" in kept or "cost_eur" in kept:
            kept |= {"unit": "m", "price_year": 2026}
        kept |= {"work": name, "owner": draw(st.sampled_from(["gemeente", "waterbedrijf"])), "profile": PROFILE}
        kept |= {"kind": draw(st.sampled_from(["sewer_gravity", "water_main", "gas_low"]))}
        x, y = 150_000 + 20 * at + draw(metres) / 1000, 400_000 + draw(metres) / 1000
        made.append({"properties": kept, "shape": shapely.LineString([(x, y), (x + draw(metres) + 1, y + 3.125)])})
    return made


@cache
def settings_of(name: str) -> Settings:
    """Return the settings of a city whose works stand in one file."""
    more = {"crs": CRS} if name.endswith(("csv", "xlsx")) else {}
    return make_settings({**CITY, "sources": [{"name": "werken", "role": "works", "path": name, **more}]})


def city_of(path: Path) -> City:
    """Return the city whose works stand in one file."""
    return read_city(path.parent, settings=settings_of(path.name))


def first_city(folder: Path, drawn: list[dict]) -> City:
    """Return a city that has the drawn works, from a CSV of its own."""
    rows = pd.DataFrame([one["properties"] for one in drawn]).drop(columns="profile")
    rows.assign(wkt=[one["shape"].wkt for one in drawn]).to_csv(folder / "eigen.csv", index=False, sep=";")
    return city_of(folder / "eigen.csv")


def same(one: City, other: City) -> None:
    """Compare the works of two cities, places to a millimetre."""
    a, b = (city.layers["werken"].sort_values("work", ignore_index=True).drop(columns="row") for city in (one, other))
    both = (
        a.assign(partners=a["partners"].map(listed, na_action="ignore")),
        b.assign(partners=b["partners"].map(listed, na_action="ignore")),
    )
    pd.testing.assert_frame_equal(*(pd.DataFrame(one.drop(columns="geometry")) for one in both))
    assert_geometries_equal(a.geometry.to_numpy(), b.geometry.to_numpy(), tolerance=0.001)


@given(drawn=works())
@FEW
def test_works_go_out_and_come_in_again_without_loss(drawn: list[dict]):
    with TemporaryDirectory() as place:
        folder = Path(place)
        city = first_city(folder, drawn)
        out = export(city)
        for name in ("uit.geojson", "uit.gpkg", "uit.csv", "uit.xlsx"):
            write(out, folder / name, issuer="Proef", licence="", today=TODAY)
            assert check_file(folder / name) == (len(drawn), [])
            same(city, city_of(folder / name))
        write(export(city_of(folder / "uit.csv")), folder / "weer.csv", issuer="Proef", licence="", today=TODAY)
        assert (folder / "weer.csv").read_bytes() == (folder / "uit.csv").read_bytes()


EXAMPLE = {
    "type": "FeatureCollection",
    "profile": PROFILE,
    "issuer": "Gemeente Proef",
    "issued": "2026-11-29",
    "audience": "parties",
    "features": [
        {
            "type": "Feature",
            "id": "r1",
            "geometry": {"type": "LineString", "coordinates": [[5.1, 52.1], [5.2, 52.1]]},
            "properties": {"work": "r1", "owner": "gemeente", "kind": "sewer_gravity", "earliest_year": 2028, "measure": "9", "visibility": {"cost_eur": "issuer"}, "profile": PROFILE},
        }
    ],
}  # fmt: skip
CHANGES = {
    "work": ["", 3, None, "x" * 201],
    "owner": ["", None, []],
    "kind": [None, "", 7],
    "earliest_year": ["2028", 1.5, 17, None, True],
    "measure": ["11", 9, None],
    "imkl_theme": ["water", "riool", None],
    "certainty": ["vast", "zeker"],
    "accuracy_m": [2, 2.5, -1, "2"],
    "cost_eur": [-1, "veel", 1e30],
    "partners": [["a"], "a", [1]],
    "digs": [True, "ja", 1],
    "visibility": [{}, {"cost_eur": "niemand"}, []],
    "start": ["2028-03-01", "maart", 2028],
    "profile": ["planned-works 2.0", None],
    "onbekend": [1],
    "x_eigen": [1, {"vrij": True}],
}
PLACES = [None, {"type": "Circle", "coordinates": [1]}, {"type": "Point"}, {"type": "Point", "coordinates": []}, 3]


@cache
def validator() -> jsonschema.Draft202012Validator:
    """Return the validator of the schema, that looks at dates too."""
    return jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def independent(told: dict) -> bool:
    """Tell what a JSON Schema validator that is not ours says of a file."""
    return validator().is_valid(told)


def ours(told: dict) -> bool:
    """Tell what our own check says, of types and values; rules over more fields are beyond JSON Schema."""
    try:
        PlannedWorkCollection.model_validate_json(json.dumps(told))
    except ValidationError as problem:
        return all(one["type"] == "rule" for one in problem.errors())
    return True


def test_an_independent_validator_and_ours_agree_on_every_change_of_one_field():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert independent(EXAMPLE)
    assert ours(EXAMPLE)
    different = []
    tried = [(name, value) for name, values in CHANGES.items() for value in values] + [
        ("geometry", one) for one in PLACES
    ]
    for name, value in tried:
        told = json.loads(json.dumps(EXAMPLE))
        feature = told["features"][0]
        if name == "geometry":
            feature["geometry"] = value
        else:
            feature["properties"][name] = value
            feature["id"] = value if name == "work" else "r1"
        if independent(told) != ours(told):
            different.append((name, value, independent(told)))
    assert different == [("onbekend", 1, False)]  # which ours calls a rule, for a table has no schema to say it
    assert (
        sum(independent({**EXAMPLE, name: None}) for name in ("profile", "issuer", "issued", "audience", "features"))
        == 0
    )


def test_the_published_schema_and_examples_are_those_of_the_code():
    folder = Path(__file__).parents[2] / "docs" / "profile"
    assert json.loads((folder / "planned-works-1.0.schema.json").read_text(encoding="utf-8")) == schema()
    examples = sorted((folder / "examples").iterdir())
    assert {path.suffix for path in examples} == {".geojson", ".gpkg", ".csv", ".xlsx"}
    for path in examples:
        works, faults = check_file(path)
        assert (works, faults) == (4, []), path
    told = json.loads((folder / "examples" / "planned-works.geojson").read_text(encoding="utf-8"))
    assert independent(told)
    assert not independent({**told, "features": [{**told["features"][0], "properties": {}}]})
