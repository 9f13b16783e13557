"""The fair split of every bundle: the share of each owner, apart and together. (nl: verdeling)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.programme.bundles import bundle_of
from koppelkans.programme.fair.opening_game import OpeningGame, worst_group
from koppelkans.programme.indexed import Floats, Whole
from koppelkans.programme.levels import levels_of
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches
from koppelkans.programme.value import joined_works

CENT = 0.01
"""A group that pays less than this more than it would alone pays the same."""
KEY = ["bundle", "owner"]
SPLIT_COLUMNS = {
    "bundle": "str", "owner": "str", "works": "int64", "apart_eur": "int64", "fair_eur": "int64", "saving_eur": "int64",
    "basis": "str", "error_eur": "float64",
}  # fmt: skip
CORE_COLUMNS = {"bundle": "str", "in_core": "bool", "worst_group": "str", "worst_excess_eur": "Int64"}


@dataclass(frozen=True)
class Split:
    """The share of each owner per bundle (`shares`), and whether every group gains (`core`).

    `shares` has bundle, owner, works, apart_eur, fair_eur, saving_eur, basis and error_eur; `core` has bundle, in_core,
    worst_group (owners with a plus between; unknown where there is one owner) and worst_excess_eur (what that group pays more
    than on its own; below 0 it gains). Both are sorted.
    """

    shares: pd.DataFrame
    core: pd.DataFrame


@dataclass(frozen=True)
class _Terms:
    """Costs (`pays`) and savings of pairs (`saves`): a row per bundle, term and owner, with the euros of the whole term."""

    pays: pd.DataFrame
    saves: pd.DataFrame


def split_bundles(problem: Problem, programme: pd.DataFrame, *, nuisance: bool = False) -> Split:
    """Return the fair split of every bundle of a programme, in euros of its own year.

    Amounts are not discounted. Apart is what an owner would pay for its own works of the bundle, which already share
    their openings among themselves; together is the Shapley value of the openings, less what pairs of works save.
    Shares are whole euros that add up to the cost of all, by largest remainder. No owner pays more than apart.

    Parameters
    ----------
    problem, programme
        The problem and its programme.
    nuisance
        Count the nuisance of an opening with its cost. Off, the split is of money that is really paid.
    """
    terms = _terms(problem, programme, nuisance=nuisance)
    every = pd.concat([terms.pays, terms.saves.assign(eur=-terms.saves["eur"])], ignore_index=True)
    count = every.groupby(["bundle", "term", "sort"], dropna=False)["owner"].transform("size")
    alone = every["eur"].where((every["sort"] == "pays") | (count == 1), 0.0)
    sums = every.assign(fair=every["eur"] / count, alone=alone).groupby(KEY)[["fair", "alone"]].sum()
    sums = sums.join(_works(problem, programme)).reset_index().sort_values(KEY, ignore_index=True)
    shares = pd.DataFrame(
        {
            "bundle": sums["bundle"],
            "owner": sums["owner"].where(sums["owner"] != ""),
            "works": sums["works"],
            "apart_eur": np.ceil(sums["alone"].round(6)),
            "fair_eur": _rounded(sums["fair"].to_numpy(), sums["bundle"]),
            "basis": "exact",
            "error_eur": 0.0,
        }
    )
    shares["saving_eur"] = shares["apart_eur"] - shares["fair_eur"]
    return Split(shares[list(SPLIT_COLUMNS)].astype(SPLIT_COLUMNS), _core(terms, sums))


def bundle_games(
    problem: Problem, programme: pd.DataFrame, *, nuisance: bool = False
) -> dict[str, tuple[tuple[str, ...], OpeningGame]]:
    """Return per bundle its owners, in order, and its cost game."""
    return {name: (owners, game) for name, owners, game in _games(_terms(problem, programme, nuisance=nuisance))}


def _terms(problem: Problem, programme: pd.DataFrame, *, nuisance: bool) -> _Terms:
    """Return what is paid in each bundle, by which owners; a work of an unknown owner counts for the owner without a name."""
    bundle = bundle_of(problem, programme)
    owner = problem.works.set_index("work")["owner"].fillna("").astype("str")
    levels = levels_of(problem)
    touch, level = levels.needs()
    price = levels.eur(problem.sections) + (levels.nuisance(problem.sections) if nuisance else 0.0)
    met = problem.touches.iloc[touch][["work", "section"]].assign(level=level, eur=price[level])
    met = met.merge(closed_touches(problem, programme)[["work", "section", "year"]], on=["work", "section"])
    met = met[met["work"].isin(bundle.index)]
    met = met.assign(bundle=met["work"].map(bundle), owner=met["work"].map(owner), sort="pays")
    pays = met.drop_duplicates(["bundle", "level", "year", "owner"])
    step = "\t" + (pays["level"] - levels.first[levels.section[pays["level"]]]).astype("str").str.zfill(3)
    again = pays.groupby(["bundle", "section"])["year"].transform("nunique") > 1
    pays = pays.assign(term=pays["section"] + step + ("\t" + pays["year"].astype("str")).where(again, ""))
    columns = ["bundle", "term", "owner", "eur", "sort"]
    joined = joined_works(problem, programme)
    joined = joined.assign(
        bundle=joined["work"].map(bundle), term=joined["work"] + "\t" + joined["other"], sort="saves"
    )
    joined = joined[joined["bundle"].notna() & (joined["bundle"] == joined["other"].map(bundle))]
    sides = [joined.assign(owner=joined[side].map(owner), eur=joined["saving_eur"]) for side in ("work", "other")]
    saves = pd.concat(sides, ignore_index=True).drop_duplicates(["bundle", "term", "owner"])
    return _Terms(*(part[columns].sort_values(columns[:3], ignore_index=True) for part in (pays, saves)))


def _works(problem: Problem, programme: pd.DataFrame) -> pd.Series:
    """Return how many works each owner has in each bundle."""
    bundle = bundle_of(problem, programme)
    works = problem.works[problem.works["work"].isin(bundle.index)]
    table = works.assign(bundle=works["work"].map(bundle), owner=works["owner"].fillna("").astype("str"))
    return table.groupby(KEY)["work"].size().rename("works")


def _rounded(amounts: Floats, bundle: pd.Series) -> Whole:
    """Return whole euros that add up to the rounded sum of each bundle: rounded down, and the largest remainders up."""
    exact = pd.Series(np.round(amounts, 6))
    down = np.floor(exact)
    by = bundle.to_numpy()
    short = whole_euros(exact.groupby(by).transform("sum").round(6)).astype("float64") - down.groupby(by).transform(
        "sum"
    )
    turn = (exact - down).groupby(by).rank(method="first", ascending=False)
    return np.asarray(down + (turn <= short), dtype=np.int64)


def _core(terms: _Terms, sums: pd.DataFrame) -> pd.DataFrame:
    """Return per bundle which group gains least, and whether that is no loss."""
    fair = {name: amounts.to_numpy() for name, amounts in sums.groupby("bundle")["fair"]}
    rows = []
    for name, owners, game in _games(terms):
        group, excess = worst_group(game, fair[name]) if len(owners) > 1 else ((), np.nan)
        words = " + ".join(owners[at] for at in group) if group else None
        rows.append((name, not excess > CENT, words, excess))
    table = pd.DataFrame(rows, columns=list(CORE_COLUMNS))
    return table.assign(worst_excess_eur=whole_euros(table["worst_excess_eur"])).astype(CORE_COLUMNS)


def _games(terms: _Terms) -> Iterator[tuple[str, tuple[str, ...], OpeningGame]]:
    """Yield every bundle with its owners and its cost game, in order."""
    every = pd.concat([terms.pays, terms.saves], ignore_index=True)
    pairs = every[KEY].drop_duplicates().sort_values(KEY, ignore_index=True)
    pairs["at"] = pairs.groupby("bundle").cumcount()
    names = pairs.groupby("bundle")["owner"].agg(tuple)
    pays, saves = (_masked(part, pairs, names.index) for part in (terms.pays, terms.saves))
    for at, (name, owners) in enumerate(names.items()):
        yield str(name), owners, OpeningGame(len(owners), *pays(at), *saves(at))


def _masked(part: pd.DataFrame, pairs: pd.DataFrame, bundles: pd.Index) -> Callable[[int], tuple[Whole, Floats]]:
    """Return what gives, per bundle, the owners of each term (as the sum of 2^i) and its euros; terms of the same owners added up."""
    bit = np.left_shift(np.int64(1), part.merge(pairs, on=KEY, how="left")["at"].to_numpy(dtype=np.int64))
    terms = part.assign(bit=bit).groupby(["bundle", "term"]).agg(mask=("bit", "sum"), eur=("eur", "first"))
    sums = terms.groupby(["bundle", "mask"])["eur"].sum().reset_index().sort_values(["bundle", "mask"])
    mask, eur = sums["mask"].to_numpy(dtype=np.int64), sums["eur"].to_numpy(dtype=float)
    edges = np.searchsorted(bundles.get_indexer(sums["bundle"]), np.arange(len(bundles) + 1))
    return lambda at: (mask[edges[at] : edges[at + 1]], eur[edges[at] : edges[at + 1]])
