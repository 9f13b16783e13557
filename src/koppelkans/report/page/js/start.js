// Open the facts, build the page around them, and then the map.

const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
const PAUSE_MS = 60;
const HEAD_SUMS = ["investment_eur", "uncovered_eur"];
const MOST_PADDING = 70; // px around what is chosen

async function begin() {
  const facts = JSON.parse(await opened("facts"));
  speak(facts.about.lang, facts.words);
  const city = cityOf(facts);
  document.getElementById("city").append(city.about.city, " ", el("span", {}, t("City programme {first}–{last}", city.about)));
  drawSums(city, document.getElementById("sums"));
  buildPanel(city);
  const items = buildSwitches(city, document.getElementById("layers"));
  buildTime(city);
  buildSearch(city);
  buildList(city);
  buildViews();
  buildFoot(city);
  try {
    await buildMap(city, items);
  } catch (problem) {
    console.warn(problem);
    document.getElementById("no-map").hidden = false;
    show({ view: "list" });
  }
  document.getElementById("busy").hidden = true;
  document.body.dataset.ready = "yes";
}

/** Say at the head what the programme costs, what of it nobody pays yet, and how many conversations it asks. */
function drawSums(city, place) {
  const { names, all } = city.about.account;
  const money = HEAD_SUMS.filter((key) => all[key] != null).map((key) => el("span", {}, `${names[key]} ${roundEuros(all[key])}`));
  const pairs = new Set(city.calls.map((call) => [call.party, call.other].sort().join("|"))).size;
  const calls = pairs ? [link(tn("{n} phone call", "{n} phone calls", pairs), () => openList({ list: "calls", year: null }))] : [];
  place.append(...[...money, ...calls].flatMap((part, at) => (at ? [" · ", part] : [part])));
}

async function buildMap(city, items) {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("WebGL 2 is off");
  const script = await opened("worker");
  maplibregl.setWorkerUrl(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  await document.fonts.load("14px 'Public Sans'");
  const corners = cornersOf(city.sections.map((section) => section.geometry)) ?? cornersOf(city.areas.map((area) => area.geometry)) ?? [3.3, 50.7, 7.3, 53.6];
  const map = new maplibregl.Map({
    container: "map", style: { version: 8, sources: mapSources(), layers: mapLayers(city) }, bounds: corners, fitBoundsOptions: { padding: 30 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 21, fadeDuration: CALM.matches ? 0 : 200,
    locale: { "Map.Title": t("Map"), "NavigationControl.ZoomIn": t("Zoom in"), "NavigationControl.ZoomOut": t("Zoom out"), "ScaleControl.Meters": "m", "ScaleControl.Kilometers": "km" },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ maxWidth: 110 }), "bottom-left");
  for (const [name, pixels] of Object.entries(icons())) map.addImage(name, pixels, { pixelRatio: 2 });
  const problem = new Promise((_, fail) => { map.once("error", (event) => fail(event.error)); });
  await Promise.race([map.once("load"), problem]);
  fill(map, city, FIRST);
  applyLayers(map, city, items);
  applyChoices(map, city, { ...state });
  listeners.push((changes) => {
    if ("on" in changes || "year" in changes) applyLayers(map, city, items);
    applyChoices(map, city, changes);
  });
  listenToMap(map, city);
  fillLater(map, city);
  globalThis.koppelkans = { map, city, state, show, openDetails, openList }; // for tests and for the curious
}

/** Fill the rest one by one, each in a moment of its own, so that the page answers in between. */
async function fillLater(map, city) {
  for (const id of LATER) {
    await new Promise((done) => { setTimeout(done, PAUSE_MS); });
    fill(map, city, [id]);
  }
}

function listenToMap(map, city) {
  const home = map.getBounds();
  inView = (section) => section.geometry && overlaps(cornersOf([section.geometry]), map.getBounds());
  map.on("moveend", () => { if (asked.seen) drawList(); });
  markOnMap = (places, go) => {
    map.getSource("selected").setData(collection(places.map((geometry) => feature(geometry, {}))));
    map.resize(); // on a phone the details have just taken half of the map
    const corners = cornersOf(places);
    const { clientWidth, clientHeight } = map.getContainer();
    const padding = Math.min(MOST_PADDING, Math.min(clientWidth, clientHeight) / 5);
    const seen = corners && map.getBounds().contains([(corners[0] + corners[2]) / 2, (corners[1] + corners[3]) / 2]);
    if (corners && (go || !seen)) map.fitBounds(corners, { padding, maxZoom: 17.5, animate: !CALM.matches, duration: 700 });
  };
  map.on("click", (event) => {
    const found = pick(map, city, event.point);
    if (found?.[0] === "cluster") zoomInto(map, found[1]);
    else if (found) openDetails(...found);
    else if (trail.length) closeDetails();
  });
  const hover = document.getElementById("hover");
  map.on("mousemove", (event) => {
    const found = pick(map, city, event.point);
    map.getCanvas().style.cursor = found ? "pointer" : "";
    hover.hidden = !found || found[0] === "cluster";
    if (hover.hidden) return;
    hover.textContent = nameOf(...found);
    hover.style.transform = `translate(${event.point.x + 14}px, ${event.point.y + 14}px)`;
  });
  map.on("mouseout", () => { hover.hidden = true; });
  const homeButton = el("button", { type: "button", class: "home", "aria-label": t("Show the whole city"), title: t("Show the whole city"), onclick: () => map.fitBounds(home, { animate: !CALM.matches }) }, "⌂");
  document.querySelector(".maplibregl-ctrl-top-right .maplibregl-ctrl-group").append(homeButton);
  window.addEventListener("beforeprint", () => {
    map.redraw();
    document.getElementById("picture").src = map.getCanvas().toDataURL("image/png");
  });
}

function overlaps([west, south, east, north], bounds) {
  return west <= bounds.getEast() && east >= bounds.getWest() && south <= bounds.getNorth() && north >= bounds.getSouth();
}

/** Return what lies under a point of the map, as arguments of `openDetails`: small things first, then streets. */
function pick(map, city, point) {
  const near = (layers, reach) => {
    const seen = layers.filter((id) => map.getLayer(id) && map.getLayoutProperty(id, "visibility") !== "none");
    return map.queryRenderedFeatures([[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]], { layers: seen })[0];
  };
  const small = near(["wishes", "chance", "clash", "bundle-labels"], 3);
  if (small) {
    const { wish, find, section, bundle } = small.properties;
    if (small.layer.id === "wishes") return ["wish", city.wishes[small.id]];
    if (bundle !== undefined) return ["bundle", city.bundles[bundle]];
    if (small.properties.cluster) return ["cluster", small];
    return section >= 0 ? ["section", city.sections[section]] : ["find", city.finds[find ?? wish]];
  }
  const plan = near(["plans-line", "plans-point"], 3);
  const street = near(["streets-line", "streets-fill"], 1) ?? near(["streets-line", "streets-fill"], 6);
  if (street) return ["section", city.sections[street.id]];
  if (plan) return ["work", city.works[plan.properties.work]];
  const area = state.on.areas && near(["area-names"], 2);
  return area ? ["area", city.areas.find(({ name }) => name === area.properties.name)] : null;
}

function nameOf(kind, row) {
  if (kind !== "section") return row.title ?? row.name ?? row.text ?? row.why ?? "";
  const now = row.opened.filter(({ year }) => state.year === null || year === state.year);
  return now.length ? `${row.street}: ${now.map(({ year, owners }) => `${year}${owners > 1 ? ` (${t("{n} parties", { n: owners })})` : ""}`).join(", ")}` : row.street;
}

/** Zoom in until a cluster falls apart. */
async function zoomInto(map, many) {
  const zoom = await map.getSource(many.source).getClusterExpansionZoom(many.properties.cluster_id);
  map.easeTo({ center: many.geometry.coordinates, zoom, animate: !CALM.matches });
}

/** The map or the list fills the page; both follow the same choices. */
function buildViews() {
  const buttons = { map: document.getElementById("to-map"), list: document.getElementById("to-list") };
  const draw = () => {
    document.body.dataset.view = state.view;
    document.getElementById("list").hidden = state.view !== "list";
    for (const [view, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(view === state.view));
  };
  for (const [view, button] of Object.entries(buttons)) button.addEventListener("click", () => show({ view }));
  document.getElementById("print").addEventListener("click", () => window.print());
  listeners.push((changes) => { if ("view" in changes) draw(); });
  draw();
}

/** Say where the figures come from and what was assumed. */
function buildFoot(city) {
  const { about } = city;
  const sources = about.sources.map(({ source, rows, read, set_aside: aside, licence }) => el("li", {},
    [source, t("{read} of {rows} rows read", { read: whole(read), rows: whole(rows) }), aside ? t("{n} set aside", { n: whole(aside) }) : "", licence].filter(Boolean).join(" · ")));
  document.getElementById("foot").replaceChildren(el("details", {}, el("summary", {}, t("About this map")),
    el("p", {}, t("Amounts without VAT, at the price level of {year}.", { year: about.price_year }), " ", about.gap === null ? "" : t("The programme is at most {share} % from the best that can be found.", { share: (about.gap * 100).toLocaleString(lang, { maximumFractionDigits: 1 }) })),
    about.assumed_funds.length ? el("p", {}, t("Assumed, not given by the city: the budget of {names}.", { names: listed(about.assumed_funds) })) : "",
    el("p", {}, t("Weights set by: {who}.", { who: about.weights_set_by })),
    about.set_aside ? el("p", {}, tn("{n} row of the input was set aside.", "{n} rows of the input were set aside.", about.set_aside)) : "",
    about.notes.length ? el("ul", {}, about.notes.map((note) => el("li", {}, note))) : "",
    sources.length ? [el("p", {}, t("Sources")), el("ul", {}, sources)] : "",
    el("p", {}, t("Made with Koppelkans {version} and MapLibre. Not for digging: ask for a dig notification (KLIC).", { version: about.version }))));
}

begin();
