"""Bundles: works that share an opened section in a year, and what that saves. (nl: bundels)."""

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from koppelkans.ground.money import whole_euros
from koppelkans.programme.levels import opening_eur
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches, lying_open


def bundle_of(problem: Problem, programme: pd.DataFrame) -> pd.Series:
    """Return the bundle of each work that shares an opening with another one.

    Works that share none are left out. Works belong to one bundle when they are linked by shared sections, directly
    or through other works. Bundles are called after the year of their first opening and numbered in the order of their first work:
    `2029-01`.
    """
    met = closed_touches(problem, programme)
    works = pd.Index(sorted(programme["work"]))
    cell = met.groupby(["section", "year"]).ngroup().to_numpy()
    size = int(cell.max(initial=-1)) + 1
    links = coo_array(
        (np.ones(len(met)), (works.get_indexer(met["work"]), len(works) + cell)), shape=(len(works) + size,) * 2
    )
    _, group = connected_components(links, directed=False)
    table = pd.DataFrame({"work": works, "group": group[: len(works)]})
    table["year"] = table["group"].map(met["year"].groupby(group[works.get_indexer(met["work"])]).min())
    table = table[table.groupby("group")["work"].transform("size") > 1].sort_values(["year", "work"])
    number = table.groupby("year")["group"].transform(lambda groups: pd.factorize(groups)[0]) + 1
    width = max(2, len(str(int(number.max())))) if len(number) else 2
    names = table["year"].astype("str") + "-" + number.astype("str").str.zfill(width)
    return pd.Series(names.to_numpy(), index=table["work"].to_numpy(), dtype="str").sort_index()


def bundle_table(problem: Problem, programme: pd.DataFrame, *, streets: pd.DataFrame) -> pd.DataFrame:
    """Return each bundle with its place, works and saving (undiscounted euros).

    Apart is what the openings cost when each owner comes alone in that year with all its works; together each section is
    opened once, as wide as the widest work there needs. What an owner saves among its own works stands beside it.

    Parameters
    ----------
    problem, programme
        The problem and its programme.
    streets
        For each section its street name and area, unknown where they are (section, name, area).
    """
    bundle = bundle_of(problem, programme)
    lies = _hindered(problem, programme, bundle)
    met = closed_touches(problem, programme)
    met = met[met["work"].isin(bundle.index)]
    met = met.assign(bundle=met["work"].map(bundle)).merge(problem.sections, on="section")
    met["opening_eur"] = opening_eur(met, met["share"])
    met = (
        met.drop(columns="name")
        .merge(problem.works[["work", "owner"]], on="work")
        .merge(streets, on="section", how="left")
    )
    widest = met.sort_values("opening_eur", ascending=False, kind="stable")
    once = widest.drop_duplicates(["bundle", "section", "year"]).sort_index()
    owned = widest.assign(owner=widest["owner"].fillna("")).drop_duplicates(["bundle", "section", "year", "owner"])
    alone, apart, together = met.groupby("bundle"), owned.groupby("bundle"), once.groupby("bundle")
    made = pd.DataFrame(
        {
            "year": alone["year"].min(),
            "works": alone["work"].nunique(),
            "owners": alone["owner"].nunique(),
            "sections": together["section"].nunique(),
            "apart_eur": apart["opening_eur"].sum(),
            "together_eur": together["opening_eur"].sum(),
            "nuisance_saved_eur": lies,
        }
    )
    made["saving_eur"] = made["apart_eur"] - made["together_eur"]
    made["own_saving_eur"] = alone["opening_eur"].sum() - made["apart_eur"]
    for column in ("apart_eur", "together_eur", "saving_eur", "own_saving_eur", "nuisance_saved_eur"):
        made[column] = whole_euros(made[column]).astype("int64")
    made["name"] = _places(once)
    made["area"] = _most_common(once)
    return made.rename_axis("bundle").reset_index().sort_values("bundle", ignore_index=True)


def _hindered(problem: Problem, programme: pd.DataFrame, bundle: pd.Series) -> pd.Series:
    """Return by bundle how much less nuisance there is than when each owner comes alone (eur)."""
    lies = lying_open(problem, programme).merge(problem.works[["work", "owner"]], on="work")
    lies = lies[lies["work"].isin(bundle.index)].merge(problem.sections[["section", "nuisance_eur"]], on="section")
    lies = lies.assign(bundle=lies["work"].map(bundle), owner=lies["owner"].fillna(""))
    owned = lies.drop_duplicates(["bundle", "section", "year", "owner"])
    once = lies.drop_duplicates(["bundle", "section", "year"])
    apart, together = (table.groupby("bundle")["nuisance_eur"].sum() for table in (owned, once))
    return apart - together


def _places(once: pd.DataFrame) -> pd.Series:
    """Return for each bundle the street with most of its sections, and the number of the bundle in that street.

    A section without a street stands under its own name, after those with one.
    """
    rows = once.assign(place=once["name"].fillna(once["section"]), unnamed=once["name"].isna())
    count = rows.groupby(["bundle", "unnamed", "place"]).size().rename("count").reset_index()
    count = count.sort_values(["bundle", "unnamed", "count", "place"], ascending=[True, True, False, True])
    first = count.drop_duplicates("bundle").set_index("bundle")["place"]
    number = first.groupby(first).cumcount() + 1
    return (first + " " + number.astype("str")).astype("str")


def _most_common(once: pd.DataFrame) -> pd.Series:
    """Return for each bundle the area with most of its sections; the first by name where two have as many."""
    count = once.dropna(subset=["area"]).groupby(["bundle", "area"]).size().rename("count").reset_index()
    count = count.sort_values(["bundle", "count", "area"], ascending=[True, False, True])
    return count.drop_duplicates("bundle").set_index("bundle")["area"]
