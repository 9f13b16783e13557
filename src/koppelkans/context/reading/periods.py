"""Periods and years as people write them, read whole or not at all. (nl: perioden en jaren).

A cell is cut into words of time; one word that is not among them and nothing is read, since what stands beside a year
may turn its meaning ("niet voor 2030"). The plan is in whole years, so only the years of what was written come out.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

CITY_TIME = ZoneInfo("Europe/Amsterdam")
"""A moment with a zone counts on the day that it is here: 2027-12-31T23:00Z is the first of January."""
SENTINEL_YEARS = (0, 1, 1700, 1800, 1900, 4000, 9999)
"""Years that registers write where they do not know the year (met in KLIC, BGT and works registers)."""
FIRST_YEAR, LAST_YEAR = 1500, 2200
"""Years that can be meant; anything else is a slip of the pen."""
LAST_PLANNED = 2100
"""No work is planned after it: 2128 is a slip of the pen."""
LONGEST = 200
"""Letters of a cell that can be a period; longer text is none."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan januar", "februari february feb febr februar", "maart march mrt mar märz maerz mär", "april apr", "mei may mai",
            "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
PARTS = {"kwartaal": 3, "kwartalen": 3, "kw": 3, "quarter": 3, "quarters": 3, "q": 3, "k": 3, "helft": 6, "halfjaar": 6, "half": 6, "h": 6, "semester": 6, "quartal": 3, "quartale": 3, "halbjahr": 6, "hj": 6, "week": 0, "weken": 0, "weeks": 0, "wk": 0, "w": 0}  # fmt: skip
"""Part of a year that is numbered = its months; 0: weeks."""
ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
WEEKS, DECEMBER, LAST_DAY = 52, 12, 31
LONG_AGO, SOON = 10, 60
"""Years of two digits between which those of plans lie; 28-03-01 is no day of 2001."""
WIDEST, LAST_WEEK = 10, 53
"""Years above which `2028-45` may as well be a week."""
SHORT_DATE = re.compile(r"(?<![\d/.-])\d{1,2}([-/.])\d{1,2}\1\d{2}(?![\d/.-])")
"""A date with a year of two digits."""

_WORDS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("fill", r"(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:mon|diens|donners|frei|sams|sonn)tag\b|mittwoch\b|(?:ma|di|wo|do|vr|za|zo)\b\.?(?= \d)|(?:in)?geplande?(?: (?:voor|in|uitvoering))?|planning voor|(?:planned|scheduled) for|(?:fase|phase|deel|part) ?\d{1,2}\b|naar verwachting|in de loop van|onder voorbehoud|o\.?v\.?b\.|fiscal year|fy\b"),
        ("from", r"nicht vor\b|frühestens\b|ab\b|niet (?:voor|eerder dan)\b|not (?:before|earlier than)\b|no earlier than\b|op z(?:'|ij)?n vroegst|vroegst\b|vanaf\b|sinds\b|from\b|since\b|starting\b|>=|=>|≥|⩾"),
        ("until", r"^\.{2,} ?/?(?= ?\d)|nicht nach\b|spätestens\b|niet (?:na|later dan)\b|not (?:after|later than)\b|no later than\b|op z(?:'|ij)?n laatst|uiterlijk\b|by\b|<=|=<|≤|⩽"),
        ("later", r"(?:en|of) (?:verder|later|volgende(?: jaren)?)\b|(?:and|or) (?:later|beyond|after)\b|onwards?\b|e\. ?v\.?|ev\b|\+|→|-$|/\.\.$|\.{2,}$|…$"),
        ("sooner", r"(?:en|of) eerder\b|(?:and|or) (?:earlier|before)\b"),
        ("after", r"later dan\b|later than\b|after\b|nach\b|na\b|>"),
        ("before", r"eerder dan\b|earlier than\b|prior to\b|before\b|voor\b|vor\b|<"),
        ("from", r"tussen\b|between\b|zwischen\b"),
        ("through", r"tot en met\b|tot/met\b|t\.?e\.?m\.? |t ?/ ?m\b|tm\b|through\b|to\b|bis\b"),
        ("till", r"tot\b|until\b|till\b"),
        ("moment", r"(\d{4})[-/](\d{2})[-/](\d{2})[t ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:z\b|[+-]\d{2}(?::?\d{2})?)?"),
        ("ymd", r"(\d{4})[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)(?:z\b|[+-]\d{2}:\d{2}(?!\d))?"),
        ("dmy", r"(0?[1-9]|[12]\d|3[01])[-/. ](0?[1-9]|1[0-2])[-/. ](\d{4})(?!\d)(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m\b)?)?"),
        ("mdy", r"(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/(\d{4})(?!\d)(?:[ t]\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m\b)?)?"),
        ("short", r"(0?[1-9]|[12]\d|3[01])[-/.](0?[1-9]|1[0-2])[-/.](\d{2})(?![\d/.-])"),
        ("join", r"[,;](?= ?\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"),
        ("eight", r"\d{8}(?!\d)"),
        ("ym", r"(\d{4})-(0[1-9]|1[0-2])(?![\d-])"),
        ("my", r"(0?[1-9]|1[0-2])[-/](\d{4})(?!\d)"),
        ("year", r"(\d{4})(?!\d)|'(\d{2})(?!\d)"),
        ("part", r"([qkhw])(?= ?\d)|(kwartaal|kwartalen|kw|quarters?|helft|halfjaar|half|semester|quartale?|halbjahr|hj|weken|weeks?|wk)(?![a-z])\.?"),
        ("number", r"(\d{1,2})(?:e|ste|de|st|nd|rd|th)?(?!\w)|(eerste|tweede|derde|vierde|first|second|third|fourth)\b"),
        ("season", r"(?:(?:voor|na)jaar|lente|zomer|herfst|winter|spring|summer|autumn|fall|frühjahr|frühling|sommer|herbst)(?:vakantie|periode)?\b|bouwvak(?:vakantie|antie)?\b|kermis\b"),
        ("start", r"begin\b|anfang\b|aanvang\b|early\b|start of\b"),
        ("end", r"einde?\b|ende\b|late\b|end(?: of)?\b"),
        ("middle", r"medio\b|mitte\b|midden\b|halverwege\b|mid(?:dle)?\b"),
        ("month", "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"),
        ("and", r"en\b|and\b|of\b|or\b|und\b|oder\b|&"),
        ("join", r"-|/|à"),
        ("fill", r"(?:de|het|van|in|the|von|im|des|der|jahre?s?|jaar|year|periode|planning|uitvoering|voorlopig|indicatief|verwacht|verwachting|expected|circa|ca|omstreeks|ongeveer|rond|about|around|approx)\b\.?|±|~|[(),;:.]|\s+"),
    )
)  # fmt: skip
"""Words of time, the first that fits counts."""
_BOUNDS = ("from", "until", "after", "before")
_DATES = ("moment", "ymd", "dmy", "mdy", "short", "eight", "ym", "my", "year")


@dataclass(frozen=True, slots=True)
class YearSpan:
    """First and last year of a period; None where a side is open or unknown."""

    first: int | None = None
    last: int | None = None
    sentinel: bool = False


@dataclass(slots=True)
class Moment:
    """Year, date or part of a year between two words such as "from" and "until"."""

    bound: str = ""
    years: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    part: int | None = None
    season: bool = False
    edge: str = ""
    joined: bool = False
    till: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing of time stands in it yet."""
        return not (self.years or self.months or self.numbers or self.season or self.edge or self.part is not None)

    @property
    def only_edge(self) -> bool:
        """Tell whether only begin, middle or end stands in it."""
        return bool(self.edge) and not (self.years or self.months or self.numbers or self.season or self.part)

    @property
    def order(self) -> tuple[int, int] | None:
        """Return first and last month of the part of the year that is meant; None for a whole year."""
        if self.months:
            return self.months[0], self.months[-1]
        if self.part is not None and self.numbers:
            wide = self.part or 12 / WEEKS
            return 1 + int((self.numbers[0] - 1) * wide), max(1, min(DECEMBER, int(self.numbers[-1] * wide + 0.99)))
        return None


def read_period(text: str, *, planned: bool = True) -> YearSpan | None:
    """Return the years of a period in Dutch or English; None where it is not understood.

    One word that is not a word of time is enough for that. Years of two digits in a date (`30-11-25`) are those of plans,
    so they are read only where something is `planned`.

    >>> read_period("2028 t/m 2031"), read_period("niet voor 2030"), read_period("misschien 2030")
    (YearSpan(first=2028, last=2031, sentinel=False), YearSpan(first=2030, last=None, sentinel=False), None)
    """
    own = _plain(text) if len(text) <= LONGEST else ""
    moments = None if not planned and SHORT_DATE.search(own) else _moments(own)
    if not moments or not _complete(moments):
        return None
    if all(one.years[0] in SENTINEL_YEARS for one in moments):
        return YearSpan(sentinel=True)
    if not all(FIRST_YEAR <= one.years[0] <= LAST_YEAR or one.years[0] in SENTINEL_YEARS for one in moments):
        return None
    return _span(moments)


def _plain(text: str) -> str:
    """Return text in small letters, with one sign for every dash, apostrophe and space."""
    own = unicodedata.normalize("NFKC", text).lower()
    own = re.sub(r"[\u2010-\u2015\u2212\uff0d]", "-", own)
    own = re.sub(r"[\u2018\u2019\u201b\u02bc\u00b4`\u2032]", "'", own)
    own = own.replace("vóór", "voor").replace("óó", "oo")
    own = re.sub(r"^((?:\d{1,2}-)?[^\W\d]{3,9})\.?-(\d{2})$", r"\1 '\2", own.strip())
    return re.sub(r"\s+", " ", own)


def _moments(text: str) -> list[Moment] | None:
    """Return what stands in a text, cut at the words between moments; None where a word is not understood."""
    made = [Moment()]
    at = 0
    while at < len(text):
        found = next(((kind, hit) for kind, word in _WORDS if (hit := word.match(text, at))), None)
        if found is None or not _take(made, *found):
            return None
        at = found[1].end()
    if made[-1].empty and (made[-1].bound or made[-1].joined):
        return None
    return [one for one in made if not one.empty]


def _take(made: list[Moment], kind: str, hit: re.Match[str]) -> bool:
    """Take one word into the moments; False where it cannot stand there."""
    now = made[-1]
    if kind == "fill":
        return True
    if kind in ("later", "sooner"):
        now.bound = {"later": "from", "sooner": "until"}[kind] if not now.bound and not now.joined else "?"
        return now.bound != "?" and bool(now.years)
    if kind in _BOUNDS:
        if now.empty and now.bound:
            return False
        if now.empty:
            now.bound, now.joined = kind, False
        else:
            made.append(Moment(bound=kind))
        return True
    if kind in ("through", "till", "and", "join"):
        joined = _join(made, kind.replace("till", "through"))
        made[-1].till = kind == "till"
        return joined
    return _add(now, kind, hit)


def _join(made: list[Moment], kind: str) -> bool:
    """Begin what follows a word such as "t/m", "en" or a dash."""
    now = made[-1]
    if now.empty:
        if kind == "through" and not now.bound and not now.joined:
            now.bound = "until"
            return True
        return kind == "and" and len(made) > 1 and not now.joined
    if now.only_edge and kind == "join":
        return True
    made.append(Moment(joined=True))
    return True


def _add(now: Moment, kind: str, hit: re.Match[str]) -> bool:
    """Add one word of time to a moment; False where it stands there twice."""
    groups = [part for part in hit.groups() if part]
    if kind in _DATES:
        return _dated(now, kind, hit[0], groups)
    if kind == "number":
        now.numbers.append(ORDINALS.get(groups[0]) or int(groups[0]))
    elif kind == "month":
        now.months.append(MONTHS[groups[0]])
        now.days, now.numbers = [*now.days, *now.numbers[:1]], []
    elif kind == "season":
        now.season = True
    elif kind == "part" and now.part is None:
        now.part = PARTS[groups[0]]
    elif kind != "part" and not now.edge:
        now.edge = kind
    else:
        return False
    return True


def _dated(now: Moment, kind: str, text: str, groups: list[str]) -> bool:
    """Put a year or a date into a moment; False where it is none, or one stands there."""
    if kind == "my" and now.part is not None:
        now.numbers.append(int(groups[0]))
        return _date(now, int(groups[1]))
    if kind == "moment":
        return _date(now, *_here(text, groups))
    if kind == "eight":
        return _eight(now, text)
    if kind == "year":
        return _date(now, int(groups[0]) + (2000 if text.startswith("'") else 0))
    parts = [int(part) for part in groups]
    if kind == "short":
        return LONG_AGO <= parts[2] < SOON and _date(now, 2000 + parts[2], parts[1], parts[0])
    if kind == "mdy":
        parts = [parts[1], parts[0], parts[2]]
    return _date(now, *(parts if kind in ("ymd", "ym") else parts[::-1]))


def _date(now: Moment, year: int, month: int | None = None, day: int | None = None) -> bool:
    """Put a year, a month or a day into a moment; False where it has a year already."""
    if now.years:
        return False
    now.years.append(year)
    now.months.extend([month] if month else [])
    now.days.extend([day] if day else [])
    return True


def _here(text: str, groups: list[str]) -> tuple[int, int, int]:
    """Return year, month and day of a moment in the time of the city, where it says its zone."""
    year, month, day = (int(part) for part in groups[:3])
    zone = re.search(r"(z|[+-]\d{2}(?::?\d{2})?)$", text[10:].strip())
    if zone is None or not 1 < year < 9999:  # noqa: PLR2004 - a date that stands for unknown has no zone that counts
        return year, month, day
    shift = "+00:00" if zone[1] == "z" else f"{zone[1][:3]}:{zone[1][3:].lstrip(':') or '00'}"
    clock = re.match(r"\d{1,2}:\d{2}(?::\d{2})?", text[11:])
    try:
        there = datetime.fromisoformat(f"{text[:10].replace('/', '-')}T{clock[0]}{shift}") if clock else None
    except ValueError:
        return year, month, day
    local = there.astimezone(CITY_TIME) if there else date(year, month, day)
    return local.year, local.month, local.day


def _eight(now: Moment, text: str) -> bool:
    """Read eight digits as yyyymmdd, or else as ddmmyyyy; they are never both between the years that can be meant."""
    for year, month, day in ((text[:4], text[4:6], text[6:]), (text[4:], text[2:4], text[:2])):
        plausible = FIRST_YEAR <= int(year) <= LAST_YEAR or int(year) in SENTINEL_YEARS
        if plausible and 1 <= int(month) <= DECEMBER and 1 <= int(day) <= LAST_DAY:
            return _date(now, int(year), int(month), int(day))
    return False


def _complete(moments: list[Moment]) -> bool:
    """Give every moment its year, also that of its neighbour; False where that does not make sense."""
    if not all(_help_each_other(before, after) for before, after in pairwise(moments)):
        return False
    if any(not _sensible(one) for one in moments):
        return False
    known = [one for one in moments if one.years]
    if not known:
        return False
    for at in range(len(moments) - 1, -1, -1):
        one = moments[at]
        if not one.years:
            later = moments[at + 1] if at + 1 < len(moments) and moments[at + 1].years else None
            one.years = [_with_neighbour(one, later) if later else known[0].years[0]]
    return True


def _help_each_other(before: Moment, after: Moment) -> bool:
    """Take what one of two neighbours leaves out from the other: `week 10 t/m 20`; False where that makes no sense."""
    if not after.years and _short(before, after):
        return True
    if after.part is None and not after.months and after.joined and len(after.numbers) == 1:
        after.part = before.part
        if before.part is None and before.months and not before.years:
            return False
    if before.part is None and not before.months and not before.years and len(before.numbers) == 1:
        before.part = after.part
        if after.part is None and after.months:
            before.months, before.days, before.numbers = [after.months[0]], before.numbers, []
    return True


def _with_neighbour(one: Moment, later: Moment) -> int:
    """Return the year of a moment that takes it from the next: the year before where winter lies between."""
    here, there = one.order, later.order
    wraps = here is not None and there is not None and later.joined and here[0] > there[-1]
    return later.years[0] - int(wraps)


def _short(before: Moment, after: Moment) -> bool:
    """Read `28` after `2027-` as 2028."""
    bare = after.joined and len(after.numbers) == 1 and not after.months and after.part is None
    whole = bool(before.years) and not before.months and not before.numbers and before.part is None
    if not (bare and whole):
        return False
    year = before.years[0] // 100 * 100 + after.numbers[0]
    week = year - before.years[0] > WIDEST and after.numbers[0] <= LAST_WEEK
    if year <= before.years[0] or after.numbers[0] <= DECEMBER or week:
        return False
    after.years, after.numbers = [year], []
    return True


def _sensible(one: Moment) -> bool:
    """Tell whether the numbers of a moment stand for something: a day, a week, a quarter, a half."""
    if one.part is not None:
        most = {0: 53, 3: 4, 6: 2}[one.part]
        return bool(one.numbers) and all(1 <= number <= most for number in one.numbers) and not one.months
    if len(one.months) > 1 or len(one.days) > 1 or any(not 1 <= day <= LAST_DAY for day in one.days):
        return False
    if one.numbers and one.months and not one.days:
        one.days, one.numbers = one.numbers, []
    return not one.numbers and _there_is(one)


def _there_is(one: Moment) -> bool:
    """Tell whether a day is one of its month: there is no 31 February."""
    year = one.years[0] if one.years else 2000
    if not (one.days and one.months) or year in SENTINEL_YEARS:
        return True
    return one.days[0] <= monthrange(year, one.months[0])[1]


def _span(moments: list[Moment]) -> YearSpan | None:
    """Return the years of moments that each have one."""
    if len(moments) == 1 or not any(one.bound for one in moments):
        ends = [_bounded(one) for one in moments]
        return YearSpan(ends[0][0], ends[-1][1]) if len(moments) > 1 else YearSpan(*ends[0])
    first, last = None, None
    for at, one in enumerate(moments):
        low, high = _bounded(one)
        if not one.bound and at and moments[at - 1].bound in ("from", "after"):
            low = None  # "vanaf 2028 t/m 2031": the end of what began before
        elif not one.bound and not (one.season or (at == 0 and _inside(moments[1:], one))):
            return None
        if (low is not None and first not in (None, low)) or (high is not None and last not in (None, high)):
            return None
        first, last = (first if low is None else low), (last if high is None else high)
    return YearSpan(first, last)


def _inside(others: list[Moment], one: Moment) -> bool:
    """Tell whether what follows only says when in the year: `2029 (voor de zomer)`."""
    return all(other.years == one.years and (other.season or other.order or other.edge) for other in others)


def _bounded(one: Moment) -> tuple[int | None, int | None]:
    """Return first and last year of one moment with the word before it."""
    year = one.years[0]
    if year in SENTINEL_YEARS:
        return None, None
    year -= int(one.till and one.months == [1] and one.days == [1])  # "tot 1 januari 2030" ends in 2029
    if not one.bound or (one.season and one.bound in ("after", "before")):
        return year, year
    order = one.order or ((1, DECEMBER) if not one.edge else None)
    days = one.days or ([1, LAST_DAY] if order else [])
    ends = one.edge == "end" or (order is not None and order[1] == DECEMBER and days[-1] == LAST_DAY)
    begins = one.edge == "start" or (order is not None and order[0] == 1 and days[0] == 1)
    return {
        "from": (year, None),
        "until": (None, year),
        "after": (year + int(ends), None),
        "before": (None, year - int(begins)),
    }[one.bound]
