// The years: a slider under bars that show how much is open, a play button, and all years at once.

const STEP_MS = 1500;

function buildTime(city) {
  const { first, last } = city.about;
  const told = new Map(city.years.map((year) => [year, yearOf(city, year)]));
  const most = Math.max(1, ...[...told.values()].map((row) => row.open));
  const bars = city.years.map((year) => el("div", { class: "year-bar", title: describe(year, told.get(year)), onclick: () => choose(year) },
    el("span", { class: "stack", "aria-hidden": "true" }, told.get(year).by.map((number, i) => el("i", { style: { height: `${(number / most) * 100}%`, background: COLOURS.owners[i] } })).reverse()),
    el("span", { class: "label", "aria-hidden": "true" }, `’${String(year).slice(2)}`)));
  const slider = el("input", { type: "range", min: first, max: last, step: 1, value: first, id: "year", "aria-label": t("Year on the map"), oninput: () => choose(Number(slider.value)) });
  const play = el("button", { type: "button", id: "play", class: "play", onclick: () => (timer ? stop() : start()) });
  const all = el("button", { type: "button", id: "all-years", onclick: () => choose(null) }, t("All years"));
  const words = el("p", { class: "told", id: "told" });
  let timer = null;

  function choose(year) {
    stop();
    show({ year });
  }

  function start() {
    if (state.year === null || state.year === last) show({ year: first });
    timer = setInterval(() => {
      if (state.year === last) {
        stop();
        show({ year: null });
      } else show({ year: (state.year ?? first - 1) + 1 });
    }, STEP_MS);
    drawPlay();
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    drawPlay();
  }

  function drawPlay() {
    play.textContent = timer ? "❚❚" : "▶";
    play.setAttribute("aria-label", timer ? t("Stop playing") : t("Play the years one by one"));
  }

  function draw() {
    const row = state.year === null ? yearOf(city, null) : told.get(state.year);
    words.textContent = describe(state.year, row);
    all.setAttribute("aria-pressed", String(state.year === null));
    slider.value = state.year ?? first;
    slider.classList.toggle("every", state.year === null);
    slider.setAttribute("aria-valuetext", state.year === null ? t("All years") : describe(state.year, row));
    bars.forEach((bar, i) => bar.classList.toggle("now", city.years[i] === state.year));
  }

  function describe(year, row) {
    const parts = [year === null ? years(first, last) : String(year), tn("{n} section open", "{n} sections open", row.open)];
    if (row.together) parts.push(t("of which {n} together", { n: whole(row.together) }));
    if (row.money.investment_eur) parts.push(roundEuros(row.money.investment_eur));
    return parts.join(" · ");
  }

  document.getElementById("time").style.setProperty("--years", city.years.length);
  document.getElementById("time").replaceChildren(el("div", { class: "time-keys" }, play, all, words), el("div", { class: "time-years" }, el("div", { class: "year-bars" }, bars), slider));
  listeners.push((changes) => { if ("year" in changes) draw(); });
  drawPlay();
  draw();
}
