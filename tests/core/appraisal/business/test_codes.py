"""Words as codes: the same words come back, in one alphabet, whatever the tables knew before."""

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded, constant, picked, stack


def test_words_come_back_and_stand_in_the_order_of_the_alphabet():
    made = coded(np.array(["water", "gas", "water"]))
    assert list(made) == ["water", "gas", "water"]
    assert made.categories.tolist() == ["gas", "water"]
    assert coded(made) is made
    assert list(constant("gas", 2)) == ["gas", "gas"]
    assert list(picked(["b", "a"], np.array([1, 1, 0]))) == ["a", "a", "b"]


def test_tables_with_other_words_stack_into_one_alphabet():
    parts = [
        pd.DataFrame({"holder": coded(np.array(["water", "gas"])), "amount": [1.0, np.nan]}),
        pd.DataFrame({"holder": constant("city", 1), "amount": [3.0]}),
        pd.DataFrame({"holder": constant("nobody", 0), "amount": pd.Series(dtype="float64")}),
    ]
    made = stack(parts, ["holder", "amount"])
    assert made["holder"].tolist() == ["water", "gas", "city"]
    assert made["holder"].cat.categories.tolist() == ["city", "gas", "water"]
    plain = stack([parts[0], parts[1].astype({"holder": "str"})], ["holder"])
    assert plain["holder"].tolist() == ["water", "gas", "city"]
    assert stack([], ["holder", "amount"]).columns.tolist() == ["holder", "amount"]
