"""The page of a street: when it opens and why, also where nothing is planned or not everything may be told."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.report.forms import street_pages
from koppelkans.report.forms.street_pages import STREET_PAGES
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by
from koppelkans.report.street import index_page, short_answer, street_page, streets

MOST_BYTES = 100_000
PARTIES = [
    {"party": "gemeente", "name": "Gemeente Gehucht", "kind": "gemeente", "contact": "loket wegen"},
    {"party": "gas", "name": "Netbeheerder", "shares": []},
    {"party": "water", "name": "Waterbedrijf"},
]


@pytest.fixture(scope="module")
def seen() -> Plan:
    """Return the hamlet as everyone sees it, where the operator of the gas keeps its plans to itself."""
    return seen_by(replace(hamlet_plan.plan(), settings=hamlet.settings(parties=PARTIES)))


def page(plan: Plan, name: str, lang: str = "nl") -> str:
    (street,) = [one for one in streets(plan, lang) if one.name == name]
    return street_page(street, plan, lang, index="straten-openbaar.html", map_file="kaart-openbaar.html")


def answers(plan: Plan) -> dict[str, str]:
    return {one.name: short_answer(one, plan, "nl") for one in streets(plan, "nl")}


def test_a_page_tells_when_what_who_why_and_what_became_of_a_wish(seen: Plan):
    made = page(seen, "Dorpsstraat")
    for text in (
        "Deze straat gaat open in 2030.", "ongeveer 10 dagen open", "Door Waterbedrijf.", "Het riool is slecht (5 in 2022).",
        "blijft de straat 5 jaar dicht", "“Meer bomen”", "Nog te beoordelen.", "Vragen? Gemeente Gehucht: loket wegen.",
        "Openbaar: alleen wat iedereen mag zien.",
    ):  # fmt: skip
        assert text in made
    assert "This street opens in 2030." in page(seen, "Dorpsstraat", "en")


def test_a_street_with_hidden_work_says_that_not_all_is_public_and_not_whose(seen: Plan):
    made = page(seen, "Dorpsstraat")
    assert "Niet alle plannen zijn openbaar." in made
    assert "Netbeheerder" not in made
    assert "Gas" not in made
    assert "Niet alle plannen" not in page(seen, "Kerkweg")


def test_a_street_without_works_says_so_and_never_where_something_is_hidden(seen: Plan):
    none = replace(seen.programme, open=seen.programme.open.iloc[:0])
    bare = replace(seen, context=replace(seen.context, touches=seen.context.touches.iloc[:0]), programme=none)
    assert answers(bare) == {
        "Dorpsstraat": "Niet alle plannen zijn openbaar. In deze straat kan meer gebeuren dan hier staat.",
        "Kerkweg": "Tot en met 2036 is er geen werk gepland in deze straat.",
    }


def test_work_that_is_left_undone_is_told_with_its_reason(seen: Plan):
    told = page(seen, "Kerkweg").partition("Niet in deze jaren")[2]
    assert "Verharding" in told
    assert "De kosten zijn onbekend." in told


def test_every_street_has_a_page_of_its_own_that_needs_nothing_beside_it(seen: Plan, tmp_path: Path):
    names = pd.Series(["Ds. Bosstraat", "Ds Bosstraat", "<b>'s-Gravenweg</b>", "x" * 300], dtype="str")
    sections = seen.context.sections.assign(name=names.to_numpy())
    files = STREET_PAGES.write(replace(seen, context=replace(seen.context, sections=sections)), tmp_path, "nl")
    assert len(files) == len(set(files)) == 1 + len(names)
    index = files[0].read_text("utf-8")
    for path in files:
        made = path.read_text("utf-8")
        assert path.stat().st_size < MOST_BYTES
        assert "<script" not in made
        assert "<b>'s" not in made
        assert re.findall(r'src=|url\(|href="https?:', made) == []
    for path in files[1:]:
        assert f'href="straten/{path.name}"' in index
        assert 'href="../straten-openbaar.html"' in path.read_text("utf-8")


def test_the_index_says_of_each_street_what_its_own_page_says(seen: Plan):
    lit = replace(seen, programme=replace(seen.programme, open=seen.programme.open.iloc[:0]))
    for plan in (seen, lit):
        found = streets(plan, "nl")
        files = {one.file: f"{one.file}.html" for one in found}
        index = index_page(found, plan, "nl", folder="straten", files=files, pages={})
        for one in found:
            line = index.partition(f'straten/{one.file}.html">')[2].partition("<li>")[0]
            assert all(str(year) in line for year in one.days)
            assert ("zonder de straat te openen" in line) == (bool(one.years) and not one.days)


def test_an_answer_stands_once_before_its_reason(seen: Plan):
    answers = seen.areas.answers.assign(answer="yes", why_nl="Ja: wat u vraagt, gebeurt in de Kerkweg.")
    made = page(replace(seen, areas=replace(seen.areas, answers=answers)), "Dorpsstraat")
    assert "<b>Ja.</b> Wat u vraagt, gebeurt in de Kerkweg." in made


def test_a_long_index_has_a_page_per_letter(seen: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(street_pages, "MOST", 1)
    files = {path.name: path.read_text("utf-8") for path in STREET_PAGES.write(seen, tmp_path, "nl")}
    assert 'href="straten/letter_d-openbaar.html"' in files["straten-openbaar.html"]
    assert "dorpsstraat-openbaar" not in files["straten-openbaar.html"]
    assert 'href="dorpsstraat-openbaar.html"' in files["letter_d-openbaar.html"]
    assert 'href="../straten-openbaar.html"' in files["letter_d-openbaar.html"]


def test_two_streets_of_one_name_have_a_page_each_that_says_which(seen: Plan):
    sections = seen.context.sections
    far = sections.assign(name="Dorpsstraat", geometry=sections.translate(0).where(sections["name"] == "Dorpsstraat", sections.translate(9000)))  # fmt: skip
    found = streets(replace(seen, context=replace(seen.context, sections=far)), "nl")
    assert len({one.file for one in found}) == len({one.name for one in found}) == 2
    assert all(one.name.startswith("Dorpsstraat (") for one in found)
    assert sum(len(one.works) for one in found) == sum(len(one.works) for one in streets(seen, "nl"))


def test_pieces_are_told_apart_and_a_year_says_which_lie_open(seen: Plan):
    count = int((seen.context.sections["name"] == "Dorpsstraat").sum())
    assert count > 1
    assert f"Deze straat heeft {count} stukken." in page(seen, "Dorpsstraat")
    one = seen.context.touches.drop_duplicates("work")
    made = page(replace(seen, context=replace(seen.context, touches=one)), "Dorpsstraat")
    assert "Waar: stuk 1." in made or "Waar: stuk 2." in made
