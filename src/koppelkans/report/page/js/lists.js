// The same as the map, in tables: for who cannot or will not use a map.

const PAGE = 200;
const asked = { list: "programme", area: null, party: null, seen: false, most: PAGE };
let inView = () => true; // tells whether a section is within the map as it stands
let drawList = () => {};

/** Open the list with filters. */
function openList({ list = "programme", year = state.year, area = null, party = null } = {}) {
  Object.assign(asked, { list, area, party, most: PAGE });
  show({ view: "list", year });
  document.getElementById("list").querySelector("h2")?.focus();
}

/** Return the lists: their columns, their rows, and what a row belongs to (year, areas, parties, sections). */
function listsOf(city) {
  const open = (kind, row, text) => link(text, () => openDetails(kind, row));
  const streets = (work) => work.sections.length ? streetsOfWork(work).slice(0, 4).map((name, i) => [i ? ", " : "", open(work.sections.length === 1 ? "section" : "work", work.sections.length === 1 ? work.sections[0] : work, name)]).flat() : "–";
  const places = (sections) => new Set(sections.map((section) => section.area));
  const ofWork = (work) => ({ year: work.year, areas: places(work.sections), parties: new Set([work.owner]), sections: work.sections });
  const street = (section) => (section ? open("section", section, section.street) : "–");
  const works = {
    columns: [t("Street"), t("Work"), t("Who"), t("Cost"), t("Together with"), t("Why this year")],
    row: (work) => [streets(work), open("work", work, work.name), work.who, work.cost === null ? "–" : euros(work.cost),
      work.group ? open("bundle", work.group, listed([...new Set(work.group.members.filter((other) => other !== work).map((other) => other.who))])) : "–", work.why_year ?? ""],
    number: 3,
  };
  return {
    programme: { ...works, name: t("Programme"), perYear: true, rows: city.works.filter((work) => work.year !== null), of: ofWork },
    bundles: {
      name: t("Bundles"), perYear: true, rows: city.bundles, number: 3,
      of: (bundle) => ({ year: bundle.year, areas: places(bundle.shared), parties: new Set(bundle.members.map((work) => work.owner)), sections: bundle.shared }),
      columns: [t("Street"), t("Works"), t("Who"), t("Saves")],
      row: (bundle) => [open("bundle", bundle, bundle.name), bundle.members.map((work) => work.name).join(", "), listed([...new Set(bundle.members.map((work) => work.who))]), euros(bundle.saving_eur)],
    },
    finds: {
      name: t("Chances and bottlenecks"), rows: [...city.finds].sort((one, other) => other.score - one.score), number: 4, spans: true,
      of: (find) => ({ first: find.first, last: find.last, areas: new Set([find.area]), parties: new Set((city.sections[find.section]?.works ?? []).map((work) => work.owner)), sections: [city.sections[find.section]].filter(Boolean) }),
      columns: [t("Street"), t("What"), t("Why"), t("Years"), t("Amount")],
      row: (find) => [street(city.sections[find.section]), [el("span", { class: `mark ${find.side}`, "aria-hidden": "true" }), open("find", find, `${find.side === "chance" ? t("Chance") : t("Bottleneck")}: ${find.sort.name}`)], find.why, years(find.first, find.last), find.amount === null ? "–" : euros(find.amount)],
    },
    undone: { ...works, name: t("Not in the programme"), rows: city.works.filter((work) => work.year === null), of: ofWork, columns: [t("Street"), t("Work"), t("Who"), t("Cost"), t("Together with"), t("Why not")] },
    plans: {
      name: t("Plans of third parties"), rows: city.works.filter((work) => work.theirs), of: ofWork, spans: true, number: 4,
      columns: [t("Street"), t("Work"), t("Who"), t("Window"), t("Year"), t("Certainty")],
      row: (work) => [streets(work), open("work", work, work.name), work.who, years(work.earliest, work.latest), work.year === null ? "–" : String(work.year), work.certainty],
    },
    wishes: {
      name: t("Wishes of residents"), rows: city.wishes, spans: true,
      of: (wish) => ({ year: wish.year, areas: new Set([wish.area]), parties: new Set(), sections: [city.sections[wish.section]].filter(Boolean) }),
      columns: [t("Street"), t("Wish"), t("Answer")],
      row: (wish) => [wish.named && wish.named !== city.sections[wish.section]?.street ? wish.named : street(city.sections[wish.section]), open("wish", wish, wish.text), [answers()[wish.answer ?? "to_be_judged"], wish.why].filter(Boolean).join(" · ")],
    },
    calls: {
      name: t("Who phones whom"), rows: city.calls.filter((call) => call.leads), spans: true, number: 4,
      of: (call) => ({ first: call.first, last: call.last, areas: new Set(), parties: new Set([call.party, call.other]), sections: [] }),
      columns: [t("Who"), t("Phones"), t("About"), t("Years"), t("At stake"), t("To agree")],
      row: (call) => [open("party", city.parties[call.party], city.parties[call.party]?.name ?? "–"), `${city.parties[call.other]?.name ?? "–"}${call.contact ? ` (${call.contact})` : ""}`, call.streets, years(call.first, call.last), call.saving === null ? "–" : euros(call.saving), call.terms],
    },
  };
}

function buildList(city) {
  const lists = listsOf(city);
  const place = document.getElementById("list");
  const select = (label, options, chosen, change) => el("label", { class: "field" }, el("span", {}, label),
    el("select", { onchange: (event) => { change(event.target.value === "" ? null : event.target.value); } }, options.map(([value, text]) => el("option", { value, selected: String(chosen ?? "") === String(value) }, text))));
  const every = (text) => [["", text]];

  function fits(list, row) {
    const about = list.of(row);
    if (state.year !== null) {
      if (list.perYear && about.year !== state.year) return false;
      if ("first" in about && !playsIn(about, state.year)) return false;
    }
    if (asked.area !== null && !about.areas.has(asked.area)) return false;
    if (asked.party !== null && !about.parties.has(asked.party)) return false;
    return !asked.seen || about.sections.some(inView);
  }

  drawList = function draw() {
    if (state.view !== "list") return;
    const list = lists[asked.list];
    const rows = list.rows.filter((row) => fits(list, row));
    if (list.perYear) rows.sort((one, other) => one.year - other.year || (other.cost ?? 0) - (one.cost ?? 0));
    const again = (changes) => { Object.assign(asked, { most: PAGE }, changes); draw(); };
    const cost = list.rows[0] && "cost" in list.rows[0] ? rows.reduce((sum, row) => sum + (row.cost ?? 0), 0) : 0;
    const count = [tn("{n} row", "{n} rows", rows.length), cost ? euros(cost) : ""].filter(Boolean).join(" · ");
    const held = place.contains(document.activeElement) ? [...place.querySelectorAll("select, input")].indexOf(document.activeElement) : -1;
    place.replaceChildren(
      el("h2", { tabindex: "-1" }, list.name),
      el("div", { class: "fields" },
        select(t("List"), Object.entries(lists).map(([key, { name, rows: all }]) => [key, `${name} (${whole(all.length)})`]), asked.list, (value) => again({ list: value })),
        select(t("Year"), [...every(t("all years")), ...city.years.map((year) => [year, String(year)])], state.year, (value) => show({ year: value === null ? null : Number(value) })),
        select(t("Area"), [...every(t("all areas")), ...city.areas.map((area) => [area.at, area.name])], asked.area, (value) => again({ area: value === null ? null : Number(value) })),
        select(t("Party"), [...every(t("all parties")), ...city.parties.map((party) => [party.at, party.name])], asked.party, (value) => again({ party: value === null ? null : Number(value) })),
        tick(t("only what the map shows now"), null, asked.seen, (seen) => again({ seen }))),
      el("p", { class: "count", role: "status" }, count),
      rows.length ? tableOf(list, rows.slice(0, asked.most)) : el("p", {}, t("Nothing here with these choices.")),
      rows.length > asked.most ? el("button", { type: "button", onclick: () => { asked.most += 5 * PAGE; draw(); } }, t("Show more")) : "");
    place.querySelectorAll("select, input")[held]?.focus();
  };
  listeners.push((changes) => { if ("view" in changes || "year" in changes) drawList(); });
}

/** Return a table; a list per year has a heading row for each year. */
function tableOf(list, rows) {
  const head = el("thead", {}, el("tr", {}, list.columns.map((name, i) => el("th", { scope: "col", class: i === list.number ? "number" : "" }, name))));
  const line = (row) => el("tr", {}, list.row(row).map((cell, i) => el("td", { class: i === list.number ? "number" : "", "data-name": list.columns[i] }, cell)));
  if (!list.perYear) return el("table", { class: "big" }, head, el("tbody", {}, rows.map(line)));
  const bodies = [...new Set(rows.map((row) => row.year))].map((year) => {
    const here = rows.filter((row) => row.year === year);
    return el("tbody", {}, el("tr", { class: "year-row" }, el("th", { scope: "rowgroup", colspan: list.columns.length }, String(year))), here.map(line));
  });
  return el("table", { class: "big" }, head, bodies);
}
