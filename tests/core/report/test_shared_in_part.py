"""A partner that a viewer may not see: no saving, part or count from which it follows by taking off."""

from dataclasses import replace
from itertools import chain, combinations

import pandas as pd
import pytest

import hamlet
import hamlet_plan
from koppelkans.ground.tables import shape
from koppelkans.report.circle import EVERYONE, Viewer
from koppelkans.report.plan import Plan
from koppelkans.report.seen_by import seen_by
from koppelkans.report.shared_in_part import without_partners

ALL = ["section", "window", "kind", "certainty", "cost", "name"]
GAS, WATER = Viewer("party", "gas"), Viewer("party", "water")
CASES = {"gas": ([], ALL, (EVERYONE, WATER)), "water": (ALL, [], (EVERYONE, GAS)), "both": ([], [], (EVERYONE,))}
"""What gas and water share, and who looks."""


def paid_in_part() -> Plan:
    """Return the hamlet in which a purse pays the part of the sewer in the street that gas opens too."""
    plan = hamlet_plan.plan()
    charge = {"work": ["w-sewer"], "section": "S2", "fund": "rioolheffing", "year": 2030, "amount_eur": 5_000}
    account = plan.account
    charges = pd.concat([account.charges, pd.DataFrame(charge)], ignore_index=True)
    return replace(plan, account=replace(account, charges=shape(charges, account.TABLES["charges"])))


@pytest.fixture(scope="module", params=CASES)
def views(request: pytest.FixtureRequest) -> list[Plan]:
    """Return the plan of the hamlet as everyone and as each party sees it, where one or two parties share nothing."""
    gas, water, viewers = CASES[request.param]
    parties = [{"party": "gas", "name": "Gas", "shares": gas}, {"party": "water", "name": "Water", "shares": water}]
    plan = replace(paid_in_part(), settings=hamlet.settings(parties=parties))
    return [seen_by(plan, viewer) for viewer in viewers]


def test_savings_that_are_listed_add_up_to_the_total_per_year_and_in_all(views: list[Plan]):
    for shown in views:
        account, bundles, split = shown.account, shown.programme.bundles, shown.programme.split
        told = account.whole("saving_eur")
        assert bundles["saving_eur"].sum() == told, shown.viewer
        assert split["saving_eur"].sum() == told
        assert shown.areas.summary["saving_eur"].sum() == told
        assert bundles["own_saving_eur"].sum() == account.whole("own_saving_eur")
        per = bundles.groupby("year")["saving_eur"].sum()
        years = account.years.set_index("year")["saving_eur"]
        assert years[years != 0].to_dict() == per[per != 0].to_dict()
        assert sum(account.saved_here().values()) == told
        assert shown.areas.holders["saving_eur"].sum() in {
            told,
            *(told - split["saving_eur"]),
        }  # of a hidden cost no row


def test_parts_that_are_shown_add_up_to_what_they_are_parts_of(views: list[Plan]):
    for shown in views:
        parts = shown.account.parts.groupby(["section", "year"])["part_eur"].sum()
        opened = shown.account.openings.set_index(["section", "year"])["opening_eur"]
        assert parts.equals(opened.reindex(parts.index)), shown.viewer
        split = shown.programme.split.groupby("bundle")[["apart_eur", "fair_eur", "saving_eur"]].sum()
        bundles = shown.programme.bundles.set_index("bundle")[["apart_eur", "together_eur", "saving_eur"]]
        assert split.to_numpy().tolist() == bundles.to_numpy().tolist()


def test_works_and_parties_are_counted_as_they_are_named(views: list[Plan]):
    for shown in views:
        programme = shown.programme
        named = programme.plan.merge(shown.context.works[["work", "owner"]], on="work")
        by_bundle = named.groupby("bundle").agg(works=("work", "nunique"), owners=("owner", "nunique"))
        bundles = programme.bundles.set_index("bundle")[["works", "owners"]]
        assert bundles.to_dict() == by_bundle.to_dict(), shown.viewer
        here = named.merge(shown.context.touches, on="work").groupby(["section", "year"])
        cells = here.agg(works=("work", "nunique"), owners=("owner", "nunique"))
        opened = programme.open.set_index(["section", "year"])[["works", "owners"]]
        assert opened.to_dict() == cells.to_dict()
        summary, agenda = shown.areas.summary.set_index("area"), shown.areas.agenda
        assert (
            summary["works"].to_dict()
            == agenda.groupby("area")["work"].nunique().reindex(summary.index, fill_value=0).to_dict()
        )
        assert summary["apart_openings"].sum() == opened["works"].sum()


def test_a_street_that_is_opened_only_by_what_is_hidden_is_not_open():
    plan = replace(
        hamlet_plan.plan(), settings=hamlet.settings(parties=[{"party": "water", "name": "W", "shares": []}])
    )
    assert "S3" in hamlet_plan.plan().programme.open["section"].tolist()
    assert "S3" not in seen_by(plan).programme.open["section"].tolist()


def test_whatever_is_hidden_a_bundle_is_two_works_that_are_seen_and_its_parts_add_up():
    """All ways to hide some of the works that go together in the hamlet."""
    whole = hamlet_plan.plan()
    planned, parts = whole.programme.plan, whole.account.parts
    works = planned.dropna(subset=["bundle"])["work"].tolist()
    bundles = []
    for hidden in chain.from_iterable(combinations(works, count) for count in range(len(works) + 1)):
        seen = replace(
            whole,
            programme=replace(whole.programme, plan=planned[~planned["work"].isin(hidden)]),
            account=replace(whole.account, parts=parts[~parts["work"].isin(hidden)]),
        )
        shown = without_partners(seen, whole).programme
        named = shown.plan.dropna(subset=["bundle"]).groupby("bundle")["work"].nunique()
        assert shown.bundles.set_index("bundle")["works"].to_dict() == named.to_dict(), hidden
        assert (named > 1).all()
        paid = shown.split.groupby("bundle")[["apart_eur", "fair_eur", "saving_eur"]].sum()
        assert (
            paid.to_numpy().tolist() == shown.bundles[["apart_eur", "together_eur", "saving_eur"]].to_numpy().tolist()
        )
        bundles.append(len(named))
    assert sorted(set(bundles)) == [0, 1]
