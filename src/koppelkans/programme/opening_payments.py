"""What purses pay of the openings: the split nearest to the fair one that fits. (nl: openingen betalen)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linprog

from koppelkans.appraisal.opening_parts import opening_parts
from koppelkans.ground.errors import KoppelkansError
from koppelkans.ground.money import whole_euros, whole_parts
from koppelkans.ground.settings.business import SskPart
from koppelkans.programme.indexed import Floats, Whole, budgets, positions
from koppelkans.programme.levels import opening_eur
from koppelkans.programme.payers import (
    UNCOVERED,
    bound_funds,
    bound_share,
    has_budget,
    least_share,
    shares_of,
    silent_owners,
)
from koppelkans.programme.problem import Problem
from koppelkans.programme.profiles import closed_touches

COLUMNS = {"work": "str", "section": "str", "fund": "str", "share": "float64", "amount_eur": "Int64", "year": "Int64"}
CELL = ["section", "year"]
WHOLE = 1e-4
"""An amount that lacks less than this of a whole euro is whole."""
LACKS, OWNERS, PURSES, ORDER = 1e5, 1e2, 1.0, 1e-4
"""What a euro counts that nobody pays, that moves to another owner, or to another purse of one owner; the last settles ties by name."""


def with_openings(problem: Problem, programme: pd.DataFrame, payments: pd.DataFrame, *, ssk: SskPart) -> pd.DataFrame:
    """Return the payments with what purses pay of the openings behind them.

    Each purse pays the fair part of its works, in the shares in which it pays the works themselves, as far as the works leave
    it room. What does not fit is paid by other purses that need that level: of a level none pays more than its largest share
    in one work there, and those with a budget pay at least their part beside owners that declared none. As few euros as can
    be move between owners, then between purses of one owner. What no purse may pay, or none can, stays uncovered.

    Parameters
    ----------
    problem, programme
        The problem and the programme.
    payments
        What purses pay of the works themselves, as `payments_table` returns it.
    ssk
        What comes on top of openings, as far as the city declared it.
    """
    met = closed_touches(problem, programme).merge(problem.works[["work", "owner"]], on="work")
    met = met.merge(problem.sections.drop(columns="name"), on="section").sort_values(["section", "year", "work"])
    met = met.drop_duplicates(["section", "year", "work"]).reset_index(drop=True)
    if met.empty:
        return payments
    met["alone_eur"] = whole_euros(pd.Series(opening_eur(met, met["share"]))).astype("int64")
    parts = opening_parts(met[["work", "section", "year", "owner", "alone_eur"]], ssk)
    parts["eur"] = parts["part_eur"] + parts["on_top_eur"]
    game = _game(problem, parts)
    paid = _by_work(game, _split(game, problem, payments))
    paid["fund"] = game.names.to_numpy()[paid["fund"]]
    made = paid[paid["amount_eur"] > 0].astype(COLUMNS)[list(COLUMNS)]
    return pd.concat([payments, made.sort_values(["work", "section", "fund"])], ignore_index=True)


@dataclass(frozen=True)
class _Game:
    """Openings to be paid, with funds by their place among `names` (-1: nobody).

    `parts` holds the fair part of each work (eur, cell), `fair` that of each purse by work, and `most` what a purse may pay of
    each level at most (level, cell, year, fund, owner, most, eur, bound, least).
    """

    names: pd.Series
    parts: pd.DataFrame
    fair: pd.DataFrame
    most: pd.DataFrame


def _game(problem: Problem, parts: pd.DataFrame) -> _Game:
    """Return who may pay what of the openings of a programme, and the fair part of each."""
    names, yearly, _ = budgets(problem)
    bound = bound_funds(yearly)
    parts = parts.assign(cell=parts.groupby(CELL).ngroup(), place=positions(parts["work"], problem.works["work"]))
    shares = shares_of(problem, names)
    fair = parts.merge(shares.rename(columns={"work": "place"}), on="place").sort_values(
        ["cell", "place", "fund"], ascending=[True, True, False], ignore_index=True
    )
    until = fair.groupby(["cell", "place"])["share"].cumsum().clip(upper=1.0)
    before = until.groupby([fair["cell"], fair["place"]]).shift(fill_value=0.0)
    fair["amount_eur"] = ((until * fair["eur"]).round() - (before * fair["eur"]).round()).astype("int64")
    levels = _levels(parts)
    needs = parts[["cell", "place", "owner", "alone_eur"]].merge(levels, on="cell")
    needs = needs[needs["wide"] <= needs["alone_eur"]]
    most = needs.merge(shares.rename(columns={"work": "place"}), on="place")
    most["owner"] = (
        most["owner"].astype("object").where(most["owner"].notna(), "").mask(most["fund"] == UNCOVERED, None)
    )
    ours = needs.merge(bound_share(shares, bound).rename("ours"), left_on="place", right_index=True)
    ours = ours.groupby("level")["ours"].max()
    most = most.groupby(["level", "cell", "section", "year", "fund"], as_index=False).agg(
        share=("share", "max"), owner=("owner", "first"), eur=("eur", "first")
    )
    most["most"] = np.ceil(most["share"] * most["eur"] - 1e-6)
    most["bound"] = has_budget(most["fund"], bound)
    silent = silent_owners(problem, names[~bound])[positions(most["section"], problem.sections["section"])]
    share = most["level"].map(ours).fillna(0.0)
    most["least"] = np.floor(least_share(share, silent).fillna(0.0) * most["eur"] + 1e-6)
    return _Game(names, parts, fair, most)


def _levels(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the levels of each opening (level, cell, section, year, wide, eur), with their part of what comes on top."""
    steps = parts[["cell", *CELL, "alone_eur"]].drop_duplicates().sort_values(["cell", "alone_eur"], ignore_index=True)
    below = steps.groupby("cell")["alone_eur"].shift(fill_value=0)
    whole = steps["cell"].map(parts.groupby("cell")["eur"].sum()).astype("float64")
    wide = steps["cell"].map(parts.groupby("cell")["alone_eur"].max()).astype("float64")
    rise = whole * ((steps["alone_eur"] - below) / wide.where(wide > 0, 1.0))
    eur = whole_parts(rise, steps["cell"].astype("str"))
    steps = steps.assign(wide=steps["alone_eur"], eur=eur.astype("int64")).drop(columns="alone_eur")
    return steps[steps["eur"] > 0].rename_axis("level").reset_index()


def _split(game: _Game, problem: Problem, payments: pd.DataFrame) -> pd.DataFrame:
    """Return what each purse pays of each opening (cell, fund, eur) in the split nearest to the fair one.

    Openings, caps and what is left in purses are whole euros, and so is what is paid: never a euro more than there is.
    """
    most = game.most.sort_values(["year", "cell", "level", "fund"], ignore_index=True)
    size, columns = len(most), np.arange(len(most))
    lacking = most["level"].drop_duplicates().to_numpy()
    level = pd.Index(lacking).get_indexer(pd.Index(most["level"]))
    first = most.drop_duplicates("level")
    fair = game.fair.groupby(["cell", "fund"])["amount_eur"].sum()
    owner, purse = _shifts(most, fair)
    lacks = sparse.eye_array(len(lacking))
    nobody = sparse.csr_array((len(lacking), owner.width + purse.width))
    whole = sparse.hstack([sparse.csr_array((np.ones(size), (level, columns))), lacks, nobody])
    gap = sparse.csr_array((owner.rows + purse.rows, len(lacking)))
    near = sparse.hstack([sparse.vstack([owner.pays, purse.pays]), gap, sparse.block_diag([owner.shift, purse.shift])])
    others = np.flatnonzero((~most["bound"] & (most["fund"] != UNCOVERED)).to_numpy())
    silent = sparse.csr_array((np.ones(len(others)), (level[others], others)), shape=(len(lacking), size))
    rooms, room = _rooms(most, problem, payments, names=game.names)
    width = len(lacking) + owner.width + purse.width
    below = sparse.vstack([sparse.hstack([part, sparse.csr_array((part.shape[0], width))]) for part in (silent, rooms)])
    rank = ORDER * (most["fund"].mask(most["fund"] == UNCOVERED, len(game.names)) + 1) / (len(game.names) + 1)
    price = np.concatenate(
        [rank, np.full(len(lacking), LACKS), np.full(owner.width, OWNERS), np.full(purse.width, PURSES)]
    )
    ask = {
        "A_ub": below.tocsr(),
        "b_ub": np.concatenate([(first["eur"] - first["least"]).to_numpy(dtype=float), room]),
        "A_eq": sparse.vstack([whole, near]).tocsr(),
        "b_eq": np.concatenate([first["eur"].to_numpy(dtype=float), owner.fair, purse.fair]),
        "bounds": np.c_[np.zeros(len(price)), np.concatenate([most["most"], np.full(width, np.inf)])],
    }
    answer = linprog(price, **ask, method="highs-ds")
    if answer.x is None:  # with 5,000 works HiGHS lost its way in its own presolve: feasible, not known to be the best
        answer = linprog(price, **ask, method="highs-ds", options={"presolve": False})
    if answer.x is None:
        msg = f"the split of openings was not found: {answer.message}"
        raise KoppelkansError(msg)
    most["paid"] = answer.x[:size]
    paid = most[most["fund"] != UNCOVERED].groupby(["cell", "fund"], as_index=False)["paid"].sum()
    return paid.assign(paid=np.floor(paid["paid"] + WHOLE).astype(np.int64))


@dataclass(frozen=True)
class _Shifts:
    """Rows that say how far what somebody pays of an opening is from the fair part: pays + shift = fair."""

    pays: sparse.csr_array
    shift: sparse.csr_array
    fair: Floats

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return int(self.pays.shape[0])

    @property
    def width(self) -> int:
        """Return the number of columns of shifts."""
        return int(self.shift.shape[1])


def _shifts(most: pd.DataFrame, fair: pd.Series) -> tuple[_Shifts, _Shifts]:
    """Return the shifts of each owner and of each purse in each opening, from the fair part by cell and fund."""
    who = most["owner"].astype("object").where(most["owner"].notna(), "\n")
    keyed = most.assign(who=who, key=most.groupby(["cell", "fund"]).ngroup())
    purse = keyed.drop_duplicates("key").sort_values("key")
    part = fair.reindex(pd.MultiIndex.from_frame(purse[["cell", "fund"]])).fillna(0.0).to_numpy(dtype=float)
    keyed["group"] = keyed.groupby(["cell", "who"]).ngroup()
    group = keyed.drop_duplicates("key").sort_values("key")["group"].to_numpy()
    made = []
    for key, eur in (("group", np.bincount(group, weights=part)), ("key", part)):
        rows, at = len(eur), np.arange(len(eur))
        pays = sparse.csr_array((np.ones(len(keyed)), (keyed[key], np.arange(len(keyed)))), shape=(rows, len(keyed)))
        ones = np.ones(rows)
        shift = sparse.csr_array((np.r_[ones, -ones], (np.r_[at, at], np.r_[at, at + rows])), shape=(rows, 2 * rows))
        made.append(_Shifts(pays, shift, np.asarray(eur, dtype=float)))
    return made[0], made[1]


def _rooms(
    most: pd.DataFrame, problem: Problem, payments: pd.DataFrame, *, names: pd.Series
) -> tuple[sparse.csr_array, Floats]:
    """Return what is paid of each purse by year, up to that year where it carries over, and what the works leave of it."""
    _, yearly, carries = budgets(problem)
    left = _left(payments, problem, names, yearly)
    room = np.floor(np.where(carries[:, None], left.cumsum(axis=1), left) + 1e-6)
    paying = np.flatnonzero(most["bound"].to_numpy())
    fund, year = most["fund"].to_numpy()[paying], most["year"].to_numpy()[paying] - problem.first_year
    until = np.where(carries[fund], yearly.shape[1], year + 1)
    span: Whole = until - year
    at = np.repeat(np.arange(len(paying)), span)
    when = np.arange(len(at)) - np.repeat(np.cumsum(span) - span, span) + year[at]
    rows = sparse.csr_array(
        (np.ones(len(at)), (fund[at] * yearly.shape[1] + when, paying[at])), shape=(room.size, len(most))
    )
    held = np.isfinite(room.ravel())
    return rows[held], room.ravel()[held].clip(min=0.0)


def _by_work(game: _Game, paid: pd.DataFrame) -> pd.DataFrame:
    """Return what each purse pays of the part of each work (work, section, year, fund, share, amount_eur).

    First of its own works, in order, then of others in the same opening: that is what moved.
    """
    fair = game.fair[game.fair["fund"] != UNCOVERED].merge(paid, on=["cell", "fund"], how="left")
    fair = fair.fillna({"paid": 0}).sort_values(["cell", "fund", "place"], ignore_index=True)
    before = fair.groupby(["cell", "fund"])["amount_eur"].cumsum() - fair["amount_eur"]
    fair["amount_eur"] = np.minimum(fair["amount_eur"], (fair["paid"] - before).clip(lower=0)).astype("int64")
    own = fair[["cell", "place", "work", *CELL, "fund", "share", "amount_eur"]]
    given = own.groupby(["cell", "fund"])["amount_eur"].sum()
    spare = paid.set_index(["cell", "fund"])["paid"].sub(given, fill_value=0)
    moved = _moved(game.parts, own, spare[spare > 0].astype("int64"))
    both = pd.concat([own, moved], ignore_index=True)
    keys = ["work", *CELL, "fund"]
    return both.groupby(keys, as_index=False).agg(share=("share", "first"), amount_eur=("amount_eur", "sum"))


def _moved(parts: pd.DataFrame, own: pd.DataFrame, spare: pd.Series) -> pd.DataFrame:
    """Return what purses pay of the parts of works that are not theirs, from what they have to spare in each opening."""
    given = own.groupby(["cell", "place"])["amount_eur"].sum()
    rows = []
    for cell, funds in spare.groupby(level="cell"):
        here = parts[parts["cell"] == cell].sort_values("place")
        lacks = (
            here.set_index("place")["eur"]
            - given.reindex(pd.MultiIndex.from_product([[cell], here["place"]])).fillna(0).to_numpy()
        ).to_dict()
        for (_, fund), eur in funds.items():
            left = int(eur)
            for row in here.itertuples():
                amount = int(min(left, lacks[row.place]))
                if amount > 0:
                    rows.append((row.work, row.section, row.year, fund, amount / row.eur, amount))
                    lacks[row.place] -= amount
                    left -= amount
    return pd.DataFrame(rows, columns=["work", *CELL, "fund", "share", "amount_eur"])


def _left(payments: pd.DataFrame, problem: Problem, names: pd.Series, yearly: Floats) -> Floats:
    """Return what the works leave in each purse and year (eur), without carrying over."""
    spent = np.zeros(yearly.shape)
    done = payments[payments["year"].notna() & payments["amount_eur"].notna() & payments["fund"].isin(names)]
    done = done[done["year"].between(problem.run_on.first, problem.run_on.last)]
    year = done["year"].to_numpy(dtype="int64") - problem.first_year
    np.add.at(spent, (positions(done["fund"], names), year), done["amount_eur"].to_numpy(dtype=float))
    return np.asarray(yearly - spent)
