// Why this year: what each other year of a work would cost, and what forbids it, as a strip of years.

/** Return a price in thousands of euros with its sign, short enough for a column of the strip. */
function shortPrice(extra) {
  if (extra === null) return "?";
  const thousands = Math.round(extra / 1000);
  return thousands > 0 ? `+${whole(thousands)}` : thousands < 0 ? `−${whole(-thousands)}` : "0";
}

/** Return years in order as people write them: 2027–2030, 2033 and 2035. */
function yearRuns(known) {
  const runs = [];
  for (const year of known) {
    if (runs.length && runs.at(-1)[1] === year - 1) runs.at(-1)[1] = year;
    else runs.push([year, year]);
  }
  return listed(runs.map(([first, last]) => years(first, last)));
}

/** Return one year of the strip in a sentence, for who hovers or listens. */
function yearWords(row, now) {
  if (row.year === now) return t("{year}: its year in the programme", { year: row.year });
  if (row.forbidden !== null) return t("{year}: not possible, {reason}", { year: row.year, reason: row.forbidden });
  if (row.extra === null) return t("{year}: the price is not shared", { year: row.year });
  return row.extra < 0 ? t("{year}: {amount} cheaper", { year: row.year, amount: euros(-row.extra) })
    : t("{year}: {amount} dearer", { year: row.year, amount: euros(row.extra) });
}

/** Return the years of the window of a work with their price; a year that is forbidden is hatched, its own year is full. */
function otherYears(work) {
  if (work.others.length < 2) return "";
  const open = work.others.filter((row) => row.forbidden === null);
  const most = Math.max(...open.map((row) => Math.abs(row.extra ?? 0)), 1);
  const strip = el("ol", { class: "prices" }, work.others.map((row) => {
    const own = row.year === work.year;
    const kind = own ? "own" : row.forbidden !== null ? "forbidden" : row.extra < 0 ? "cheaper" : "dearer";
    const share = own || row.forbidden !== null ? 1 : Math.abs(row.extra ?? 0) / most;
    return el("li", { class: kind, title: yearWords(row, work.year), "aria-label": yearWords(row, work.year) },
      el("span", { class: "well", "aria-hidden": "true" }, el("i", { style: { height: `${Math.round(4 + share * 30)}px` } })),
      el("b", { "aria-hidden": "true" }, String(row.year).slice(2)),
      el("small", { "aria-hidden": "true" }, own ? t("now") : row.forbidden !== null ? "✕" : shortPrice(row.extra)));
  }));
  const reasons = [...new Set(work.others.map((row) => row.forbidden).filter(Boolean))];
  const lines = reasons.map((reason) => el("li", {}, t("{years}: {reason}", {
    years: yearRuns(work.others.filter((row) => row.forbidden === reason).map((row) => row.year)), reason })));
  return [el("p", { class: "small" }, work.year === null
    ? t("Per year, against leaving it undone, in thousands of euros; all other works stay where they are:")
    : t("What another year would cost, in thousands of euros; all other works stay where they are:")),
  strip, lines.length ? el("ul", { class: "small reasons" }, el("li", { class: "head" }, t("✕ not possible:")), lines) : ""];
}
