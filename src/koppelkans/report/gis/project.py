"""The project of QGIS inside the GeoPackage: layers in groups, named and styled. (nl: QGIS-project)."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
from pyproj import CRS

from koppelkans.ground.words import ROOM_WORDS, say
from koppelkans.report.gis.layers import Layer
from koppelkans.report.gis.styles import HEADER, VERSION
from koppelkans.report.plan import Plan
from koppelkans.report.table import column_of, lists, words_of

PROJECTS = "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"
"""The table in which QGIS keeps projects, as QGIS makes it."""
WITHIN, ZIPPED_ON = "koppelkans.qgs", (2000, 1, 1, 0, 0, 0)
"""The project in its zip, and its date there: fixed, so that the same plan gives the same bytes."""
METADATA = '{"last_modified_time": "2000-01-01T00:00:00", "last_modified_user": "koppelkans"}'
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Programme": ("programme.bundles", "programme.open", "context.works"),
    "Chances and wishes": (
        "context.wishes", "opportunities.finds", "opportunities.proposals", "context.bottlenecks", "vision.needs",
    ),
    "Streets and areas": ("context.sections", "context.areas"),
    "What lies there": ("context.assets",),
    "Background": ("context.backdrop",),
}  # fmt: skip
"""Groups of layers with places, from top to bottom; a table stands in the group of its room."""
SHOWN = ("context.works", "context.sections", "context.areas", "context.backdrop")
"""Layers that are on when the project opens: which street opens when; the others are one click away."""
PROPERTIES = (("Paths", "Absolute", "bool", "false"), ("SpatialRefSys", "ProjectionsEnabled", "int", "1"))
"""What QGIS must know of a project: its files lie beside it, and it has a coordinate system of its own."""
MARGIN = 0.03
"""Part of the city around it in the first view."""
ROW = "fid"
"""Column with the number of the row, the first of each layer."""
MOST_CODES = 200
"""Codes of one column that are shown in words; a column of more of them holds keys."""


def project(
    plan: Plan, made: Sequence[Layer], styles: Mapping[str, Sequence[tuple[str, str]]], file: str, lang: str
) -> bytes:
    """Return the project as QGIS zips it.

    Parameters
    ----------
    made
        Every layer and table of the file.
    styles
        Per name of a layer its styles, name and QML, the default first.
    file
        Name of the file that holds both: the project looks for its layers there.
    """
    crs = CRS.from_user_input(plan.settings.city.crs)
    root = ET.Element("qgis", projectname=_title(plan, lang), version=VERSION)
    ET.SubElement(root, "title").text = _title(plan, lang)
    root.append(_system("projectCrs", crs))
    root.append(_tree(made, lang))
    root.append(_view(made, crs))
    place, names = ET.SubElement(root, "projectlayers"), lists(plan, lang)
    for layer in made:
        place.append(_layer(layer, file, crs, styles.get(layer.name, ()), names, lang))
    properties = ET.SubElement(root, "properties")
    for part, name, kind, value in PROPERTIES:
        ET.SubElement(ET.SubElement(properties, part), name, type=kind).text = value
    ET.indent(root, space=" ")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        within = zipfile.ZipInfo(WITHIN, ZIPPED_ON)
        archive.writestr(within, HEADER + ET.tostring(root, encoding="unicode") + "\n", zipfile.ZIP_DEFLATED)
    return zipped.getvalue()


def project_name(lang: str) -> str:
    """Return what the project is called in the file."""
    return say("City programme", lang)


def _title(plan: Plan, lang: str) -> str:
    """Return the title of the project: the city, its years and for whom it is."""
    years = plan.settings.horizon
    return plan.viewer.stamped(f"{plan.settings.city.name} {years.first}–{years.last}", lang)


def _system(tag: str, crs: CRS) -> ET.Element:
    """Return a coordinate system as QGIS reads it."""
    made = ET.Element(tag)
    system = ET.SubElement(made, "spatialrefsys")
    authority = crs.to_authority()
    ET.SubElement(system, "wkt").text = crs.to_wkt("WKT2_2019")
    if authority:
        ET.SubElement(system, "srid").text = authority[1]
        ET.SubElement(system, "authid").text = ":".join(authority)
    ET.SubElement(system, "description").text = crs.name
    return made


def _tree(made: Sequence[Layer], lang: str) -> ET.Element:
    """Return the groups with their layers, from top to bottom; the tables come last, per room."""
    root = ET.Element("layer-tree-group")
    for title, keys in GROUPS.items():
        within = [layer for key in keys for layer in made if layer.key == key and layer.family]
        if within:
            _put_group(root, say(title, lang), within, expanded=title in ("Programme", "Streets and areas"))
    bare: dict[str, list[Layer]] = {}
    for layer in made:
        if not layer.family:
            bare.setdefault(layer.key.partition(".")[0], []).append(layer)
    if bare:
        tables = _put_group(root, say("Tables", lang), [], expanded=False)
        for room, within in bare.items():
            _put_group(tables, say(ROOM_WORDS[room], lang), within, expanded=False)
    return root


def _put_group(root: ET.Element, name: str, within: Iterable[Layer], *, expanded: bool) -> ET.Element:
    """Put a group with layers in the tree and return it."""
    group = ET.SubElement(root, "layer-tree-group", name=name, checked="Qt::Checked", expanded="1" if expanded else "0")
    for layer in within:
        shown = layer.key in SHOWN
        ET.SubElement(
            group, "layer-tree-layer", id=layer_id(layer), name=layer.title, providerKey="ogr",
            checked="Qt::Checked" if shown else "Qt::Unchecked", expanded="1" if layer.key == "context.works" else "0",
        )  # fmt: skip
    return group


def layer_id(layer: Layer) -> str:
    """Return the name by which the tree of the project knows a layer."""
    return f"{layer.name}_koppelkans"


def _view(made: Sequence[Layer], crs: CRS) -> ET.Element:
    """Return the first view: the whole city with a margin."""
    canvas = ET.Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    ET.SubElement(canvas, "units").text = "meters"
    bounds = [layer.frame.total_bounds for layer in made if isinstance(layer.frame, gpd.GeoDataFrame)]
    found = np.array([box for box in bounds if np.isfinite(box).all()])
    if len(found):
        (west, south), (east, north) = found[:, :2].min(axis=0).tolist(), found[:, 2:].max(axis=0).tolist()
        margin = MARGIN * max(east - west, north - south)
        extent = ET.SubElement(canvas, "extent")
        corners = {"xmin": west - margin, "ymin": south - margin, "xmax": east + margin, "ymax": north + margin}
        for corner, value in corners.items():
            ET.SubElement(extent, corner).text = f"{value:.2f}"
    canvas.append(_system("destinationsrs", crs))
    return canvas


def _layer(
    layer: Layer,
    file: str,
    crs: CRS,
    styles: Sequence[tuple[str, str]],
    names: dict[str, dict[str, str]],
    lang: str,
) -> ET.Element:
    """Return a layer with its place in the file, its coordinate system, its styles, and its codes and columns in words."""
    made = ET.Element("maplayer", type="vector")
    ET.SubElement(made, "id").text = layer_id(layer)
    ET.SubElement(made, "datasource").text = f"./{file}|layername={layer.name}"
    ET.SubElement(made, "layername").text = layer.title
    ET.SubElement(made, "abstract").text = layer.about
    if layer.family:
        made.append(_system("srs", crs))
    else:
        made.set("geometry", "No geometry")
    ET.SubElement(made, "provider", encoding="UTF-8").text = "ogr"
    drawn = [(name, ET.fromstring(qml.removeprefix(HEADER))) for name, qml in styles]  # noqa: S314 -- our own styles
    manager = ET.SubElement(made, "map-layer-style-manager", current=drawn[0][0] if drawn else "")
    for position, (name, style) in enumerate(drawn):
        kept = ET.SubElement(manager, "map-layer-style", name=name)
        if position:
            kept.append(style)
        else:
            made.set("labelsEnabled", style.get("labelsEnabled", "0"))
            made.extend(part for part in style if part.tag != "aliases")
    made.append(_codes(layer, names, lang))
    aliases = ET.SubElement(made, "aliases")
    for position, (column, name) in enumerate(
        layer.names.items(), start=1
    ):  # the first column is the number of the row
        ET.SubElement(aliases, "alias", index=str(position), field=column, name=name)
    made.append(_columns(layer, lang))
    return made


def _codes(layer: Layer, names: dict[str, dict[str, str]], lang: str) -> ET.Element:
    """Return for each column of codes the words that QGIS shows for them."""
    made = ET.Element("fieldConfiguration")
    for column in layer.names:
        declared = column_of(layer.key, column)
        if declared is None or not declared.codes or str(layer.frame[column].dtype) != "str":
            continue
        values = sorted(layer.frame[column].dropna().unique())
        words = words_of(declared, layer.frame[column], names=names, lang=lang)
        if len(values) > MOST_CODES or all(words.get(value, value) == value for value in values):
            continue
        widget = ET.SubElement(ET.SubElement(made, "field", name=column), "editWidget", type="ValueMap")
        options = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
        listed = ET.SubElement(options, "Option", name="map", type="List")
        for value in values:
            pair = ET.SubElement(listed, "Option", type="Map")
            ET.SubElement(pair, "Option", name=words.get(value, value), type="QString", value=value)
    return made


def _columns(layer: Layer, lang: str) -> ET.Element:
    """Return the columns of the table of a layer, without the number of the row and texts in the other language."""
    made = ET.Element("attributetableconfig")
    place, other = ET.SubElement(made, "columns"), "_en" if lang == "nl" else "_nl"
    for column in (ROW, *layer.names):
        hidden = column not in layer.names or column.endswith(other)
        ET.SubElement(place, "column", type="field", name=column, width="-1", hidden="1" if hidden else "0")
    return made
