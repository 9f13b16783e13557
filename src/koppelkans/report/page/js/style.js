// Colours, icons and layers of the map. Colours are told apart by colour-blind readers; shape and width say the same again.

const COLOURS = {
  ground: "#f5f3ef",
  backdrop: ["#ece8e0", "#dfe8d6", "#cfdfe8", "#fdfcfa", "#e3ddd1"], // other, green, water, road, building
  owners: ["#7c8794", "#2b83c6", "#0b2f66"], // alone, two together, three or more
  periods: ["#3b0f70", "#8c2981", "#d6456c", "#f58a53", "#fcc66d"],
  need: ["#f7e6df", "#efc2b3", "#dd9482", "#bd5f56", "#872b31"],
  due: ["#8c2d04", "#d9680e", "#f2ab4b", "#b9c4b0", "#a5a5a5"], // overdue, soon, in the horizon, later, unknown
  parties: ["#b5367a", "#00847e", "#b36a00", "#4b5bd1", "#6b7f1e", "#8a4b2a", "#5a5a5a"],
  answers: { yes: "#0b7a4b", partly: "#4f7f2f", later: "#2b83c6", no: "#c4480b", not_ours: "#8e6bb0", to_be_judged: "#6b7280" },
  chance: "#0b7a4b",
  clash: "#c4480b",
  breach: "#c4480b",
  selected: "#ffcf33",
  ink: "#17324d",
};
const FONT = ["Public Sans"];
const POINT = ["match", ["geometry-type"], ["Point", "MultiPoint"], true, false];
const AREA = ["match", ["geometry-type"], ["Polygon", "MultiPolygon"], true, false];
const TIMES = ["case", AREA, 0.12, ["match", ["get", "owners"], 1, 0.75, 2, 1, 1.3]];
const CITY = ["match", ["get", "owners"], 1, COLOURS.owners[0], 2, COLOURS.owners[1], COLOURS.owners[2]];

/** Return a width that grows with the zoom; an outline of a polygon stays thin. */
function wide(near, times = ["case", AREA, 0.12, 1]) {
  return ["interpolate", ["exponential", 1.6], ["zoom"], 11, ["*", near * 0.16, times], 14, ["*", near * 0.4, times], 18, ["*", near, times]];
}

/** Return the first years of at most five periods of equal length, as on the maps of the documents. */
function periodsOf({ first, last }) {
  const length = Math.ceil((last - first + 1) / COLOURS.periods.length);
  return Array.from({ length: Math.ceil((last - first + 1) / length) }, (_, i) => first + i * length);
}

function byPeriod(about) {
  const starts = periodsOf(about);
  return ["step", ["get", "first"], COLOURS.periods[0], ...starts.slice(1).flatMap((year, i) => [year, COLOURS.periods[i + 1]])];
}

function byNeed(ambition) {
  const score = ["coalesce", ["get", `n${ambition}`], -1];
  return ["step", score, "#d8d4cc", 0, COLOURS.need[0], 0.2, COLOURS.need[1], 0.4, COLOURS.need[2], 0.6, COLOURS.need[3], 0.8, COLOURS.need[4]];
}

function byParty(city) {
  const theirs = [...new Set(city.plans.map((plan) => city.works[plan.work].owner))];
  const last = COLOURS.parties.length - 1;
  city.planParties = theirs.map((owner, i) => ({ owner, colour: COLOURS.parties[Math.min(i, last)] }));
  return theirs.length ? ["match", ["get", "party"], ...city.planParties.flatMap(({ owner, colour }) => [owner, colour]), COLOURS.parties[last]] : COLOURS.parties[last];
}

const round = { "line-cap": "round", "line-join": "round" };
const dueColour = ["match", ["get", "due"], 0, COLOURS.due[0], 1, COLOURS.due[1], 2, COLOURS.due[2], 3, COLOURS.due[3], COLOURS.due[4]];

/** Return the layers from the ground up; every layer but the first few starts unseen, the switches show it. */
function mapLayers(city) {
  const from = (source, id, type, rest) => ({ id, type, source, ...rest });
  const text = (field, size, rest = {}) => ({ "text-field": field, "text-font": FONT, "text-size": size, "text-padding": 4, ...rest });
  const halo = { "text-color": "#4a4640", "text-halo-color": "#ffffff", "text-halo-width": 1.6 };
  const planColour = byParty(city);
  return [
    { id: "ground", type: "background", paint: { "background-color": COLOURS.ground } },
    from("backdrop", "backdrop", "fill", { paint: { "fill-color": ["match", ["get", "kind"], 1, COLOURS.backdrop[1], 2, COLOURS.backdrop[2], 3, COLOURS.backdrop[3], 4, COLOURS.backdrop[4], COLOURS.backdrop[0]] } }),
    from("areas", "areas", "line", { paint: { "line-color": "#a39a88", "line-width": 1.1 } }),
    from("sections", "streets-fill", "fill", { filter: AREA, paint: { "fill-color": "#ffffff", "fill-opacity": 0.75, "fill-outline-color": "#d5cfc3" } }),
    from("sections", "streets-line", "line", { layout: round, paint: { "line-color": "#cdc6b8", "line-width": wide(6) } }),
    from("sections", "needs-fill", "fill", { filter: AREA, paint: { "fill-color": byNeed(0), "fill-opacity": 0.85 } }),
    from("sections", "needs-line", "line", { layout: round, paint: { "line-color": byNeed(0), "line-width": wide(26) } }),
    from("assets", "assets-fill", "fill", { filter: AREA, paint: { "fill-color": dueColour, "fill-opacity": 0.55 } }),
    from("assets", "assets-line", "line", { layout: round, paint: { "line-color": dueColour, "line-width": ["interpolate", ["linear"], ["zoom"], 12, 0.8, 18, 3.5], "line-offset": ["case", ["==", ["get", "own"], 0], ["*", 4, ["-", ["get", "system"], 1.5]], 0] } }),
    from("assets", "assets-point", "circle", { filter: POINT, paint: { "circle-color": dueColour, "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 1.2, 18, 4.5], "circle-stroke-color": "#ffffff", "circle-stroke-width": 0.6 } }),
    from("quiet", "quiet-line", "line", { layout: round, paint: { "line-color": COLOURS.owners[0], "line-width": wide(7, 1), "line-dasharray": [0.1, 2] } }),
    from("undone", "undone-line", "line", { paint: { "line-color": COLOURS.ink, "line-width": wide(5), "line-dasharray": [1.2, 1.6] } }),
    from("plans", "plans-fill", "fill", { filter: AREA, paint: { "fill-color": planColour, "fill-opacity": 0.25 } }),
    from("plans", "plans-line", "line", { layout: round, paint: { "line-color": planColour, "line-width": ["interpolate", ["linear"], ["zoom"], 12, ["case", AREA, 1, 2], 18, ["case", AREA, 2.5, 7]], "line-dasharray": [2, 1.4] } }),
    from("plans", "plans-point", "circle", { filter: POINT, paint: { "circle-color": planColour, "circle-radius": 6, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } }),
    from("bundles", "bundles-line", "line", { layout: round, paint: { "line-color": "#f08c00", "line-width": wide(24, ["case", AREA, 0.2, 1]) } }),
    from("selected", "selected-line", "line", { layout: round, paint: { "line-color": COLOURS.ink, "line-width": wide(30, ["case", AREA, 0.3, 1]) } }),
    from("selected", "selected-core", "line", { layout: round, paint: { "line-color": COLOURS.selected, "line-width": wide(25, ["case", AREA, 0.2, 1]) } }),
    ...["ever", "open"].flatMap((id) => {
      const source = id === "ever" ? "sections" : "open";
      const filter = [">", ["coalesce", ["get", "owners"], 0], 0];
      return [
        from(source, `${id}-casing`, "line", { filter, layout: round, paint: { "line-color": "#ffffff", "line-width": wide(15, TIMES) } }),
        from(source, `${id}-fill`, "fill", { filter: ["all", AREA, filter], paint: { "fill-color": CITY, "fill-opacity": 0.85 } }),
        from(source, `${id}-line`, "line", { filter, layout: round, paint: { "line-color": CITY, "line-width": wide(11, TIMES) } }),
        from(source, `${id}-breach`, "line", { filter: ["==", ["get", "breach"], 1], paint: { "line-color": COLOURS.breach, "line-width": wide(4, 1), "line-dasharray": [1, 1] } }),
      ];
    }),
    from("selected", "selected-point", "circle", { filter: POINT, paint: { "circle-radius": 17, "circle-color": "rgba(255, 207, 51, 0.5)", "circle-stroke-color": COLOURS.ink, "circle-stroke-width": 2 } }),
    from("sections", "names-line", "symbol", { minzoom: 14.2, filter: ["match", ["geometry-type"], ["LineString", "MultiLineString"], true, false], layout: text(["get", "name"], ["interpolate", ["linear"], ["zoom"], 14, 11, 18, 15], { "symbol-placement": "line", "symbol-spacing": 320 }), paint: halo }),
    from("sections", "names-point", "symbol", { minzoom: 15.2, filter: AREA, layout: text(["get", "name"], 12), paint: halo }),
    ...["chance", "clash"].map((side) => {
      const left = side === "chance" ? -1 : 1;
      const number = ["case", [">", ["get", side], 1], ["to-string", ["get", side]], ""];
      const label = text(number, 12, { "text-offset": [left * 1.1, 1.35], "text-allow-overlap": true });
      return from("finds", side, "symbol", { filter: [">", ["get", side], 0], layout: { "icon-image": side, "icon-allow-overlap": true, "icon-offset": [left * 13, 0], ...label }, paint: halo });
    }),
    from("wishes", "wishes", "symbol", { layout: { "icon-image": ["concat", "wish-", ["get", "answer"]], "icon-allow-overlap": true } }),
    from("bundle-labels", "bundle-labels", "symbol", { layout: { ...text(["get", "label"], 12, { "text-anchor": "bottom", "text-offset": [0, -0.8], "symbol-sort-key": ["-", ["get", "saving"]] }) }, paint: { ...halo, "text-color": "#8a4b00" } }),
    from("area-names", "area-names", "symbol", { maxzoom: 15.5, layout: text(["get", "name"], 14, { "text-letter-spacing": 0.06, "text-max-width": 8 }), paint: { ...halo, "text-color": "#5f594d" } }),
  ];
}

/** Return the sources of the map, empty; `fillers` says what goes in. */
function mapSources() {
  const source = (rest = {}) => ({ type: "geojson", data: collection([]), tolerance: 0.3, ...rest });
  const clustered = { cluster: true, clusterRadius: 62, clusterMaxZoom: 14, clusterProperties: { chance: ["+", ["get", "chance"]], clash: ["+", ["get", "clash"]] } };
  return { ...Object.fromEntries(Object.keys(fillers).map((id) => [id, source()])), selected: source(), finds: source(clustered) };
}

/** What each source holds, made when it is first needed: the sections at once, the rest after the first picture. */
const fillers = {
  sections: sectionShapes,
  areas: (city) => placed(city.areas, () => ({})),
  "area-names": areaLabels,
  backdrop: (city) => placed(city.backdrop(), ({ kind }) => ({ kind })),
  open: openShapes,
  quiet: quietShapes,
  bundles: bundleShapes,
  "bundle-labels": bundleLabels,
  undone: undoneShapes,
  plans: planShapes,
  wishes: wishShapes,
  assets: assetShapes,
};
const FIRST = ["sections", "areas", "area-names"];
const LATER = ["backdrop", "open", "quiet", "bundles", "bundle-labels", "undone", "plans", "wishes"];

/** Fill sources that are still empty. */
function fill(map, city, ids) {
  city.filled ??= new Set();
  for (const id of ids.filter((name) => !city.filled.has(name))) {
    city.filled.add(id);
    map.getSource(id).setData(fillers[id](city));
  }
}

/** Draw an icon on a canvas of its own and return its pixels. */
function icon(draw) {
  const size = 44; // for screens with two pixels per point
  const pen = Object.assign(document.createElement("canvas"), { width: size, height: size }).getContext("2d");
  pen.translate(size / 2, size / 2);
  pen.lineWidth = 3;
  pen.strokeStyle = "#ffffff";
  pen.lineJoin = pen.lineCap = "round";
  draw(pen);
  return pen.getImageData(0, 0, size, size);
}

function stroke(pen, ...moves) {
  pen.beginPath();
  for (const [from, to] of moves) { pen.moveTo(...from); pen.lineTo(...to); }
  pen.stroke();
}

/** Return the icons: a round plus for a chance, a triangle with a mark for a clash, a speech bubble for a wish. */
function icons() {
  const shape = (pen, colour, path) => { pen.beginPath(); path(pen); pen.closePath(); pen.fillStyle = colour; pen.fill(); pen.stroke(); };
  const made = {
    chance: icon((pen) => { shape(pen, COLOURS.chance, () => pen.arc(0, 0, 16, 0, 7)); pen.lineWidth = 4; stroke(pen, [[-8, 0], [8, 0]], [[0, -8], [0, 8]]); }),
    clash: icon((pen) => { shape(pen, COLOURS.clash, () => { pen.moveTo(0, -19); pen.lineTo(19, 15); pen.lineTo(-19, 15); }); pen.lineWidth = 4; stroke(pen, [[0, -7], [0, 3]], [[0, 9], [0, 9.1]]); }),
  };
  for (const [answer, colour] of Object.entries(COLOURS.answers)) {
    made[`wish-${answer}`] = icon((pen) => {
      shape(pen, colour, () => { pen.moveTo(-15, -16); pen.lineTo(15, -16); pen.lineTo(15, 7); pen.lineTo(0, 7); pen.lineTo(-7, 17); pen.lineTo(-7, 7); pen.lineTo(-15, 7); });
      pen.lineWidth = 3.5;
      if (answer === "yes" || answer === "partly") stroke(pen, [[-7, -4], [-2, 1]], [[-2, 1], [8, -10]]);
      else if (answer === "later") stroke(pen, [[-8, -5], [8, -5]]);
      else if (answer === "to_be_judged") stroke(pen, [[-6, -5], [-5.9, -5]], [[0, -5], [0.1, -5]], [[6, -5], [6.1, -5]]);
      else stroke(pen, [[-6, -10], [6, 1]], [[6, -10], [-6, 1]]);
    });
  }
  return made;
}
