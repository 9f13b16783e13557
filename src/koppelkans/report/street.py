"""The page of one street: when it opens, why, who comes, and what became of wishes. (nl: straatpagina)."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from koppelkans.ground.columns import ANSWER_WORDS, CERTAINTY_WORDS
from koppelkans.ground.words import number, say
from koppelkans.report.circle import slug
from koppelkans.report.names import kind_names, many, party_names
from koppelkans.report.pieces import Piece, pieces_of, streets_apart, told_pieces
from koppelkans.report.plain_page import plain_page
from koppelkans.report.plan import Plan

MOST_LETTERS = 80
"""Letters of the name of a street in the name of its page."""


@dataclass
class StreetPage:
    """What happens in one street, as this viewer may see it.

    Parameters
    ----------
    name, file
        Its name, and the name of its page without ending.
    pieces
        Number of its pieces.
    areas
        Names of the areas where it lies.
    works
        Its works: year (None: left undone), kind, owner, how certain, in which pieces, why the work, why the year.
    days
        Year in which it opens = days that it lies open at most; None where that is unknown.
    quiet_years
        Years that it stays closed after new paving.
    wishes
        Wish, answer, and why.
    hidden
        True where something stands here that this viewer may not see.
    called
        Its name on the map, which another street may have too.
    open
        Year = the pieces that lie open in it.
    where
        Its pieces, by number and by the streets that they meet.
    """

    name: str
    file: str
    pieces: int
    areas: list[str]
    works: list[dict[str, str | int | None]] = field(default_factory=list)
    days: dict[int, int | None] = field(default_factory=dict)
    quiet_years: int = 0
    wishes: list[tuple[str, str, str]] = field(default_factory=list)
    hidden: bool = False
    called: str = ""
    open: dict[int, list[Piece]] = field(default_factory=dict)
    where: list[Piece] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        """Return the years in which something happens here, in order."""
        return sorted({*self.days, *(year for work in self.works if isinstance(year := work["year"], int))})


def streets(plan: Plan, lang: str) -> list[StreetPage]:
    """Return every street, in order of name; two of one name that lie apart are two."""
    sections = plan.context.sections[["section", "name", "area", "rest_years", "geometry"]]
    areas = plan.context.areas.set_index("area")["name"]
    apart = streets_apart(sections)
    where = [sorted({str(areas.get(area, area)) for area in part["area"].dropna()}) for _, part in apart]
    names = _told_apart([name for name, _ in apart], where)
    made: list[StreetPage] = []
    page_of: dict[str, StreetPage] = {}
    taken: defaultdict[str, int] = defaultdict(int)
    for (own, part), name, lies in zip(apart, names, where, strict=True):
        file = slug(name)[:MOST_LETTERS]
        taken[file] += 1
        file += f"-{taken[file]}" if taken[file] > 1 else ""
        street = StreetPage(name, file, len(part), lies, quiet_years=int(part["rest_years"].max()), called=own)
        made.append(street)
        page_of |= dict.fromkeys(part["section"], street)
    for section in plan.kept_back & set(page_of):
        page_of[section].hidden = True
    pieces = pieces_of(sections, [part for _, part in apart])
    for section, street in page_of.items():
        street.where.append(pieces[section])
    _add_works(plan, lang, page_of, pieces)
    _add_days(plan, page_of, pieces)
    _add_wishes(plan, lang, made, page_of)
    return made


def _told_apart(names: list[str], where: list[list[str]]) -> list[str]:
    """Return the names of streets, with area or number where others have that name too."""
    shared = Counter(names)
    first = [f"{name} ({', '.join(lies)})" if shared[name] > 1 and lies else name for name, lies in zip(names, where, strict=True)]  # fmt: skip
    twice, seen = Counter(first), Counter[str]()
    told = []
    for name in first:
        seen[name] += 1
        told.append(f"{name} ({seen[name]})" if twice[name] > 1 else name)
    return told


def _add_works(plan: Plan, lang: str, page_of: Mapping[str, StreetPage], pieces: Mapping[str, Piece]) -> None:
    """Put the works in the streets that they touch, with the pieces where they do."""
    touches = plan.context.touches[["work", "section"]]
    touches = touches[touches["section"].isin(page_of)].drop_duplicates()
    works = pd.DataFrame(plan.context.works.drop(columns=["geometry"])).rename(columns={f"why_{lang}": "why"})
    decided = plan.programme.plan[["work", "year", "bundle", f"why_{lang}"]].rename(columns={f"why_{lang}": "decided"})
    rows = works[["work", "kind", "owner", "certainty", "resurfaces", "why"]].merge(decided, on="work")
    rows = rows.sort_values(["year", "work"]).set_index("work")
    kinds, parties = kind_names(plan, lang), party_names(plan)
    met = touches.groupby("work")["section"].agg(list)
    rows = rows.loc[[work for work in rows.index if work in met.index]]
    for work, row in zip(rows.index, rows.to_dict("records"), strict=True):
        lies: defaultdict[str, list[str]] = defaultdict(list)
        for section in met[work]:
            lies[page_of[section].file].append(section)
        for sections in lies.values():
            street = page_of[sections[0]]
            street.works.append(
                {
                    "year": None if pd.isna(row["year"]) else int(row["year"]),
                    "kind": kinds.get(row["kind"], str(row["kind"])).partition(" (")[0],
                    "owner": parties.get(row["owner"], _text(row["owner"])),
                    "certainty": say(CERTAINTY_WORDS[row["certainty"]], lang) if isinstance(row["certainty"], str) else "",
                    "pieces": told_pieces((pieces[section] for section in sections), street.pieces, lang),
                    "resurfaces": int(row["resurfaces"]),
                    "bundle": _text(row["bundle"]),
                    "why": _text(row["why"]),
                    "decided": _said_once(row, lang),
                }
            )  # fmt: skip


def _add_days(plan: Plan, page_of: Mapping[str, StreetPage], pieces: Mapping[str, Piece]) -> None:
    """Put in each street which pieces lie open per year, and how many days at most."""
    days = plan.appraisal.openings.set_index("section")["open_days"]
    for section, year in plan.programme.open[["section", "year"]].sort_values(["year", "section"]).itertuples(index=False):  # fmt: skip
        street = page_of.get(section)
        if street is None:
            continue
        here, most = days.get(section), street.days.get(int(year))
        known = [int(one) for one in (here, most) if one is not None and pd.notna(one)]
        street.days[int(year)] = max(known) if known else None
        street.open.setdefault(int(year), []).append(pieces[section])


def _add_wishes(plan: Plan, lang: str, made: list[StreetPage], page_of: Mapping[str, StreetPage]) -> None:
    """Put each answered wish on the pages of its streets: of streets of one name on that where it lies."""
    answers = plan.areas.answers.dropna(subset=["street", "text"])
    lies = plan.context.wishes.set_index("wish")["section"]
    named: defaultdict[str, list[StreetPage]] = defaultdict(list)
    for street in made:
        named[street.called].append(street)
    for row in answers[["street", "text", "answer", f"why_{lang}", "wish"]].itertuples(index=False):
        own = page_of.get(str(lies.get(row[4])))
        for name in row[0].split(", "):
            here = named.get(name, [])
            for street in [own] if own in here else here:
                if street is not None:
                    street.wishes.append((row[1], say(ANSWER_WORDS[row[2]], lang), _text(row[3])))


def _text(value: object) -> str:
    """Return a text, empty where it is unknown."""
    return value if isinstance(value, str) else ""


def street_page(street: StreetPage, plan: Plan, lang: str, *, index: str, map_file: str) -> str:
    """Return the page of one street as HTML, whole without a script."""
    years = plan.settings.years
    body = [
        f"<p><small>{escape(say('When does my street open, and why?', lang))}</small></p>",
        f"<h1>{escape(street.name)}</h1>",
        f"<p><small>{escape(', '.join([*street.areas, plan.settings.city.name]))}</small></p>",
        f'<p class="lead">{escape(short_answer(street, plan, lang))}</p>',
    ]
    if street.hidden and street.years:
        body.append(f'<p class="note">{escape(_not_all(lang))}</p>')
    if street.years and street.pieces > 1:
        body.append(f"<p><small>{escape(_pieces(street, lang))}</small></p>")
    body += [part for year in street.years for part in _year(street, year, lang)]
    if street.quiet_years and any(work["resurfaces"] and work["year"] for work in street.works):
        body.append(f'<p class="note">{escape(say("After new paving the street stays closed for {years} years, unless it cannot wait.", lang, years=street.quiet_years))}</p>')  # fmt: skip
    undone = [work for work in street.works if work["year"] is None]
    if undone:
        body.append(f"<h2>{escape(say('Not in these years', lang))}</h2>")
        body += [part for work in undone for part in _work(work, lang)]
    if street.wishes:
        body.append(f"<h2>{escape(say('Wishes for this street', lang))}</h2>")
        body += [
            f"<h3>“{escape(text)}”</h3><p><b>{escape(answer.capitalize())}.</b> {escape(_after(answer, why))}</p>"
            for text, answer, why in dict.fromkeys(street.wishes)
        ]
    foot = [
        f'<p><a href="../{index}">{escape(say("All streets", lang))}</a> · <a href="../{map_file}">{escape(say("Map", lang))}</a></p>',
        f"<p>{escape(say('This follows from the city programme {first}–{last}. A plan can still change.', lang, first=years.first, last=years.last))}</p>",
        _questions(plan, lang),
        f"<p>{escape(plan.viewer.banner(lang))}</p>",
    ]  # fmt: skip
    return plain_page(f"{street.name}: {say('when does my street open?', lang)}", body, foot, lang=lang)


def short_answer(street: StreetPage, plan: Plan, lang: str) -> str:
    """Return in one sentence when a street opens; never “nothing” where something is kept back."""
    years, last = street.years, plan.settings.years.last
    opened = sorted(street.days)
    if opened:
        return say("This street opens in {years}.", lang, years=_years(opened, lang))
    if years:
        return say("There is work in this street in {years}, without opening it.", lang, years=_years(years, lang))
    if street.hidden:
        return _not_all(lang)
    return say("Up to and including {last} no work is planned in this street.", lang, last=last)


def _years(years: list[int], lang: str) -> str:
    """Return years as people say them: 2028, 2030 and 2034."""
    told = [str(year) for year in years]
    return f" {say('and', lang)} ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _said_once(row: Mapping[Hashable, object], lang: str) -> str:
    """Return why a work has its year; without that it is fixed, where its own reason says that of the same year."""
    told, why = _text(row["decided"]), _text(row["why"])
    if row["certainty"] != "vast" or f" {row['year']} (" not in why:
        return told
    return told.removeprefix(say("Fixed to {year}.", lang, year=row["year"])).strip()


def _after(answer: str, why: str) -> str:
    """Return a reason without the answer that it begins with, which stands before it already."""
    said, sign, rest = why.partition(":")
    rest = rest.strip()
    return rest[:1].upper() + rest[1:] if sign and said.strip().lower() == answer.lower() else why


def _when(street: StreetPage, lang: str) -> str:
    """Return in which years a street opens, in a few words, as its own page says it."""
    opened, work = (", ".join(map(str, years)) for years in (sorted(street.days), street.years))
    if not opened and work:
        return say("{years}, without opening it", lang, years=work)
    return opened or say("not all plans are public" if street.hidden else "no work planned", lang)


def _not_all(lang: str) -> str:
    """Return that plans are kept back here, without telling whose or what."""
    return say("Not all plans are public. More may happen in this street than stands here.", lang)


def _pieces(street: StreetPage, lang: str) -> str:
    """Return how many pieces a street has, and which is which."""
    near = [
        say("{nth} near {streets}", lang, nth=piece.nth, streets=f" {say('and', lang)} ".join(piece.meets))
        for piece in sorted(street.where)
        if piece.meets
    ]
    return " ".join([say("This street has {count} pieces.", lang, count=number(street.pieces, lang)), *([f"{'; '.join(near)}."] if near else [])])  # fmt: skip


def _numbered(pieces: str, lang: str) -> str:
    """Return the numbers of pieces with the word for them."""
    return say("piece {numbers}" if pieces.isdigit() else "pieces {numbers}", lang, numbers=pieces)


def _year(street: StreetPage, year: int, lang: str) -> list[str]:
    """Return what happens in a street in one year."""
    works = [work for work in street.works if work["year"] == year]
    told = [f"<h2>{year}</h2>"]
    days, pieces = street.days.get(year), told_pieces(street.open.get(year, []), street.pieces, lang)
    if pieces:
        told.append(f"<p>{escape(say('Open this year: {pieces}.', lang, pieces=_numbered(pieces, lang)))}</p>")  # fmt: skip
    if days is not None:
        told.append(f"<p>{escape(many(days, 'A piece of the street lies open for about a day. That is an estimate.', 'A piece of the street lies open for about {count} days. That is an estimate.', lang))}</p>")  # fmt: skip
    bundles = [work["bundle"] for work in works if work["bundle"]]
    if len(bundles) > len(set(bundles)):
        told.append(f"<p>{escape(say('Works that meet here are done together this year: the street then opens once for them.', lang))}</p>")  # fmt: skip
    return told + [part for work in works for part in _work(work, lang)]


def _work(work: dict[str, str | int | None], lang: str) -> list[str]:
    """Return one work: what, who, where in the street, how certain, and why."""
    kind = str(work["kind"])
    made = [f"<h3>{escape(kind[:1].upper() + kind[1:])}</h3>"]
    facts = [say("By {owner}.", lang, owner=work["owner"])] if work["owner"] else []
    if work["pieces"]:
        facts.append(say("Where: {pieces}.", lang, pieces=_numbered(str(work["pieces"]), lang)))
    if work["certainty"]:
        facts.append(say("How certain: {certainty}.", lang, certainty=work["certainty"]))
    if facts:
        made.append(f"<p>{escape(' '.join(facts))}</p>")
    reasons = " ".join(str(work[key]) for key in ("why", "decided") if work[key])
    if reasons:
        made.append(f"<p>{escape(say('Why?', lang))} {escape(reasons)}</p>")
    return made


def _questions(plan: Plan, lang: str) -> str:
    """Return where people can ask; empty where nobody was named."""
    city = next((one for one in plan.settings.parties if one.kind == "gemeente"), None)
    if city is None or not city.contact:
        return ""
    return f"<p>{escape(say('Questions? {name}: {contact}.', lang, name=city.name or city.party, contact=city.contact))}</p>"


def by_letter(found: list[StreetPage]) -> dict[str, list[StreetPage]]:
    """Return the streets by their first letter, in order."""
    letters: defaultdict[str, list[StreetPage]] = defaultdict(list)
    for street in found:
        letters[street.file[:1].upper()].append(street)
    return {letter: letters[letter] for letter in sorted(letters)}


def index_page(found: list[StreetPage], plan: Plan, lang: str, *, folder: str, files: dict[str, str], pages: dict[str, str]) -> str:  # fmt: skip
    """Return the page with every street by first letter, or with links to the pages of letters."""
    title = say("When does my street open, and why?", lang)
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(plan.settings.city.name)} · {escape(many(len(found), 'one street', '{count} streets', lang))}</p>"]  # fmt: skip
    letters = by_letter(found)
    if pages:
        body.append("<ul>")
        body += [f'<li><a href="{folder}/{pages[letter]}">{letter}</a> {escape(many(len(part), "one street", "{count} streets", lang))}' for letter, part in letters.items()]  # fmt: skip
        body.append("</ul>")
    else:
        body.append("<p>" + " ".join(f'<a href="#{letter}">{letter}</a>' for letter in letters) + "</p>")
        for letter, part in letters.items():
            body += [f'<h2 id="{letter}">{letter}</h2>', *_listed(part, lang, folder=f"{folder}/", files=files)]
    unnamed = int(plan.context.sections["name"].isna().sum())
    if unnamed:
        body.append(f"<p><small>{escape(many(unnamed, 'One piece of street has no name; see the map.', '{count} pieces of street have no name; see the map.', lang))}</small></p>")  # fmt: skip
    foot = f"<p>{escape(plan.viewer.banner(lang))}</p>"
    return plain_page(f"{title} {plan.settings.city.name}", body, [foot], lang=lang)


def letter_page(letter: str, found: list[StreetPage], plan: Plan, lang: str, *, index: str, files: dict[str, str]) -> str:  # fmt: skip
    """Return the page with the streets of one letter."""
    title = say("Streets with {letter}", lang, letter=letter)
    body = [f"<h1>{escape(title)}</h1>", *_listed(found, lang, folder="", files=files)]
    foot = [f'<p><a href="../{index}">{escape(say("All streets", lang))}</a></p>', f"<p>{escape(plan.viewer.banner(lang))}</p>"]  # fmt: skip
    return plain_page(f"{title}, {plan.settings.city.name}", body, foot, lang=lang)


def _listed(found: list[StreetPage], lang: str, *, folder: str, files: dict[str, str]) -> list[str]:
    """Return streets as a list with the years in which each opens."""
    rows = [f'<li><a href="{folder}{files[street.file]}">{escape(street.name)}</a> {_when(street, lang)}' for street in found]  # fmt: skip
    return ["<ul>", *rows, "</ul>"]
