"""What is charged to purses: works, and their parts of openings. (nl: betalen)."""

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
