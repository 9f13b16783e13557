// Words and numbers as people read them in the language of the page.

const words = {};
let lang = "nl";
let formats = {};

function speak(language, dictionary) {
  lang = language;
  Object.assign(words, dictionary);
  const locale = lang === "nl" ? "nl-NL" : "en-GB";
  const euro = { style: "currency", currency: "EUR" };
  formats = {
    whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    euro: new Intl.NumberFormat(locale, { ...euro, maximumFractionDigits: 0 }),
    millions: new Intl.NumberFormat(locale, { ...euro, notation: "compact", compactDisplay: "long", maximumFractionDigits: 1 }),
    list: new Intl.ListFormat(locale, { type: "conjunction" }),
  };
}

/** Return a text in the language of the page, with its {named} places filled in. */
function t(text, values = {}) {
  return (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** Return a text that goes with a number: one, or many with {n}. */
function tn(one, many, n, values = {}) {
  return t(n === 1 ? one : many, { n: whole(n), ...values });
}

/** Return whole euros; a dash where they are unknown. */
function euros(amount) {
  return amount === null || amount === undefined ? "–" : formats.euro.format(amount);
}

/** Return euros for a headline: in millions where there are millions. */
function roundEuros(amount) {
  return Math.abs(amount) >= 1e6 ? formats.millions.format(amount) : euros(amount);
}

function whole(amount) {
  return amount === null || amount === undefined ? "–" : formats.whole.format(amount);
}

function listed(names) {
  return formats.list.format(names);
}

/** Return years as people write them: 2029, 2029–2031, from 2029. */
function years(first, last) {
  if (first === null) return last === null ? "" : t("until {year}", { year: last });
  if (last === null) return t("from {year}", { year: first });
  return first === last ? String(first) : `${first}–${last}`;
}

/** Return a text without accents and capitals, to search in. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
