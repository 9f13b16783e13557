"""Numbers and amounts as people write them, read by what the whole column shows. (nl: getallen en bedragen)."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute

from koppelkans.context.reading.texts import Flags, texts

UNSURE = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""A sign before three last digits: thousands or decimals, which only the rest of the column can tell."""
NEAR_DECADES = 1.0
"""Tens that a quantity may differ from what the map measures: a street may be longer than the work in it."""
NOTHING = re.compile(r"(?i)(?:[€$£]|eur|usd)?\s*[-\u2013\u2014]+\s*(?:[€$£]|eur|usd)?")
"""A dash, as bookkeeping writes where there is no amount."""
_CURRENCY = r"[€$£]|(?:eur(?:o|os)?|usd|gbp|chf|nok|sek|dkk)(?![a-z])|(?<![a-z])(?:kr|fr)(?![a-z])\.?"
FOREIGN = re.compile(r"(?i)[$£]|(?<![a-z])(?:usd|gbp|chf|nok|sek|dkk|kr|fr|dollars?|kroner|gulden)(?![a-z])")
"""A currency that is not the euro, in a cell or the name of a column."""
_MONEY_SIGNS = rf"(?i){_CURRENCY}|,[-=]{{1,2}}$|\.-{{1,2}}$"
_BELOW = r"^(?:\((\d[\d.,]*)\)|(\d[\d.,]*)-)$"
"""Below zero as bookkeeping writes it: `(1.250)` and `1.250-`."""
_SPACED = r"(?<=\d)[\s\u00a0\u2009\u202f'\u2019](?=\d{3}(?!\d))"
"""A space or apostrophe between thousands."""
_LOOSE = r"(?<!\d)\s+|\s+(?!\d)"
"""A space that stands between no two digits."""
_WELL_FORMED = (
    r"[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-+]?\d+)?"
    r"|[-+]?\d{1,3}(?:(?:\.\d{3})+(?:,\d*)?|(?:,\d{3})+(?:\.\d*)?)"
)
"""A number with one decimal sign, or with signs between each three digits."""
_SCALES = (("k|dzd|duizend|tsd", 1e3), ("mln|milj|miljoen|mio|m", 1e6), ("mrd|miljard", 1e9))
_TIMES = r"(?:[x×*/]|\bin|\bper)\s*(?:€|eur(?:o)?)?\s*"
_THOUSAND = r"1[.,' ]?000(?![.,']?\d)"
_BY_UNIT = {
    "_eur": (
        (1e6, rf"{_TIMES}1[., ]?000[., ]?000\b|\bmln\b|miljoen|\bmillions?\b|\bmio\b|\bm ?(?:€|eur)|\bmeur\b|{_TIMES}1 ?m\b|(?<![\d.,])000[.,']000\b|10(?:\^6|⁶)|\b1e6\b"),
        (1e3, rf"{_TIMES}{_THOUSAND}|\b[kt] ?(?:€|eur)|duizend|\bthousands?\b|\bdzd\b|\btsd\b|[(\[] ?k ?[)\]]|\bin k\b|(?<![\d.,])000\b|10(?:\^3|³)|\b1e3\b|(?<![<>≤≥] )(?:€|eur(?:o)?) ?{_THOUSAND}|\b{_THOUSAND},?-? ?(?:€|eur)"),
        (1e2, r"(?:[x×*]|\bin)\s*(?:€|eur(?:o)?)?\s*100(?![.,]?\d)|\bhonderd"),
        (1e-2, r"\b(?:euro)?cent(?:en|s)?\b"),
    ),
    "_mm": ((1e3, r"[(\[] ?m ?[)\]]|\b(?:m|meters?)$"), (10.0, r"\bcm\b"), (100.0, r"\bdm\b"), (25.4, r"\binch(?:es)?\b")),
    "_m": ((1e3, rf"\bkm\b|\bkilometers?\b|{_TIMES}{_THOUSAND}"), (1e2, rf"\bhm\b|{_TIMES}100\b"), (0.1, r"\bdm\b"), (0.01, r"\bcm\b"), (1e-3, r"\bmm\b"), (0.3048, r"\b(?:ft|feet|foot)\b"), (1609.344, r"\bmiles?\b")),
    "_m2": ((1e6, r"\bkm(?:2|²)"), (1e4, r"\bha\b|\bhectaren?\b"), (1e3, rf"{_TIMES}{_THOUSAND}"), (1e2, rf"\baren?\b|{_TIMES}100\b"), (1e-4, r"\bcm(?:2|²)")),
    "quantity": ((1e6, r"\bkm(?:2|²)"), (1e3, rf"\bkm\b|{_TIMES}{_THOUSAND}"), (1e4, r"\bha\b|\bhectaren?\b"), (1e2, rf"{_TIMES}100\b"), (0.01, r"\bcm\b"), (1e-3, r"\bmm\b")),
}  # fmt: skip
"""Ending of our column = how often our unit goes into what a column name says, the first that fits."""
_IN_CELLS = {
    "_mm": {"mm": 1.0, "cm": 10.0, "m": 1e3},
    "_m": {"m": 1.0, "m1": 1.0, "meter": 1.0, "mtr": 1.0, "km": 1e3, "cm": 0.01, "mm": 1e-3},
    "_m2": {"m2": 1.0, "m²": 1.0, "ha": 1e4, "km2": 1e6, "km²": 1e6},
}
"""Ending of our column = units that stand behind the number in a cell, and how often ours goes into them."""
PER_UNIT = re.compile(
    r"(?i)(?:/|\bper)\s*(?:str\.? ?)?(?:m[123]?|m²|m³|km|st|stuks?|meter)(?![a-z])|eenheidsprijs|unit price"
)
"""What the name of a column says of a price per unit, which is no amount of a work."""


_UNIT_WORD = re.compile(
    r"(?i)[\[(]?\s*(?:jaar|jaartal|jjjj|yyyy|year|datum|dd-mm-jjjj|m[123]?|m²|m³|km[2²]?|ha|cm|mm|st|stuks?|[-–]|€|eur|euro|[kmt] ?€|keur|meur|mln|mio|%"
    r"|(?:[x×]|in)?\s*(?:€|eur|euro)?\s*[x×]?\s*(?:€|eur|euro)?\s*1[.,' ]?000(?:[.,' ]000)?(?:\s*(?:€|eur|euro))?|duizend(?:\s*euro)?|nr|id|tekst|naam|code|(?:ex|in)cl\.?\s*btw)\s*[\])]?"
)  # fmt: skip
"""What stands in a row of units under the column names."""


def units_in_row(cells: Mapping[str, object]) -> dict[str, str]:
    """Return the unit per column of a row that holds units and nothing else; of others none.

    >>> units_in_row({"Nr": None, "Raming": "x € 1.000", "Lengte": "[km]"}), units_in_row({"Nr": "P1", "Raming": "12"})
    ({'Raming': 'x € 1.000', 'Lengte': '[km]'}, {})
    """
    said = {name: str(cell).strip() for name, cell in cells.items() if cell is not None and str(cell).strip()}
    meant = [text for text in said.values() if not re.fullmatch(r"[\[(]?[-–\d.,]*[\])]?", text)]
    return said if meant and all(_UNIT_WORD.fullmatch(text) for text in said.values()) else {}


def scale_of(column: str, said: str) -> float:
    """Return how often our unit goes into the unit that a column name or a setting says.

    1 where it says none, or ours.

    >>> scale_of("cost_eur", "Raming (x € 1.000)"), scale_of("cost_eur", "Raming"), scale_of("length_m", "Lengte (km)")
    (1000.0, 1.0, 1000.0)
    """
    ending = next((one for one in sorted(_BY_UNIT, key=len, reverse=True) if column.endswith(one)), "")
    own = re.sub(
        r"[\s_]+", " ", unicodedata.normalize("NFC", said).lower().replace("\u00ad", "").replace("\u2019", "'")
    )
    return next((scale for scale, pattern in _BY_UNIT.get(ending, ()) if re.search(pattern, own)), 1.0)


def numbers(values: pd.Series, *, money: bool = False, decimal: str = "", unsure: str = ".") -> tuple[pd.Series, Flags]:
    """Return a column as numbers, and where it holds something that is no number.

    Decimal comma and point, signs between thousands, a currency, `,-` and in money `k` and `mln` are understood. A sign
    before three last digits (`12.300`) is read as the other cells of the column show. Where they show nothing, it stands
    between thousands in money, and else for `unsure`.

    Parameters
    ----------
    decimal
        Decimal sign that the settings say; empty: found out.
    unsure
        What such a sign is where nothing shows it: `.` decimals, empty: the cell is flagged.

    >>> numbers(pd.Series(["1.234,5", "€ 12.300,-", "12,5", "circa 300", None]))[0].tolist()
    [1234.5, 12300.0, 12.5, nan, nan]
    """
    if pd.api.types.is_numeric_dtype(values.dtype):
        found = values.astype("Float64").astype("float64")
        return found.where(np.isfinite(found)), np.isinf(found).to_numpy()
    own = texts(values)
    own = own.mask(own.str.fullmatch(NOTHING, na=False))
    found = floats(own)
    doubtful = own.str.fullmatch(UNSURE, na=False)
    written = own.notna() & (found.isna() | doubtful)
    stands = own.notna()
    if values.dtype == object:  # a number that is no text shows nothing, and needs no reading
        typed = values.map(lambda value: isinstance(value, int | float | Decimal), na_action="ignore")
        stands &= ~typed.fillna(value=False).astype(bool)
        written &= stands
    if written.any():
        bare = _bare(own[stands])[0]
        sign = decimal or _decimal_sign(bare)
        if (
            money
            and not decimal
            and sign
            and not bare.str.fullmatch(rf"[-+]?(?:0|\d{{4,}}){re.escape(sign)}\d{{3}}").any()
        ):
            doubted = bare.str.fullmatch(UNSURE) & bare.str.contains(sign, regex=False)
            sign = "?" if doubted.any() else sign  # an amount has two decimals: 1.250 beside 99.5 may be either
        found = found.mask(written, _written(own[written], sign, money=money, unsure=unsure))
    found = found.where(np.isfinite(found))
    return found, (own.notna() & found.isna()).to_numpy()


def without_units(values: pd.Series, column: str) -> tuple[pd.Series, pd.Series]:
    """Return cells without the unit behind their number, and how often our unit goes into each.

    >>> [part.tolist() for part in without_units(pd.Series(["1,2 km", "80 m", "12"]), "length_m")]
    [['1,2', '80', '12'], [1000.0, 1.0, 1.0]]
    """
    once = pd.Series(1.0, index=values.index)
    units = next((_IN_CELLS[one] for one in sorted(_IN_CELLS, key=len, reverse=True) if column.endswith(one)), {})
    if not units or pd.api.types.is_numeric_dtype(values.dtype):
        return values, once
    own = texts(values)
    said = own.str.extract(rf"(?i)^(?P<number>[-+\d.,\s]*\d)\s*(?P<unit>{'|'.join(units)})\.?$")
    if said["unit"].isna().all():
        return values, once
    return own.mask(said["unit"].notna(), said["number"]), said["unit"].str.lower().map(units).fillna(1.0)


def sign_by_measure(values: pd.Series, doubtful: Flags, measured: pd.Series) -> str:
    """Return the decimal sign that brings doubtful cells near what the map measures, if one.

    >>> sign_by_measure(pd.Series(["1.250", "2.340"]), np.array([True, True]), pd.Series([1190.0, 2500.0]))
    ','
    """
    off = {}
    for sign in (",", "."):
        ratio = (numbers(values, decimal=sign)[0] / measured.reindex(values.index))[doubtful]
        known = ratio[np.isfinite(ratio) & (ratio > 0)]
        off[sign] = float(np.median(np.abs(np.log10(known)))) if len(known) else np.inf
    best, other = sorted(off, key=lambda sign: off[sign])
    return best if off[best] < NEAR_DECADES and off[other] > 2 * NEAR_DECADES else ""


def floats(own: pd.Series) -> pd.Series:
    """Return texts that are plain numbers as such, NaN where they are not."""
    try:
        found = compute.cast(pa.array(own, type=pa.string(), from_pandas=True), pa.float64())
    except pa.ArrowInvalid:
        return pd.to_numeric(own, errors="coerce").astype("float64")
    return pd.Series(found.to_numpy(zero_copy_only=False), index=own.index, dtype="float64")


def _bare(own: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return texts without currency and spaces, and how often the rest counts (`k`, `mln`)."""
    bare = (
        own.str.replace("\u2212", "-")
        .str.replace(_MONEY_SIGNS, " ", regex=True)
        .str.strip()
        .str.replace(_LOOSE, "", regex=True)
    )
    bare = bare.str.replace(_SPACED, "", regex=True).str.replace(_BELOW, r"-\1\2", regex=True)
    scale = pd.Series(1.0, index=own.index)
    for words, factor in _SCALES:
        behind = bare.str.extract(rf"(?i)^(.*\d)\.?(?:{words})\.?$", expand=False)
        before = bare.str.extract(rf"(?i)^(?:{words})(\d.*)$", expand=False)
        hit = behind.fillna(before)
        scale = scale.mask(hit.notna(), factor)
        bare = hit.fillna(bare)
    return bare, scale


def _decimal_sign(bare: pd.Series) -> str:
    """Return the decimal sign that the cells show; empty where none does, `?` where they contradict each other."""
    comma, point = _shows(bare, ",", "."), _shows(bare, ".", ",")
    return "?" if comma and point else "," if comma else "." if point else ""


def _shows(bare: pd.Series, sign: str, other: str) -> bool:
    """Tell whether one of the cells can only mean a number with this decimal sign."""
    one, two = re.escape(sign), re.escape(other)
    decimals = rf"[-+]?(?:\d{{4,}}|\d*){one}(?!\d{{3}}$)\d*|[-+]?(?:0|\d{{4,}}){one}\d+"
    thousands = rf"[-+]?[1-9]\d{{0,2}}(?:{two}\d{{3}})+(?:{one}\d*)|[-+]?[1-9]\d{{0,2}}(?:{two}\d{{3}}){{2,}}"
    return bool(bare.str.fullmatch(rf"{decimals}|{thousands}", na=False).any())


def _written(own: pd.Series, sign: str, *, money: bool, unsure: str) -> pd.Series:
    """Return numbers of texts with signs in them."""
    bare, scale = _bare(own)
    bare = bare.where(bare.str.fullmatch(_WELL_FORMED))
    in_euros = money | own.str.contains(r"(?i)€|eur|,-", regex=True)
    doubtful = bare.str.fullmatch(UNSURE, na=False)
    last = np.where(bare.str.rfind(",") > bare.str.rfind("."), ",", ".")
    alone = (bare.str.count(r"\.") + bare.str.count(",")) == 1
    many = (bare.str.count(r"\.") > 1) & ~bare.str.contains(",") | (bare.str.count(",") > 1) & ~bare.str.contains(r"\.")
    mark = pd.Series(np.where(many, "", last), index=own.index)
    mark = mark.mask(doubtful & alone, _sign_of_doubtful(bare, in_euros & (scale == 1), sign, unsure))
    other = {",": ".", ".": ","}
    made = pd.Series(np.nan, index=own.index)
    for one in (",", ".", ""):
        here = mark == one
        plain = bare[here].str.replace(other.get(one, ","), "", regex=False)
        plain = plain.str.replace(",", ".", regex=False) if one == "," else plain
        plain = plain.str.replace(".", "", regex=False) if not one else plain
        made = made.mask(here, pd.to_numeric(plain, errors="coerce").astype("float64"))
    return made * (scale if money else scale.where(scale == 1))


def _sign_of_doubtful(bare: pd.Series, in_euros: pd.Series, sign: str, unsure: str) -> pd.Series:
    """Return the decimal sign of cells with one sign before three digits; empty: between thousands; `?`: not known."""
    stands = bare.str.extract(r"([.,])", expand=False)
    if sign in (",", "."):
        return stands.where(stands == sign, "")
    if sign == "?":
        return pd.Series("?", index=bare.index)
    return pd.Series(np.where(in_euros, "", stands if unsure else "?"), index=bare.index)
