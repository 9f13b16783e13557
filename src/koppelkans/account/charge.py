"""What is charged to purses: works, and their parts of openings. (nl: betalen)."""

from collections.abc import Mapping

import pandas as pd


def charge(payments: pd.DataFrame) -> pd.DataFrame:
    """Return what each purse pays per work, section and year.

    The section is unknown where the work itself is paid.

    Parameters
    ----------
    payments
        `work`, `section`, `fund`, `amount_eur` and `year` (unknown: left undone) of the programme.
    """
    paid = payments[payments["year"].notna() & payments["amount_eur"].notna()]
    made = paid[["work", "section", "fund", "year", "amount_eur"]]
    made = made.astype({"section": "str", "year": "int64", "amount_eur": "int64"})
    return made[made["amount_eur"] != 0].sort_values(["work", "section", "fund"], ignore_index=True)


def paid_for_others(charges: pd.DataFrame, owners: Mapping[str, str], payers: Mapping[str, str]) -> pd.DataFrame:
    """Return what purses pay of openings for another owner, dearest first.

    Columns: `fund`, `owner` (of the work whose part it is) and `amount_eur`.

    Parameters
    ----------
    charges
        As `charge` returns them.
    owners, payers
        Owner of each work and of each fund; one that is unknown is told of nobody.
    """
    streets = charges.dropna(subset=["section"])
    streets = streets.assign(owner=streets["work"].map(owners), payer=streets["fund"].map(payers))
    known = streets.dropna(subset=["owner", "payer"])
    moved = known[known["payer"] != known["owner"]]
    table = moved.groupby(["fund", "owner"], as_index=False)["amount_eur"].sum()
    return table.sort_values(["amount_eur", "fund"], ascending=[False, True], ignore_index=True)
