// What the panel tells of one thing: a street section, a street, a work, a bundle, a party, an area, a chance or a wish.
// Every teller returns { title, under, parts, places }: texts and elements, and the geometries that the map marks.

function heading(text, number) {
  return el("h3", {}, text, number === undefined ? "" : el("small", {}, whole(number)));
}

function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return el("dl", { class: "facts" }, known.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

/** Return a button that opens the details of something. */
function link(text, open) {
  return el("button", { type: "button", class: "link", onclick: open }, text);
}

function placesOf(sections) {
  return sections.map((section) => section.geometry).filter(Boolean);
}

/** Return the years of the horizon as a strip; a year in which something happens can be pressed. */
function yearStrip(city, marks) {
  return el("ol", { class: "strip" }, city.years.map((year) => {
    const mark = marks.get(year);
    const colour = mark ? COLOURS.owners[Math.min(mark, 3) - 1] : "";
    const short = String(year).slice(2);
    return el("li", { class: mark ? "marked" : "", style: { "--colour": colour } }, mark
      ? el("button", { type: "button", "aria-pressed": String(state.year === year), "aria-label": t("Show {year} on the map", { year }), onclick: () => show({ year: state.year === year ? null : year }) }, short)
      : el("span", { "aria-hidden": "true" }, short));
  }));
}

function workLine(work) {
  const cost = work.cost === null ? t("cost not known") : euros(work.cost);
  return el("li", { class: "work" },
    link(work.name, () => openDetails("work", work)),
    el("p", { class: "small" }, [work.who, work.what, cost].filter(Boolean).join(" · ")),
    work.why_year ? el("p", { class: "why" }, work.why_year) : "");
}

function splitLine(part) {
  return el("li", {}, t("{party}: {fair} instead of {apart}", { party: part.party?.name ?? t("unknown party"), fair: euros(part.fair), apart: euros(part.apart) }));
}

function findLine(find) {
  const when = years(find.first, find.last);
  return el("li", { class: `find ${find.side}` },
    el("span", { class: `mark ${find.side}`, "aria-hidden": "true" }),
    el("div", {},
      el("p", { class: "small" }, [find.side === "chance" ? t("Chance") : t("Bottleneck"), find.sort.name, when, find.amount === null ? "" : euros(find.amount)].filter(Boolean).join(" · ")),
      el("p", {}, find.why)));
}

function wishLine(wish) {
  return el("li", { class: "wish" },
    el("span", { class: "mark bubble", style: { "--colour": COLOURS.answers[wish.answer ?? "to_be_judged"] }, "aria-hidden": "true" }),
    el("div", {}, el("p", {}, `“${wish.text}”`), el("p", { class: "why" }, el("strong", {}, answers()[wish.answer ?? "to_be_judged"]), wish.why ? ` · ${wish.why}` : "")));
}

/** Return the works of a place per year: who comes, what that saves here, then the bundle that it is part of; and those without a year. */
function worksPerYear(works, marks, sections) {
  const parts = [];
  const done = works.filter((work) => work.year !== null);
  for (const year of [...new Set(done.map((work) => work.year))].sort((one, other) => one - other)) {
    const here = done.filter((work) => work.year === year);
    const parties = marks.get(year) ?? 1;
    const who = [...new Set(here.map((work) => work.who).filter(Boolean))];
    const groups = [...new Set(here.map((work) => work.group).filter(Boolean))];
    const saved = sections.flatMap((section) => section.opened).filter((row) => row.year === year).reduce((sum, row) => sum + row.saving, 0);
    parts.push(el("section", { class: "year" },
      el("h3", {}, String(year), el("span", { class: `chip by-${Math.min(parties, 3)}` }, together(parties, who.length))),
      who.length > 1 ? el("p", { class: "small" }, t("Who comes: {names}.", { names: who.join(", ") })) : "",
      el("ul", {}, here.map(workLine)),
      saved > 0 ? el("p", { class: "gain" }, t("Opening once together saves {amount} here.", { amount: euros(saved) })) : "",
      groups.map((group) => el("p", { class: "small" }, t("Part of {bundle}: {works} works, {amount} saved in all.", { bundle: group.name, works: group.works, amount: euros(group.saving_eur) }), " ", link(t("Show the bundle"), () => openDetails("bundle", group))))));
  }
  const undone = works.filter((work) => work.year === null);
  if (undone.length) parts.push(heading(t("Not in the programme"), undone.length), el("ul", {}, undone.map(workLine)));
  return parts;
}

/** Say how many parties share one opening at most, and where more come than that, that they do not all meet. */
function together(parties, whoCome) {
  if (whoCome > parties) return t("{n} parties, at most {most} in one opening", { n: whoCome, most: parties });
  return parties > 1 ? t("{n} parties together", { n: parties }) : t("one party");
}

function needBars(city, section) {
  if (!section.needs.length) return [];
  const rows = [...section.needs].sort((one, other) => other.score - one.score);
  return [heading(t("Need here")), el("ul", { class: "bars" }, rows.map((need) => el("li", {},
    el("span", {}, city.ambitions[need.ambition]?.name ?? ""),
    el("span", { class: "bar" }, el("i", { style: { width: `${need.score * 100}%` } })),
    el("small", {}, `${whole(need.score * 100)} %`))))];
}

function assetTable(city, section) {
  const kinds = new Map();
  for (const asset of city.assets()) {
    if (asset.section !== section.at) continue;
    const name = city.kinds[asset.kind]?.name ?? [t("Infrastructure"), t("Biodiversity"), t("Water management"), t("Cables and pipes")][asset.system] ?? "";
    const row = kinds.get(name) ?? { name, number: 0, length: 0, built: null, due: null };
    row.number += asset.number ?? 1;
    row.length += asset.length ?? 0;
    row.built = least(row.built, asset.built);
    row.due = least(row.due, asset.due);
    kinds.set(name, row);
  }
  if (!kinds.size) return [];
  const head = [t("what"), t("how much"), t("oldest"), t("first due")];
  return [heading(t("What lies here")), el("table", { class: "small-table" },
    el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, [...kinds.values()].sort((one, other) => one.name.localeCompare(other.name)).map((row) => el("tr", {},
      el("th", { scope: "row" }, row.name),
      el("td", {}, row.length ? `${whole(row.length)} m` : whole(row.number)),
      el("td", {}, row.built === null ? "–" : String(row.built)),
      el("td", { class: row.due !== null && row.due < city.about.first ? "late" : "" }, row.due === null ? "–" : String(row.due))))))];
}

function least(one, other) {
  return one === null ? other : other === null ? one : Math.min(one, other);
}

function some(title, rows, line) {
  return rows.length ? [heading(title, rows.length), el("ul", {}, rows.slice(0, 60).map(line)),
    rows.length > 60 ? el("p", { class: "note" }, t("The rest stands in the list.")) : ""] : [];
}

function streetLinks(sections) {
  const streets = [...new Set(sections.map((section) => section.whole))];
  return some(t("Streets"), streets, (street) => el("li", {}, link(street.name, () => openStreet(street)), ` (${tn("{n} section", "{n} sections", street.sections.filter((section) => sections.includes(section)).length)})`));
}

/** Open a street, or its only section. */
function openStreet(street) {
  if (street.sections.length === 1) openDetails("section", street.sections[0]);
  else openDetails("street", street);
}

// What is said where works are missing: that there are none, or that not all of them may be shown.
function silence(sections, works) {
  if (sections.some((section) => section.kept)) return [el("p", { class: "note" }, t("Not all plans are public. More may happen here."))];
  return works.length ? [] : [el("p", {}, t("No work is known here."))];
}

const tellers = {
  section(city, section) {
    const marks = new Map(section.opened.map((row) => [row.year, row.owners]));
    const about = [section.place?.name, section.road, `${whole(section.length)} m`, section.addresses === null ? "" : tn("{n} address", "{n} addresses", section.addresses)];
    const others = section.whole.sections.length > 1 ? link(t("The whole street: {n} sections", { n: section.whole.sections.length }), () => openDetails("street", section.whole)) : "";
    const breach = section.opened.filter((row) => row.breach).map((row) => row.year);
    return {
      title: section.street, under: about.filter(Boolean).join(" · "), places: placesOf([section]),
      parts: [
        others, yearStrip(city, marks),
        ...silence([section], section.works),
        breach.length ? el("p", { class: "warn" }, t("In {years} this street is opened within {n} years after new paving.", { years: listed(breach.map(String)), n: section.rest })) : "",
        worksPerYear(section.works, marks, [section]),
        some(t("Chances and bottlenecks"), section.finds, findLine),
        some(t("Wishes of residents"), section.wishes, wishLine),
        needBars(city, section), assetTable(city, section),
        section.opening === null ? "" : el("p", { class: "note" }, t("Opening and closing this section once costs about {amount}.", { amount: euros(section.opening) })),
      ],
    };
  },
  street(city, street) {
    const works = [...new Set(street.sections.flatMap((section) => section.works))];
    const marks = new Map();
    const most = (year, owners) => marks.set(year, Math.max(marks.get(year) ?? 0, owners));
    for (const section of street.sections) for (const row of section.opened) most(row.year, row.owners);
    return {
      title: street.name, under: [street.place?.name, tn("{n} section", "{n} sections", street.sections.length)].filter(Boolean).join(" · "),
      places: placesOf(street.sections),
      parts: [yearStrip(city, marks), ...silence(street.sections, works), worksPerYear(works, marks, street.sections),
        some(t("Chances and bottlenecks"), street.sections.flatMap((section) => section.finds), findLine),
        some(t("Wishes of residents"), street.sections.flatMap((section) => section.wishes), wishLine)],
    };
  },
  work(city, work) {
    const basis = { measured: t("given"), derived: t("from quantity and unit price"), assumed: t("estimated with an assumed price"), unknown: "" }[work.basis];
    const moved = work.shift ? tn("{n} year", "{n} years", Math.abs(work.shift)) : "";
    return {
      title: work.name, under: [work.who, work.what, work.theirs ? t("plan of a third party") : ""].filter(Boolean).join(" · "),
      places: work.sections.length ? placesOf(work.sections) : city.plans.filter((plan) => plan.work === work.at).map((plan) => plan.geometry).filter(Boolean),
      parts: [
        work.year === null ? el("p", { class: "warn" }, t("Not in the programme")) : yearStrip(city, new Map([[work.year, 1]])),
        work.why_year ? [heading(work.year === null ? t("Why not in the programme") : t("Why this year")), el("p", {}, work.why_year)] : "", otherYears(work), work.why ? el("p", { class: "why" }, work.why) : "",
        facts([
          [t("Key"), work.key], [t("Year"), work.year === null ? t("none") : String(work.year)],
          [t("Could be done in"), years(work.earliest, work.latest)], [t("Best year"), String(work.best)],
          [t("Moved"), work.shift > 0 ? t("{years} later than best", { years: moved }) : work.shift < 0 ? t("{years} earlier than best", { years: moved }) : ""],
          [t("Certainty"), work.certainty], [t("Must be done"), work.mandatory ? t("yes") : ""],
          [t("Quantity"), work.quantity === null ? "" : `${whole(work.quantity)} ${{ m: "m", m2: "m²", piece: t("pieces") }[work.unit] ?? ""}`],
          [t("Cost"), work.cost === null ? t("not known") : [euros(work.cost), basis].filter(Boolean).join(", ")],
          [t("Rank"), work.rank === null ? "" : work.board_rank === work.rank ? t("{rank} of {n}", { rank: work.rank, n: whole(city.works.length) })
            : t("{rank} of {n}; {was} was calculated", { rank: work.board_rank, n: whole(city.works.length), was: work.rank })],
          [t("Reason of the board"), work.board_reason ?? ""],
        ]),
        work.group ? el("p", { class: "gain" }, tn("Together with one other work.", "Together with {n} other works.", work.group.members.length - 1), " ", link(t("Show the bundle"), () => openDetails("bundle", work.group))) : "",
        streetLinks(work.sections),
      ],
    };
  },
  bundle(city, bundle) {
    return {
      title: bundle.name, under: t("Bundle of {n} works of {parties} parties in {year}", { n: bundle.works, parties: bundle.owners, year: bundle.year }),
      places: placesOf(bundle.shared),
      parts: [
        el("p", { class: "gain" }, t("Opening the street once for everyone saves {amount}.", { amount: euros(bundle.saving_eur) })),
        bundle.nuisance_saved_eur ? el("p", {}, t("It spares people along the street nuisance worth {amount}.", { amount: euros(bundle.nuisance_saved_eur) })) : "",
        bundle.split.length > 1 ? some(t("Who pays what for opening, fairly split"), bundle.split, splitLine) : "",
        some(t("Works"), bundle.members, workLine),
        streetLinks(bundle.shared),
      ],
    };
  },
  party(city, party) {
    const done = party.works.filter((work) => work.year !== null);
    return {
      title: party.name, under: [party.contact, tn("{n} work", "{n} works", party.works.length)].filter(Boolean).join(" · "),
      places: placesOf([...new Set(done.flatMap((work) => work.sections))]),
      parts: [
        some(t("Who to phone"), party.calls, (call) => el("li", { class: "call" },
          el("p", {}, link(city.parties[call.other]?.name ?? t("unknown party"), () => openDetails("party", city.parties[call.other])), call.contact ? ` (${call.contact})` : ""),
          el("p", { class: "small" }, [call.streets, years(call.first, call.last), call.saving === null ? "" : t("{amount} at stake", { amount: euros(call.saving) })].filter(Boolean).join(" · ")),
          el("p", { class: "why" }, call.terms))),
        heading(t("Works per year")),
        el("ul", {}, [...new Set(done.map((work) => work.year))].sort((one, other) => one - other).map((year) => el("li", {},
          link(`${year}: ${tn("{n} work", "{n} works", done.filter((work) => work.year === year).length)}`, () => openList({ list: "programme", year, party: party.at }))))),
        some(t("Not in the programme"), party.works.filter((work) => work.year === null), workLine),
      ],
    };
  },
  area(city, area) {
    const finds = city.finds.filter((find) => find.area === area.at);
    const row = (name, value) => [name, value === null ? null : whole(value)];
    return {
      title: area.name, under: area.inhabitants === null ? "" : t("{n} inhabitants", { n: whole(area.inhabitants) }), places: [area.geometry].filter(Boolean),
      parts: [
        facts([row(t("Works"), area.works), row(t("Bundles"), area.bundles), row(t("Times a section opens"), area.openings), row(t("If everyone worked alone"), area.apart_openings),
          [t("Investment"), area.investment_eur === null ? null : euros(area.investment_eur)], [t("Saved"), area.saving_eur === null ? null : euros(area.saving_eur)], row(t("Wishes"), area.wishes), ...Object.entries(answers()).filter(([key]) => area[key]).map(([key, text]) => row(t("Wishes: {answer}", { answer: text }), area[key]))]),
        el("p", {}, link(t("Show the works of this area in the list"), () => openList({ list: "programme", area: area.at }))),
        some(t("Chances and bottlenecks"), finds.sort((one, other) => other.score - one.score), (find) => el("li", {}, findLine(find), city.sections[find.section] ? link(city.sections[find.section].street, () => openDetails("section", city.sections[find.section])) : "")),
      ],
    };
  },
  find(city, find) {
    return {
      title: find.side === "chance" ? t("Chance") : t("Bottleneck"), under: [find.sort.name, city.areas[find.area]?.name].filter(Boolean).join(" · "),
      places: [city.sections[find.section]?.geometry ?? find.geometry].filter(Boolean), parts: [el("ul", {}, findLine(find))],
    };
  },
  wish(city, wish) {
    const section = city.sections[wish.section];
    return {
      title: t("Wish of residents"), under: [section?.street, city.areas[wish.area]?.name, wish.asked].filter(Boolean).join(" · "), places: [wish.geometry].filter(Boolean),
      parts: [el("ul", {}, wishLine(wish)), section ? el("p", {}, link(section.street, () => openDetails("section", section))) : ""],
    };
  },
};
