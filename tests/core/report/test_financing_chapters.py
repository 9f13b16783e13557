"""The blocks on who pays and who gains: what stands in them is what the tables say."""

from dataclasses import replace

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.ground.words import euros
from koppelkans.report.chapters.bundles import every_bundle
from koppelkans.report.chapters.financing import advance, purses
from koppelkans.report.chapters.who_gains import holder_names, model, who_gains
from koppelkans.report.document import Block, Heading, Picture, Sentence, Table, Tiles
from koppelkans.report.pictures.case_charts import balances, holder_matrix
from koppelkans.report.plan import Plan

DUCTS = {
    "facility": "buizen", "name": "Mantelbuizen Dorpsstraat", "cost_eur": 10_000, "sections": ["S2"], "lender": "gemeente",
    "last_year": 2036, "users": [{"user": "gas", "places": 2, "year": 2033}, {"user": "warmte", "places": 1}],
}  # fmt: skip
PURSES = [
    {"fund": "rioolheffing", "budget_eur": 20_000, "kinds": ["sewer_gravity", "paving"]},
    {"fund": "wegen", "budget_eur": 10_000},
    {"fund": "krediet", "sort": "krediet", "kinds": ["paving"], "budget_eur": 5_000, "planned": False},
]
PLAN = hamlet_plan.plan(hamlet.settings(funds=PURSES, appraisal={"financing": {"facilities": [DUCTS]}}))


def words(blocks: list[Block]) -> str:
    """Return everything that is said in blocks."""
    said = [block.text for block in blocks if isinstance(block, Sentence | Heading)]
    for block in blocks:
        if isinstance(block, Table):
            said += [block.caption, *(cell for row in block.rows for cell in row)]
        if isinstance(block, Tiles):
            said += [f"{tile.figure} {tile.what} {tile.note}" for tile in block.tiles]
    return "\n".join(said)


def table(blocks: list[Block], caption: str) -> list[list[str]]:
    """Return the rows of the table whose caption starts so."""
    return next(
        [list(row) for row in block.rows]
        for block in blocks
        if isinstance(block, Table) and block.caption.startswith(caption)
    )


def bargained(plan: Plan, gains: dict[str, int]) -> Plan:
    """Return the plan in which the bundle gives these gains together."""
    rows = plan.financing.holders
    hit = (rows["case"] == "b-1") & (rows["alternative"] == "together")
    told = rows.assign(
        gain_null_eur=rows["gain_null_eur"].where(~hit, rows["holder"].map(gains).fillna(0)).astype("int64")
    )
    sums = plan.financing.bargains
    hit = (sums["case"] == "b-1") & (sums["alternative"] == "together") & (sums["against"] == "null")
    total = sum(gains.values())
    sums = sums.assign(
        feasible=sums["feasible"].where(~hit, total >= 0), missing_eur=sums["missing_eur"].where(~hit, max(0, -total)),
        losers=sums["losers"].where(~hit, sum(gain < 0 for gain in gains.values())),
    )  # fmt: skip
    return replace(plan, financing=replace(plan.financing, holders=told, bargains=sums))


def test_the_table_of_holders_adds_up_and_tells_who_is_better_off():
    blocks = who_gains(PLAN, "b-1", "nl")
    rows = table(blocks, "Alle werken samen")
    held = PLAN.financing.holders
    here = held[(held["case"] == "b-1") & (held["alternative"] == "together")]
    assert len(rows) == len(here) + 1
    assert rows[-1][0] == "Samen"
    assert rows[-1][3] == euros(here["worth_eur"].sum(), "nl")
    assert "Beter af dan bij niets doen: " in words(blocks)
    assert any(isinstance(block, Picture) and "winnen of verliezen" in block.alt for block in blocks)


def test_holders_that_are_not_in_the_catalogue_keep_their_own_names():
    names = holder_names(PLAN, pd.Series(["gas", "residents", "birds", "fish"]), "en")
    assert names == {"gas": "Netbeheerder", "residents": "residents", "birds": "birds", "fish": "fish"}


def test_a_purse_of_the_municipality_carries_both_names():
    names = holder_names(PLAN, pd.Series(["gemeente/wegen", "gemeente/-", "gemeente"]), "nl")
    assert names["gemeente/wegen"].startswith("Gemeente Gehucht – ")
    assert (names["gemeente/-"], names["gemeente"]) == ("Gemeente Gehucht – geen potje", "Gemeente Gehucht")


def test_where_nobody_loses_no_transfer_is_told():
    assert "verrekening is niet nodig" in words(who_gains(bargained(PLAN, {"gas": 5}), "b-1", "nl"))


def test_where_the_whole_loses_it_says_what_is_missing_and_that_no_transfer_mends_it():
    text = words(who_gains(bargained(PLAN, {"gas": 5, "gemeente": -12}), "b-1", "nl"))
    assert "Vergeleken met niets doen verliezen allen samen € 7." in text
    assert "geen verrekening" in text


def test_transfers_are_told_by_the_rule_of_the_city():
    rows = hamlet_plan.plan().financing.bargains
    case = rows[(rows["alternative"] == "together") & rows["feasible"] & (rows["losers"] > 0)]
    blocks = who_gains(hamlet_plan.plan(), str(case["case"].iloc[0]), "nl")
    assert "Wie verliest, krijgt precies dat verlies terug" in words(blocks)
    assert len(table(blocks, "Verrekening: ")) == case["holders"].iloc[0]


def test_each_work_apart_is_a_comparison_of_its_own():
    # residents are 425 worse off together than when each goes alone
    blocks = who_gains(hamlet_plan.plan(), "b-1", "nl")
    assert "Vergeleken met elk werk apart moet ten minste € 425 van hand wisselen" in words(blocks)
    moved = [list(row) for block in blocks if isinstance(block, Table) for row in block.rows]
    assert ["bewoners", "− € 425", "€ 425", "€ 0"] in moved
    # against doing nothing the purse for roads loses: hidden where the municipality is one holder, for sewers gain more
    gains = hamlet_plan.plan().financing.holders.set_index(["case", "alternative", "holder"])["gain_null_eur"]
    loss = gains["b-1", "together", "gemeente/wegen"]
    assert loss < 0 < loss + gains["b-1", "together", "gemeente/rioolheffing"]
    told = ["Gemeente Gehucht – Voorziening wegen en verlichting", euros(loss, "nl"), euros(-loss, "nl"), "€ 0"]
    assert told in moved


def test_the_city_tells_of_every_bundle_whether_transfers_can_mend_it():
    mended = every_bundle(PLAN, "city", "nl")
    assert [row[0] for row in table(mended, "Alle werken van een bundel samen")] == ["Dorpsstraat"]
    lost = every_bundle(bargained(PLAN, {"gas": 5, "residents": -12}), "city", "nl")
    assert "In één bundel kan geen verrekening dat" in words(lost)
    assert table(lost, "Alle werken van een bundel samen")[0][1:] == ["bewoners", "–", "€ 7"]
    assert "blad “Houders per bundel”" in words(lost)
    assert every_bundle(PLAN, "b-1", "nl") == []


def test_a_case_that_is_not_there_is_said_so():
    assert "geen businesscase" in words(who_gains(PLAN, "b-9", "nl"))
    assert "geen werk in het programma" in words(purses(PLAN, "b-9", "nl"))
    assert model(PLAN, "b-9", "nl") == []
    assert advance(PLAN, "b-9", "nl") == []


def test_purses_of_a_bundle_tell_what_they_pay_and_the_gap_with_its_reason():
    blocks = purses(PLAN, "b-1", "nl")
    assert [
        "Riool Dorpsstraat",
        "2030",
        "€ 95.000",
        "€ 80.000",
        "€ 15.000",
        "te weinig geld dan, of later nodig voor andere werken",
    ] in table(blocks, "Gaten")
    assert "€ 35.000 gat: geen potje betaalt dit" in words(blocks)
    assert "Gemeentewet art. 228a" in words(blocks)


def test_the_city_tells_every_purse_what_lapses_and_what_a_rule_forbids():
    text = words(purses(PLAN, "city", "nl"))
    assert "Rioolheffing moest van de instellingen verharding betalen; de regel verbiedt dat" in text
    assert "in totaal € " in text
    assert "Kapitaallasten van kredieten" in text


def test_an_advance_tells_what_stays_if_fewer_come():
    blocks = advance(PLAN, "b-1", "nl")
    text = words(blocks)
    # gas pays 2/3 x 10,612 = 7,075 in 2033; 3,537 is left and grows by 71, 72 and 74. If nobody comes each year of 2 %,
    # rounded: 10,200, 10,404, 10,612, 10,824, 11,040, 11,261
    assert "schiet in 2030 € 10.000 voor, tegen 2,00 % rente" in text
    assert "€ 3.754 als alle gebruikers komen" in text
    assert "€ 11.261 als niemand komt" in text
    assert "Van één latere gebruiker is geen jaar bekend" in text
    # few: 40 % of 7,075 is 2,830 in 2033, so 10,612 - 2,830 = 7,782 is left, and grows to 7,938, 8,097 and 8,259
    assert "€ 8.259 als 40 % komt" in text
    assert [row[-2] for row in table(blocks, "De lening jaar voor jaar")][-1] == "€ 8.259"


def test_fees_that_come_every_year_are_told_per_user_and_year():
    users = [{"user": "gas", "places": 1, "year": 2033}, {"user": "water", "places": 1, "year": 2034}]
    yearly = DUCTS | {"repay": "yearly", "users": users}
    plan = hamlet_plan.plan(hamlet.settings(appraisal={"financing": {"facilities": [yearly]}}))
    rows = table(advance(plan, "b-1", "nl"), "Wie wat in welk jaar")
    assert [row[0] for row in rows] == ["2033", "2034", "2035", "2036"]
    assert rows[0][2] == "–"
    assert rows[1][1] == rows[1][2]
    paid = plan.financing.repayments
    full = paid[paid["uptake"] == "full"].groupby("year")["amount_eur"].sum()
    assert rows[0][3] == f"€ {full[2033]:,}".replace(",", ".")


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_model_of_a_bundle_says_why_and_what_to_do(lang: str):
    blocks = model(PLAN, "b-1", lang)
    assert "cluster D" in words(blocks)
    assert len([block for block in blocks if isinstance(block, Table)]) == 2


def test_the_city_as_a_whole_is_a_case_of_method():
    assert "cluster B" in words(model(PLAN, "city", "nl"))


def test_where_no_sign_is_seen_the_steps_for_any_case_follow():
    rows = PLAN.financing.fits
    blind = replace(PLAN, financing=replace(PLAN.financing, fits=rows.assign(met=0)))
    blocks = model(blind, "b-1", "nl")
    assert "Geen van de vier clusters" in words(blocks)
    assert table(blocks, "Stappenplan")[0][1] == "Zet alle potjes met hun regels en bedragen per jaar op een rij."


def test_pictures_are_the_same_bytes_twice():
    cells = pd.DataFrame(
        {"holder": ["a", "b"], "alternative": ["samen", "samen"], "gain_eur": [5, -3], "text": ["5", "-3"]}
    )
    assert holder_matrix(cells, lang="nl") == holder_matrix(cells, lang="nl")
    rows = pd.DataFrame({"outcome": ["allen", "allen"], "year": [2030, 2031], "closing_eur": [5_000, 0]})
    assert balances(rows, lang="nl") == balances(rows, lang="nl")
