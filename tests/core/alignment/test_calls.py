"""Whom to phone, about which street, and what to agree."""

import pandas as pd

from koppelkans.alignment.calls import calls_of

PARTIES = pd.DataFrame({"party": ["a", "b"], "name": ["A", "B"], "contact": [None, "desk of B"]})
WISHES = pd.DataFrame({"section": ["S1"], "name_nl": ["hitte"], "name_en": ["heat stress"]})


def match(section: str, street: str | None, strength: float, shift: int = 0, work: str = "w") -> dict[str, object]:
    return {
        "section": section,
        "street": street,
        "party": "a",
        "other_party": "b",
        "work": work,
        "other_work": "x",
        "first_year": 2028,
        "last_year": 2030,
        "shift_years": shift,
        "strength": strength,
    }


def calls(rows: list[dict[str, object]], lang: str = "nl") -> pd.DataFrame:
    ends = {(str(row[end]), str(row["section"])) for row in rows for end in ("work", "other_work")}
    openings = pd.DataFrame(sorted(ends), columns=["work", "section"]).assign(alone_eur=10_000)
    return calls_of(pd.DataFrame(rows), parties=PARTIES, openings=openings, wishes=WISHES, lang=lang).set_index("party")


def test_each_of_two_parties_phones_the_other_at_its_desk():
    made = calls([match("S1", "Dorpsstraat", 0.8)])
    assert made.loc["a", ["other_party", "contact"]].tolist() == ["b", "desk of B"]
    assert pd.isna(made.loc["b", "contact"])


def test_the_best_street_comes_first_and_after_eight_the_rest_is_counted():
    rows = [match(f"S{at}", f"Straat {at}", at / 20) for at in range(1, 12)]
    assert calls(rows).loc["a", "streets"].startswith("Straat 11, Straat 10, ")
    assert calls(rows).loc["a", "streets"].endswith(", Straat 4 en nog 3")
    assert calls(rows, lang="en").loc["a", "streets"].endswith(" and 3 more")


def test_a_street_of_two_sections_counts_both():
    rows = [match("S1", "Lang", 0.5), match("S2", "Lang", 0.5), match("S3", "Kort", 0.8)]
    assert calls(rows).loc["a", "streets"] == "Lang en Kort"


def test_one_opening_is_saved_per_section_however_many_works_match_there():
    rows = [match("S1", "Lang", 0.5), match("S1", "Lang", 0.6, work="v"), match("S2", "Lang", 0.5)]
    assert calls(rows).loc["a", ["saving_eur", "sections", "matches"]].tolist() == [20_000, 2, 2]
    assert calls(rows).loc["b", "matches"] == 1


def test_the_terms_say_once_together_what_it_saves_who_shifts_and_what_to_take_along():
    made = calls([match("S1", "Dorpsstraat", 0.5), match("S2", None, 0.4, shift=2)])
    assert made.loc["a", "terms_nl"] == (
        "Spreek af om Dorpsstraat en wegvak S2 samen één keer open te maken in 2028–2030 (2 wegvakken), deel de kosten van"
        " het openbreken (dat scheelt hooguit € 20.000), laat een van beide hooguit 2 jaar schuiven in 1 wegvak en neem mee: hitte."
    )
    assert made.loc["a", "terms_en"] == (
        "Agree to open Dorpsstraat and section S2 together, once, in 2028–2030 (2 sections), share the cost of opening, which"
        " saves at most €20,000, let one of you shift at most 2 years in 1 section and take along heat stress."
    )
