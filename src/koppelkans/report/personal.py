"""What in free text points at one person, and free text without it. (nl: persoonsgegevens)."""

import re
from collections.abc import Callable, Iterator

HIDDEN = "…"
"""What stands in its place."""
GAP = r"[\s().\-/‐‑‒–—−·­]"
"""Signs that people put between the figures of a number."""
SIGN = r"[\s.\-‐‑‒–—−­]"
AT = r"\s*(?:[@＠﹫]|[(\[{<]\s*(?:at|apenstaartje|@)\s*[)\]}>])\s*"
DOT = r"(?:\.(?=\w)|\s+\.\s*|\s*[(\[{<]\s*(?:dot|punt|\.)\s*[)\]}>]\s*)"
MAIL = re.compile(rf"[\w.+%-]*\w{AT}[\w-]+(?:{DOT}[\w-]+)*{DOT}[a-z]{{2,}}\b", re.IGNORECASE)
HOME_PHONE = rf"(?<![\d+])(?<!\d[.,])0{GAP}{{0,3}}[1-9](?:{GAP}{{0,3}}\d){{8}}(?![.,]?\d)"
FOREIGN_PHONE = rf"(?:(?<!\d)\+|(?<![\d.,])00){GAP}{{0,3}}[1-9](?:{GAP}{{0,3}}\d){{7,14}}(?!\d)"
PHONE = re.compile(f"{FOREIGN_PHONE}|{HOME_PHONE}")
BSN = re.compile(r"(?<![\w.,])(?:\d{9}|\d{3}[ \-‐‑–]\d{3}[ \-‐‑–]\d{3}|\d{4}[. ]\d{2}[. ]\d{3})(?![\w]|[.,]\d)")
NAMED_BSN = re.compile(rf"(?i)\b(?:bsn|burgerservicenummer|sofinummer)\W{{0,4}}(?:{SIGN}{{0,2}}\d){{8,9}}(?!\d)")
IBAN = re.compile(rf"[A-Z]{{2}}\d\d(?:{SIGN}?[A-Z0-9]{{4}}){{2,7}}(?:{SIGN}?[A-Z0-9]{{1,4}})?|[A-Za-z]{{2}}\d\d[A-Za-z0-9]{{11,30}}")  # fmt: skip
"""In groups of four, or in one."""
DUTCH_IBAN = re.compile(rf"(?i)\bNL{SIGN}?\d\d{SIGN}?[A-Z]{{4}}(?:{SIGN}{{0,2}}\d){{10}}(?!\d)")
POSTCODE = r"[1-9]\d{3}(?:\s?[A-Z]{2}|[a-z]{2})"
ADDRESS = re.compile(
    rf"(?<![\w.,])(?:{POSTCODE}\s*,?\s*(?:(?:nr|nummer|huisnummer)\.?\s*)?\d{{1,5}}(?:\s?[a-zA-Z])?\b"
    rf"|\d{{1,5}}\s?[a-zA-Z]?\s*,?\s+{POSTCODE})(?![\w]|[.,]\d)"
)
MONEY_BEFORE, MONEY_AFTER = re.compile(r"(?:€|\bEUR|\beuro)\s*$", re.IGNORECASE), re.compile(r"\s*(?:€|euro|eur\b|m²|m2\b|%)", re.IGNORECASE)  # fmt: skip
LEAST_IBAN, ELEVEN, NINETY_SEVEN = 15, 11, 97
SUSPECT = re.compile(r"\d|[@＠﹫]|[(\[{<]\s*(?:at|apenstaartje)", re.IGNORECASE)


def without_personal(text: str) -> str:
    """Return a text without contact data, citizen and account numbers, and home addresses.

    >>> without_personal("Bel 06/123.45.678 of mail jan @ voorbeeld . nl; het kost € 120.000 in 2031.")
    'Bel … of mail …; het kost € 120.000 in 2031.'
    """
    if not SUSPECT.search(text):
        return text
    made = MAIL.sub(HIDDEN, text)
    for find in (_accounts, _named, _phones, _citizens, _addresses):
        made = _cut(made, find)
    return made


def _cut(text: str, find: Callable[[str], Iterator[tuple[int, int]]]) -> str:
    """Return a text with every part that is found hidden."""
    parts, done = [], 0
    for start, end in find(text):
        parts += [text[done:start], HIDDEN]
        done = end
    return "".join([*parts, text[done:]])


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield where bank accounts of any land stand: their own check figures tell them from other words."""
    done = 0
    for start in (found.start() for found in re.finditer(r"(?<![A-Za-z0-9])[A-Za-z]{2}(?=\W?\d)", text)):
        found = DUTCH_IBAN.match(text, start) or IBAN.match(text, start)
        if found is None or start < done:
            continue
        end = found.end() if found.re is DUTCH_IBAN else _end_of_account(text, start, found.end())
        if end:
            done = end
            yield start, end


def _end_of_account(text: str, start: int, end: int) -> int:
    """Return where an account with right check figures ends, the longest; 0 where there is none."""
    while end > start:
        bare = re.sub(r"[^A-Za-z0-9]", "", text[start:end]).upper()
        if len(bare) < LEAST_IBAN:
            return 0
        whole_word = end == len(text) or not text[end].isalnum()
        if whole_word and text[end - 1].isalnum() and bare.isascii():
            figures = "".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])
            if int(figures) % NINETY_SEVEN == 1:
                return end
        end -= 1
    return 0


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a number stands that is called a citizen service number."""
    return (found.span() for found in NAMED_BSN.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield where telephone numbers stand; amounts of money and areas are none."""
    return (found.span() for found in PHONE.finditer(text) if not _measured(text, found))


def _citizens(text: str) -> Iterator[tuple[int, int]]:
    """Yield where citizen service numbers stand: they pass the test of eleven (elfproef)."""
    for found in BSN.finditer(text):
        figures = [int(sign) for sign in found[0] if sign.isdigit()]
        weighed = sum(weight * figure for weight, figure in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), figures, strict=True))
        if weighed % ELEVEN == 0 and any(figures) and not _measured(text, found):
            yield found.span()


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a postcode with a house number stands, in either order."""
    return (found.span() for found in ADDRESS.finditer(text) if not _measured(text, found))


def _measured(text: str, found: re.Match[str]) -> bool:
    """Tell whether a number is an amount of money, an area or a share."""
    return bool(MONEY_BEFORE.search(text[: found.start()]) or MONEY_AFTER.match(text, found.end()))
