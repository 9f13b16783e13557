import numpy as np
import pandas as pd

from koppelkans.context.reading.naming import (
    FIELD_WORDS,
    doubles,
    known_owners,
    name_kinds,
    name_owners,
    name_rows,
    near_kinds,
)
from koppelkans.context.reading.reader import Raw
from koppelkans.ground.settings import make_settings

SETTINGS = make_settings(
    {
        "parties": [
            {"party": "enexis", "name": "Enexis Netbeheer", "aliases": ["Enexis B.V.", "KL1031"]},
            {"party": "gemeente", "name": "Gemeente Maasgouw"},
        ]
    }
)


def test_an_owner_is_known_by_each_of_its_spellings():
    given = pd.Series(["enexis", "ENEXIS B.V.", "KL1031", "Enexis netbeheer", "gemeente maasgouw"])
    made, troubles = name_owners(given, SETTINGS.parties, "beheerder")
    assert made.tolist() == ["enexis"] * 4 + ["gemeente"]
    assert not troubles


def test_an_owner_of_topography_is_known_too_and_otherwise_left_as_it_is():
    assert known_owners(pd.Series(["KL1031", "L0002", None]), SETTINGS.parties).fillna("").tolist() == [
        "enexis",
        "L0002",
        "",
    ]


def test_of_two_parties_with_one_spelling_the_first_counts():
    twice = [*SETTINGS.parties, SETTINGS.parties[1].model_copy(update={"party": "ander", "aliases": ["KL1031"]})]
    assert known_owners(pd.Series(["KL1031"]), twice).tolist() == ["enexis"]


def test_an_owner_that_is_not_declared_is_kept_and_told_with_the_nearest():
    made, (trouble,) = name_owners(pd.Series(["Enexsis", "enexis", "Enexsis"]), SETTINGS.parties, "beheerder")
    assert made.tolist() == ["Enexsis", "enexis", "Enexsis"]
    assert trouble.kept
    assert trouble.told == "once"
    assert trouble.positions.tolist() == [0, 2]
    assert str(trouble.wanted) == "a declared party; nearest: enexis"


def test_without_declared_parties_any_owner_will_do():
    made, troubles = name_owners(pd.Series(["iemand"]), [], "owner")
    assert made.tolist() == ["iemand"]
    assert not troubles


def test_a_missing_owner_is_named_unknown_and_told():
    made, (trouble,) = name_owners(pd.Series([None, "enexis"]), SETTINGS.parties, "owner")
    assert made.tolist() == ["unknown", "enexis"]
    assert trouble.kept


def test_very_many_unknown_owners_are_told_one_by_one_up_to_twenty():
    made, troubles = name_owners(pd.Series([f"firma {n:02d}" for n in range(50)]), SETTINGS.parties, "owner")
    assert len(troubles) == 21
    assert str(troubles[-1].found[0]) == "more owners: 30"
    assert len(made) == 50


def test_a_kind_is_known_by_its_name_in_the_settings_in_dutch_and_in_english():
    given = pd.Series(["sewer_gravity", "Riool (vrijverval)", "drinking water main"])
    made, troubles = name_kinds(given, SETTINGS.kinds, "soort")
    assert made.tolist() == ["sewer_gravity", "sewer_gravity", "water_main"]
    assert not troubles


def test_a_kind_that_is_not_known_is_other_and_told_once_per_word_with_the_nearest_kinds():
    given = pd.Series(["glasvezel", "glasvezel", "gasleding", "xyz"])
    made, troubles = name_kinds(given, SETTINGS.kinds, "soort")
    assert made.tolist() == ["other"] * 4
    assert [trouble.positions.tolist() for trouble in troubles] == [[0, 1], [2], [3]]
    assert all(trouble.kept and trouble.told == "values" for trouble in troubles)
    fibre, gas, strange = (str(trouble.wanted) for trouble in troubles)
    assert "nearest: telecom." in fibre
    assert "nearest: gas_" in gas
    assert "nearest" not in strange


def test_very_many_unknown_kinds_are_told_one_by_one_up_to_twenty():
    _, troubles = name_kinds(pd.Series([f"soort {n:02d}" for n in range(50)]), SETTINGS.kinds, "soort")
    assert len(troubles) == 21
    assert str(troubles[-1].found[0]) == "more values like these: 30"
    assert troubles[-1].positions.tolist() == list(range(20, 50))


def test_the_nearest_kinds_are_those_that_the_field_calls_so():
    wanted = {
        "riolering": "sewer_gravity",
        "Asfalt": "paving",
        "LS kabel": "power_low",
        "bomen": "tree",
        "sewer": "sewer_gravity",
    }
    assert {word: near_kinds(word, SETTINGS.kinds)[0] for word in wanted} == wanted
    assert set(FIELD_WORDS) <= set(SETTINGS.kinds)


def test_a_row_without_a_name_gets_one_from_source_member_and_row():
    raw = Raw(pd.DataFrame({"a": [1, 2]}), np.array([3, 4]), 4)
    assert name_rows(pd.Series(["x", None]), raw, "bron").tolist() == ["x", "bron-4"]
    layered = Raw(raw.columns, raw.rows, 4, layers=np.array(["a/bgt_put.gml", "a/bgt_paal.gml"], dtype=object))
    assert name_rows(pd.Series([None, None], dtype="str"), layered, "bron").tolist() == [
        "bron-bgt_put-3",
        "bron-bgt_paal-4",
    ]


def test_of_two_rows_with_one_name_the_first_good_one_keeps_it():
    names = pd.Series(["a", "a", "b", "a"])
    assert doubles(names, np.array([], dtype=np.int64), "id").positions.tolist() == [1, 3]
    assert doubles(names, np.array([0]), "id").positions.tolist() == [3]
