"""Words on screen: Dutch by default, English on request; one gettext catalogue per room in `koppelkans/locale`. (nl: woorden)."""

import gettext
import io
from functools import cache
from importlib.resources import files
from typing import Self

import polib

LANGUAGES = ("nl", "en")


@cache
def words(lang: str) -> gettext.NullTranslations:
    """Return the translations into `lang` (`nl` or `en`); the message ids themselves are the English text."""
    merged = gettext.NullTranslations()
    if lang == "en":
        return merged
    book = polib.POFile()
    for path in sorted((files("koppelkans") / "locale" / lang).iterdir(), key=lambda part: part.name):
        if path.name.endswith(".po"):
            book.extend(polib.pofile(path.read_text(encoding="utf-8")))
    book.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    return gettext.GNUTranslations(io.BytesIO(book.to_binary()))


def say(text: str, lang: str, /, **values: object) -> str:
    """Return `text` in `lang`, with its `{named}` places filled in."""
    found = words(lang).gettext(text)
    return found.format(**values) if values else found


class Phrase(str):
    """A sentence for people that is English text, and remembers pattern and values so that it can be said in another language.

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


def euros(amount: float | None, lang: str) -> str:
    """Return whole euros as people write them: `€ 1.234.567` in Dutch, `€1,234,567` in English; a dash for unknown."""
    if amount is None or amount != amount:  # noqa: PLR0124
        return "–"
    text = f"{round(amount):,}"
    return f"€ {text.replace(',', '.')}" if lang == "nl" else f"€{text}"


def number(amount: float | None, lang: str, digits: int = 0) -> str:
    """Return a number as people write it in `lang`; a dash for unknown."""
    if amount is None or amount != amount:  # noqa: PLR0124
        return "–"
    text = f"{amount:,.{digits}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".") if lang == "nl" else text
