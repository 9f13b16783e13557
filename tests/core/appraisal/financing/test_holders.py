import pandas as pd

from koppelkans.appraisal.financing.holders import gains, sum_holders

KEYS = {"gemeente": "gemeente", "residents": "bewoners", "gas": "netbeheerder"}


def flows(*rows: tuple[str, str, str, float | None, float | None, int]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["alternative", "holder", "side", "amount_eur", "worth_eur", "pm"])
    return made.assign(case="b-1")


GIVEN = flows(
    ("null", "gemeente", "cost", -1_000, -900, 0),
    ("apart", "gemeente", "cost", -800, -700, 0),
    ("together", "gemeente", "cost", -500, -450, 0),
    ("together", "residents", "benefit", 300, 200, 1),
    ("together", "gas", "cost", -150, -120, 0),
)


def test_costs_and_benefits_are_summed_per_holder_and_alternative():
    made = sum_holders(GIVEN, KEYS).set_index(["alternative", "holder"])
    row = made.loc[("together", "residents")]
    assert (row["cost_eur"], row["benefit_eur"], row["net_eur"], row["worth_eur"], row["pm"]) == (0, 300, 300, 200, 1)
    assert made.loc[("together", "gas"), "sort"] == "private"
    assert made.loc[("together", "residents"), "sort"] == "people"


def test_a_gain_is_the_present_value_more_than_in_the_other_alternative():
    made = sum_holders(GIVEN, KEYS).set_index(["alternative", "holder"])
    assert made.loc[("together", "gemeente"), "gain_null_eur"] == 450
    assert made.loc[("together", "gemeente"), "gain_apart_eur"] == 250
    assert made.loc[("together", "gas"), "gain_null_eur"] == -120


def test_a_holder_that_an_alternative_does_not_know_pays_nothing_there():
    made = sum_holders(GIVEN, KEYS).set_index(["alternative", "holder"])
    assert made.loc[("null", "gas"), ["cost_eur", "benefit_eur", "worth_eur", "pm"]].tolist() == [0, 0, 0, 0]


def test_cents_add_up_over_holders_to_the_rounded_whole():
    thirds = flows(*[("together", holder, "cost", -100 / 3, -100 / 3, 0) for holder in KEYS])
    made = sum_holders(thirds, KEYS)
    assert made["cost_eur"].sum() == made["worth_eur"].sum() == -100


def test_nothing_changes_by_rounding_for_whom_nothing_changes():
    rows = [(name, holder, "cost", -0.4, -0.4, 0) for name in ("null", "together") for holder in KEYS]
    rows += [("together", "gas", "cost", -0.4, -0.4, 0)]
    made = sum_holders(flows(*rows), KEYS).set_index(["alternative", "holder"])
    assert made.loc[("together", "gemeente"), "gain_null_eur"] == 0
    assert made.loc[("together", "residents"), "gain_null_eur"] == 0


def test_unknown_amounts_of_both_sides_of_a_comparison_are_counted():
    made = gains(sum_holders(pd.concat([GIVEN, flows(("null", "residents", "cost", None, None, 3))]), KEYS))
    row = made[(made["alternative"] == "together") & (made["against"] == "null") & (made["holder"] == "residents")]
    assert row["pm"].tolist() == [4]
    assert set(made["alternative"] + made["against"]) == {"apartnull", "togethernull", "togetherapart"}


def test_no_flows_no_holders():
    assert sum_holders(GIVEN.iloc[:0], {}).empty
