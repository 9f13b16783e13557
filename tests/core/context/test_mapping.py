import numpy as np
import pandas as pd
import pytest

from koppelkans.context.reading.mapping import Arranged, arrange, find
from koppelkans.context.reading.reader import Apart, Raw
from koppelkans.context.reading.roles import ROLES
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source

FILE = pd.DataFrame(
    {
        "Beheerder": ["Enexis", "WML", "Enexis", None],
        "thema": ["water", "gas", "Water", "riool"],
        "status": ["functional", "functional", "disused", "functional"],
        "jaar": [1965.0, np.nan, 1970.0, 1980.0],
        "code": [1, 2, 3, 4],
    }
)


def arranged(raw: Raw | None = None, role: str = "assets", extra: tuple[str, ...] = (), **settings: object) -> Arranged:
    """Return the file under our names with these settings of the source."""
    raw = raw or Raw(FILE, np.arange(1, 5), 4)
    source = Source.model_validate({"name": "s", "role": role, "path": "f.csv", **settings})
    return arrange(raw, ROLES[role], source, promises={}, extra=extra)


BASE = {"columns": {"owner": "beheerder", "kind": "thema"}}


def test_a_column_is_found_whatever_its_capitals():
    assert find(["Beheerder"], "beheerder") == "Beheerder"
    assert find(["a", "A"], "A") == "A"
    assert find(["Aa", "aA"], "aa") is None


def test_columns_arrive_under_our_names():
    made = arranged(columns={"owner": "beheerder", "kind": "thema", "built_year": "jaar"})
    assert list(made.frame.columns) == ["owner", "kind", "built_year", "status"]
    assert made.theirs["owner"] == "Beheerder"


def test_a_column_with_our_own_name_arrives_by_itself():
    raw = Raw(FILE.rename(columns={"thema": "Kind", "Beheerder": "owner"}), np.arange(1, 5), 4)
    assert {"owner", "kind"} <= set(arranged(raw).frame.columns)


def test_words_of_the_file_become_ours_and_a_star_stands_for_any_other():
    values = {"kind": {"water": "water_main", "*": "other"}}
    assert arranged(**BASE, values=values).frame["kind"].tolist() == ["water_main", "other", "water_main", "other"]


def test_a_word_that_is_not_translated_stays_as_it_is():
    assert arranged(**BASE, values={"kind": {"gas": "gas_low"}}).frame["kind"].tolist()[:2] == ["water", "gas_low"]


def test_a_number_can_be_a_word_too():
    made = arranged(columns={"owner": "beheerder", "kind": "code"}, values={"kind": {"1": "water_main", "*": "other"}})
    assert made.frame["kind"].tolist() == ["water_main", "other", "other", "other"]


def test_a_constant_stands_in_every_row_or_where_the_file_says_nothing():
    made = arranged(columns={"owner": "beheerder"}, constants={"kind": "paving", "owner": "gemeente"})
    assert made.frame["kind"].tolist() == ["paving"] * 4
    assert made.frame["owner"].tolist() == ["Enexis", "WML", "Enexis", "gemeente"]


def test_texts_that_mean_unknown_become_unknown():
    made = arranged(columns={"owner": "beheerder", "kind": "thema", "material": "status"}, unknown=["disused", "riool"])
    assert made.frame["material"].isna().tolist() == [False, False, True, False]


def test_only_the_rows_that_are_meant_stay_and_the_others_are_counted():
    made = arranged(**BASE, only={"status": ["functional"], "code": ["1", "2", "3"]})
    assert made.frame.index.tolist() == [0, 1]
    assert made.left_out == {"only: status": 1, "only: code": 1}


def test_what_a_reader_puts_apart_is_left_out_unless_it_is_asked_for():
    raw = Raw(FILE, np.arange(1, 5), 5, left_out={"history": 1}, apart=(Apart("status", ("disused",), "out of use"),))
    assert arranged(raw, **BASE).left_out == {"history": 1, "out of use": 1}
    asked = arranged(raw, **BASE, only={"status": ["functional", "disused"]})
    assert asked.left_out == {"history": 1}
    assert len(asked.frame) == 4


def test_what_is_apart_in_one_role_stays_in_another():
    raw = Raw(FILE, np.arange(1, 5), 4, apart=(Apart("status", ("disused",), "no asset", roles=("assets",)),))
    assert len(arranged(raw, **BASE).frame) == 3
    assert len(arranged(raw, role="ambitions").frame) == 4


def test_words_of_the_reader_lie_under_those_of_the_city():
    raw = Raw(FILE, np.arange(1, 5), 4, words={"thema": {"water": "water_main", "gas": "gas_low", "*": "other"}})
    made = arranged(raw, **BASE, values={"kind": {"gas": "gas_high"}})
    assert made.frame["kind"].tolist() == ["water_main", "gas_high", "water_main", "other"]


def test_a_missing_needed_column_is_fatal_and_names_the_columns_that_are_there():
    with pytest.raises(InputError) as caught:
        arranged(columns={"owner": "beheerder"})
    (fault,) = caught.value.faults
    assert fault.fatal
    assert "`kind`" in fault.found
    assert "thema" in fault.wanted


def test_a_mapped_column_that_is_not_there_is_told_with_the_nearest():
    made = arranged(columns=BASE["columns"] | {"built_year": "jaren"})
    (fault,) = made.faults
    assert fault.column == "jaren"
    assert "jaar" in fault.wanted
    assert "built_year" not in made.frame


def test_a_column_that_the_role_does_not_have_is_told_with_the_nearest():
    (fault,) = arranged(columns=BASE["columns"] | {"bilt_year": "jaar"}).faults
    assert "`columns.bilt_year`" in fault.found
    assert "columns: built_year" in fault.wanted.replace("role assets: ", "columns: ")


def test_only_on_a_column_that_is_not_there_is_fatal():
    with pytest.raises(InputError, match="no such column"):
        arranged(**BASE, only={"stad": ["x"]})


def test_a_layer_of_ambitions_keeps_every_column_and_texts_that_are_numbers_become_numbers():
    raw = Raw(pd.DataFrame({"naam": ["a", "b"], "hitte": ["0,5", "0,7"], "row": [9, 9]}), np.arange(1, 3), 2)
    frame = arranged(raw, role="ambitions").frame
    assert list(frame.columns) == ["naam", "hitte"]
    assert frame["hitte"].tolist() == [0.5, 0.7]


def test_a_column_that_the_vision_asks_for_is_kept_in_any_role():
    made = arranged(**BASE, extra=("code", "nergens"))
    assert made.frame["code"].tolist() == [1, 2, 3, 4]
