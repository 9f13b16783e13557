import pandas as pd

import tiny_city
from koppelkans.programme.clash_words import MANY, clash_words
from koppelkans.programme.problem import Problem
from koppelkans.programme.solve.clash import Clash


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


def test_where_purses_pay_openings_the_opening_and_its_amount_are_named():
    """In 2028 the purse has 9, half of a work of 10 asks 5; opening s costs 2 and 0.5 x 8, of which half is asked: 3."""
    base = city()
    paid = tiny_city.problem(
        works=base.works,
        payments=base.payments,
        funds=base.funds.assign(budget_eur=[4, 5, 2]),
        sections=tiny_city.sections(("s", 0, 0, 0, 0)).assign(base_eur=2, paving_eur=8),
        touches=tiny_city.pairs("work", "section", ("a", "s")).assign(share=0.5),
        fixed=tiny_city.pairs("work", "year", ("a", 2028)),
        openings_paid=True,
    )
    told = clash_words(paid, [("budget", "f"), ("fixed", "a"), ("paid_opening", "s")], names=NAMES, lang="nl")
    assert told == [
        "Rioolheffing heeft in 2027-2028 € 9; gevraagd wordt € 8",
        "Riool Dorpsstraat is vastgezet op 2028",
        "het openmaken van s kost € 6, te betalen uit de potjes van de werken erin",
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


def test_a_crowd_of_duties_is_told_in_one_sentence_first():
    """Nine works of 1 to 9 euros must be done in 2027 and the purse has 12: 1 + 2 + 3 + 4 is 10, and 5 more is too much."""
    names = list("abcdefghi")
    rows = [(name, 2027, 2027, 2027, at + 1, 0, 0, 50, True, False, True) for at, name in enumerate(names)]
    crowd = tiny_city.problem(
        years=2,
        works=tiny_city.works(*rows).assign(owner="Netbeheerder"),
        payments=pd.DataFrame({"work": names, "fund": "f", "share": 1.0}),
        funds=pd.DataFrame({"fund": ["f", "f"], "year": [2027, 2028], "budget_eur": 12, "carries_over": False}),
    )
    clash = Clash.of([("budget", "f"), *(("mandatory", name) for name in names[1:])], smallest=False)
    told = clash_words(crowd, clash, lang="nl", names={"fund": {"f": "Eigen geld"}})
    assert told[0] == "9 werken van Netbeheerder moeten in 2027; Eigen geld is genoeg voor hooguit 4 daarvan"
    assert told[1] == "Eigen geld heeft in 2027 € 12; gevraagd wordt € 44"
    assert told[-2] == "en nog 2 eisen van deze soort: verplicht werk"
    assert told[-1].startswith("Deze eisen botsen, maar de tijd was om")


def test_a_crew_that_is_short_in_every_single_year_tells_its_best_year_and_not_the_sum():
    told = clash_words(city(), [("crew", "c")], asked="a", lang="en")
    years = city().works.set_index("work").loc["a", ["earliest_year", "latest_year"]].tolist()
    assert years[0] < years[1]
    assert told[0] == f"c has at most 7 hours in any year of {years[0]}-{years[1]}; 3 is asked"
