import pandas as pd

from koppelkans.context.parties import UNKNOWN_OWNER, parties_of, under_one_name
from koppelkans.ground.settings import Party

PARTIES = [
    Party(party="enexis", name="Enexis", kind="netbeheerder", aliases=["Enexis B.V.", "KL1031"], contact="planner")
]


def test_aliases_and_names_become_one_party_whatever_the_capitals():
    owners = pd.Series(["Enexis B.V.", "ENEXIS", "kl1031 ", "WML", None], dtype="str")
    assert under_one_name(owners, PARTIES).tolist() == ["enexis", "enexis", "enexis", "WML", UNKNOWN_OWNER]


def test_parties_are_those_declared_and_those_only_met():
    found = parties_of(
        pd.Series(["enexis", "Gemeente Gehucht", "P0025", "W0651", "Jansen"], dtype="str"), PARTIES
    ).set_index("party")
    assert found.loc["enexis", ["name", "kind", "contact", "declared"]].tolist() == [
        "Enexis",
        "netbeheerder",
        "planner",
        True,
    ]
    assert found["kind"].to_dict() == {
        "Gemeente Gehucht": "gemeente", "Jansen": "other", "P0025": "provincie", "W0651": "waterschap", "enexis": "netbeheerder",
    }  # fmt: skip
    assert not found.loc["Jansen", "declared"]


def test_without_owners_and_declared_parties_there_are_none():
    assert parties_of(pd.Series([], dtype="str"), []).empty
