"""The page of one street: when it opens, why, who comes, and what became of wishes. (nl: straatpagina)."""

from collections import defaultdict
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from koppelkans.ground.columns import ANSWER_WORDS, CERTAINTY_WORDS
from koppelkans.ground.words import number, say
from koppelkans.report.circle import slug
from koppelkans.report.names import kind_names, many, party_names
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
        Its works: year (None: left undone), kind, owner, how certain, in how many pieces, why the work, why the year.
    days
        Year in which it opens = days that it lies open at most; None where that is unknown.
    quiet_years
        Years that it stays closed after new paving.
    wishes
        Wish, answer, and why.
    hidden
        True where something stands here that this viewer may not see.
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

    @property
    def years(self) -> list[int]:
        """Return the years in which something happens here, in order."""
        return sorted({*self.days, *(year for work in self.works if isinstance(year := work["year"], int))})


def streets(plan: Plan, lang: str) -> list[StreetPage]:
    """Return every street with a name, in order of name."""
    sections = pd.DataFrame(plan.context.sections[["section", "name", "area", "rest_years"]]).dropna(subset=["name"])
    areas = plan.context.areas.set_index("area")["name"]
    made: dict[str, StreetPage] = {}
    taken: defaultdict[str, int] = defaultdict(int)
    for name, part in sections.groupby("name", sort=True):
        file = slug(str(name))[:MOST_LETTERS]
        taken[file] += 1
        where = sorted({str(areas.get(area, area)) for area in part["area"].dropna()})
        file += f"-{taken[file]}" if taken[file] > 1 else ""
        made[str(name)] = StreetPage(str(name), file, len(part), where, quiet_years=int(part["rest_years"].max()))
    named = sections.set_index("section")["name"]
    for section in plan.kept_back & set(named.index):
        made[named[section]].hidden = True
    _add_works(plan, lang, made, named)
    _add_days(plan, made, named)
    answers = plan.areas.answers.dropna(subset=["street", "text"])
    for row in answers[["street", "text", "answer", f"why_{lang}"]].itertuples(index=False):
        for name in row[0].split(", "):
            if name in made:
                made[name].wishes.append((row[1], say(ANSWER_WORDS[row[2]], lang), _text(row[3])))
    return list(made.values())


def _add_works(plan: Plan, lang: str, made: dict[str, StreetPage], named: pd.Series) -> None:
    """Put the works in the streets that they touch."""
    touches = plan.context.touches[["work", "section"]].assign(street=plan.context.touches["section"].map(named))
    pairs = touches.dropna(subset=["street"]).groupby(["street", "work"], as_index=False)["section"].nunique()
    works = pd.DataFrame(plan.context.works.drop(columns=["geometry"])).rename(columns={f"why_{lang}": "why"})
    rows = pairs.merge(works[["work", "kind", "owner", "certainty", "resurfaces", "why"]], on="work")
    decided = plan.programme.plan[["work", "year", "bundle", f"why_{lang}"]].rename(columns={f"why_{lang}": "decided"})
    rows = rows.merge(decided, on="work").sort_values(["street", "year", "work"])
    kinds, parties = kind_names(plan, lang), party_names(plan)
    columns = ["street", "year", "kind", "owner", "certainty", "section", "resurfaces", "bundle", "why", "decided"]
    for street, year, kind, owner, certainty, pieces, resurfaces, bundle, why, told in rows[columns].itertuples(
        index=False
    ):
        made[street].works.append(
            {
                "year": None if pd.isna(year) else int(year),
                "kind": kinds.get(kind, str(kind)).partition(" (")[0],
                "owner": parties.get(owner, _text(owner)),
                "certainty": say(CERTAINTY_WORDS[certainty], lang) if isinstance(certainty, str) else "",
                "pieces": int(pieces),
                "resurfaces": int(resurfaces),
                "bundle": _text(bundle),
                "why": _text(why),
                "decided": _text(told),
            }
        )


def _add_days(plan: Plan, made: dict[str, StreetPage], named: pd.Series) -> None:
    """Put in each street how many days it lies open per year."""
    opened = plan.programme.open.merge(plan.appraisal.openings[["section", "open_days"]], on="section", how="left")
    opened = opened.assign(street=opened["section"].map(named)).dropna(subset=["street"])
    longest = opened.groupby(["street", "year"], as_index=False)["open_days"].max()
    for street, year, days in longest[["street", "year", "open_days"]].itertuples(index=False):
        made[street].days[int(year)] = None if pd.isna(days) else int(days)


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
    body += [part for year in street.years for part in _year(street, year, lang)]
    if street.quiet_years and any(work["resurfaces"] and work["year"] for work in street.works):
        body.append(f'<p class="note">{escape(say("After new paving the street stays closed for {years} years, unless it cannot wait.", lang, years=street.quiet_years))}</p>')  # fmt: skip
    undone = [work for work in street.works if work["year"] is None]
    if undone:
        body.append(f"<h2>{escape(say('Not in these years', lang))}</h2>")
        body += [part for work in undone for part in _work(work, street, lang)]
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


def _year(street: StreetPage, year: int, lang: str) -> list[str]:
    """Return what happens in a street in one year."""
    works = [work for work in street.works if work["year"] == year]
    told = [f"<h2>{year}</h2>"]
    days = street.days.get(year)
    if days is not None:
        told.append(f"<p>{escape(many(days, 'A piece of the street lies open for about a day. That is an estimate.', 'A piece of the street lies open for about {count} days. That is an estimate.', lang))}</p>")  # fmt: skip
    bundles = [work["bundle"] for work in works if work["bundle"]]
    if len(bundles) > len(set(bundles)):
        told.append(f"<p>{escape(say('The works are done together, so that the street opens once.', lang))}</p>")
    return told + [part for work in works for part in _work(work, street, lang)]


def _work(work: dict[str, str | int | None], street: StreetPage, lang: str) -> list[str]:
    """Return one work: what, who, where in the street, how certain, and why."""
    kind = str(work["kind"])
    made = [f"<h3>{escape(kind[:1].upper() + kind[1:])}</h3>"]
    facts = [say("By {owner}.", lang, owner=work["owner"])] if work["owner"] else []
    if isinstance(work["pieces"], int) and work["pieces"] < street.pieces:
        facts.append(say("In {part} of the {whole} pieces of this street.", lang, part=number(work["pieces"], lang), whole=number(street.pieces, lang)))  # fmt: skip
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


def index_page(found: list[StreetPage], plan: Plan, lang: str, *, folder: str, files: dict[str, str]) -> str:
    """Return the page with every street, by first letter, with its years of work."""
    title = say("When does my street open, and why?", lang)
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(plan.settings.city.name)} · {escape(many(len(found), 'one street', '{count} streets', lang))}</p>"]  # fmt: skip
    letters: dict[str, list[StreetPage]] = {}
    for street in found:
        letters.setdefault(street.file[:1].upper(), []).append(street)
    body.append("<p>" + " ".join(f'<a href="#{letter}">{letter}</a>' for letter in sorted(letters)) + "</p>")
    for letter in sorted(letters):
        body.append(f'<h2 id="{letter}">{letter}</h2><ul>')
        body += [
            f'<li><a href="{folder}/{files[street.file]}">{escape(street.name)}</a> {_when(street, lang)}'
            for street in letters[letter]
        ]
        body.append("</ul>")
    unnamed = int(plan.context.sections["name"].isna().sum())
    if unnamed:
        body.append(f"<p><small>{escape(many(unnamed, 'One piece of street has no name; see the map.', '{count} pieces of street have no name; see the map.', lang))}</small></p>")  # fmt: skip
    foot = f"<p>{escape(plan.viewer.banner(lang))}</p>"
    return plain_page(f"{title} {plan.settings.city.name}", body, [foot], lang=lang)
