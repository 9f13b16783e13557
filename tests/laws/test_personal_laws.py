"""Laws of free text: what points at a person goes however it is written, and figures of the programme stay."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hamlet_plan
from koppelkans.report.personal import HIDDEN, without_personal
from koppelkans.report.seen_by import seen_by

GAPS = st.sampled_from(["", " ", "-", ".", "/", "\u2011", "\u2013", "\u2212", "\u00a0", " - ", "\u202f"])
BEFORE = st.sampled_from(["", "Bel ", "(", "tel:", "mijn nummer is ", "Bereikbaar op: "])


def spread(digits: str, gaps: list[str]) -> str:
    """Return figures with signs between them."""
    return "".join(figure + gap for figure, gap in zip(digits, [*gaps, ""], strict=True))


@settings(max_examples=200, deadline=None)
@given(BEFORE, st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True), st.lists(GAPS, min_size=9, max_size=9))
def test_a_dutch_number_goes_however_it_is_written(before: str, digits: str, gaps: list[str]):
    assert not re.search(r"\d", without_personal(before + spread(digits, gaps)))


@settings(max_examples=200, deadline=None)
@given(
    BEFORE,
    st.sampled_from(["+31", "+32", "+49", "0032", "0049", "+44", "+352"]),
    st.from_regex(r"[1-9][0-9]{8}", fullmatch=True),
    st.lists(GAPS, min_size=8, max_size=8),
    st.sampled_from(["", " ", " (0)", "-"]),
)
def test_a_number_of_another_land_goes(before: str, land: str, digits: str, gaps: list[str], between: str):
    assert not re.search(r"\d", without_personal(before + land + between + spread(digits, gaps)))


@settings(max_examples=200, deadline=None)
@given(
    st.from_regex(r"[a-z]{2,8}[.+_-]?[a-z0-9]{1,8}", fullmatch=True),
    st.sampled_from(["@", " @ ", " (at) ", "(at)", "[at]", " @", "@ ", " (AT) ", "＠"]),
    st.from_regex(r"[a-z]{3,8}", fullmatch=True),
    st.sampled_from([".", " . ", " (punt) ", "(dot)", "[.]"]),
    st.sampled_from(["nl", "be", "com", "amsterdam"]),
)
def test_a_mail_address_goes_however_it_is_hidden(name: str, at: str, host: str, dot: str, top: str):
    shown = without_personal(f"Mail {name}{at}{host}{dot}{top}! Dank.")
    assert shown == f"Mail {HIDDEN}! Dank."


@settings(max_examples=200, deadline=None)
@given(st.integers(10_000_000, 99_999_999), st.sampled_from(["{0}", "{1} {2} {3}", "{1}-{2}-{3}", "bsn {0}"]))
def test_a_number_that_passes_the_test_of_eleven_goes(first: int, form: str):
    weighed = sum(weight * int(figure) for weight, figure in zip(range(9, 1, -1), str(first), strict=True))
    if weighed % 11 == 10:
        return
    number = f"{first}{weighed % 11}"
    text = form.format(number, number[:3], number[3:6], number[6:])
    assert not re.search(r"\d", without_personal(f"Ik ben {text}, dank."))


@pytest.mark.parametrize(
    "account",
    [
        "BE71 0961 2345 6769", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "FR14 2004 1010 0505 0001 3M02 606",
        "GB29 NWBK 6016 1331 9268 19", "NL91ABNA0417164300", "nl91 abna 0417 1643 00", "NL91-ABNA-0417-1643-00",
    ],
)  # fmt: skip
def test_an_account_of_any_land_goes_and_the_words_behind_it_stay(account: str):
    assert without_personal(f"Betaal {account} en bel dan.") == f"Betaal {HIDDEN} en bel dan."


@pytest.mark.parametrize(
    "address", ["1234 AB 12", "1234AB 12a", "1234ab 12", "1234 AB, nr. 5", "12, 1234 AB", "12a 1234 AB"]
)
def test_a_postcode_with_a_house_number_goes(address: str):
    assert without_personal(f"Ik woon op {address}.") == f"Ik woon op {HIDDEN}."


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 9_999_999_999),
    st.integers(1900, 2200),
    st.integers(1900, 2200),
    st.integers(0, 10_000_000),
    st.from_regex(r"(S|WVK-|w-|sec_)[0-9]{1,7}", fullmatch=True),
)
def test_amounts_years_keys_and_areas_stay(amount: int, year: int, other: int, area: int, key: str):
    dotted, spaced = f"{amount:,}".replace(",", "."), f"{amount:,}".replace(",", "\u00a0")
    for text in (
        f"€ {dotted} in {year}", f"€ {amount}", f"{dotted} euro", f"€ {spaced} erbij", f"{year}-{other}", f"{year}–{other}",
        f"{year}, {other}", f"in {year} en {other} bij {key}", f"{area} m²", f"{area} m2 in {year}", f"wegvak {key}",
        f"{area / 100:.2f} %", "0,15 / 0,20 / 0,30 / 0,40", f"€ {dotted} ({year}–{other})",
    ):  # fmt: skip
        assert without_personal(text) == text


def test_what_people_typed_is_cut_wherever_it_may_be_typed():
    plan = hamlet_plan.plan()
    typed = "Bel 06/123.45.678, mail jan @ voorbeeld . nl of kom naar 1234 AB 12; bsn 111222333"
    wishes = plan.context.wishes.assign(text=typed)
    shown = seen_by(replace(plan, context=replace(plan.context, wishes=wishes))).context.wishes["text"].iloc[0]
    assert shown == f"Bel {HIDDEN}, mail {HIDDEN} of kom naar {HIDDEN}; {HIDDEN}"
