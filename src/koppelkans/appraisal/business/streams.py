"""Cash flows as streams: paid once, again at every renewal, or every year. (nl: geldstromen)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from koppelkans.appraisal.business.codes import coded, constant, stack
from koppelkans.appraisal.business.extras import ORIGIN
from koppelkans.appraisal.business.lives import Breaking, renewals, residual_share
from koppelkans.appraisal.effect import Case, Effect
from koppelkans.appraisal.effects.ambition_worth import AMBITION_WORTH
from koppelkans.appraisal.effects.avoided_failure_risk import AVOIDED_FAILURE_RISK
from koppelkans.appraisal.effects.capital_cost import CAPITAL_COST
from koppelkans.appraisal.effects.digging_damage import DIGGING_DAMAGE
from koppelkans.appraisal.effects.nuisance import NUISANCE
from koppelkans.appraisal.effects.opening_cost import OPENING_COST
from koppelkans.appraisal.effects.paving_breach import PAVING_BREACH
from koppelkans.appraisal.effects.residual_value import RESIDUAL_VALUE
from koppelkans.appraisal.effects.shared_trench import SHARED_TRENCH
from koppelkans.appraisal.effects.travel_delay import TRAVEL_DELAY
from koppelkans.rules.openings import opened_shares

OPENED = {"setup_eur": "setup_eur", "traffic_eur": "traffic_eur_per_m", "paving_eur": "paving_eur_per_m2"}
"""Parts of an opening, and the key figures in which each is proportional; paving also in the share that the work opens."""
SHARED = {NUISANCE.name: "address_days", DIGGING_DAMAGE.name: "digs_count", TRAVEL_DELAY.name: "open_days"}
"""Effects that are smaller where an opening is shared, and the part in which they are proportional."""
FIRST_ONLY = {SHARED_TRENCH.name: "trench_share", PAVING_BREACH.name: "breach_share"}
"""Effects of a planned work only, not of its renewals, and which part of the amount is there."""
COLUMNS = ["at", "effect", "holder", "side", "first", "last", "amount", "growth", "factors", "basis", "source"]


@dataclass(frozen=True)
class Span:
    """The years that are compared, and how long amounts grow."""

    first: int
    last: int
    grows_until: int
    perpetual_rate: float | None = None
    """Rate at which what comes every year goes on after the last year; None: it stops."""


@dataclass(frozen=True)
class EffectFlows:
    """The amounts of one effect per work and holder, for one occasion or one year.

    Signed: below zero for who pays, above for who gains.
    """

    effect: Effect
    table: pd.DataFrame


def rows_of(case: Case, effect: Effect, *, factors: pd.Series | str) -> EffectFlows:
    """Return the amounts of an effect, for one occasion or one year, undiscounted.

    Columns at (row of the work), holder, amount, basis and source.
    """
    made = effect.amount(replace(case, rate=0.0, years=1)).reset_index(drop=True)
    sources = [case.figures[name].source for name in effect.figures if name in case.figures]
    written = "; ".join(dict.fromkeys(sources)) or "koppelkans.toml"
    at = pd.Index(case.works["work"]).get_indexer(made["work"])
    sign = -1.0 if effect.side == "cost" else 1.0
    many = len(made)
    table = pd.DataFrame(
        {
            "at": at,
            "holder": coded(made["holder"]),
            "amount": sign * made["amount_eur"].astype("float64"),
            "factors": constant(factors, many) if isinstance(factors, str) else coded(factors.iloc[at]),
            "basis": coded(made["basis"]),
            "source": coded(made["source"].astype("str").fillna(written)) if "source" in made else constant(written, many),
        }
    )  # fmt: skip
    return EffectFlows(effect, table)


def placed(rows: EffectFlows, events: pd.DataFrame, *, share: np.ndarray | None = None) -> pd.DataFrame:
    """Return the amounts of an effect in the year of each event of its work.

    `share` is the part per work of a first event.
    """
    made = rows.table.merge(events, on="at")
    if share is not None:
        made["amount"] *= np.where(made["nth"] == 0, share[made["at"].to_numpy()], 1.0)
    return _named(made, rows.effect).assign(first=made["year"], last=made["year"], growth=0.0)


def _named(table: pd.DataFrame, effect: Effect) -> pd.DataFrame:
    """Return rows with the name of their effect, and its side."""
    return table.assign(effect=constant(effect.name, len(table)), side=constant(effect.side, len(table)))


def yearly(rows: EffectFlows, start: np.ndarray, span: Span, *, growth: float) -> list[pd.DataFrame]:
    """Return the rows of an effect in every year from `start` (per work) to the end of the span.

    Prices rise by `growth` more than others, from the first year of the span until its growth stops.
    """
    made = rows.table.assign(first=start[rows.table["at"].to_numpy()]).dropna(subset=["first"])
    made = _named(made[made["first"] <= span.last], rows.effect)
    until = min(span.grows_until, span.last)
    early, late = made[made["first"] <= until], made[made["first"] > until]
    parts = []
    if len(early):
        grown = (1.0 + growth) ** (early["first"] - span.first)
        parts.append(early.assign(amount=early["amount"] * grown, last=float(until), growth=growth))
    after = pd.concat([early.assign(first=until + 1.0), late]) if until < span.last else late
    final = (1.0 + growth) ** (until - span.first)
    if len(after):
        parts.append(after.assign(amount=after["amount"] * final, last=float(span.last), growth=0.0))
    if span.perpetual_rate and len(made):
        forever = made["amount"] * final / span.perpetual_rate
        parts.append(made.assign(amount=forever, first=float(span.last), last=float(span.last), growth=0.0))
    return parts


def openings_of(
    standing: "CaseBasis", bears: pd.DataFrame, alone: pd.DataFrame, events: pd.DataFrame
) -> list[pd.DataFrame]:
    """Return the cost of opening the street, a stream per part of it, for each owner.

    `bears` holds what each work bears of its own openings, `alone` what it pays when it opens the street by itself, as
    it does at every later renewal; both with a row per work.
    """
    return [
        placed(rows, events, share=_ratio(bears[part].to_numpy(), alone[part].to_numpy()))
        for part, rows in zip(OPENED, standing.openings, strict=True)
    ]


def _openings_alone(case: Case, alone: pd.DataFrame) -> tuple[EffectFlows, ...]:
    """Return what each work pays for the parts of its openings when it opens the street by itself."""
    base = rows_of(case, OPENING_COST, factors="").table.drop(columns="amount")
    known = case.works["opening_eur"].notna().to_numpy()
    wide = {kind: one.figure for kind, one in opened_shares(case.kinds, case.figures).items()}
    at = base["at"].to_numpy()
    named = case.works["kind"].map(wide).astype("str").iloc[at]
    made = []
    for part, factors in OPENED.items():
        full = np.where(known, alone[part].to_numpy(), np.nan)
        moves = coded(factors + " " + named) if part == "paving_eur" else constant(factors, len(base))
        made.append(EffectFlows(OPENING_COST, base.assign(amount=-full[at], factors=moves)))
    return tuple(made)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part / whole; 1 where either is nothing or unknown: then there is nothing to share, or it opens alone."""
    shared = (whole > 0) & (part > 0)
    return np.where(shared, part / np.where(shared, whole, 1.0), 1.0)


def residuals(capital: EffectFlows, events: pd.DataFrame, works: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Return the residual value of the last renewal of each work after the last year."""
    latest = events.sort_values("year").drop_duplicates("at", keep="last")
    left = residual_share(latest["year"].to_numpy(), works["life_years"].to_numpy()[latest["at"].to_numpy()], span.last)
    final = latest.assign(year=float(span.last), left=left)
    made = capital.table.merge(final[final["left"] > 0], on="at")
    made = _named(made, RESIDUAL_VALUE)
    return made.assign(amount=-made["amount"] * made["left"], first=made["year"], last=made["year"], growth=0.0)


def risks(standing: "CaseBasis", years: np.ndarray, span: Span) -> list[pd.DataFrame]:
    """Return the expected failure cost per year until the work is done or has surely failed.

    The chance grows every year; what is expected in the year of breaking makes the failures add up to one.
    """
    breaking, table = standing.breaking, standing.risk
    until = np.where(np.isnan(years), np.inf, years)
    whole = breaking.first + breaking.whole_years
    last = np.minimum(np.minimum(whole, until), span.last + 1.0) - 1.0
    running = table.assign(
        first=float(breaking.first), last=last, amount=-breaking.cost * breaking.chance, growth=breaking.growth
    )
    final = table.assign(first=whole, last=whole, amount=-breaking.cost * breaking.remainder, growth=0.0)
    some = breaking.applies & (last >= breaking.first)
    breaks = breaking.applies & (whole < until) & (whole <= span.last) & (breaking.remainder > 0)
    return [running[some], final[breaks]]


def _risk_table(case: Case, breaking: Breaking, capital: EffectFlows) -> pd.DataFrame:
    """Return who bears the failures of each work, in which figures these are in proportion, and how they are known."""
    works = case.works
    firsts = capital.table.drop_duplicates("at").set_index("at")["factors"].astype("str")
    factor = firsts.reindex(range(len(works))).fillna("")
    assumed = works["due_year"].isna().to_numpy()
    table = pd.DataFrame(
        {
            "at": np.arange(len(works)),
            "holder": coded(works["owner"]),
            "factors": coded(("failure_eur_share " + factor).str.strip()),
            "basis": coded(np.where(works["cost_eur"].isna(), "unknown", "assumed")),
            "source": coded(np.where(assumed, "due year not known: the best year of its owner taken", breaking.source)),
        }
    )
    return table.assign(effect=constant(AVOIDED_FAILURE_RISK.name, len(table)), side=constant("cost", len(table)))


def together_in_one(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the streams as one table, each on the side of its sign, without zeroes.

    An unknown amount of a work is told once, in its first year: its renewals are as unknown.
    """
    made = stack(parts, COLUMNS)
    made = made.astype({"at": "int64", "first": "int64", "last": "int64", "amount": "float64", "growth": "float64"})
    if made.empty:
        return made
    for name in ("effect", "holder", "side"):
        if not isinstance(made[name].dtype, pd.CategoricalDtype):
            made[name] = coded(made[name])
    effect, holder = made["effect"].cat, made["holder"].cat
    key = made["at"] * len(effect.categories) + effect.codes
    key = key * len(holder.categories) + holder.codes
    amount = made["amount"]
    signs = np.select([amount < 0, amount > 0], [1, 0], (made["side"] == "cost").astype("int8"))
    made["side"] = pd.Categorical.from_codes(signs, categories=pd.Index(["benefit", "cost"], dtype="str"))
    kept = (amount.notna() | ~key.duplicated()) & (amount != 0)  # an unknown amount is told once
    return made[kept].reset_index(drop=True)


def streams(
    case: Case,
    years: np.ndarray,
    bears: pd.DataFrame,
    alone: pd.DataFrame,
    *,
    span: Span,
    standing: "CaseBasis",
) -> pd.DataFrame:
    """Return the streams of one alternative, given the year of each work.

    A year is unknown where the work is not done, and left until it breaks.
    """
    works, breaking = case.works, standing.breaking
    never = np.isnan(years) & works["origin"].ne(ORIGIN).to_numpy()
    broken = np.where(never & breaking.applies, breaking.first + breaking.whole_years, np.nan)
    broken = np.where(broken <= span.last, broken, np.nan)
    events = renewals(np.where(np.isnan(years), broken, years), works["life_years"].to_numpy(), span.last)
    planned = events[(events["nth"] > 0) | ~np.isnan(years)[events["at"].to_numpy()]]
    parts = [placed(standing.capital, planned)]
    parts += openings_of(standing, bears, alone, events)
    for rows in standing.shared:
        part = SHARED[rows.effect.name]
        parts.append(placed(rows, events, share=_ratio(bears[part].to_numpy(), alone[part].to_numpy())))
    done = events[(events["nth"] == 0) & ~np.isnan(years)[events["at"].to_numpy()]]
    parts.append(placed(standing.worth, done))
    parts += [placed(rows, done, share=bears[FIRST_ONLY[rows.effect.name]].to_numpy()) for rows in standing.first_only]
    for rows, growth in standing.yearly:
        parts += yearly(rows, years + 1.0, span, growth=growth)
    parts += risks(standing, years, span)
    parts.append(residuals(standing.capital, events, works, span))
    return together_in_one(parts)


@dataclass(frozen=True)
class CaseBasis:
    """What every alternative shares: the amounts of each effect, and when things break."""

    capital: EffectFlows
    shared: tuple[EffectFlows, ...]
    worth: EffectFlows
    yearly: tuple[tuple[EffectFlows, float], ...]
    breaking: Breaking
    openings: tuple[EffectFlows, ...]
    first_only: tuple[EffectFlows, ...]
    risk: pd.DataFrame


def stand(
    case: Case, yearly_effects: Sequence[tuple[Effect, float]], *, breaking: Breaking, alone: pd.DataFrame
) -> CaseBasis:
    """Return the basis that all alternatives of a case share.

    With each yearly effect goes its relative price growth. `alone` holds what each work pays for its openings when it
    opens the street by itself.
    """
    works = case.works
    ranged = {name: bool(kind.price and (kind.price.low or kind.price.high)) for name, kind in case.kinds.items()}
    priced = works["cost_basis"].ne("measured") & works["kind"].map(ranged)
    prices = ("kinds." + works["kind"] + ".price").where(priced, "cost." + works["certainty"])
    capital = rows_of(case, CAPITAL_COST, factors=prices)
    return CaseBasis(
        capital=capital,
        shared=tuple(
            rows_of(case, effect, factors=" ".join(effect.figures))
            for effect in (NUISANCE, DIGGING_DAMAGE, TRAVEL_DELAY)
        ),
        worth=rows_of(case, AMBITION_WORTH, factors="point_eur"),
        yearly=tuple(
            (rows_of(case, effect, factors=_per_kind(effect) + works["kind"]), growth)
            for effect, growth in yearly_effects
        ),
        breaking=breaking,
        openings=_openings_alone(case, alone),
        first_only=tuple(
            rows_of(case, effect, factors=" ".join(effect.figures)) for effect in (SHARED_TRENCH, PAVING_BREACH)
        ),
        risk=_risk_table(case, breaking, capital),
    )


def with_breaking(standing: CaseBasis, case: Case, breaking: Breaking) -> CaseBasis:
    """Return what every alternative shares where things break in another way."""
    return replace(standing, breaking=breaking, risk=_risk_table(case, breaking, standing.capital))


def _per_kind(effect: Effect) -> str:
    """Return what the key figures of an effect start with."""
    return next(name for name in effect.figures).removesuffix("<kind>")
