"""Pre-financing of underground facilities: loans per year and by number of users. (nl: voorfinancieringsplan)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import FILE_NAME, Facility, Later

Uptake = Literal["full", "expected", "low", "none"]
FORMULA = (
    r"B_t = B_{t-1}(1+i) + A_t - R_t;\qquad R_{u} = A\,\frac{p_u}{\pi P}\,(1+i)^{t_u - t_0}\ \text{(on entry)},\qquad "
    r"f = \frac{A\,\sum_{u} p_u / P}{\pi\,\sum_u p_u \sum_{t=t_u}^{T} (1+i)^{-(t-t_0)}}\ \text{(yearly, per place)}"
)
"""Balance B, advance A in year t0, repayment R, interest i, places p of user u out of P, pi the share at which it breaks even."""


@dataclass(frozen=True)
class Loan:
    """A facility with its year and interest.

    Parameters
    ----------
    facility
        What the city said of it.
    year
        Year in which it is laid.
    rate
        Interest per year, as a share.
    case
        Bundle that it goes with; None where there is none.
    basis
        Whether the year was given, derived from the programme, or assumed.
    """

    facility: Facility
    year: int
    rate: float
    case: str | None = None
    basis: Literal["given", "derived", "assumed"] = "given"

    @property
    def advanced_eur(self) -> int:
        """Return what is advanced."""
        return max(self.facility.cost_eur - self.facility.subsidy_eur, 0)

    @property
    def places(self) -> float:
        """Return all places that later users take, also of those whose year is not known."""
        return sum(user.places for user in self.facility.users)

    @property
    def dated(self) -> list[Later]:
        """Return the users who join in a known year within the repayment term.

        In order of year and name.
        """
        known = [user for user in self.facility.users if user.year is not None and user.year <= self.facility.last_year]
        return sorted(known, key=lambda user: (max(user.year or 0, self.year), user.user))


def entry(loan: Loan, user: Later) -> int:
    """Return the first year in which a user pays: its own, or that of the facility."""
    return max(user.year or loan.year, loan.year)


def fee(loan: Loan) -> float:
    """Return the price of one place (eur): on entry before interest, or per year.

    0 where no user has a year.
    """
    if not loan.places:
        return 0.0
    if loan.facility.repay == "on_entry":
        return loan.advanced_eur / (loan.facility.priced_at * loan.places)
    known = sum(user.places for user in loan.dated)
    worth = sum(
        user.places * (1.0 + loan.rate) ** -float(year - loan.year)
        for user in loan.dated
        for year in range(entry(loan, user), loan.facility.last_year + 1)
    )
    return loan.advanced_eur * known / loan.places / (loan.facility.priced_at * worth) if worth else 0.0


def payments(loan: Loan, *, uptake: Uptake = "full") -> pd.DataFrame:
    """Return the yearly payments of each dated user in an outcome (user, year, amount_eur).

    Not rounded.
    """
    price, facility = fee(loan), loan.facility
    rows = []
    for user in loan.dated:
        start, paid = entry(loan, user), user.places * price * comes(loan, user, uptake)
        if facility.repay == "on_entry":
            rows.append((user.user, start, paid * (1.0 + loan.rate) ** (start - loan.year)))
        else:
            rows += [(user.user, year, paid) for year in range(start, facility.last_year + 1)]
    made = pd.DataFrame(rows, columns=["user", "year", "amount_eur"]).astype({"amount_eur": "float64", "year": "int64"})
    return made.groupby(["user", "year"], as_index=False)["amount_eur"].sum()


def comes(loan: Loan, user: Later, uptake: Uptake) -> float:
    """Return the share of a later user that comes in an outcome.

    Its own chance where that was given, else the uptake. In the low outcome nobody comes with more than the low
    uptake.
    """
    usual = loan.facility.uptake
    chance = user.chance if user.chance is not None else usual.value
    low = min(chance, usual.low if usual.low is not None else usual.value)
    return {"full": 1.0, "expected": chance, "low": low, "none": 0.0}[uptake]


def uptake_share(loan: Loan, uptake: Uptake) -> float:
    """Return the share of the places that is taken in an outcome; 0 where nobody was named."""
    taken = sum(user.places * comes(loan, user, uptake) for user in loan.facility.users)
    return taken / loan.places if loan.places else 0.0


def schedule(loan: Loan, *, uptake: Uptake) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the loan year by year, and the repayments per user and year, in an outcome.

    Interest is over the balance at the start of the year; everything else happens at its end. Whole euros: interest and
    repayments are rounded, and where all users come and the fee is meant to cover everything, the last payment closes
    the loan, so that the cents of rounding stay with nobody.

    Parameters
    ----------
    loan
        The loan.
    uptake
        Which users come; the payments of each count for the share of it that comes.
    """
    paid = payments(loan, uptake=uptake)
    paid["amount_eur"] = whole_euros(paid["amount_eur"]).astype("int64")
    paid = paid.sort_values(["year", "user"], ignore_index=True)
    years = range(loan.year, max(loan.facility.last_year, loan.year) + 1)
    table = _run(loan, paid, years)
    everybody = uptake_share(loan, uptake) == 1
    closes = everybody and loan.facility.priced_at == 1 and len(loan.dated) == len(loan.facility.users) and len(paid)
    if closes:
        at = paid.index[-1]
        last = int(paid.loc[at, "year"])
        paid.loc[at, "amount_eur"] += int(table.loc[table["year"] == last, "closing_eur"].iloc[0])
        table = _run(loan, paid, years)
    return table, paid[paid["amount_eur"] != 0].reset_index(drop=True)


def _run(loan: Loan, paid: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Return the balance year by year."""
    back = paid.groupby("year")["amount_eur"].sum()
    rows, balance = [], 0
    for year in years:
        advance = loan.advanced_eur if year == loan.year else 0
        interest = int(np.sign(balance) * np.floor(abs(balance) * loan.rate + 0.5))
        repaid = int(back.get(year, 0))
        closing = balance + advance + interest - repaid
        rows.append((year, balance, advance, interest, repaid, closing))
        balance = closing
    columns = ["year", "opening_eur", "advance_eur", "interest_eur", "repayment_eur", "closing_eur"]
    return pd.DataFrame(rows, columns=columns).astype("int64")


def loans_of(
    facilities: Sequence[Facility],
    *,
    opened: pd.DataFrame,
    sections: Collection[str],
    cases: Mapping[str, str],
    rate: float,
    first_year: int,
) -> list[Loan]:
    """Return the loan of each facility, by name, with the year in which it is laid.

    That is its own year, else when the programme first opens its sections. A facility without a year whose sections
    are never opened is laid in the first year of the programme.

    Parameters
    ----------
    facilities
        What the city declared.
    opened
        `section`, `year` and `work` of every opening in the programme.
    sections
        Every section of the city.
    cases
        Bundle of each work that has one.
    rate
        Interest where a facility has none of its own.
    first_year
        First year of the programme.

    Raises
    ------
    SettingError
        With every section of a facility that the city does not have.
    """
    _check_sections(facilities, sections)
    made = []
    for facility in sorted(facilities, key=lambda one: one.facility):
        here = opened[opened["section"].isin(facility.sections)].sort_values(["year", "work"])
        if facility.year is not None:
            here = here[here["year"] == facility.year]
        derived = int(here["year"].iloc[0]) if len(here) else None
        year = facility.year or derived or first_year
        basis: Literal["given", "derived", "assumed"] = (
            "given" if facility.year else "derived" if derived else "assumed"
        )
        bundles = here.loc[here["year"] == year, "work"].map(dict(cases)).dropna()
        interest = facility.interest.value if facility.interest else rate
        made.append(Loan(facility, year, interest, str(bundles.iloc[0]) if len(bundles) else None, basis))
    return made


def _check_sections(facilities: Sequence[Facility], sections: Collection[str]) -> None:
    """Stop at facilities with sections that the city does not have."""
    faults = [
        Fault(
            FILE_NAME,
            section,
            "a section of the city",
            column=f"appraisal.financing.facilities.{one.facility}.sections",
            fatal=True,
        )
        for one in facilities
        for section in one.sections
        if section not in sections
    ]
    if faults:
        raise SettingError(faults)


def loan_table(loans: Sequence[Loan]) -> pd.DataFrame:
    """Return one row per loan.

    The break-even is unknown where users have no year: their part stays open.
    """
    rows = []
    for loan in loans:
        facility = loan.facility
        undated = len(facility.users) - len(loan.dated)
        rows.append(
            {
                "facility": facility.facility, "name": facility.name or facility.facility, "what": facility.what,
                "case": loan.case, "lender": facility.lender, "year": loan.year, "year_basis": loan.basis, "last_year": facility.last_year,
                "cost_eur": facility.cost_eur, "subsidy_eur": facility.cost_eur - loan.advanced_eur,
                "advanced_eur": loan.advanced_eur, "interest": loan.rate, "repay": facility.repay, "fee_eur": fee(loan),
                "break_even": np.nan if undated or not loan.dated else facility.priced_at, "undated": undated,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def schedules(loans: Sequence[Loan]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of advances and repayments of every loan in every outcome."""
    advances, repayments = [], []
    for loan in loans:
        for uptake in get_args(Uptake):
            table, paid = schedule(loan, uptake=uptake)
            named = {"facility": loan.facility.facility, "uptake": uptake}
            advances.append(table.assign(**named, uptake_share=uptake_share(loan, uptake)))
            repayments.append(paid.assign(**named))
    if not loans:
        return pd.DataFrame(), pd.DataFrame()
    return pd.concat(advances, ignore_index=True), pd.concat(repayments, ignore_index=True)
