"""What holds for every account: amounts add up, whoever counts them and by whatever they are sorted."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import hamlet
import hamlet_plan
from koppelkans.account.entries import Entries, make_entries
from koppelkans.account.figures import FIGURES
from koppelkans.account.product import Account
from koppelkans.account.reckon import AccountScope, add_up, ledger
from koppelkans.ground.settings import make_settings
from koppelkans.ground.settings.business import SskPart
from koppelkans.report.circle import EVERYONE, Viewer
from koppelkans.report.seen_by import NEEDED, seen_by
from often import few

FIRST, LAST = 2027, 2029
OWNERS = ["gas", "gemeente", None]
SUMMED = ("owners", "areas", "years", "bundles")
SSK = make_settings({"city": {"name": "Gehucht"}}).appraisal.business.ssk
OURS = {"engineering": 0.1, "other": 0.05, "risk": 0.2, "indirect": 0.25, "to_be_detailed": 0.15}
EUR = st.integers(0, 99)


def declared(ssk: SskPart, **changed: float) -> SskPart:
    """Return the form with percentages that a city gave itself."""
    phases = {
        name: phase.model_copy(
            update={
                line: getattr(phase, line).model_copy(update={"value": value, "source": "raadsbesluit"})
                for line, value in changed.items()
            }
        )
        for name, phase in ssk.phases.items()
    }
    return ssk.model_copy(update={"phases": phases})


@st.composite
def programmes(draw: st.DrawFn) -> dict[str, object]:
    """Draw works of three owners over three streets and years, with what purses pay of them."""
    count = draw(st.integers(1, 8))
    year = st.one_of(st.none(), st.integers(FIRST, LAST))
    works = pd.DataFrame(
        {
            "work": [f"w{at}" for at in range(count)],
            "owner": pd.array([draw(st.sampled_from(OWNERS)) for _ in range(count)], dtype="str"),
            "origin": [draw(st.sampled_from(["planned", "third_party"])) for _ in range(count)],
            "certainty": [draw(st.sampled_from(["wens", "vast", "unknown"])) for _ in range(count)],
            "year": pd.array([draw(year) for _ in range(count)], dtype="Int64"),
            "cost_eur": pd.array([draw(st.one_of(st.none(), EUR)) for _ in range(count)], dtype="Int64"),
            "basis": [draw(st.sampled_from(["measured", "derived", "assumed", "unknown"])) for _ in range(count)],
            "in_years": [draw(st.booleans()) for _ in range(count)],
            "early_eur": [draw(EUR) for _ in range(count)],
            "late_eur": [draw(EUR) for _ in range(count)],
            "need_points": [draw(st.sampled_from([0.0, 0.5])) for _ in range(count)],
            "opens": [draw(st.booleans()) for _ in range(count)],
        }
    )
    works["bundle"] = works["year"].map(lambda one: None if pd.isna(one) or one == LAST else f"{one}-01").astype("str")
    works["backlog_years"] = pd.array([None if pd.notna(one) else 2 for one in works["year"]], dtype="Int64")
    every = [(work, section) for work in works["work"] for section in ("s0", "s1", "s2")]
    touched = draw(st.lists(st.sampled_from(every), unique=True))
    sections = pd.DataFrame({"section": ["s0", "s1", "s2"], "area": pd.array(["West", "Oost", None], dtype="str")})
    for name in ("opening_eur", "nuisance_eur", "breach_eur"):
        sections[name] = [draw(EUR) for _ in range(3)]
    sections["base_eur"] = [draw(st.one_of(st.none(), EUR)) for _ in range(3)]
    sections["paving_eur"] = [None if pd.isna(base) else draw(EUR) for base in sections["base_eur"]]
    sections = sections.astype({"base_eur": "float64", "paving_eur": "float64"})
    sections = sections.assign(basis="assumed", nuisance_basis="derived", broken=[[], [FIRST], [FIRST, LAST]])
    share = st.sampled_from([0.0, 0.25, 0.5])
    paid = [(work, fund, draw(share)) for work in works["work"] for fund in ("f0", "f1")]
    payments = pd.DataFrame(paid, columns=["work", "fund", "share"]).merge(
        works[["work", "year", "cost_eur"]], on="work"
    )
    payments["amount_eur"] = (payments["share"] * payments["cost_eur"].astype("Float64")).round().astype("Int64")
    payments["section"] = pd.Series(None, index=payments.index, dtype="str")
    touches = pd.DataFrame(touched, columns=["work", "section"])
    touches["share"] = [draw(st.sampled_from([0.25, 1.0])) for _ in touched]
    ssk = draw(
        st.sampled_from(
            [SSK, declared(SSK, **OURS), declared(SSK, risk=0.3).model_copy(update={"costs_are": "named_direct"})]
        )
    )
    return {"works": works, "touches": touches, "sections": sections, "payments": payments, "ssk": ssk}


def entries_of(made: dict[str, object]) -> Entries:
    tables = [made[name] for name in ("works", "touches", "sections", "payments")]
    return make_entries(*tables, ssk=made["ssk"])  # type: ignore[arg-type]


def amounts(entries: Entries) -> dict[str, float]:
    sums = add_up(entries, AccountScope(2026, FIRST, LAST))
    return sums["figures"].set_index("figure")["amount"].to_dict()


@settings(max_examples=few(8), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(made=programmes())
def test_everything_adds_up_and_charged_and_uncovered_are_the_investment(made: dict[str, object]):
    entries = entries_of(made)
    sums = add_up(entries, AccountScope(2026, FIRST, LAST))
    found = sums["figures"].set_index("figure")["amount"].to_dict()
    assert found["charged_eur"] + found["uncovered_eur"] == found["investment_eur"]
    assert found["charged_eur"] == made["payments"].dropna(subset=["year", "amount_eur"])["amount_eur"].sum()  # type: ignore[attr-defined]
    for kind in FIGURES:
        if kind.adds and kind.rung != "search":
            parts = [found[name.lstrip("-")] * (-1 if name.startswith("-") else 1) for name in kind.adds]
            assert found[kind.key] == sum(parts)
    for table in SUMMED:
        for column in sums[table].columns:
            if column.endswith("_eur"):
                assert sums[table][column].sum() == found[column], (table, column)
    assert sums["purses"]["amount_eur"].sum() == found["investment_eur"]
    assert sums["purses"]["amount_eur"].where(sums["purses"]["fund"].notna(), 0).sum() == found["charged_eur"]
    by_hand(made, entries, sums["owners"], found)


def by_hand(made: dict[str, object], entries: Entries, owners: pd.DataFrame, found: dict[str, float]) -> None:
    """Check the openings as a clerk counts them: together once, apart once per owner, or once per work."""
    works = made["works"].dropna(subset=["year"])  # type: ignore[attr-defined]
    met = made["touches"].merge(works[works["opens"]], on="work").merge(made["sections"], on="section")  # type: ignore[attr-defined]
    together = apart = alone = 0
    for _, cell in met.groupby(["section", "year"]):
        base = cell["base_eur"].fillna(cell["opening_eur"])
        price = (base + cell["paving_eur"].fillna(0) * cell["share"] + 0.5).floordiv(1)
        by_owner = price.groupby(cell["owner"].astype("object").fillna("").to_numpy()).max()
        together, apart, alone = together + price.max(), apart + by_owner.sum(), alone + price.sum()
    assert found["openings_eur"] == together == entries.parts["part_eur"].sum()
    assert found["saving_eur"] == apart - together
    assert found["own_saving_eur"] == alone - apart
    assert (owners[["saving_eur", "own_saving_eur"]] >= 0).all(axis=None)


@settings(max_examples=few(4), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(made=programmes(), seed=st.integers(0, 9))
def test_the_order_of_rows_changes_no_amount(made: dict[str, object], seed: int):
    mixed = {
        name: part.sample(frac=1.0, random_state=seed) if isinstance(part, pd.DataFrame) else part
        for name, part in made.items()
    }
    for name, table in add_up(entries_of(made), AccountScope(2026, FIRST, LAST)).items():
        pd.testing.assert_frame_equal(table, add_up(entries_of(mixed), AccountScope(2026, FIRST, LAST))[name])


@settings(max_examples=few(4), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(made=programmes())
def test_an_assumed_percentage_changes_no_figure_of_the_ladder(made: dict[str, object]):
    """What is assumed is shown as load: raising it changes that load and nothing else."""
    raised = {
        name: phase.model_copy(
            update={
                line: figure.model_copy(update={"value": figure.value * 2})
                for line in OURS
                if (figure := getattr(phase, line)).source.startswith("assumption of the project")
            }
        )
        for name, phase in made["ssk"].phases.items()  # type: ignore[attr-defined]
    }
    before = amounts(entries_of(made))
    after = amounts(entries_of(made | {"ssk": made["ssk"].model_copy(update={"phases": raised})}))  # type: ignore[attr-defined]
    differ = {name for name in before if before[name] == before[name] and before[name] != after[name]}
    assert differ <= {"on_top_assumed_eur"}


@settings(max_examples=few(6), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(made=programmes(), data=st.data())
def test_who_may_not_see_a_work_finds_its_amounts_in_no_sum(made: dict[str, object], data: st.DataObject):
    """Any other cost, owner or year of a hidden work gives a circle the same account, but for openings that it joined."""
    entries = entries_of(made)
    hidden = data.draw(st.sampled_from(entries.works["work"].tolist()))
    cost = made["works"]["work"] == hidden  # type: ignore[index]
    other = made["works"].assign(cost_eur=made["works"]["cost_eur"].mask(cost, data.draw(EUR)))  # type: ignore[attr-defined, index]
    scope = AccountScope(2026, FIRST, LAST, "public")
    one, two = (add_up(without(entry, hidden), scope) for entry in (entries, entries_of(made | {"works": other})))
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, two[name])
    joined = entries.parts.loc[entries.parts["work"] == hidden, ["section", "year"]]
    rows = ledger(without(entries, hidden))
    seen = entries.openings.merge(joined, on=["section", "year"], how="left", indicator=True)
    assert rows["openings_eur"].sum() == seen.loc[seen["_merge"] == "left_only", "opening_eur"].sum()


def without(entries: Entries, work: str) -> Entries:
    """Return the entries without the rows of a work."""
    tables = {name: getattr(entries, name) for name in ("works", "places", "parts", "charges")}
    return replace(entries, **{name: table[table["work"] != work] for name, table in tables.items()})


@pytest.mark.parametrize("kind", FIGURES, ids=lambda kind: kind.key)
def test_a_figure_says_in_two_languages_what_is_in_it(kind: object):
    assert kind.nl != kind.en  # type: ignore[attr-defined]
    assert kind.holds_nl.endswith(".")  # type: ignore[attr-defined]
    assert kind.holds_en.endswith(".")  # type: ignore[attr-defined]
    assert kind.discounted == (kind.rung == "search")  # type: ignore[attr-defined]


def test_the_account_has_a_table_for_each_sum():
    assert {"figures", "purses", *SUMMED} <= set(Account.TABLES)


@pytest.mark.parametrize("viewer", [EVERYONE, Viewer("party", "water", "Waterbedrijf")], ids=lambda one: one.circle)
def test_a_purse_that_may_not_be_seen_is_no_shortage(viewer: Viewer):
    shares = [*NEEDED, "certainty", "name"]
    parties = [
        party.model_copy(update={"shares": shares}) if party.party == "gas" else party
        for party in hamlet.settings().parties
    ]
    plan = replace(hamlet_plan.plan(), settings=hamlet.settings().model_copy(update={"parties": parties}))
    whole, shown = plan.account, seen_by(plan, viewer).account
    assert shown.whole("charged_eur") + shown.whole("uncovered_eur") == shown.whole("investment_eur")
    assert shown.whole("investment_eur") < whole.whole("investment_eur"), "the cost of gas is not shown"
    short = whole.owners.set_index("owner")["uncovered_eur"]
    told = shown.owners.set_index("owner")["uncovered_eur"]
    assert (told.fillna(0) <= short.reindex(told.index)).all()
    assert not set(shown.purses["fund"].dropna()) - set(whole.purses["fund"].dropna())
