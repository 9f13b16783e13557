import pandas as pd

import tiny_city
from koppelkans.programme.clash_words import MANY, clash_words
from koppelkans.programme.problem import Problem


def city() -> Problem:
    rows = [(name, 2027, 2027, 2029, 10, 0, 0, 50, True, False, name > "b") for name in "abcdefghijk"]
    return tiny_city.problem(
        works=tiny_city.works(*rows),
        payments=pd.DataFrame({"work": list("abcdefghijk"), "fund": "f", "share": 0.5}),
        funds=pd.DataFrame({"fund": "f", "year": [2027, 2028, 2029], "budget_eur": [4, 3, 2], "carries_over": True}),
        efforts=pd.DataFrame({"work": ["a", "b"], "crew": "c", "hours": [3, 4]}),
        crews=pd.DataFrame({"crew": "c", "year": [2027, 2028, 2029], "hours": [5, 6, 7]}),
        limits=pd.DataFrame({"limit": ["l"], "open_sections": [2]}),
        fixed=tiny_city.pairs("work", "year", ("a", 2028), ("b", 2028)),
        excluded=tiny_city.pairs("work", "year", ("c", 2028), ("c", 2027)),
        ties=pd.DataFrame({"work": ["a"], "other": ["b"], "least_years": [1], "most_years": [None]}).astype(
            {"most_years": "Int64"}
        ),
    )


NAMES = {"work": {"a": "Riool Dorpsstraat"}, "fund": {"f": "Rioolheffing"}}


def test_a_purse_tells_what_it_holds_by_then_and_what_the_works_ask():
    """Up to 2028 the purse was given 4 + 3 and carries over; each work asks half of 10."""
    told = clash_words(city(), [("budget", "f"), ("fixed", "a"), ("fixed", "b")], names=NAMES, lang="nl")
    assert told == [
        "Rioolheffing heeft in 2027-2028 € 7; gevraagd wordt € 10",
        "Riool Dorpsstraat is vastgezet op 2028",
        "b is vastgezet op 2028",
    ]


def test_a_crew_tells_the_hours_of_the_years_that_clash():
    told = clash_words(city(), [("crew", "c"), ("fixed", "a"), ("fixed", "b")])
    assert told[0] == "c has 6 hours in 2028; 7 is asked"


def test_windows_duties_limits_years_and_ties_are_told_with_their_numbers():
    clash = [("once", "c"), ("mandatory", "c"), ("limit", "l"), ("excluded", "c"), ("after", "a + b")]
    assert clash_words(city(), clash, names=NAMES) == [
        "c may only be done in 2027-2029",
        "c must be done (2027-2029; €10)",
        "in l at most 2 sections are open in one year",
        "c is kept out of 2027, 2028",
        "Riool Dorpsstraat and b are done in the agreed order: at least 1 year(s) later",
    ]


def test_many_demands_of_one_kind_are_counted():
    told = clash_words(city(), [("mandatory", name) for name in "cdefghijk"], lang="nl")
    assert len(told) == MANY + 1
    assert told[-1] == "en nog 3 eisen van deze soort: verplicht werk"
