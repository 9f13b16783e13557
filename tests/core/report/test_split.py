"""The chapter and the picture of the fair split, the panel of a bundle on the map, and what everyone may see of it."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd

import hamlet
import hamlet_plan
from koppelkans.report.chapters.bundles import split
from koppelkans.report.document import Picture, Sentence, Table
from koppelkans.report.page.facts import facts
from koppelkans.report.pictures.charts import REST, fair_bars
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by

PLAN = hamlet_plan.plan()


def with_programme(**tables: pd.DataFrame) -> Plan:
    return replace(PLAN, programme=replace(PLAN.programme, **tables))


def said(plan: Plan) -> str:
    return " ".join(block.text for block in split(plan, "nl") if isinstance(block, Sentence))


def words(svg: str) -> list[str]:
    found = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 -- our own
    return ["".join(part.itertext()) for part in found]


def test_each_party_is_told_what_it_pays_and_saves_over_all_openings():
    parties, bundles = [block for block in split(PLAN, "nl") if isinstance(block, Table)]
    assert [list(row) for row in parties.rows] == [
        ["Gemeente Gehucht", "€ 40.000", "€ 20.000", "€ 20.000"],
        ["Netbeheerder", "€ 20.000", "€ 10.000", "€ 10.000"],
        ["Waterbedrijf", "€ 50.000", "€ 40.000", "€ 10.000"],
        ["Totaal", "€ 110.000", "€ 70.000", "€ 40.000"],
    ]
    assert [row[0] for row in bundles.rows] == ["Dorpsstraat 2030"] * 3
    assert "Niemand is dus beter af door alleen te gaan" in said(PLAN)
    assert [type(block) for block in split(PLAN, "nl")].count(Picture) == 1


def test_a_group_that_had_better_go_alone_is_named_with_its_streets():
    bundles = PLAN.programme.bundles.assign(in_core=False, worst_group="gas + water", worst_excess_eur=700)
    text = said(with_programme(bundles=bundles.astype({"worst_excess_eur": "Int64"})))
    assert "Netbeheerder, Waterbedrijf in Dorpsstraat, € 700 minder" in text


def test_bundles_of_one_party_have_nothing_to_split():
    assert "geen twee partijen" in said(with_programme(split=PLAN.programme.split.head(1)))


def test_the_picture_has_two_bars_per_bundle_and_puts_the_smallest_parties_together():
    many = pd.DataFrame(
        {
            "bundle": "b", "label": "Kerkweg 2030", "party": [f"Partij {at}" for at in range(10)],
            "apart_eur": [1000 * (20 - at) for at in range(10)], "fair_eur": 500,
        }
    )  # fmt: skip
    drawn = fair_bars(many, lang="nl")
    shown = words(drawn)
    assert {"Kerkweg 2030: los", "samen, eerlijk verdeeld", "Partij 6", "overige"} <= set(shown)
    assert "Partij 7" not in shown
    assert REST in drawn
    assert fair_bars(many, lang="nl") == drawn


def test_the_panel_of_a_bundle_knows_who_pays_what():
    table = facts(PLAN, "nl")["tables"]["split"]
    assert table["rows"] == 3
    assert table["columns"]["fair"] == [10_000, 20_000, 10_000]
    assert table["columns"]["bundle"] == [0, 0, 0]
    assert table["columns"]["owner"] == [
        hamlet.context().parties["party"].tolist().index(name) for name in ("gas", "gemeente", "water")
    ]


def test_everyone_sees_of_a_bundle_with_a_work_that_is_not_shared_only_the_openings_without_it():
    closed = [
        party.model_copy(update={"shares": []}) if party.party == "gas" else party for party in PLAN.settings.parties
    ]
    hidden = replace(PLAN, settings=PLAN.settings.model_copy(update={"parties": closed}))
    shown = seen_by(hidden).programme
    assert set(shown.split["owner"]) == {"gemeente", "water"}
    assert (
        shown.split["saving_eur"].sum()
        == shown.bundles["saving_eur"].sum()
        < PLAN.programme.bundles["saving_eur"].sum()
    )
    assert shown.bundles["worst_group"].isna().all()
    assert len(PLAN.programme.split) == 3


def test_a_long_name_of_a_bundle_stands_there_whole_over_several_lines():
    label = "Burgemeester van Hogendorpstraat, Hazerdonkseweg en Korenbeursstraat 2034"
    split_of = pd.DataFrame({"bundle": "b", "label": label, "party": ["a", "b"], "apart_eur": 2000, "fair_eur": 1000})
    drawn = fair_bars(split_of, lang="nl")
    assert "…" not in "".join(words(drawn))
    assert f"{label}: los".replace(" ", "") in "".join(words(drawn)).replace(" ", "")
