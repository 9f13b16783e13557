"""What any transfer, financing mix, credit and loan obeys, whatever the numbers."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koppelkans.appraisal.financing.capital import LoanTerms, charges
from koppelkans.appraisal.financing.holders import sum_holders
from koppelkans.appraisal.financing.mix import PurseOffer, allocate, allowed, coverage
from koppelkans.appraisal.financing.prefinancing import Loan, schedule
from koppelkans.appraisal.financing.transfers import equal, proportional
from koppelkans.ground.settings import Facility, Fund

FEW = settings(max_examples=20, deadline=None)
RATES = st.sampled_from([0.0, 1e-12, 0.0225, 0.08])
GAINS = st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=8)
YEARS = [2029, 2030, 2031]
KINDS = ("sewer_gravity", "paving", "tree")


@FEW
@given(GAINS.filter(lambda gains: sum(gains) >= 0))
def test_transfers_add_to_zero_and_leave_nobody_worse_off_whenever_the_whole_gains(gains: list[int]):
    for split in (proportional, equal):
        moved = split(gains)
        assert moved.sum() == 0
        assert (np.array(gains) + moved >= 0).all()


@FEW
@given(GAINS.filter(lambda gains: sum(gains) >= 0))
def test_no_transfers_that_leave_nobody_worse_off_move_less_than_the_proportional_ones(gains: list[int]):
    loss = sum(-gain for gain in gains if gain < 0)
    assert np.clip(proportional(gains), 0, None).sum() == loss
    assert np.clip(equal(gains), 0, None).sum() >= loss


@FEW
@given(GAINS.filter(lambda gains: sum(gains) >= 0), st.integers(1, 50))
def test_gains_that_are_so_many_times_larger_ask_transfers_so_many_times_larger(gains: list[int], times: int):
    large = proportional([gain * times for gain in gains])
    assert (abs(large - times * proportional(gains)) <= times).all()


@st.composite
def purse(draw: st.DrawFn, name: str) -> PurseOffer:
    """Draw a purse with any rules."""
    fund = Fund(
        fund=name,
        sort=draw(st.sampled_from(["", "rioolheffing", "subsidie", "krediet"])),
        kinds=draw(st.lists(st.sampled_from(KINDS), unique=True)),
        share=draw(st.sampled_from([0.25, 0.5, 1.0])),
        order=draw(st.integers(0, 5)),
        carries_over=draw(st.booleans()),
        last_year=draw(st.sampled_from([None, 2030])),
        others_share=draw(st.sampled_from([0.0, 0.5])),
        most_eur=draw(st.sampled_from([None, 900])),
        most_per_work_eur=draw(st.sampled_from([None, 300])),
    )
    budget = draw(st.lists(st.integers(0, 1_000), min_size=3, max_size=3))
    return PurseOffer(fund, np.array(budget, dtype=float))


@st.composite
def city(draw: st.DrawFn) -> tuple[pd.DataFrame, list[PurseOffer]]:
    """Draw a few works and purses."""
    count = draw(st.integers(1, 5))
    wanted = draw(st.lists(st.one_of(st.none(), st.integers(0, 1_500)), min_size=count, max_size=count))
    works = pd.DataFrame(
        {
            "work": [f"w{at}" for at in range(count)],
            "kind": draw(st.lists(st.sampled_from(KINDS), min_size=count, max_size=count)),
            "year": draw(st.lists(st.sampled_from(YEARS), min_size=count, max_size=count)),
            "owner": "gemeente",
            "wanted_eur": pd.array(wanted, dtype="Int64"),
        }
    )
    return works, [draw(purse(f"p{at}")) for at in range(draw(st.integers(1, 4)))]


@FEW
@given(city())
def test_no_purse_pays_more_than_it_holds_or_what_its_rule_forbids(drawn: tuple[pd.DataFrame, list[PurseOffer]]):
    works, purses = drawn
    paid = allocate(works, purses, years=YEARS).merge(works, on="work")
    for one in purses:
        mine = paid[paid["fund"] == one.fund.fund]
        most = allowed(works.sort_values("work"), [one]).set_index("at")["most"]
        for work, amount in zip(mine["work"], mine["amount_eur"], strict=True):
            assert amount <= most[sorted(works["work"]).index(work)]
            if one.gift and one.fund.others_share:
                beside = paid[(paid["work"] == work) & paid["fund"].isin([p.fund.fund for p in purses if not p.gift])]
                assert amount * one.fund.others_share <= beside["amount_eur"].sum() * (1 - one.fund.others_share) + 1e-9
        assert mine["amount_eur"].sum() <= (one.fund.most_eur or np.inf)
        for step, year in enumerate(YEARS):
            held = one.budget[: step + 1].sum() if one.fund.carries_over else one.budget[step]
            until = mine["year"] <= year if one.fund.carries_over else mine["year"] == year
            assert mine.loc[until, "amount_eur"].sum() <= held


@FEW
@given(city())
def test_the_gap_and_what_is_covered_are_the_cost(drawn: tuple[pd.DataFrame, list[PurseOffer]]):
    works, purses = drawn
    paid = allocate(works, purses, years=YEARS)
    made = coverage(works, paid, purses, bases=pd.Series({one.fund.fund: "given" for one in purses}))
    known = made.dropna(subset=["wanted_eur"])
    assert (known["given_eur"] + known["assumed_eur"] + known["gap_eur"] == known["wanted_eur"]).all()
    assert (known["gap_eur"] >= 0).all()
    assert made.loc[made["wanted_eur"].isna(), "gap_eur"].isna().all()
    assert ((made["reason"] == "none") == (made["gap_eur"].fillna(1) <= 0)).all()


@FEW
@given(city(), st.randoms(use_true_random=False))
def test_the_order_of_works_and_purses_changes_nothing(drawn: tuple[pd.DataFrame, list[PurseOffer]], random: object):
    works, purses = drawn
    turned = list(purses)
    random.shuffle(turned)  # type: ignore[attr-defined]
    first = allocate(works, purses, years=YEARS)
    pd.testing.assert_frame_equal(first, allocate(works.iloc[::-1], turned, years=YEARS))


@FEW
@given(city(), st.integers(2, 1000))
def test_so_many_times_the_cost_and_the_money_is_so_many_times_the_cover(
    drawn: tuple[pd.DataFrame, list[PurseOffer]], times: int
):
    works, purses = drawn
    plain = {"share": 1.0, "others_share": 0.0, "most_eur": None, "most_per_work_eur": None}
    bare = [PurseOffer(one.fund.model_copy(update=plain), one.budget) for one in purses]
    large = [PurseOffer(one.fund, one.budget * times) for one in bare]
    covered = allocate(works, bare, years=YEARS)["amount_eur"].sum()
    assert (
        allocate(works.assign(wanted_eur=works["wanted_eur"] * times), large, years=YEARS)["amount_eur"].sum()
        == covered * times
    )


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(KINDS)), min_size=1, max_size=2),
    st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([(), ("paving",), ("tree", "paving")])), min_size=1, max_size=2
    ),
)
def test_no_other_division_covers_more(asked: list[tuple[int, str]], held: list[tuple[int, tuple[str, ...]]]):
    works = pd.DataFrame({"work": [f"w{at}" for at in range(len(asked))], "kind": [kind for _, kind in asked]})
    works = works.assign(owner="gemeente", year=2029, wanted_eur=pd.array([cost for cost, _ in asked], dtype="Int64"))
    purses = [
        PurseOffer(Fund(fund=f"p{at}", kinds=list(kinds)), np.array([budget, 0.0, 0.0]))
        for at, (budget, kinds) in enumerate(held)
    ]
    paid = int(allocate(works, purses, years=YEARS)["amount_eur"].sum())
    assert paid == _best(asked, held)


def _best(asked: list[tuple[int, str]], held: list[tuple[int, tuple[str, ...]]]) -> int:
    """Return the most that can be covered, by trying every division in whole euros."""
    cells = [(cost, budget if not kinds or kind in kinds else 0) for cost, kind in asked for budget, kinds in held]
    best = 0
    for amounts in product(*(range(min(cost, budget) + 1) for cost, budget in cells)):
        table = np.array(amounts).reshape(len(asked), len(held))
        fits = (table.sum(axis=1) <= [cost for cost, _ in asked]).all()
        if fits and (table.sum(axis=0) <= [budget for budget, _ in held]).all():
            best = max(best, int(table.sum()))
    return best


@FEW
@given(
    st.lists(st.tuples(st.sampled_from(YEARS), st.integers(1, 10**6)), min_size=1, max_size=4),
    st.sampled_from(["linear", "annuity"]),
    RATES,
)
def test_a_credit_is_written_off_to_nothing_and_its_book_value_never_falls_below(
    rows: list[tuple[int, int]], method: str, rate: float
):
    spent = pd.DataFrame(rows, columns=["year", "amount_eur"]).assign(fund="k", kind="paving")
    made = charges(spent, LoanTerms({"paving": 7}, 30, rate, method, lag=1))  # type: ignore[arg-type]
    assert made["depreciation_eur"].sum() == made["added_eur"].sum() == spent["amount_eur"].sum()
    assert made["closing_eur"].iloc[-1] == 0
    assert (made[["opening_eur", "depreciation_eur", "closing_eur"]] >= 0).all(axis=None)


@FEW
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(2028, 2040)), min_size=1, max_size=4),
    st.integers(1, 10**6),
    RATES,
    st.sampled_from(["on_entry", "yearly"]),
)
def test_a_loan_closes_at_zero_when_all_users_come_and_fewer_users_leave_more(
    users: list[tuple[int, int]], cost: int, rate: float, repay: str
):
    facility = Facility.model_validate(
        {
            "facility": "f", "cost_eur": cost, "lender": "gemeente", "last_year": 2040, "repay": repay,
            "users": [{"user": f"u{at}", "places": places, "year": year} for at, (places, year) in enumerate(users)],
        }
    )  # fmt: skip
    loan = Loan(facility, 2030, rate)
    left = [int(schedule(loan, uptake=uptake)[0]["closing_eur"].iloc[-1]) for uptake in ("full", "expected", "none")]
    assert left[0] == 0
    assert -40 <= left[1] <= left[2]


@pytest.mark.parametrize("seed", range(3))
def test_costs_and_benefits_over_holders_add_up_to_the_whole(seed: int):
    dice = np.random.default_rng(seed)
    count = 60
    flows = pd.DataFrame(
        {
            "case": dice.choice(["a", "b"], count),
            "alternative": dice.choice(["null", "apart", "together"], count),
            "holder": dice.choice(["gemeente", "residents", "gas"], count),
            "side": dice.choice(["cost", "benefit"], count),
            "worth_eur": dice.normal(0, 1000, count),
            "pm": 0,
        }
    )
    flows["amount_eur"] = np.where(flows["side"] == "cost", -1, 1) * dice.uniform(0, 5000, count)
    made = sum_holders(flows, {"gemeente": "gemeente", "residents": "bewoners", "gas": "netbeheerder"})
    whole = flows.groupby(["case", "alternative"])[["amount_eur", "worth_eur"]].sum()
    parts = made.groupby(["case", "alternative"])[["net_eur", "worth_eur"]].sum()
    assert (abs(parts["net_eur"] - whole["amount_eur"]) <= 1).all()
    assert (abs(parts["worth_eur"] - whole["worth_eur"]) <= 0.5).all()
    pd.testing.assert_frame_equal(
        made, sum_holders(flows.iloc[::-1], {"gemeente": "gemeente", "residents": "bewoners", "gas": "netbeheerder"})
    )
