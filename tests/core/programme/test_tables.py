import pandas as pd

import hamlet_programme
from koppelkans.programme.tables import (
    load_table,
    money_table,
    open_table,
    payments_table,
    promises_table,
    streets_table,
)


def placed(**years: int) -> pd.DataFrame:
    made = pd.DataFrame({"work": [name.replace("_", "-") for name in years], "year": list(years.values())})
    return made.astype({"work": "str", "year": "int64"})


def test_the_tables_of_a_programme_follow_from_its_works():
    problem = hamlet_programme.problem()
    programme = placed(w_sewer=2028, w_water_1=2028, w_gas=2030)
    payments = payments_table(problem, programme)
    assert payments.set_index("work").loc["w-sewer", ["fund", "amount_eur", "year"]].tolist() == [
        "rioolheffing",
        80_000,
        2028,
    ]
    assert payments.set_index("work")["year"].isna()["w-paving"]
    money = money_table(problem, payments).set_index(["fund", "year"])
    assert money.loc[("own:gas", 2030), "spent_eur"] == 17_000
    load = load_table(problem, programme).set_index(["crew", "year"])
    assert load.loc[("pipes", 2028), "used_h"] == 19.0
    streets = streets_table(problem, programme).set_index(["limit", "year"])
    assert streets.loc[("West", 2028), "open_sections"] == 2
    assert streets.loc[("Oost", 2028), "open_sections"] == 0
    opened = open_table(problem, programme).set_index(["section", "year"])
    assert opened.loc[("S1", 2028)].tolist() == [2, 2, False]
    assert opened.loc[("S2", 2030)].tolist() == [1, 1, True]  # gas digs two years after the sewer laid new paving


def test_nothing_done_spends_nothing():
    problem = hamlet_programme.problem()
    payments = payments_table(problem, placed())
    assert payments["year"].isna().all()
    assert money_table(problem, payments)["spent_eur"].sum() == 0
    assert open_table(problem, placed()).empty


def test_every_promise_is_listed_also_of_a_work_that_is_not_planned():
    promises = [
        {"work": "w-sewer", "year": 2028, "made_to": "wijkraad"},
        {"work": "w-gas", "year": 2029, "move_eur": 5},
        {"work": "w-water-1", "year": 2030},
        {"work": "w-paving-4", "year": 2030},
    ]
    problem = hamlet_programme.problem(programme={"promises": promises})
    found = promises_table(problem, placed(w_sewer=2028, w_gas=2030)).set_index("work")
    assert found["kept"].to_dict() == {"w-gas": False, "w-paving-4": False, "w-sewer": True, "w-water-1": False}
    assert found.loc["w-gas", ["promised_year", "year", "move_eur", "basis"]].tolist() == [2029, 2030, 5, "given"]
    assert found.loc["w-water-1", ["move_eur", "basis"]].tolist() == [1_900, "assumed"]  # a tenth of 19,000
    assert pd.isna(found.loc["w-paving-4", "move_eur"])  # its cost is unknown
