import pytest

from koppelkans.appraisal.financing.catalogue import clusters, holder_keys, holders, models, signs
from koppelkans.appraisal.financing.product import SORTS
from koppelkans.ground.settings import Party, make_settings


def test_every_kind_of_party_is_a_holder():
    kinds = Party.model_fields["kind"].annotation.__args__
    assert {key for holder in holders().values() for key in holder.parties} == set(kinds)


def test_every_holder_has_a_sort_and_a_source():
    for name, holder in holders().items():
        assert holder.sort in SORTS, name
        assert holder.source, name
        assert holder.status in ("verified", "unverified"), name


def test_parties_and_groups_find_their_holder_and_strangers_are_another_party():
    found = holder_keys(["liander", "residents", "nobody"], [Party(party="liander", kind="netbeheerder")])
    assert found == {"liander": "netbeheerder", "residents": "bewoners", "nobody": "anderen"}


def test_everybody_who_gains_by_default_is_in_the_catalogue():
    benefits = make_settings({"city": {"name": "Gehucht"}}).appraisal.benefits
    found = holder_keys(sorted({benefit.holder for benefit in benefits.values()}), [])
    assert found
    assert "anderen" not in found.values()


def test_the_clusters_are_the_four_of_the_city_deal_with_steps_in_both_languages():
    assert [cluster.letter for cluster in clusters().values()] == ["A", "B", "C", "D"]
    assert all(
        len(cluster.steps) >= 4 and all(step.nl and step.en for step in cluster.steps)
        for cluster in clusters().values()
    )
    # as many cases as the document of the atelier lists under each letter
    assert [len(cluster.cases) for cluster in clusters().values()] == [4, 7, 5, 3]


@pytest.mark.parametrize("name", models())
def test_a_model_says_what_it_is_what_it_asks_and_where_it_was_found(name: str):
    model = models()[name]
    assert all((model.nl, model.en, model.what_nl, model.what_en, model.needs_nl, model.risk_nl, model.source))
    assert set(model.signs) <= set(signs())


def test_clusters_point_to_signs_and_models_that_exist():
    for cluster in clusters().values():
        assert set(cluster.signs) <= set(signs())
        assert set(cluster.models) <= set(models())


def test_every_sign_is_asked_for():
    asked = {flag for entry in (*models().values(), *clusters().values()) for flag in entry.signs}
    assert asked == set(signs())
