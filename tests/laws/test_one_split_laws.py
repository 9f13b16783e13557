"""One split: what each party pays of works and of openings is the same figure in every room that tells it."""

from functools import cache

import pytest

import hamlet
import hamlet_plan
import hamlet_programme
from koppelkans.account import reckon
from koppelkans.account.product import Account
from koppelkans.appraisal.business import build_cases
from koppelkans.appraisal.business.product import CITY, Business
from koppelkans.appraisal.financing import finance
from koppelkans.appraisal.financing.product import Financing
from koppelkans.programme.schedule import schedule

ASSUMED = {"value": 0.4, "unit": "share of the paved area", "source": "assumption of the project"}
ON_TOP = {"engineering": 0.10, "other": 0.05, "risk": 0.10}
FUNDS = [
    {"fund": "riool", "owner": "gemeente", "kinds": ["sewer_gravity"], "budget_eur": 200_000},
    {"fund": "wegen", "owner": "gemeente", "kinds": ["paving"], "budget_eur": 9_000},
    {"fund": "klimaat", "sort": "subsidie", "kinds": ["sewer_gravity"], "share": 0.1, "budget_eur": 9_000, "planned": False},
]  # fmt: skip
Told = tuple[Account, Financing, Business]


def by_hand() -> Told:
    plan = hamlet_plan.plan()
    return plan.account, plan.financing, plan.business


@cache
def wide() -> Told:
    """Return the hamlet with widths per kind, tight purses, a grant beside them and what its council declared on top."""
    phases = dict.fromkeys(("wens", "voornemen", "gepland", "vast"), ON_TOP)
    settings = hamlet.settings(
        funds=FUNDS,
        programme={"gap": 0.0, "what_if": False, "compare": False},
        appraisal={
            "figures": {"opened_share": ASSUMED},
            "business": {"draws": 10, "ssk": {"phases": phases}},
        },
    )
    town, vision, finds = hamlet.context(), hamlet.vision(), hamlet.opportunities()
    _, money, weighing = hamlet_programme.walked(settings)
    programme = schedule(town, money, weighing, settings=settings)
    business = build_cases(town, vision, finds, money, programme, settings=settings)
    financing = finance(town, finds, money, programme, business, settings=settings)
    return reckon(town, money, programme, settings=settings), financing, business


TOWNS = pytest.mark.parametrize("told", [by_hand, wide], ids=["by_hand", "wide"])


@TOWNS
def test_every_party_is_asked_the_investment_of_its_works(told: object) -> None:
    account, financing, _ = told()  # type: ignore[operator]
    owner = financing.coverage["work"].map(account.works.set_index("work")["owner"])
    wanted = financing.coverage.groupby(owner)["wanted_eur"].sum()
    owners = account.owners.set_index("owner")["investment_eur"]
    assert wanted.to_dict() == owners.loc[wanted.index].to_dict()
    assert wanted.sum() == account.whole("investment_eur")


@TOWNS
def test_what_purses_pay_is_what_they_are_charged_less_what_others_take_over(told: object) -> None:
    account, financing, _ = told()  # type: ignore[operator]
    charged = account.purses.dropna(subset=["fund"]).groupby("fund")["amount_eur"].sum()
    purses = financing.purses.set_index("fund")
    assert purses.loc[charged.index, "charged_eur"].to_dict() == charged.to_dict()
    beside = purses["used_eur"].drop(charged.index, errors="ignore").sum()
    taken = (purses["charged_eur"] - purses["used_eur"]).loc[charged.index]
    gap = financing.coverage["gap_eur"].sum()
    assert (taken >= 0).all()
    assert account.whole("uncovered_eur") - gap == beside - taken.sum()


@TOWNS
def test_the_business_case_holds_the_same_investment_of_each_party(told: object) -> None:
    account, _, business = told()  # type: ignore[operator]
    flows = business.flows
    paid = flows["effect"].isin(["capital_cost", "opening_cost"]) & (flows["year"] <= 2036)
    here = flows[paid & (flows["case"] == CITY) & (flows["alternative"] == "together")]
    sums = -here.groupby("holder")["amount_eur"].sum()
    owners = account.owners.set_index("owner")["investment_eur"]
    assert sums.round().astype("int64").to_dict() == owners.loc[sums.index].to_dict()


def test_a_narrow_work_pays_less_of_a_street_than_the_wide_one_beside_it():
    account, _, _ = wide()
    parts = account.parts.merge(account.works[["work", "owner"]], on="work")
    shared = parts[parts.groupby(["section", "year"])["owner"].transform("nunique") > 1]
    cell = shared.groupby(["section", "year"])
    assert len(shared)
    assert (cell["part_eur"].sum() == cell["alone_eur"].max()).all()
    assert (shared["part_eur"] <= shared["alone_eur"]).all()
