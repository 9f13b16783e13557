// The panel beside the map: the layers, or the details of what was chosen, with a way back.

const trail = []; // what was opened before, the last one last
let panelCity = null;
let markOnMap = () => {};

/** Open the details of something (a name in `tellers`), mark it on the map and go there. */
function openDetails(kind, row, { go = true } = {}) {
  const last = trail.at(-1);
  if (!last || last.row !== row) trail.push({ kind, row });
  if (state.view !== "map") show({ view: "map" });
  drawDetails();
  markOnMap(tellers[kind](panelCity, row).places, go);
}

function closeDetails() {
  trail.length = 0;
  drawDetails();
  markOnMap([], false);
}

function back() {
  trail.pop();
  const last = trail.at(-1);
  drawDetails();
  markOnMap(last ? tellers[last.kind](panelCity, last.row).places : [], false);
}

function drawDetails({ keep = false } = {}) {
  const details = document.getElementById("details");
  const layers = document.getElementById("layers");
  const last = trail.at(-1);
  details.hidden = !last;
  layers.hidden = Boolean(last);
  document.getElementById("sheet").textContent = last ? t("Details") : t("Map layers");
  if (!last) return details.replaceChildren();
  const { title, under, parts } = tellers[last.kind](panelCity, last.row);
  const name = el("h2", { tabindex: "-1" }, title);
  const bar = el("div", { class: "bar-top" },
    el("button", { type: "button", class: "quiet", onclick: back }, trail.length > 1 ? t("← Back") : t("← Map layers")),
    el("button", { type: "button", class: "quiet", "aria-label": t("Close the details"), onclick: closeDetails }, "×"));
  details.replaceChildren(bar, name, el("p", { class: "under-title" }, under), ...parts.flat(3).filter(Boolean));
  if (!keep) {
    details.scrollTop = 0;
    openSheet(true);
    name.focus({ preventScroll: true });
  }
  return undefined;
}

/** On a phone the panel is a sheet that can be put away. */
function openSheet(open) {
  document.getElementById("panel").classList.toggle("closed", !open);
  document.getElementById("sheet").setAttribute("aria-expanded", String(open));
}

function buildPanel(city) {
  panelCity = city;
  const sheet = document.getElementById("sheet");
  sheet.addEventListener("click", () => openSheet(sheet.getAttribute("aria-expanded") !== "true"));
  if (window.matchMedia("(max-width: 760px)").matches) openSheet(false);
  document.getElementById("panel").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && trail.length) back();
  });
  listeners.push((changes) => {
    if ("year" in changes && trail.length) drawDetails({ keep: true });
  });
}
