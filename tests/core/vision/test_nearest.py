"""A name that does not exist is answered with the name that was probably meant."""

from koppelkans.vision.nearest import one_of


def test_the_nearest_name_is_told_whatever_its_capitals():
    assert one_of("Enrgie", ["energie", "water"]) == "the nearest name is `energie`; there are: energie, water"
    assert (
        one_of("enrgie", ["Energie", "water"]).said("nl").startswith("de naam die er het meest op lijkt is `Energie`")
    )


def test_of_many_names_only_the_nearest_is_told():
    assert one_of("s17", [f"s{at}" for at in range(40)]) == "the nearest name is `s17`"


def test_without_any_name_it_says_so():
    assert one_of("x", []) == "a name that exists; there is none"
