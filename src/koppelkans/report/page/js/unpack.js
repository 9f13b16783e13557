// The facts as they stand in the page, opened: rows of objects, and geometry as GeoJSON in longitude and latitude.

const STEPS_PER_DEGREE = 1e6;

/** Return the text that stands compressed in an element of the page. */
async function opened(id) {
  const element = document.getElementById(id);
  const bytes = Uint8Array.from(atob(element.textContent), (letter) => letter.charCodeAt(0));
  element.textContent = "";
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** Return the rows of a packed table as objects; `at` is the number of the row. */
function rowsOf(table) {
  const names = Object.keys(table.columns);
  const columns = names.map((name) => valuesOf(table.columns[name]));
  const places = table.geometry ? geometryOf(table.geometry) : null;
  return Array.from({ length: table.rows }, (_, at) => {
    const row = { at };
    names.forEach((name, position) => { row[name] = columns[position][at]; });
    if (places) row.geometry = places[at];
    return row;
  });
}

function valuesOf(column) {
  return Array.isArray(column) ? column : column.at.map((code) => (code < 0 ? null : column.texts[code]));
}

/** Return GeoJSON geometries of flat lists (see pack.py): kinds, parts per row, paths per part, sizes per path, steps. */
function geometryOf({ kinds, parts, paths, sizes, x, y }) {
  let part = 0, path = 0, point = 0, east = 0, north = 0;
  const nextPath = () => {
    const size = sizes[path++];
    const made = new Array(size);
    for (let i = 0; i < size; i++, point++) {
      east += x[point];
      north += y[point];
      made[i] = [east / STEPS_PER_DEGREE, north / STEPS_PER_DEGREE];
    }
    return made;
  };
  const nextPart = (kind) => {
    const made = Array.from({ length: paths[part++] }, nextPath);
    return kind === 2 ? made : kind === 1 ? made[0] : made[0][0];
  };
  const names = ["Point", "LineString", "Polygon"];
  return kinds.map((kind, row) => {
    if (kind < 0) return null;
    const made = Array.from({ length: parts[row] }, () => nextPart(kind));
    return made.length === 1
      ? { type: names[kind], coordinates: made[0] }
      : { type: `Multi${names[kind]}`, coordinates: made };
  });
}

/** Return the corners [west, south, east, north] of geometries; null where there are none. */
function cornersOf(geometries) {
  const corners = [Infinity, Infinity, -Infinity, -Infinity];
  const widen = (part) => {
    if (typeof part[0] === "number") {
      corners[0] = Math.min(corners[0], part[0]);
      corners[1] = Math.min(corners[1], part[1]);
      corners[2] = Math.max(corners[2], part[0]);
      corners[3] = Math.max(corners[3], part[1]);
    } else part.forEach(widen);
  };
  geometries.forEach((geometry) => geometry && widen(geometry.coordinates));
  return Number.isFinite(corners[0]) ? corners : null;
}

/** Return a point in the middle of a place: halfway its longest path. */
function middleOf(geometry) {
  const flat = geometry.type === "Point" ? [[geometry.coordinates]]
    : geometry.type === "LineString" || geometry.type === "MultiPoint" ? [geometry.coordinates]
      : geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry.coordinates;
  const longest = flat.reduce((best, path) => (path.length > best.length ? path : best));
  if (geometry.type.endsWith("Polygon")) {
    const [west, south, east, north] = cornersOf([{ coordinates: longest }]);
    return [(west + east) / 2, (south + north) / 2];
  }
  if (longest.length === 2) return [(longest[0][0] + longest[1][0]) / 2, (longest[0][1] + longest[1][1]) / 2];
  return longest[Math.floor(longest.length / 2)];
}
