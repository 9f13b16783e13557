// The city as the page knows it: rows that know each other.

/** Return the tables of the facts as rows, tied together. */
function cityOf(facts) {
  const { about, tables } = facts;
  const city = { about, years: Array.from({ length: about.last - about.first + 1 }, (_, i) => about.first + i) };
  for (const name of Object.keys(tables)) {
    if (name !== "assets" && name !== "backdrop") city[name] = rowsOf(tables[name]);
  }
  city.assets = () => (city.assetRows ??= rowsOf(tables.assets)); // opened when they are first asked for
  city.backdrop = () => rowsOf(tables.backdrop);
  city.counts = { assets: tables.assets.rows };
  tieSections(city);
  tieWorks(city);
  tieFinds(city);
  city.streets = streetsOf(city);
  return city;
}

function tieSections(city) {
  for (const section of city.sections) {
    section.street = section.name ?? t("Street without a name");
    section.place = city.areas[section.area] ?? null;
    section.works = [];
    section.opened = [];
    section.finds = [];
    section.wishes = [];
    section.needs = [];
  }
  for (const row of city.open) city.sections[row.section]?.opened.push(row);
  for (const need of city.needs) city.sections[need.section]?.needs.push(need);
  for (const section of city.sections) section.opened.sort((one, other) => one.year - other.year);
}

function tieWorks(city) {
  for (const party of city.parties) {
    party.works = [];
    party.calls = [];
  }
  for (const bundle of city.bundles) Object.assign(bundle, { members: [], split: [] });
  for (const part of city.split) city.bundles[part.bundle]?.split.push({ ...part, party: city.parties[part.owner] ?? null });
  for (const work of city.works) {
    work.sections = [];
    work.others = [];
    work.party = city.parties[work.owner] ?? null;
    work.who = work.party?.name ?? t("unknown party");
    work.what = city.kinds[work.kind]?.name ?? "";
    work.unit = city.kinds[work.kind]?.unit ?? "";
    work.group = city.bundles[work.bundle] ?? null;
    work.party?.works.push(work);
    work.group?.members.push(work);
  }
  for (const row of city.other_years) city.works[row.work]?.others.push(row);
  for (const { work, section } of city.touches) {
    if (work < 0 || section < 0) continue;
    city.works[work].sections.push(city.sections[section]);
    city.sections[section].works.push(city.works[work]);
  }
  for (const bundle of city.bundles) {
    const met = new Map();
    for (const work of bundle.members) for (const section of work.sections) met.set(section, (met.get(section) ?? 0) + 1);
    bundle.shared = [...met].filter(([, works]) => works > 1).map(([section]) => section);
    if (!bundle.shared.length) bundle.shared = [...met.keys()];
  }
  for (const call of city.calls) city.parties[call.party]?.calls.push(call);
}

function tieFinds(city) {
  for (const find of city.finds) {
    Object.assign(find, { sort: city.about.find_kinds[find.kind] });
    find.side = find.sort.side;
    city.sections[find.section]?.finds.push(find);
  }
  for (const wish of city.wishes) city.sections[wish.section]?.wishes.push(wish);
  for (const section of city.sections) section.finds.sort((one, other) => other.score - one.score);
}

/** Return streets: sections of one name in one area. */
function streetsOf(city) {
  const streets = new Map();
  for (const section of city.sections) {
    const key = section.name === null ? `\u0000${section.at}` : `${section.name}\u0000${section.area}`;
    if (!streets.has(key)) streets.set(key, { name: section.street, place: section.place, sections: [] });
    streets.get(key).sections.push(section);
    section.whole = streets.get(key);
  }
  return [...streets.values()];
}

/** Return the names of the streets of a work, each once. */
function streetsOfWork(work) {
  return [...new Set(work.sections.map((section) => section.street))];
}

/** Return what is open in a year: sections, how many shared, and the figures of the account; null: all years. */
function yearOf(city, year) {
  const here = (row) => year === null ? row.year !== null : row.year === year;
  const open = city.open.filter(here);
  const works = city.works.filter(here);
  const { all, years } = city.about.account;
  return {
    open: open.length,
    together: open.filter((row) => row.owners > 1).length,
    by: [1, 2, 3].map((owners) => open.filter((row) => Math.min(row.owners, 3) === owners).length),
    works: works.length,
    bundles: city.bundles.filter(here).length,
    money: (year === null ? all : years[String(year)]) ?? {},
  };
}
