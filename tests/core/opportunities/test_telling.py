"""Who does what, in words."""

import hamlet
from koppelkans.opportunities.telling import ambitions_of, kind_of_work, names_of, party, who

CONTEXT = hamlet.context()
NAMES = names_of(CONTEXT.works, CONTEXT.parties, hamlet.vision().ambitions, hamlet.settings().kinds)


def test_works_are_told_per_party_with_their_kinds():
    assert who(NAMES, ["w-water-1", "w-sewer", "w-paving"], "nl") == (
        "Gemeente Gehucht (riool en verharding) en Waterbedrijf (drinkwaterleiding)"
    )


def test_with_when_every_kind_has_its_years():
    assert who(NAMES, ["w-paving-4"], "en", when=True) == "Gemeente Gehucht (paving 2030)"


def test_a_kind_loses_what_stands_between_brackets_and_the_unknown_keep_their_identifier():
    assert kind_of_work(NAMES, "gas_low", "nl") == "gasleiding"
    assert (kind_of_work(NAMES, "moat", "nl"), party(NAMES, "baron")) == ("moat", "baron")


def test_ambitions_are_told_by_name():
    assert ambitions_of(NAMES, ["heat_stress", "biodiversity"], "nl") == "hitte en biodiversiteit"
