"""The phone list: per pair of parties the streets, the saving and what to agree. (nl: bellijst)."""

import pandas as pd

from koppelkans.ground.words import euros, say
from koppelkans.opportunities.lookup import look_up
from koppelkans.opportunities.sentences import counted, listed, per_year, street, years

MOST_STREETS = 8
"""Streets that are named in the list; the rest is counted."""
MOST_IN_SENTENCE = 3
"""Streets and ambitions that are named in one sentence; the rest is counted."""


def calls_of(
    matches: pd.DataFrame, *, parties: pd.DataFrame, openings: pd.DataFrame, wishes: pd.DataFrame, lang: str
) -> pd.DataFrame:
    """Return the phone list: per ordered pair of parties with a match, whom to call about what.

    Streets, years and saving stand in one row. Streets come best first: by the sum over their sections of the best
    match. The saving is the narrower opening of two that match in each shared section, once, however many works match there.

    Parameters
    ----------
    matches
        As `matches_of` returns them.
    parties
        party, name and contact.
    openings
        What it costs each work to open each section alone: work, section and alone_eur.
    wishes
        Ambitions that ask for a carrier in a section: section, name_nl, name_en, strongest first.
    lang
        Language of the list of streets.
    """
    swap = {"party": "other_party", "other_party": "party", "work": "other_work", "other_work": "work"}
    both = pd.concat([matches, matches.rename(columns=swap)], ignore_index=True)
    pair = ["party", "other_party"]
    alone = openings.set_index(["work", "section"])["alone_eur"].astype("Int64")
    ends = [
        alone.reindex(pd.MultiIndex.from_frame(both[[work, "section"]])).set_axis(both.index)
        for work in ("work", "other_work")
    ]
    both["narrower"] = ends[0].where(ends[0] <= ends[1], ends[1])
    per_section = both.groupby([*pair, "section"], as_index=False).agg(
        street=("street", "first"),
        strength=("strength", "max"),
        shift=("shift_years", "min"),
        saving_eur=("narrower", "max"),
    )
    made = both.groupby(pair, as_index=False).agg(
        matches=("work", "nunique"),
        sections=("section", "nunique"),
        first_year=("first_year", "min"),
        last_year=("last_year", "max"),
    )
    saving = per_section.groupby(pair, as_index=False)["saving_eur"].agg(lambda amounts: amounts.sum(skipna=False))
    made = made.merge(saving, on=pair)
    known = parties.set_index("party")
    made["contact"] = look_up(made["other_party"], known["contact"])
    made["streets"] = _of_pair(made, _streets(per_section, lang, most=MOST_STREETS))
    wished = per_section.merge(wishes, on="section")
    shifts = per_section[per_section["shift"] > 0].groupby(pair)["shift"].agg(["size", "max"])
    for one in ("nl", "en"):
        named = _streets(per_section, one, most=MOST_IN_SENTENCE)
        carried = wished.groupby(pair)[f"name_{one}"].agg(lambda names: list(dict.fromkeys(names)))
        made[f"terms_{one}"] = [
            _terms(row, streets, _found(shifts, row), carried.get((row["party"], row["other_party"]), []), one)
            for row, streets in zip(made.to_dict("records"), _of_pair(made, named), strict=True)
        ]
    return made.sort_values(pair, ignore_index=True)


def _streets(per_section: pd.DataFrame, lang: str, *, most: int) -> dict[tuple[str, str], str]:
    """Return per pair of parties the streets in words, the best first."""
    names = [
        street(name, section, lang) for name, section in zip(per_section["street"], per_section["section"], strict=True)
    ]
    ranked = (
        per_section.assign(words=names)
        .groupby(["party", "other_party", "words"], as_index=False)["strength"]
        .sum()
        .sort_values(["party", "other_party", "strength", "words"], ascending=[True, True, False, True])
    )
    return {
        (str(one), str(other)): listed(group, lang, most=most)
        for (one, other), group in ranked.groupby(["party", "other_party"])["words"]
    }


def _of_pair(made: pd.DataFrame, words: dict[tuple[str, str], str]) -> list[str]:
    """Return the words that belong to each row's pair of parties."""
    return [words[pair] for pair in zip(made["party"], made["other_party"], strict=True)]


def _found(shifts: pd.DataFrame, row: dict[str, object]) -> tuple[int, int]:
    """Return in how many sections one of the two must shift, and how many years at most."""
    pair = (row["party"], row["other_party"])
    return (int(shifts.loc[pair, "size"]), int(shifts.loc[pair, "max"])) if pair in shifts.index else (0, 0)


def _terms(row: dict[str, object], streets: str, shift: tuple[int, int], ambitions: list[str], lang: str) -> str:
    """Return what to agree, in one sentence."""
    saving = row["saving_eur"]
    parts = [
        say(
            "Agree to open {streets} together, once, in {years} ({sections})",
            lang,
            streets=streets,
            years=years(int(str(row["first_year"])), int(str(row["last_year"]))),
            sections=counted(int(str(row["sections"])), "section", "sections", lang),
        )
    ]
    if not pd.isna(saving):
        parts.append(
            say("share the cost of opening, which saves at most {amount}", lang, amount=euros(int(str(saving)), lang))
        )
    if shift[0]:
        parts.append(
            say(
                "let one of you shift at most {years} in {sections}",
                lang,
                years=per_year(shift[1], lang),
                sections=counted(shift[0], "section", "sections", lang),
            )
        )
    if ambitions:
        parts.append(say("take along {ambitions}", lang, ambitions=listed(ambitions, lang, most=MOST_IN_SENTENCE)))
    return listed(parts, lang) + "."
