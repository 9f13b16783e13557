"""What it costs to open and close a section once, whatever the number of works in it. (nl: opbreken en dichten)."""

import pandas as pd

from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import AppraisalPart
from koppelkans.rules.key_figures import key_figure, per_road_class

FORMULA = (
    r"O_s = \text{setup} + \text{traffic} \cdot \ell_s \cdot f_{c(s)} + \text{paving} \cdot \sigma A_s,\quad "
    r"N_s = \tfrac{\ell_s}{100}\,\text{days} \cdot a_s \cdot \text{day} \cdot f_{c(s)},\quad "
    r"B_s = \text{degeneration} \cdot A_s"
)
"""Opening cost, nuisance and breach of a section of length l, paved area A, road class c, a addresses; sigma is the share opened."""


def opening_costs(sections: pd.DataFrame, *, appraisal: AppraisalPart, price_year: int) -> pd.DataFrame:
    """Return what one opening of each section costs, sorted by section.

    Parameters
    ----------
    sections
        `section`, `road_class`, `length_m` (m), `width_m` (m), `paved_m2` (m2) and `addresses`; the last three may be unknown.
    appraisal
        Key figures; `opened_share` says which share of the paved area is taken up for one opening.
    price_year
        Price level of the amounts.

    Returns
    -------
    One row per section: `setup_eur`, `traffic_eur` (per m x length x factor of the road class), `paving_eur` (per m2 x
    opened part of the paved area), `opening_eur` (the three), `nuisance_eur` (days x addresses x euros per address and
    day x factor of the road class; 0 with `nuisance_basis` unknown where the addresses are not known), `breach_eur`
    (degeneration x whole paved area) in whole euros; `open_days`, and `address_days` (days x addresses x factor of the
    road class), unknown where the addresses are.

    Raises
    ------
    SettingError
        Where a key figure or a road class has no value; the fault names the key.
    """

    def figure(name: str) -> float:
        return key_figure(appraisal.figures, name, price_year=price_year)

    known = sections.sort_values("section", ignore_index=True)
    length = known["length_m"].astype("float64")
    traffic = per_road_class(known["road_class"], appraisal.traffic, key="appraisal.traffic")
    paved = _paved_m2(known, appraisal)
    days = length / 100.0 * figure("days_per_100m")
    address_days = days * known["addresses"].astype("Float64").astype("float64") * traffic
    setup_eur = _euros(pd.Series(figure("setup_eur"), index=known.index))
    traffic_eur = _euros(figure("traffic_eur_per_m") * length * traffic)
    paving_eur = _euros(figure("paving_eur_per_m2") * figure("opened_share") * paved)
    return pd.DataFrame(
        {
            "section": known["section"],
            "setup_eur": setup_eur,
            "traffic_eur": traffic_eur,
            "paving_eur": paving_eur,
            "opening_eur": setup_eur + traffic_eur + paving_eur,
            "nuisance_eur": _euros(address_days.fillna(0.0) * figure("address_day_eur")),
            "nuisance_basis": address_days.isna().map({True: "unknown", False: "derived"}).astype("str"),
            "breach_eur": _euros(figure("degeneration_eur_per_m2") * paved),
            "open_days": days,
            "address_days": address_days,
        }
    )


def opened(touches: pd.DataFrame, *, works: pd.DataFrame) -> pd.DataFrame:
    """Return the touches of works that open the street: they dig or lay new paving.

    A lamp post or a tree is renewed without opening and closing the section, so it neither pays for an opening nor
    shares one.

    Parameters
    ----------
    touches
        `work` and `section`.
    works
        `work`, `digs` and `resurfaces`.
    """
    openers = works.loc[works["digs"] | works["resurfaces"], "work"]
    return touches[touches["work"].isin(openers)].reset_index(drop=True)


def _paved_m2(sections: pd.DataFrame, appraisal: AppraisalPart) -> pd.Series:
    """Return the paved area (m2): as known, else length x width, else length x the assumed width of the road class."""
    assumed = per_road_class(sections["road_class"], appraisal.width_m, key="appraisal.width_m")
    width = sections["width_m"].astype("float64").fillna(assumed)
    return sections["paved_m2"].astype("float64").fillna(sections["length_m"].astype("float64") * width)


def _euros(amounts: pd.Series) -> pd.Series:
    """Return known amounts in whole euros as `int64`."""
    return whole_euros(amounts).astype("int64")
