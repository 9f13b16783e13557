"""Words on screen, Dutch or English, from one gettext catalogue per room. (nl: woorden)."""

import gettext
import io
import re
from functools import cache
from importlib.resources import files
from typing import Self

import polib

LANGUAGES = ("nl", "en")
PLACE = re.compile(r"{(\w+)}")
LEAST_OWN = 6
"""Letters of its own that a sentence needs to be found again."""
ROOM_WORDS = {
    "vision": "Visioning",
    "context": "Planning context",
    "opportunities": "Opportunities and bottlenecks",
    "alignment": "Alignment",
    "appraisal": "Costs and benefits",
    "weighing": "Weighing",
    "programme": "Programming",
    "account": "Account",
    "systems": "Vital systems",
    "areas": "Area programmes",
    "business": "Business cases",
    "financing": "Who pays, who gains",
}
"""What each room of the corridor is called."""


@cache
def words(lang: str) -> gettext.NullTranslations:
    """Return the translations into `lang` (`nl` or `en`).

    The message ids themselves are the English text.
    """
    merged = gettext.NullTranslations()
    if lang == "en":
        return merged
    return gettext.GNUTranslations(io.BytesIO(_book(lang).to_binary()))


@cache
def _book(lang: str) -> polib.POFile:
    """Return the catalogues of all rooms in one."""
    book = polib.POFile()
    for path in sorted((files("koppelkans") / "locale" / lang).iterdir(), key=lambda part: part.name):
        if path.name.endswith(".po"):
            book.extend(polib.pofile(path.read_text(encoding="utf-8")))
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    return book


DOUBLE_STOP = re.compile(r"(?<=\w\.\w\.)\.(?!\.)")
"""The full stop of a sentence behind an abbreviation that ends in one."""


def say(text: str, lang: str, /, **values: object) -> str:
    """Return `text` in `lang`, with its `{named}` places filled in.

    >>> say("Promises that move: {names}.", "en", names="Water Amstelstraat e.o.")
    'Promises that move: Water Amstelstraat e.o.'
    """
    found = words(lang).gettext(text)
    return DOUBLE_STOP.sub("", found.format(**values)) if values else found


class Phrase(str):
    """An English sentence that remembers its pattern and values for translation.

    >>> Phrase("Written to {out}", out="uit"), Phrase("Written to {out}", out="uit").said("nl")
    ('Written to uit', 'Geschreven naar uit')
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, /, **values: object) -> Self:
        """Fill in the `{named}` places and remember them."""
        made = super().__new__(cls, pattern.format(**values) if values else pattern)
        made.pattern, made.values = str(pattern), values
        return made

    def said(self, lang: str) -> str:
        """Return the sentence in `lang`; phrases among its values are said in `lang` too."""
        values = {name: value.said(lang) if isinstance(value, Phrase) else value for name, value in self.values.items()}
        return say(self.pattern, lang, **values)


def ended(sentence: str) -> str:
    """Return a sentence with one full stop at its end.

    Also where its last word is an abbreviation (`e.o.`).
    """
    return sentence[:-1] if sentence.endswith("..") else sentence


def said_again(text: str, lang: str) -> str:
    """Return English text of ours in another language, by finding its pattern again.

    Also where the values were filled in long ago. A text that no pattern fits stays as it is.
    """
    plain = say(text, lang)
    if lang == "en" or plain != text:
        return plain
    for pattern in _patterns():
        found = _shape(pattern).fullmatch(text) if all(part in text for part in PLACE.split(pattern)[::2]) else None
        if found:
            return say(pattern, lang, **found.groupdict())
    return text


@cache
def _patterns() -> list[str]:
    """Return the sentences with places to fill in, the one with most words of its own first."""
    made = [entry.msgid for entry in _book("nl") if "{" in entry.msgid]
    own = {pattern: PLACE.sub("", pattern) for pattern in made}
    fit = [pattern for pattern in own if len(own[pattern].strip()) >= LEAST_OWN]
    return sorted(fit, key=lambda one: (-len(own[one]), one))


@cache
def _shape(pattern: str) -> re.Pattern[str]:
    """Return what a sentence looks like with anything filled in."""
    seen: set[str] = set()
    parts = []
    for at, part in enumerate(PLACE.split(pattern)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
            seen.add(part)
    return re.compile("".join(parts), flags=re.DOTALL)


def euros(amount: float | None, lang: str) -> str:
    """Return whole euros as text: `€ 1.234.567` in Dutch, `€1,234,567` in English.

    A minus before the sign of the euro where it is below zero; a dash for unknown.

    >>> euros(-1234, "nl")
    '− € 1.234'
    """
    if amount is None or amount != amount:  # noqa: PLR0124
        return "–"
    whole = round(amount)
    text = f"{abs(whole):,}"
    told = f"€ {text.replace(',', '.')}" if lang == "nl" else f"€{text}"
    return f"− {told}" if whole < 0 else told


def number(amount: float | None, lang: str, digits: int = 0) -> str:
    """Return a number as people write it in `lang`; a dash for unknown."""
    if amount is None or amount != amount:  # noqa: PLR0124
        return "–"
    text = f"{amount:,.{digits}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".") if lang == "nl" else text


def span(first: int, last: int, lang: str) -> str:
    """Return a span of years as people write it: one year where both are the same."""
    return str(first) if first == last else say("{first}-{last}", lang, first=first, last=last)
