"""Parts of sentences in both languages."""

from koppelkans.opportunities.sentences import counted, listed, per_year, quantity, street, uncounted, years


def test_a_list_reads_as_people_write_it():
    assert listed([], "nl") == ""
    assert listed(["A"], "nl") == "A"
    assert listed(["A", "B", "A", "C"], "nl") == "A, B en C"
    assert listed(["A", "B"], "en") == "A and B"


def test_a_long_list_counts_the_rest():
    assert listed(["A", "B", "C", "D"], "nl", most=2) == "A, B en nog 2"
    assert listed(["A", "B"], "nl", most=2) == "A en B"


def test_one_year_is_not_a_span():
    assert (years(2028, 2028), years(2028, 2030)) == ("2028", "2028–2030")


def test_counts_are_singular_or_plural():
    assert (counted(1, "section", "sections", "nl"), counted(2, "section", "sections", "nl")) == (
        "1 wegvak",
        "2 wegvakken",
    )
    assert (per_year(1, "en"), per_year(2, "en"), per_year(2, "nl")) == ("1 year", "2 years", "2 jaar")


def test_a_street_without_a_name_is_called_by_its_section():
    assert (street("Dorpsstraat", "S1", "nl"), street(float("nan"), "S1", "nl")) == ("Dorpsstraat", "wegvak S1")


def test_quantities_have_their_unit():
    assert [quantity(1250, unit, "nl") for unit in ("m", "m2", "piece")] == ["1.250 m", "1.250 m²", "1.250 stuks"]


def test_what_was_not_counted_is_said_and_nothing_is_said_of_nothing():
    assert uncounted(0, "nl") == ""
    assert uncounted(1, "nl") == " Niet meegeteld: 1 werk zonder bekend bedrag."
