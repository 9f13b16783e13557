"""Time that travellers lose while a street is open, where a figure is given. (nl: reistijdverlies)."""

import pandas as pd

from koppelkans.appraisal.effect import Case, Effect, basis_of, figure_of

FIGURE = "travel_delay_eur"
HOLDER = "road_users"


def amount(case: Case) -> pd.DataFrame:
    """Return the travel delay caused by each work that opens the street (eur).

    Without the figure `travel_delay_eur` it is unknown (p.m.).
    """
    made = case.works[case.works["opens"]]
    rate = figure_of(case, FIGURE) if FIGURE in case.figures else float("nan")
    euros = made["open_days"] * rate
    return pd.DataFrame(
        {
            "work": made["work"],
            "holder": HOLDER,
            "quantity": made["open_days"],
            "amount_eur": euros,
            "basis": basis_of(case, (FIGURE,), euros),
        }
    )


TRAVEL_DELAY = Effect(
    name="travel_delay",
    nl="reistijdverlies zolang de straat open ligt",
    en="time lost by travellers while the street is open",
    unit="open days",
    side="cost",
    holder_nl="weggebruikers",
    holder_en="road users",
    formula=r"A_w = \text{delay} \sum_{s \in S_w} \tfrac{\ell_s}{100}\,\text{days}",
    figures=(FIGURE,),
    linear_in="open_days",
    lasts="once",
    amount=amount,
)
