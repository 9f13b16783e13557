"""What it costs to open and close a section once, whatever the number of works in it. (nl: opbreken en dichten)."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from koppelkans.ground.errors import Fault, SettingError
from koppelkans.ground.money import whole_euros
from koppelkans.ground.settings import FILE_NAME, AppraisalPart, Figure, WorkKind
from koppelkans.rules.key_figures import is_declared, key_figure, per_road_class

FORMULA = (
    r"O_s = \text{setup} + \text{traffic} \cdot \ell_s \cdot f_{c(s)} + \text{paving} \cdot \sigma A_s,\quad "
    r"N_s = \tfrac{\ell_s}{100}\,\text{days} \cdot a_s \cdot \text{day} \cdot f_{c(s)},\quad "
    r"B_s = \text{degeneration} \cdot A_s"
)
"""Opening cost, nuisance and breach of a section of length l, paved area A, road class c, a addresses; sigma is the share that the widest work opens."""
SHARE = "opened_share"
"""Key figure, and setting of a kind of work: which part of the paved width a work takes up."""


class OpenedShare(NamedTuple):
    """Part of the paved width that works of a kind take up (0-1), and which figure says it."""

    share: float
    figure: str


def opened_shares(kinds: Mapping[str, WorkKind], figures: Mapping[str, Figure]) -> dict[str, OpenedShare]:
    """Return which part of the paved width works of each kind take up.

    What the city declared goes before what is assumed: its share for the kind, else its share for all kinds, else the
    assumed share of the kind, else the assumed share for all.

    Raises
    ------
    SettingError
        Where a share is not from 0 to 1, or the kind has none and there is none for all.
    """
    found = {}
    for name, kind in kinds.items():
        own, usual = kind.opened_share, figures.get(SHARE)
        overruled = own is not None and usual is not None and not is_declared(own) and is_declared(usual)
        named, figure = (SHARE, usual) if own is None or overruled else (f"kinds.{name}.{SHARE}", own)
        key = f"appraisal.figures.{SHARE}" if named == SHARE else named
        if figure is None or not 0.0 <= figure.value <= 1.0:
            given = "nothing" if figure is None else f"{figure.value:g}"
            raise SettingError([Fault(FILE_NAME, given, "a share from 0 to 1", column=key, fatal=True)])
        found[name] = OpenedShare(figure.value, named)
    return found


def opening_costs(sections: pd.DataFrame, *, appraisal: AppraisalPart, price_year: int) -> pd.DataFrame:
    """Return what one opening of each section costs, sorted by section.

    Parameters
    ----------
    sections
        `section`, `road_class`, `length_m` (m), `width_m` (m), `paved_m2` (m2) and `addresses`; the last three may be unknown.
    appraisal
        Key figures; `opened_share` says which share of the paved area is taken up at the usual width.
    price_year
        Price level of the amounts.

    Returns
    -------
    One row per section: `setup_eur`, `traffic_eur` (per m x length x factor of the road class), `paving_eur` (per m2 x
    opened part of the paved area), `paved_eur` (over the whole width), `opening_eur` (set-up, traffic and paving), `nuisance_eur` (days x addresses x euros per address and
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
    paved_eur = _euros(figure("paving_eur_per_m2") * paved)
    paving_eur = _euros(figure("paving_eur_per_m2") * figure(SHARE) * paved)
    return pd.DataFrame(
        {
            "section": known["section"],
            "setup_eur": setup_eur,
            "traffic_eur": traffic_eur,
            "paving_eur": paving_eur,
            "paved_eur": paved_eur,
            "opening_eur": setup_eur + traffic_eur + paving_eur,
            "nuisance_eur": _euros(address_days.fillna(0.0) * figure("address_day_eur")),
            "nuisance_basis": address_days.isna().map({True: "unknown", False: "derived"}).astype("str"),
            "breach_eur": _euros(figure("degeneration_eur_per_m2") * paved),
            "open_days": days,
            "address_days": address_days,
        }
    )


def opened(
    touches: pd.DataFrame, *, works: pd.DataFrame, shares: Mapping[str, OpenedShare] | None = None
) -> pd.DataFrame:
    """Return the touches of works that open the street: they dig or lay new paving.

    A lamp post or a tree is renewed without opening and closing the section, so it neither pays for an opening nor
    shares one.

    Parameters
    ----------
    touches
        `work` and `section`.
    works
        `work`, `digs` and `resurfaces`, and with `shares` also `kind`.
    shares
        Which part of the paved width works of each kind take up, which is then added as `share`.
    """
    openers = works.loc[works["digs"] | works["resurfaces"], "work"]
    found = touches[touches["work"].isin(openers)].reset_index(drop=True)
    if shares is None:
        return found
    kind = found["work"].map(works.set_index("work")["kind"])
    return found.assign(share=kind.map({name: one.share for name, one in shares.items()}).astype("float64"))


def alone_eur(openers: pd.DataFrame, openings: pd.DataFrame) -> pd.Series:
    """Return what each work would pay to open each section alone (whole euros).

    In the order of the openers.

    Parameters
    ----------
    openers
        `section` and `share`, as `opened` returns them; a section that `openings` lacks is unknown.
    openings
        `section`, `setup_eur`, `traffic_eur` and `paved_eur`.
    """
    prices = openings.set_index("section").reindex(openers["section"])
    eur = prices["setup_eur"] + prices["traffic_eur"] + prices["paved_eur"] * openers["share"].to_numpy(dtype=float)
    return whole_euros(pd.Series(eur.to_numpy(dtype=float), index=openers.index)).astype("Int64")


def openers_alone(
    touches: pd.DataFrame,
    *,
    works: pd.DataFrame,
    openings: pd.DataFrame,
    kinds: Mapping[str, WorkKind],
    figures: Mapping[str, Figure],
) -> pd.DataFrame:
    """Return the works that open each section, with their share of its width and the cost alone.

    As `share` and `alone_eur`, by `opened` and the function of that name.
    """
    found = opened(touches, works=works, shares=opened_shares(kinds, figures))
    return found.assign(alone_eur=alone_eur(found, openings))


def as_wide(openings: pd.DataFrame, openers: pd.DataFrame) -> pd.DataFrame:
    """Return the openings with paving as wide as the widest work in each section needs.

    A section that no work opens keeps its own.
    """
    wide = openers.groupby("section")["share"].max()
    share = openings["section"].map(wide).astype("float64")
    paving = _euros((openings["paved_eur"] * share).fillna(openings["paving_eur"].astype("float64")))
    whole = openings["setup_eur"] + openings["traffic_eur"] + paving
    return openings.assign(paving_eur=paving, opening_eur=whole)


def _paved_m2(sections: pd.DataFrame, appraisal: AppraisalPart) -> pd.Series:
    """Return the paved area (m2): as known, else length x width, else length x the assumed width of the road class."""
    assumed = per_road_class(sections["road_class"], appraisal.width_m, key="appraisal.width_m")
    width = sections["width_m"].astype("float64").fillna(assumed)
    return sections["paved_m2"].astype("float64").fillna(sections["length_m"].astype("float64") * width)


def _euros(amounts: pd.Series) -> pd.Series:
    """Return known amounts in whole euros as `int64`."""
    return whole_euros(amounts).astype("int64")
