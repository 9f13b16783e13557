"""Files that nobody configured: invented siblings of the registers of eleven cities, and these themselves where they are."""

import json
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import real
from koppelkans.context import read_city, survey
from koppelkans.context.inspecting.dictionary import in_groups, likeness, words_of
from koppelkans.context.inspecting.folder_text import folder_text
from koppelkans.context.inspecting.inspect import LayerView, inspect_files
from koppelkans.context.inspecting.matching import Cells, match_columns
from koppelkans.context.inspecting.proposing import raw_kinds
from koppelkans.context.inspecting.systems import city_system, home_of, system_of
from koppelkans.context.reading.reader import Raw

YEAR = 2026
X, Y = 150_000.0, 400_000.0


def of_file(path: Path) -> LayerView:
    """Return the one layer of a file as it is seen."""
    (file,) = inspect_files([path], this_year=YEAR).files
    assert not file.faults
    (layer,) = file.layers
    return layer


def geojson(path: Path, rows: list[dict[str, object]], spots: list[object], **also: object) -> Path:
    """Write rows with shapes as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": row,
            "geometry": spot if isinstance(spot, dict) else shapely.geometry.mapping(spot),
        }
        for row, spot in zip(rows, spots, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **also}), encoding="utf-8")
    return path


def register(
    path: Path, columns: Mapping[str, list[object]], *, x: float = 5.1, y: float = 52.1, step: float = 0.001
) -> Path:
    """Write a register of points with these columns."""
    rows = pd.DataFrame(columns).astype(object)
    rows = rows.where(rows.notna(), None).to_dict("records")
    return geojson(path, rows, [shapely.Point(x + step * at, y) for at in range(len(rows))])


SIBLINGS = {
    "nl": (
        {"meldingnummer": ["A1", "A2"], "projectnaam": ["Dorpsstraat riool", "Kerkstraat gas"], "opdrachtgever": ["Waterbedrijf", "Gemeente"], "typeWerkzaamheden": ["Riolering", "Gas"], "datumStartUitvoering": ["2028-03-01", "2029-01-01"], "datumEindeUitvoering": ["2028-06-01", "2029-02-01"], "raming": ["€ 12.300,-", "€ -"], "projectleider": ["A. Niemand", "B. Niemand"]},
        {"work": "meldingnummer", "name": "projectnaam", "owner": "opdrachtgever", "kind": "typeWerkzaamheden", "start": "datumStartUitvoering", "end": "datumEindeUitvoering", "cost_eur": "raming"},
    ),
    "de": (
        {"BAUNR": [7, 8], "BEZEICHNUNG": ["Hauptstraße 1", "Ring 2"], "BAUHERR": ["Stadtwerke", "Stadt"], "ART_DER_ARBEITEN": ["Fernwärme", "Straßenbau"], "BAUBEGINN": ["01.03.2028", "01.05.2028"], "BAUENDE": ["01.06.2028", "4000-01-01"]},
        {"work": "BAUNR", "name": "BEZEICHNUNG", "owner": "BAUHERR", "kind": "ART_DER_ARBEITEN", "start": "BAUBEGINN", "end": "BAUENDE"},
    ),
    "fr": (
        {"identifiant": ["C1", "C2"], "libelle": ["Rue Haute", "Rue Basse"], "maitre_ouvrage": ["Eaux", "Ville"], "nature_travaux": ["Eau potable", "Éclairage"], "date_debut": ["2028-03-01", "2028-04-01"], "date_fin": ["2028-06-01", "2028-07-01"]},
        {"work": "identifiant", "name": "libelle", "owner": "maitre_ouvrage", "kind": "nature_travaux", "start": "date_debut", "end": "date_fin"},
    ),
    "it": (
        {"codice": ["I1", "I2"], "Nome via": ["Via Alta", "Via Bassa"], "Committente": ["Acque", "Comune"], "Tipo intervento": ["Fognatura", "Gas"], "Data inizio lavori": ["2028-03-01 22:00:00+00:00", "2028-04-01 22:00:00+00:00"], "Data fine lavori": ["2028-06-01", "2028-07-01"]},
        {"work": "codice", "name": "Nome via", "owner": "Committente", "kind": "Tipo intervento", "start": "Data inizio lavori", "end": "Data fine lavori"},
    ),
    "da": (
        {"sagsnr": [1, 2], "lokation": ["Høje Vej 1", "Lave Vej 2"], "bygherre": ["Vandværk", "Kommune"], "kategori": ["Vand", "Asfaltarbejder"], "projekt_start": ["30-11-28", "01-01-28"], "projekt_slut": ["31-07-29", "31-10-29"]},
        {"work": "sagsnr", "name": "lokation", "owner": "bygherre", "kind": "kategori", "start": "projekt_start", "end": "projekt_slut"},
    ),
    "no": (
        {"saksnummer": ["S1", "S2"], "gatenavn": ["Høyveien", "Lavveien"], "byggherre": ["Vannverk", "Kommune"], "arbeidstype": ["Vann", "Fjernvarme"], "startdato": ["2028-03-01", "2028-04-01"], "sluttdato": ["2028-06-01", "2028-07-01"]},
        {"work": "saksnummer", "name": "gatenavn", "owner": "byggherre", "kind": "arbeidstype", "start": "startdato", "end": "sluttdato"},
    ),
    "fi": (
        {"tunnus": ["K1", "K2"], "osoite": ["Yläkatu 1", "Alakatu 2"], "rakennuttaja": ["Vesi Oy", "Kaupunki"], "työn_tyyppi": ["Vesijohto", "Viemäri"], "työ_alkaa": ["2028-03-01", "2028-04-01"], "työ_päättyy": ["2028-06-01", "2028-07-01"]},
        {"work": "tunnus", "name": "osoite", "owner": "rakennuttaja", "kind": "työn_tyyppi", "start": "työ_alkaa", "end": "työ_päättyy"},
    ),
    "gipod": (
        {"gipodId": [100, 101], "description": ["Hoogstraat", "Laagstraat"], "owner": ["Nutsbedrijf", "Stad"], "groundworkType": ["Gas", "Electricity"], "startDateTime": ["2028-03-01T06:00:00Z", "2028-04-01T06:00:00Z"], "endDateTime": ["2028-06-01T06:00:00Z", "2028-07-01T06:00:00Z"], "contactDetails": ["x", "y"]},
        {"work": "gipodId", "name": "description", "owner": "owner", "kind": "groundworkType", "start": "startDateTime", "end": "endDateTime"},
    ),
    "capital": (
        {"FMS ID": ["P1", "P2"], "Project Title": ["High St", "Low St"], "Managing Agency": ["DDC", "DOT"], "Category": ["Sewer", "Street lighting"], "Proposed Start Date": ["03/17/2028 12:00:00 AM", "2028-04-01"], "Forecast Completion": ["4000-01-01", "2028-07-01"], "Total Budget": ["$12,997,000.00", " $\t-   "]},
        {"work": "FMS ID", "name": "Project Title", "owner": "Managing Agency", "kind": "Category", "start": "Proposed Start Date", "end": "Forecast Completion", "cost_eur": "Total Budget"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SIBLINGS)
def test_a_register_of_works_is_known_in_any_of_these_languages(name: str, tmp_path: Path):
    columns, expected = SIBLINGS[name]
    seen = of_file(register(tmp_path / f"{name}.geojson", columns))
    assert seen.source is not None
    assert seen.source["role"] == "plans"
    assert seen.source["columns"] == expected
    assert seen.set_aside == 0
    assert seen.years is not None
    assert seen.years[0] == 2028
    assert "other" not in {kind for word, kind in seen.source["values"]["kind"].items() if word != "*"}


REGISTERS = {
    "amsterdam_roadworks_real.json": {"work": "wiorNummer", "name": "projectnaam", "kind": "typeWerkzaamheden", "start": "datumStartUitvoering", "end": "datumEindeUitvoering", "certainty": "hoofdstatus"},
    "copenhagen_gravetilladelser_live_pull.json": {"name": "lokation", "owner": "bygherre", "kind": "kategori", "start": "projekt_start", "end": "projekt_slut"},
    "dortmund_geplant.json": {"name": "art_der_baumassnahme", "owner": "auftraggeber", "start": "von", "end": "bis", "certainty": "status"},
    "helsinki_kaivuilmoitus_live_pull.json": {"work": "id", "name": "osoite", "start": "tyo_alkaa", "end": "tyo_paattyy", "certainty": "status"},
    "lyon_roadworks.json": {"name": "nom", "kind": "nomchantier", "owner": "intervenant", "start": "debutchantier", "end": "finchantier"},
    "milano_manomissione_live_pull.json": {"name": "Nome via", "kind": "Tipo di utility/attività", "owner": "Impresa proprietaria area concessione/autorizzazione", "start": "Data prevista inizio lavori", "end": "Data prevista fine lavori"},
    "oslo_soksys_activities_live_pull.json": {"kind": "activity_type", "owner": "sender", "start": "start_date", "end": "end_date"},
    "paris_chantiers_live_pull.json": {"work": "num_emprise", "name": "chantier_synthese", "kind": "chantier_synthese", "owner": "moa_principal", "start": "date_debut", "end": "date_fin"},
    "vienna_baustellen_live_pull.json": {"name": "BEZEICHNUNG", "kind": "BEHINDERUNGSART", "owner": "ANTRAGSTELLER", "start": "OBJEKT_BEGINN", "end": "OBJEKT_ENDE"},
    "zurich_tiefbauprojekte_live_pull.json": {"work": "baunr", "name": "name", "kind": "kategorie", "start": "baubeginn", "end": "bauende"},
}  # fmt: skip
PLACED = {"helsinki": "EPSG:3879", "oslo": "EPSG:25832", "vienna": "EPSG:31256"}


@pytest.mark.parametrize("name", REGISTERS)
def test_the_registers_of_cities_need_no_correction(name: str):
    seen = of_file(real.path(f"werken/{name}"))
    assert seen.source is not None
    assert seen.source["columns"].items() >= REGISTERS[name].items()
    assert (seen.set_aside, seen.crs) == (0, PLACED.get(name.split("_", maxsplit=1)[0], "EPSG:4326"))
    assert seen.years is not None
    assert 2019 <= seen.years[0] <= seen.years[1] <= 2027


def test_the_national_register_of_roads_gives_streets():
    seen = of_file(real.path("werken/nwb_wfs_harlingen.json"))
    assert (seen.uses, seen.rows, seen.set_aside) == (("sections",), 7, 0)


def test_slices_of_one_job_persons_and_a_wrong_system_are_told(tmp_path: Path):
    columns = {"zaaknummer": ["Z1", "Z1"], "naam": ["Plein", "Plein"], "start": ["2028", "2028"], "einde": ["2028", "2028"], "telefoon": ["0612", "0613"]}  # fmt: skip
    seen = of_file(register(tmp_path / "werken.geojson", columns, x=X, y=Y, step=10))
    told = " | ".join(seen.odd)
    assert "slices of one job, beside its first: 1" in told
    assert "may name a person, and are not read: telefoon" in told
    assert "cannot be EPSG:4326; they look like EPSG:28992" in told
    assert seen.source is not None
    assert "work" not in seen.source["columns"]
    assert (seen.crs, seen.set_aside) == ("EPSG:28992", 0)


def pipes(folder: Path) -> Path:
    """Write a GeoPackage of pipes in columns of its own, some out of use, with a layer of history."""
    lines = [shapely.LineString([(X, Y + 20 * at), (X + 100, Y + 20 * at)]) for at in range(4)]
    frame = gpd.GeoDataFrame(
        {"strengnummer": ["S1", "S2", "S3", "S4"], "beheerder": ["Gemeente Proef"] * 4, "thema": ["rioolVrijverval", "water", "water", "water"], "jaar_aanleg": ["1955", "1960", "1900", "1970"], "materiaal": ["beton", "onbekend", "AC", "AC"], "status": ["functional", "functional", "functional", "disused"]},
        geometry=lines, crs="EPSG:28992",
    )  # fmt: skip
    frame.to_file(folder / "net.gpkg", layer="leidingen", driver="GPKG")
    old = frame.assign(periode="1999")[["strengnummer", "periode", "geometry"]]
    old.to_file(folder / "net.gpkg", layer="werken", driver="GPKG")
    return folder / "net.gpkg"


def test_each_layer_of_a_file_is_told_with_what_it_is_for(tmp_path: Path):
    (file,) = inspect_files([pipes(tmp_path)], this_year=YEAR).files
    assert (file.format, file.version.split(".")[0]) == ("GeoPackage", "1")
    lines, works = sorted(file.layers, key=lambda layer: layer.layer)
    assert (lines.rows, lines.shapes, lines.crs, lines.uses) == (4, ("line",), "EPSG:28992", ("assets",))
    assert (lines.owners, lines.years, lines.length_m) == (("Gemeente Proef",), (1955, 1960), 300.0)
    assert lines.themas == ("rioolVrijverval", "water")
    assert lines.source is not None
    assert lines.source["only"] == {"status": ["functional"]}
    assert lines.source["unknown"] == ["onbekend"]
    assert (works.uses, works.source) == ((), None)


def test_a_folder_of_unknown_files_becomes_settings_that_read(tmp_path: Path):
    pipes(tmp_path)
    (tmp_path / "kapot.geojson").write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    (tmp_path / "foto.png").write_bytes(b"\x89PNG\r\n")
    table = pd.DataFrame({"Nr": ["P1", "P2"], "Streng": ["S1", "S2"], "Soort werk": ["riolering", "iets"], "Uitvoering": ["2028-2029", "2030"], "Raming (x € 1.000)": ["12,5", "8"]})  # fmt: skip
    table.to_csv(tmp_path / "mjp.csv", sep=";", index=False)
    views = inspect_files([tmp_path], this_year=YEAR)
    text = folder_text(views, name='Proef "dorp"\x1b[2J', lang="nl", this_year=YEAR)
    assert "\x1b" not in text
    made = tomllib.loads(text)
    assert made["city"]["name"] == 'Proef "dorp"\x1b[2J'
    (tmp_path / "koppelkans.toml").write_text(text, encoding="utf-8")
    city = read_city(tmp_path)
    assert {name: len(layer) for name, layer in city.layers.items()} == {"leidingen": 3, "mjp": 2}
    assert city.layers["mjp"].geometry.notna().all()
    assert city.layers["mjp"]["kind"].tolist() == ["sewer_gravity", "other"]
    assert city.layers["mjp"]["cost_eur"].tolist() == [12_500, 8_000]
    assert not any(fault.fatal for fault in city.faults)
    assert "kapot.geojson" in text
    assert "foto.png" in text


def test_the_same_rows_in_two_files_are_read_once(tmp_path: Path):
    path = pipes(tmp_path)
    frame = gpd.read_file(path, layer="leidingen").assign(strengnummer=lambda rows: "leiding-" + rows["strengnummer"])
    frame.to_file(tmp_path / "een.gpkg")
    frame.iloc[:3].to_file(tmp_path / "twee.gpkg")
    path.unlink()
    one, two = (file.layers[0] for file in inspect_files([tmp_path], this_year=YEAR).files)
    assert one.source is not None
    assert two.source is None
    assert "stand in `een` too" in two.odd[-1]


def test_what_lies_elsewhere_is_told_and_not_taken_along(tmp_path: Path):
    pipes(tmp_path)
    columns, _ = SIBLINGS["da"]
    register(tmp_path / "vej.geojson", columns, x=12.5, y=55.7)
    views = inspect_files([tmp_path], this_year=YEAR)
    assert views.crs == "EPSG:28992"
    away = next(file.layers[0] for file in views.files if file.path == "vej.geojson")
    assert away.source is None
    assert "elsewhere" in away.odd[-1]


def test_a_workbook_with_titles_above_its_columns_is_known(tmp_path: Path):
    lines = [["Meerjarenprogramma", None, None, None], [None] * 4, ["Nr", "Project", "Jaar", "Raming"], ["P1", "Plein", 2028, 10], ["P2", "Park", 2029, 20]]  # fmt: skip
    pd.DataFrame(lines).to_excel(tmp_path / "mjp.xlsx", index=False, header=False)
    (file,) = inspect_files([tmp_path / "mjp.xlsx"], this_year=YEAR).files
    assert (file.format, file.layers[0].rows) == ("Excel", 2)
    assert "no place" in file.layers[0].odd[-1]


@pytest.mark.parametrize(
    ("text", "group", "found"),
    [
        ("Afvalwaterleiding vervangen", "kinds", "sewer_gravity"),
        ("water", "kinds", "water_main"),
        ("gasHogeDruk", "kinds", "gas_high"),
        ("Brolægningsarbejder", "kinds", "paving"),
        ("Aanleggen", "kinds", None),
        ("In uitvoering", "certainty", "vast"),
        ("Waterschap Zuid", "parties", "waterschap"),
    ],
)
def test_the_longest_word_of_a_text_says_what_it_is_about(text: str, group: str, found: str | None):
    assert in_groups(text, group) == found


def test_a_name_is_liker_the_more_of_it_is_a_word_of_ours():
    known = (words_of("start"),)
    assert likeness("START", known) > likeness("projekt_start", known) > likeness("herstartpunt", known) > 0
    assert likeness("einde", known) == 0


def test_a_column_is_only_ours_where_its_cells_can_be_read_as_such():
    cells = Cells(pd.DataFrame({"start": ["links", "rechts"], "aanvang": ["2028", "2029"], "leeg": [None, None]}))
    assert match_columns(cells, "works") == {"start": "aanvang"}
    assert list(cells.texts) == ["start", "aanvang"]


def test_themes_go_before_kinds():
    columns = pd.DataFrame({"thema": ["water", "gas"], "soort": ["mof", "mof"]})
    raw = Raw(columns=columns, rows=columns.index.to_numpy() + 1, total=2)
    assert raw_kinds(raw, {"kind": "soort"}) == ["gas", "water"]


def test_a_system_is_what_the_file_says_unless_nothing_can_lie_there():
    def at(x: float, y: float, said: str = "EPSG:4326") -> str:
        return system_of(shapely.points([[x, y]]), said, ["gemeente", "straat"]).crs

    assert at(5.1, 52.1) == "EPSG:4326"
    assert at(150_000, 400_000) == "EPSG:28992"
    assert at(150_000, 400_000, "EPSG:28992") == "EPSG:28992"
    assert at(5.1, 52.1, "") == "EPSG:4326"
    assert at(9e9, 9e9, "") == ""


def test_a_city_has_the_system_of_where_most_of_it_lies():
    assert home_of((5.1, 52.1)) == "EPSG:28992"
    assert home_of((12.57, 55.64)) == "EPSG:25833"
    assert home_of((-74.0, 40.7)) == "EPSG:32618"
    assert city_system([((5.1, 52.1), 10), ((12.57, 55.64), 5)]) == "EPSG:28992"
    assert city_system([]) == "EPSG:28992"


def test_where_no_file_gives_a_year_it_is_assumed_and_said(tmp_path: Path):
    lines = [shapely.LineString([(X, Y), (X + 100, Y)])]
    gpd.GeoDataFrame({"leiding": ["a1"], "materiaal": ["beton"]}, geometry=lines, crs="EPSG:28992").to_file(tmp_path / "riool.gpkg")  # fmt: skip
    made = folder_text(inspect_files([tmp_path], this_year=YEAR), name="dorp", lang="en", this_year=YEAR)
    assert tomllib.loads(made)["context"]["unknown_year"] == "spread"
    assert "assumed age" in made
    pipes(tmp_path)
    dated = folder_text(inspect_files([tmp_path], this_year=YEAR), name="dorp", lang="en", this_year=YEAR)
    assert "context" not in tomllib.loads(dated)


SIX = (
    "klic/22G003180_1.zip", "buurten/buurten.gpkg", "otterlo/dutch_addresses_28992.gpkg", "werken/amsterdam_roadworks_real.json",
    "werken/vienna_baustellen_live_pull.json", "ribx/ribx_13_36190148_5300093.ribx",
)  # fmt: skip


def test_six_real_files_that_nobody_configured_make_a_city_to_plan_with(tmp_path: Path):
    for name in SIX:
        shutil.copy(real.path(name), tmp_path)
    views = inspect_files([tmp_path], this_year=YEAR)
    (tmp_path / "koppelkans.toml").write_text(
        folder_text(views, name="Zes", lang="nl", this_year=YEAR), encoding="utf-8"
    )
    city = read_city(tmp_path)
    assert not [fault for fault in city.faults if fault.fatal]
    assert {source.role for source in city.settings.sources} == {"assets", "areas", "addresses", "works"}
    made = survey(city)
    assert len(made.touches) > 0
    assert set(made.works["origin"]) >= {"derived"}


def test_a_register_of_years_to_come_is_no_list_of_what_was_laid(tmp_path: Path):
    (tmp_path / "lijst.csv").write_text(
        "Projectnr;Omschrijving;Soort;Opdrachtgever;Status;Jaar;Raming incl. btw;x;y\n"
        "A1;Riool Dorp;Riolering;gemeente;gepland;2028;121;155000;463000\n"
        "A2;Rijbaan;Asfalt;gemeente;gepland;2029;242;155010;463000\n",
        encoding="utf-8",
    )
    (layer,) = inspect_files([tmp_path / "lijst.csv"], this_year=2026).files[0].layers
    assert layer.source is not None
    assert (layer.source["role"], layer.source["vat"], layer.years) == ("works", "with", (2028, 2029))


def test_a_column_that_is_called_like_ours_and_cannot_be_read_is_told(tmp_path: Path):
    (tmp_path / "leidingen.csv").write_text(
        "ID;Type;Materiaal;Diameter;Aanlegjaar;wkt\n1;Riool;beton;300 mm;jaren 60;POINT (155000 463000)\n2;Riool;PVC;0,4 m;ooit;POINT (155010 463000)\n",
        encoding="utf-8",
    )
    (layer,) = inspect_files([tmp_path / "leidingen.csv"], this_year=2026).files[0].layers
    assert layer.source is not None
    assert layer.source["columns"]["diameter_mm"] == "Diameter"
    assert any("`Aanlegjaar` is called like `built_year`" in str(one) for one in layer.odd)


def test_units_under_the_column_names_are_not_proposed_again(tmp_path: Path):
    (tmp_path / "werken.csv").write_text(
        "Nr;Naam;Soort;Planning;Raming;x;y\n;;;jaar;k€;m;m\nP1;Dorp;riool;2028;120;155000;463000\n", encoding="utf-8"
    )
    (layer,) = inspect_files([tmp_path / "werken.csv"], this_year=2026).files[0].layers
    assert layer.source is not None
    assert "units" not in layer.source
