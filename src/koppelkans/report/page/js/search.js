// Search for a street, an area, a work or a party, with mouse or keys.

const MOST_HITS = 12;

function buildSearch(city) {
  const box = document.getElementById("search");
  const list = document.getElementById("hits");
  const known = [
    ...city.areas.map((area) => entry(area.name, t("area"), () => openDetails("area", area))),
    ...city.parties.map((party) => entry(party.name, t("party"), () => openDetails("party", party))),
    ...city.streets.filter((street) => street.sections[0].name !== null).map((street) => entry(street.name, street.place?.name ?? t("street"), () => openStreet(street))),
    ...city.works.map((work) => entry(work.name, [work.who, work.year ?? t("not in the programme")].join(" · "), () => openDetails("work", work), 1, work.key)),
  ];
  let hits = [];
  let chosen = -1;

  function entry(name, under, open, weight = 0, key = "") {
    return { name, under, open, weight, plain: plain(name), key: plain(key) };
  }

  /** Rank: the key of a work, the whole name, then its beginning, then the beginning of a word, then anywhere; works after the rest. */
  function rank(item, asked) {
    if (item.key === asked) return -1;
    const at = item.plain.indexOf(asked);
    if (at < 0) return null;
    const place = item.plain === asked ? 0 : at === 0 ? 1 : /[\s\-,(]/.test(item.plain[at - 1]) ? 2 : 3;
    return place * 2 + item.weight;
  }

  function find() {
    const asked = plain(box.value.trim());
    hits = asked.length < 1 ? [] : known.map((item) => [rank(item, asked), item]).filter(([order]) => order !== null)
      .sort(([one, a], [other, b]) => one - other || a.name.length - b.name.length || a.name.localeCompare(b.name))
      .slice(0, MOST_HITS).map(([, item]) => item);
    chosen = hits.length ? 0 : -1;
    draw(asked);
  }

  function draw(asked) {
    const open = asked.length > 0;
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    list.replaceChildren(...(hits.length ? hits.map((item, i) => el("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === chosen), onpointerdown: (event) => { event.preventDefault(); take(i); } }, el("span", {}, item.name), el("small", {}, item.under)))
      : open ? [el("li", { class: "none" }, t("Nothing found."))] : []));
    if (chosen >= 0) {
      box.setAttribute("aria-activedescendant", `hit-${chosen}`);
      list.children[chosen]?.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  }

  function take(i) {
    if (!hits[i]) return;
    const { open } = hits[i];
    box.value = "";
    hits = [];
    draw("");
    open();
  }

  box.addEventListener("input", find);
  box.addEventListener("focus", find);
  box.addEventListener("blur", () => draw(""));
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (hits.length) chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      draw(plain(box.value.trim()));
    } else if (event.key === "Enter") take(Math.max(0, chosen));
    else if (event.key === "Escape") {
      box.value = "";
      find();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "")) {
      event.preventDefault();
      box.focus();
    }
  });
}
