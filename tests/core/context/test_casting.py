import numpy as np
import pandas as pd

from koppelkans.context.reading.casting import Writing, cast
from koppelkans.context.reading.roles import ROLES

ASSET = {"asset": ["a", "b"], "owner": ["x", "x"], "kind": ["k", "k"]}


def test_a_value_out_of_range_becomes_unknown_and_its_row_is_kept():
    frame = pd.DataFrame(ASSET | {"condition": ["3,5", "0"], "pieces": ["2", "2,5"]})
    made, troubles = cast(frame, ROLES["assets"], {"condition": "cijfer", "pieces": "aantal"})
    assert made["condition"].isna().tolist() == [False, True]
    assert made["pieces"].isna().tolist() == [False, True]
    told = {trouble.column: (trouble.positions.tolist(), trouble.found[0], str(trouble.wanted)) for trouble in troubles}
    assert told == {"cijfer": ([1], "0", "1 or more"), "aantal": ([1], "2,5", "a whole number")}
    assert all(trouble.kept for trouble in troubles)


def test_every_declared_column_comes_out_in_its_type_also_where_the_file_lacks_it():
    for role, table in ROLES.items():
        given = pd.DataFrame({name: ["1"] for name in table.needed})
        made, _ = cast(given, table, {})
        for name, column in table.columns.items():
            assert str(made[name].dtype) == column.dtype, (role, name)


def test_years_that_stand_for_unknown_are_told_once_with_their_number():
    frame = pd.DataFrame(
        {"asset": list("abc"), "owner": "x", "kind": "k", "built_year": ["1900", "1965", "0001-01-01"]}
    )
    made, (trouble,) = cast(frame, ROLES["assets"], {"built_year": "jaar"})
    assert made["built_year"].tolist()[1] == 1965
    assert trouble.told == "once"
    assert trouble.positions.tolist() == [0, 2]
    assert str(trouble.found[0]) == "year 0001, 1900"


def test_what_has_happened_did_not_happen_after_the_horizon_but_a_plan_may_lie_there():
    frame = pd.DataFrame(ASSET | {"built_year": ["2109", "2030"]})
    made, (trouble,) = cast(frame, ROLES["assets"], {}, until=2041)
    assert made["built_year"].isna().tolist() == [True, False]
    assert (trouble.found, str(trouble.wanted), trouble.kept) == (["2109"], "2041 or less", True)
    plan = pd.DataFrame({"owner": ["x"], "kind": ["k"], "latest_year": ["2050"]})
    assert not cast(plan, ROLES["plans"], {}, until=2041)[1]


def test_a_word_that_may_not_stand_there_becomes_unknown():
    frame = pd.DataFrame({"work": ["w"], "owner": ["x"], "kind": ["k"], "certainty": ["Zeker"]})
    made, (trouble,) = cast(frame, ROLES["works"], {})
    assert made["certainty"].isna().all()
    assert "wens, voornemen, gepland, vast" in trouble.wanted


def test_a_word_is_known_in_any_capitals():
    frame = pd.DataFrame({"work": ["w"], "owner": ["x"], "kind": ["k"], "certainty": ["GEPLAND"]})
    assert cast(frame, ROLES["works"], {})[0]["certainty"].tolist() == ["gepland"]


def test_a_row_without_a_needed_value_is_set_aside():
    made, (trouble,) = cast(pd.DataFrame({"text": ["meer groen", " "]}), ROLES["wishes"], {"text": "wens"})
    assert trouble.positions.tolist() == [1]
    assert not trouble.kept
    assert trouble.column == "wens"
    assert len(made) == 2


def test_money_is_whole_euros():
    frame = pd.DataFrame({"work": ["w"], "owner": ["x"], "kind": ["k"], "cost_eur": ["€ 12.300,60"]})
    assert cast(frame, ROLES["works"], {})[0]["cost_eur"].tolist() == [12_301]


def test_the_frame_that_was_given_is_not_changed():
    frame = pd.DataFrame(ASSET | {"condition": ["3,5", "0"]})
    before = frame.copy()
    cast(frame, ROLES["assets"], {})
    pd.testing.assert_frame_equal(frame, before)


def measured(cells: list[str], metres: list[float]) -> tuple[list[float], list[str]]:
    """Return quantities of works that the map measures, and what is told of them."""
    frame = pd.DataFrame({"quantity": cells, "kind": ["sewer_gravity"] * len(cells), "owner": ["g"] * len(cells)})
    writing = Writing(measured={"quantity": pd.Series(metres)})
    made, troubles = cast(frame, ROLES["works"], {"quantity": "m"}, writing=writing)
    return made["quantity"].tolist(), [str(one.found[0]) for one in troubles if one.column == "m"]


def test_what_the_map_measures_says_whether_a_sign_stands_between_thousands():
    assert measured(["1.250", "2.340"], [1190.0, 2500.0]) == ([1250, 2340], [])
    assert measured(["1,250", "2,340"], [1.3, 2.2]) == ([1.25, 2.34], [])
    assert measured(["150.500", "180.250"], [149.0, 190.0]) == ([150.5, 180.25], [])


def test_a_sign_of_which_the_map_says_nothing_either_is_told():
    found, told = measured(["1.250", "2.340"], [np.nan, np.nan])
    assert np.isnan(found).all()
    assert told == ["1.250"]


def test_quantities_in_another_unit_than_the_map_are_told_and_kept():
    assert measured(["0,25", "0,34"], [250.0, 340.0]) == (
        [0.25, 0.34],
        ["a quantity that is 0.001 times what the map measures"],
    )
    assert measured(["250", "900"], [250.0, 340.0]) == ([250, 900], [])
    assert measured(["250000"], [250.0]) == ([250_000], [])


def test_vat_is_taken_off_amounts_and_told_once():
    frame = pd.DataFrame({"cost_eur": ["1210", "605", None], "quantity": ["10", "20", "30"]})
    made, troubles = cast(frame, ROLES["works"], {}, writing=Writing(vat=0.21))
    assert made["cost_eur"].tolist()[:2] == [1000, 500]
    assert made["quantity"].tolist() == [10.0, 20.0, 30.0]
    (told,) = [one for one in troubles if one.column == "cost_eur"]
    assert told.kept
    assert (told.told, told.positions.tolist()) == ("once", [0, 1])
