// What the map draws, as GeoJSON: features with the few properties that colour them.

function collection(features) {
  return { type: "FeatureCollection", features };
}

function feature(geometry, properties, id) {
  return id === undefined ? { type: "Feature", geometry, properties } : { type: "Feature", id, geometry, properties };
}

function placed(rows, properties) {
  return collection(rows.filter((row) => row.geometry).map((row) => feature(row.geometry, properties(row), row.at)));
}

/** Return the sections: name, first year and times open, most parties at once, and the need per ambition (n0, n1, …). */
function sectionShapes(city) {
  return placed(city.sections, (section) => {
    const made = { name: section.name ?? "", times: section.opened.length };
    if (section.opened.length) {
      made.first = section.opened[0].year;
      made.owners = Math.min(3, Math.max(...section.opened.map((row) => row.owners)));
      made.breach = section.opened.some((row) => row.breach) ? 1 : 0;
    }
    for (const need of section.needs) made[`n${need.ambition}`] = need.score;
    return made;
  });
}

/** Return every section once for each year in which it is open. */
function openShapes(city) {
  const rows = city.open.filter((row) => city.sections[row.section]?.geometry);
  return collection(rows.map((row) => feature(
    city.sections[row.section].geometry,
    { year: row.year, owners: Math.min(row.owners, 3), breach: row.breach },
    row.section,
  )));
}

/** Return the sections once for each year in which a work is done there that does not open them, as of lamps or trees. */
function quietShapes(city) {
  const rows = new Map();
  for (const work of city.works.filter(({ year }) => year !== null)) {
    for (const section of work.sections.filter(({ geometry, opened }) => geometry && !opened.some(({ year }) => year === work.year))) {
      rows.set(`${section.at} ${work.year}`, feature(section.geometry, { year: work.year, ever: section.opened.length ? 1 : 0 }, section.at));
    }
  }
  return collection([...rows.values()]);
}

/** Return the sections of works that were left undone. */
function undoneShapes(city) {
  const sections = new Set(city.works.filter((work) => work.year === null).flatMap((work) => work.sections));
  return placed([...sections], () => ({}));
}

function bundleShapes(city) {
  const rows = city.bundles.flatMap((bundle) => bundle.shared.filter((section) => section.geometry)
    .map((section) => feature(section.geometry, { year: bundle.year, bundle: bundle.at }, section.at)));
  return collection(rows);
}

/** Return one point per bundle, with its saving as a label. */
function bundleLabels(city) {
  const rows = city.bundles.filter((bundle) => bundle.shared.some((section) => section.geometry));
  return collection(rows.map((bundle) => {
    const place = bundle.shared.find((section) => section.geometry).geometry;
    const label = `${bundle.year}\n${t("{amount} less", { amount: roundEuros(bundle.saving_eur) })}`;
    return feature({ type: "Point", coordinates: middleOf(place) }, { year: bundle.year, bundle: bundle.at, label, saving: bundle.saving_eur });
  }));
}

/** Return the chances and clashes that are shown as one point per place, with how many there are of each. */
function findShapes(city, { year, off, on }) {
  const places = new Map();
  for (const find of city.finds) {
    if (!on[find.side] || off.has(find.kind) || !find.geometry || !playsIn(find, year)) continue;
    const [east, north] = find.geometry.coordinates;
    const key = find.section >= 0 ? find.section : `${east} ${north}`;
    if (!places.has(key)) places.set(key, feature({ type: "Point", coordinates: [east, north] }, { chance: 0, clash: 0, section: find.section, find: find.at }));
    places.get(key).properties[find.side] += 1;
  }
  return collection([...places.values()]);
}

/** Tell whether a find plays in a year; one without years always does. */
function playsIn(find, year) {
  return year === null || ((find.first ?? -Infinity) <= year && (find.last ?? find.first ?? Infinity) >= year);
}

/** Return the class of a due year: 0 overdue, 1 first third of the horizon, 2 the rest of it, 3 later, 4 unknown. */
function dueClass(due, { first, last }) {
  if (due === null) return 4;
  if (due < first) return 0;
  return due < first + (last - first + 1) / 3 ? 1 : due <= last ? 2 : 3;
}

function assetShapes(city) {
  const rows = city.assets().filter((asset) => asset.geometry ?? city.sections[asset.section]?.geometry);
  return collection(rows.map((asset) => feature(
    asset.geometry ?? city.sections[asset.section].geometry,
    { system: asset.system, due: dueClass(asset.due, city.about), section: asset.section, own: asset.geometry ? 1 : 0 },
    asset.at,
  )));
}

function planShapes(city) {
  return placed(city.plans, ({ work }) => {
    const { owner, earliest, latest } = city.works[work];
    return { party: owner, work, first: earliest, last: latest };
  });
}

function wishShapes(city) {
  return placed(city.wishes, (wish) => ({ answer: wish.answer ?? "to_be_judged" }));
}

function areaLabels(city) {
  const rows = city.areas.filter((area) => area.lon !== null);
  return collection(rows.map((area) => feature({ type: "Point", coordinates: [area.lon, area.lat] }, { name: area.name })));
}
