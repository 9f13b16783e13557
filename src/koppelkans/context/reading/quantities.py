"""Numbers and amounts as people write them, read by what the whole column shows. (nl: getallen en bedragen)."""

import re
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
_MONEY_SIGNS = r"(?i)[€$£]|eur(?:o|os)?\b|usd\b|,[-=]{1,2}$|\s|\u00a0|\u202f|(?<=\d)['\u2019](?=\d{3})"
_BELOW = r"^(?:\((\d[\d.,]*)\)|(\d[\d.,]*)-)$"
"""Below zero as bookkeeping writes it: `(1.250)` and `1.250-`."""
_SCALES = (("k|dzd|duizend", 1e3), ("mln|milj|miljoen|mio|m", 1e6), ("mrd|miljard", 1e9))
_SCALED = re.compile(rf"(?i)(?P<rest>.*?\d)\.?(?P<scale>{'|'.join(words for words, _ in _SCALES)})\.?")
_BY_UNIT = {
    "_eur": (
        (1e6, r"(?:[x×*]|in|per)\s*(?:€|eur(?:o)?)?\s*1[., ]?000[., ]?000\b|\bmln\b|miljoen|\bm\s?(?:€|eur)|\bmeur\b"),
        (1e3, r"(?:[x×*]|in|per)\s*(?:€|eur(?:o)?)?\s*1[., ]?000\b|\b[kt]\s?(?:€|eur)|duizend|\bdzd\b"),
    ),
    "_mm": ((1e3, r"[(\[]\s*m\s*[)\]]"), (10.0, r"[(\[]\s*cm\s*[)\]]"), (100.0, r"[(\[]\s*dm\s*[)\]]")),
    "_m": ((1e3, r"[(\[]\s*km\s*[)\]]"),),
    "_m2": ((1e4, r"[(\[]\s*ha\s*[)\]]"), (1e6, r"[(\[]\s*km(?:2|²)\s*[)\]]")),
}
"""Ending of our column = how often our unit goes into what a column name says, the first that fits."""


def scale_of(column: str, said: str) -> float:
    """Return how often our unit goes into the unit that a column name or a setting says.

    1 where it says none, or ours.

    >>> scale_of("cost_eur", "Raming (x € 1.000)"), scale_of("cost_eur", "Raming"), scale_of("length_m", "Lengte (km)")
    (1000.0, 1.0, 1000.0)
    """
    ending = next((one for one in sorted(_BY_UNIT, key=len, reverse=True) if column.endswith(one)), "")
    own = re.sub(r"\s+", " ", said.lower())
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
        sign = decimal or _decimal_sign(_bare(own[stands])[0])
        found = found.mask(written, _written(own[written], sign, money=money, unsure=unsure))
    found = found.where(np.isfinite(found))
    return found, (own.notna() & found.isna()).to_numpy()


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
    bare = own.str.replace(_MONEY_SIGNS, "", regex=True).str.replace(_BELOW, r"-\1\2", regex=True)
    scale = pd.Series(1.0, index=own.index)
    for words, factor in _SCALES:
        hit = bare.str.extract(rf"(?i)^(.*\d)\.?(?:{words})\.?$", expand=False)
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
