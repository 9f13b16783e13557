"""Choice of the type of case and financing models by signs seen in the data. (nl: keuzehulp)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from koppelkans.appraisal.financing.catalogue import clusters, models, signs

FORMULA = r"\text{fit}_{cm} = \frac{|\{s \in S_m : s\ \text{is met in}\ c\}|}{|S_m|}"
"""Signs S of model m that are met in case c; more first, then in the order of the catalogue."""
UNDERGROUND = ("cables_and_pipes", "water")
NEEDY = 0.6
"""A need from which a sign counts, as `opportunities.need_from` has by default."""


def seen(works: pd.DataFrame, sections: pd.DataFrame, *, first_year: int) -> pd.DataFrame:
    """Return the signs that the works and sections of each case show.

    One column per sign, true or false.

    Parameters
    ----------
    works
        `case`, `work`, `owner`, `party_kind`, `kind`, `system`, `digs` and `due_year` (unknown where it is).
    sections
        `case`, `section`, `road_class`, `again` (another party wants into it later), and the needs `social` and
        `climate` (0-1; unknown counts as not seen).
    first_year
        First year of the programme: due then or before is urgent.
    """
    nets = works[works["digs"] & works["system"].isin(UNDERGROUND)]
    due = works["due_year"].astype("Float64").le(first_year).fillna(value=False).astype(bool)
    of = works.groupby("case")
    made = pd.DataFrame(
        {
            "owners_many": of["owner"].nunique() >= 2,  # noqa: PLR2004
            "kinds_many": of["kind"].nunique() >= 3,  # noqa: PLR2004
            "pipes_many": nets.groupby("case")["kind"].nunique() >= 2,  # noqa: PLR2004
            "urgent": due.groupby(works["case"]).any(),
            "sewer": works["kind"].str.startswith("sewer").groupby(works["case"]).any(),
            "redesign": works["kind"].isin(["redesign", "housing"]).groupby(works["case"]).any(),
            "corporation": works["party_kind"].eq("corporatie").groupby(works["case"]).any(),
            "green": works["kind"].isin(["tree", "green"]).groupby(works["case"]).any(),
        }
    )
    here = sections.groupby("case")
    made["centre"] = sections["road_class"].isin(["main", "collector"]).groupby(sections["case"]).any()
    made["again"] = here["again"].any()
    for need in ("social", "climate"):
        made[need] = here[need].max() >= NEEDY
    return made.astype("boolean").fillna(value=False).astype(bool).sort_index()


def fits(flags: pd.DataFrame) -> pd.DataFrame:
    """Return how well each type of case and financing model fits, the best first.

    Per case, with the signs that are met in words.

    Parameters
    ----------
    flags
        One row per case (index), one column per sign; a sign without a column is not met.
    """
    asked = {
        "cluster": {key: entry.signs for key, entry in clusters().items()},
        "model": {key: entry.signs for key, entry in models().items()},
    }
    parts = [_ranked(flags, what, catalogue) for what, catalogue in asked.items()]
    return pd.concat(parts, ignore_index=True).sort_values(["case", "what", "rank"], ignore_index=True)


def _ranked(flags: pd.DataFrame, what: str, catalogue: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the rows of one catalogue, which holds the signs of each entry."""
    parts = []
    for at, (key, asked) in enumerate(catalogue.items()):
        held = flags.reindex(columns=list(asked), fill_value=False).astype(bool)
        made = pd.DataFrame({"case": flags.index.astype("str"), "what": what, "key": key, "at": at})
        made["met"], made["signs"] = held.sum(axis=1).to_numpy(), len(asked)
        for lang in ("nl", "en"):
            made[f"why_{lang}"] = [_told(asked, row, lang) for row in held.to_numpy().tolist()]
        parts.append(made)
    table = pd.concat(parts, ignore_index=True)
    table["fit"] = table["met"] / table["signs"]
    table = table.sort_values(["case", "fit", "met", "at"], ascending=[True, False, False, True], ignore_index=True)
    table["rank"] = table.groupby("case").cumcount() + 1
    return table.drop(columns=["fit", "at"])


def _told(flags: Sequence[str], met: Sequence[bool], lang: str) -> str:
    """Return the signs that are met in words."""
    words = [str(getattr(signs()[flag], lang)) for flag, is_met in zip(flags, met, strict=True) if is_met]
    none = {"nl": "geen van de tekenen is te zien", "en": "none of its signs is seen"}
    return "; ".join(words) or none[lang]
