"""The one page of a party: its own works and money, and whom it calls, on one sheet."""

from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

import hamlet_plan
from koppelkans.ground.words import euros
from koppelkans.report.chapters.party_page import party_page
from koppelkans.report.circle import Viewer
from koppelkans.report.document import Heading, Sentence, Table, Tiles
from koppelkans.report.forms.party_pdf import PARTY_PDF

PLAN = hamlet_plan.plan()


def test_a_party_reads_its_own_works_money_and_saving_as_the_account_has_them():
    blocks = party_page(PLAN, "water", "nl")
    (tiles,) = [block for block in blocks if isinstance(block, Tiles)]
    row = PLAN.account.owners.set_index("owner").loc["water"]
    amounts = [euros(int(row[name]), "nl") for name in ("investment_eur", "saving_eur")]
    assert [tile.figure for tile in tiles.tiles] == ["2 van 2", *amounts]
    first = [block for block in blocks if isinstance(block, Table)][-1]
    assert [row[:3] for row in first.rows] == [
        ["2028", "drinkwaterleiding", "Kerkweg"],
        ["2030", "drinkwaterleiding", "Dorpsstraat"],
    ]
    assert "Gemeente Gehucht" in first.rows[1][3]


def test_what_is_left_undone_is_told_with_its_reason():
    blocks = party_page(PLAN, "gemeente", "en")
    assert "One work is left undone" in [block.text for block in blocks if isinstance(block, Heading)]
    assert "Klinkers Kerkweg: The cost is unknown." in [block.text for block in blocks if isinstance(block, Sentence)]


def test_a_party_without_works_reads_whom_to_tell_its_plans_and_which_streets_open_first():
    blocks = party_page(PLAN, "nobody", "nl")
    told = " ".join(block.text for block in blocks if isinstance(block, Sentence))
    assert "Voor de jaren 2027 tot en met 2036 is geen werk van u bekend." in told
    assert "U vertelt het aan: Gemeente Gehucht" in told
    assert not [block for block in blocks if isinstance(block, Tiles)], "no figures of nothing"
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [list(row) for row in table.rows] == [
        ["2028", "Kerkweg", "Waterbedrijf"],
        ["2030", "Dorpsstraat", "Netbeheerder, Gemeente Gehucht, Waterbedrijf"],
    ]


def test_a_party_whose_works_have_no_year_and_no_match_reads_that():
    works = PLAN.context.works.assign(
        owner=PLAN.context.works["owner"].mask(PLAN.context.works["work"] == "w-paving-4", "nobody")
    )
    blocks = party_page(replace(PLAN, context=replace(PLAN.context, works=works)), "nobody", "nl")
    told = [block.text for block in blocks if isinstance(block, Sentence)]
    assert "Geen andere partij wil in deze jaren dezelfde straat openmaken." in told
    assert "Geen enkel werk heeft een jaar." in told


def test_it_is_one_page(tmp_path: Path):
    seen = replace(PLAN, viewer=Viewer("party", "water", "Waterbedrijf"))
    (path,) = PARTY_PDF.write(seen, tmp_path, "nl")
    assert path.name == "bladzijde-partij-water.pdf"
    assert len(PdfReader(path).pages) == 1
