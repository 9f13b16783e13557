// What is shown, and the switches with the legend that show it.

const state = {
  year: null, // null: all years
  colour: "owners", // in all years: by parties together, or by first year
  ambition: 0,
  on: { programme: true, areas: true, backdrop: true, names: true },
  off: new Set(), // kinds of chances and clashes that are not shown
  systems: new Set([0, 1, 2, 3]),
  view: "map",
};
const listeners = [];

/** Change what is shown, and tell everyone who draws it. */
function show(changes) {
  Object.assign(state, changes);
  for (const listener of listeners) listener(changes);
}

/** Return an element with properties and children; a text child is always text. */
function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") made.className = value;
    else if (name === "style") for (const [part, text] of Object.entries(value)) made.style.setProperty(part, text);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function swatch(kind, colour) {
  return el("span", { class: `swatch ${kind}`, style: { "--colour": colour }, "aria-hidden": "true" });
}

function legend(rows) {
  return el("ul", { class: "legend" }, rows.map(([mark, text]) => el("li", {}, mark, el("span", {}, text))));
}

function choice(name, options, chosen, choose) {
  return el("div", { class: "choice", role: "group", "aria-label": name }, options.map(([value, text]) =>
    el("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => choose(value) }, text)));
}

/** Return the switches: groups of layers, each with its number, its layers on the map, and its legend. */
function switches(city) {
  const { about } = city;
  const lines = (names) => names.map(([colour, text, kind = "line"]) => [swatch(kind, colour), text]);
  const ownerLegend = () => legend(lines([
    [COLOURS.owners[0], t("one party"), "line thin"],
    [COLOURS.owners[1], t("two parties together")],
    [COLOURS.owners[2], t("three or more parties together"), "line thick"],
    [COLOURS.owners[0], t("work for which the street stays closed"), "dots"],
    ...(city.open.some((row) => row.breach) ? [[COLOURS.breach, t("opened again too soon after new paving"), "dash"]] : []),
  ]));
  const periodLegend = () => legend(lines(periodsOf(about).map((year, i, all) => [COLOURS.periods[i], years(year, (all[i + 1] ?? about.last + 1) - 1)])));
  const findLegend = (side) => () => legend(about.find_kinds.map((kind, at) => ({ ...kind, at })).filter((kind) => kind.side === side).map((kind) => [
    "", tick(kind.name, city.finds.filter((find) => find.kind === kind.at && playsIn(find, state.year)).length, !state.off.has(kind.at), (on) => {
      const off = new Set(state.off);
      if (on) off.delete(kind.at); else off.add(kind.at);
      show({ off });
    })]));
  const systems = [t("Infrastructure"), t("Biodiversity"), t("Water management"), t("Cables and pipes")];
  const number = (side) => city.finds.filter((find) => find.side === side).length;
  return [
    { name: t("City programme"), items: [
      { id: "programme", name: t("Streets that open"), number: city.open.length, map: ["quiet-line"], legend: () => [
        state.year === null ? choice(t("Colour"), [["owners", t("by parties")], ["years", t("by year")]], state.colour, (colour) => show({ colour })) : "",
        state.year === null && state.colour === "years" ? periodLegend() : ownerLegend()] },
      { id: "bundles", name: t("Bundles: works in one opened street"), number: city.bundles.length, map: ["bundles-line", "bundle-labels"], legend: () => legend(lines([["#f08c00", t("street that works share; the label says what that saves")]])) },
      { id: "undone", name: t("Not in the programme"), number: city.works.filter((work) => work.year === null).length, map: ["undone-line"], legend: () => legend(lines([[COLOURS.ink, t("street with a work that got no year"), "dash"]])) },
      { id: "plans", name: t("Plans of third parties"), number: city.plans.length, map: ["plans-fill", "plans-line", "plans-point"], legend: () => legend(city.planParties.map(({ owner, colour }) => [swatch("dash", colour), city.parties[owner]?.name ?? t("unknown party")])) },
    ] },
    { name: t("Chances and bottlenecks"), items: [
      { id: "chance", name: t("Chances"), mark: "chance", number: number("chance"), map: ["chance"], legend: findLegend("chance") },
      { id: "clash", name: t("Bottlenecks"), mark: "clash", number: number("clash"), map: ["clash"], legend: findLegend("clash") },
      { id: "wishes", name: t("Wishes of residents"), number: city.wishes.length, map: ["wishes"], legend: () => legend(Object.entries(answers()).map(([key, text]) => [swatch("bubble", COLOURS.answers[key]), text])) },
    ] },
    { name: t("What the street asks for"), items: [
      { id: "needs", name: t("Need per ambition"), number: city.needs.length ? city.ambitions.length : 0, map: ["needs-fill", "needs-line"], legend: () => [
        el("select", { "aria-label": t("Ambition"), onchange: (event) => show({ ambition: Number(event.target.value) }) }, city.ambitions.map((ambition) => el("option", { value: ambition.at, selected: ambition.at === state.ambition }, ambition.name))),
        el("div", { class: "ramp", "aria-hidden": "true" }, COLOURS.need.map((colour) => el("i", { style: { background: colour } }))),
        el("p", { class: "ends" }, el("span", {}, t("little need")), el("span", {}, t("much need"))),
        el("p", { class: "note" }, t("Grey: need not known."))] },
      { id: "assets", name: t("Assets by the year they are due"), number: city.counts.assets, map: ["assets-fill", "assets-line", "assets-point"], legend: () => [
        legend(lines([[COLOURS.due[0], t("before {year}: overdue", { year: about.first })], [COLOURS.due[1], years(about.first, about.first + Math.ceil((about.last - about.first + 1) / 3) - 1)], [COLOURS.due[2], t("after that, until {year}", { year: about.last })], [COLOURS.due[3], t("later")], [COLOURS.due[4], t("year not known")]])),
        legend(systems.map((name, at) => ["", tick(name, null, state.systems.has(at), (on) => {
          const chosen = new Set(state.systems);
          if (on) chosen.add(at); else chosen.delete(at);
          show({ systems: chosen });
        })]))] },
    ] },
    { name: t("Background"), items: [
      { id: "areas", name: t("Areas"), number: city.areas.length, map: ["areas", "area-names"] },
      { id: "names", name: t("Street names"), number: null, map: ["names-line", "names-point"] },
      { id: "backdrop", name: t("Buildings, water and green"), number: null, map: ["backdrop"] },
    ] },
  ];
}

function answers() {
  return {
    yes: t("yes"),
    partly: t("partly"),
    later: t("later"),
    no: t("no"),
    not_ours: t("not ours"),
    to_be_judged: t("to be judged"),
  };
}

/** Return a tick box with its label and number. */
function tick(name, number, on, change) {
  const box = el("input", { type: "checkbox", onchange: (event) => change(event.target.checked) });
  box.checked = on;
  return el("label", { class: "tick" }, box, el("span", {}, name), number === null ? "" : el("small", {}, whole(number)));
}

/** Fill the panel of switches, and keep it as what is shown changes. */
function buildSwitches(city, place) {
  const groups = switches(city);
  const bodies = [];
  place.replaceChildren(el("div", { id: "summary", class: "summary" }), ...groups.map((group) => el("section", { class: "group" },
    el("h2", {}, group.name),
    group.items.map((item) => {
      const body = el("div", { class: "under" });
      const box = el("input", { type: "checkbox", id: `on-${item.id}`, disabled: item.number === 0, onchange: (event) => show({ on: { ...state.on, [item.id]: event.target.checked } }) });
      const mark = item.mark ? el("span", { class: `mark ${item.mark}`, "aria-hidden": "true" }) : "";
      bodies.push({ item, body, box });
      return el("div", { class: "switch" }, el("label", {}, box, mark, el("span", {}, item.name), item.number === null ? "" : el("small", {}, item.number ? whole(item.number) : t("none"))), body);
    }))));
  const draw = () => {
    drawSummary(city, document.getElementById("summary"));
    for (const { item, body, box } of bodies) {
      box.checked = Boolean(state.on[item.id]) && item.number !== 0;
      const seen = box.checked && item.legend;
      const held = body.contains(document.activeElement) ? [...body.querySelectorAll("input, select, button")].indexOf(document.activeElement) : -1;
      body.replaceChildren(...(seen ? [item.legend()].flat().filter(Boolean) : []));
      body.querySelectorAll("input, select, button")[held]?.focus();
    }
  };
  listeners.push(draw);
  draw();
  return groups.flatMap((group) => group.items);
}

/** Say in a few figures what is on the map: of one year, or of all. */
function drawSummary(city, place) {
  const told = yearOf(city, state.year);
  const figures = [
    [whole(told.works), tn("work", "works", told.works)],
    [whole(told.open), tn("section open", "sections open", told.open)],
    [whole(told.together), t("of them together")],
    ...Object.entries(city.about.account.names).filter(([key]) => told.money[key] != null).map(([key, name]) => [roundEuros(told.money[key]), name]),
  ];
  place.replaceChildren(el("h2", {}, state.year === null ? years(city.about.first, city.about.last) : String(state.year)),
    el("dl", {}, figures.map(([figure, text]) => el("div", {}, el("dt", {}, text), el("dd", {}, figure)))));
}

/** Show on the map what is switched on. */
function applyLayers(map, city, items) {
  const seen = (id, on) => map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
  for (const item of items) for (const id of item.map) seen(id, Boolean(state.on[item.id]));
  const every = state.year === null;
  const needed = items.filter((item) => state.on[item.id]).flatMap((item) => item.map.map((id) => map.getLayer(id).source));
  fill(map, city, [...needed, ...(every ? [] : ["open"])].filter((id) => id in fillers && id !== "backdrop"));
  for (const part of ["casing", "fill", "line", "breach"]) {
    seen(`ever-${part}`, Boolean(state.on.programme) && every);
    seen(`open-${part}`, Boolean(state.on.programme) && !every);
  }
}

/** Let the layers that are seen keep to the year; a layer that is not seen costs nothing until it is. */
function pointAtYear(map) {
  const every = state.year === null;
  const inYear = ["==", ["get", "year"], state.year];
  const keep = (id, filter) => {
    if (map.getLayoutProperty(id, "visibility") !== "none") map.setFilter(id, filter, { validate: false });
  };
  keep("open-casing", inYear);
  keep("open-line", inYear);
  keep("open-fill", ["all", AREA, inYear]); // a fill would close a line to a polygon
  keep("open-breach", ["all", inYear, ["==", ["get", "breach"], 1]]);
  keep("quiet-line", every ? ["==", ["get", "ever"], 0] : inYear);
  for (const id of ["bundles-line", "bundle-labels"]) keep(id, every ? null : inYear);
  const inWindow = every ? true : ["all", ["<=", ["get", "first"], state.year], [">=", ["get", "last"], state.year]];
  keep("plans-fill", ["all", AREA, inWindow]);
  keep("plans-line", ["all", inWindow]);
  keep("plans-point", ["all", POINT, inWindow]);
}

/** Point the layers at the year, colour, ambition and systems that were chosen. */
function applyChoices(map, city, changes) {
  if ("year" in changes || "on" in changes) pointAtYear(map);
  if ("colour" in changes) {
    const colour = state.colour === "years" ? byPeriod(city.about) : CITY;
    map.setPaintProperty("ever-line", "line-color", colour);
    map.setPaintProperty("ever-fill", "fill-color", colour);
    map.setPaintProperty("ever-casing", "line-color", state.colour === "years" ? "#4d4a45" : "#ffffff");
  }
  if ("ambition" in changes) {
    map.setPaintProperty("needs-fill", "fill-color", byNeed(state.ambition));
    map.setPaintProperty("needs-line", "line-color", byNeed(state.ambition));
  }
  if ("systems" in changes) {
    const chosen = ["in", ["get", "system"], ["literal", [...state.systems]]];
    map.setFilter("assets-fill", ["all", AREA, chosen]);
    map.setFilter("assets-line", chosen);
    map.setFilter("assets-point", ["all", POINT, chosen]);
  }
  if ("on" in changes || "off" in changes || "year" in changes) {
    if (city.findsDrawn || state.on.chance || state.on.clash) map.getSource("finds").setData(findShapes(city, state));
    city.findsDrawn = state.on.chance || state.on.clash;
  }
}
