"""The koppelkans.toml of the invented town, in Dutch. (nl: instellingen van de voorbeeldstad)."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import NamedTuple

import geopandas as gpd

from koppelkans.demo.plans import FIRST, LAST
from koppelkans.demo.projects import MARKET_YEAR
from koppelkans.demo.town import Town

MARK = "#== "
ALWAYS = "always"
ROUND_EUR = 5_000
JUBILEE = 700
MOST_PAIRS = 4
LEAST_HOURS = 250.0
STREET_M = 11.0
"""Street per home in a usual town (m)."""
MARKET_WEB = (
    (
        "initiatief",
        "2025-12-04",
        "de oude markt telt zwaar, en tussen kramen is schaduw lastig",
        "hitte = 2, cultuurhistorie = 3",
    ),
    (
        "ontwerp",
        "2026-05-21",
        "bomen aan de rand geven toch schaduw; voor ander groen is er geen plek",
        "hitte = 3, biodiversiteit = 1",
    ),
)
"""The web of the market: phase, day, reason and levels."""
LEAN = {2029: 0.75, 2030: 0.7, 2031: 0.8, 2036: 1.25, 2037: 1.25}
"""Years in which the council gives less or more, as a multiple of the usual budget."""


WITH_STREET = 1.35
"""What a project costs with opening and closing the street, as a multiple of its own cost (invented)."""


class DemoPurse(NamedTuple):
    """A purse of the invented town, with its rules and budget.

    The budget is per home and year (eur, price level 2026, invented).
    """

    fund: str
    name: str
    pays: str
    per_home_eur: float
    carries_over: bool
    rule: str
    market_share: float = 0.0


FUNDS = (
    DemoPurse("rioolheffing", "Rioolheffing", 'sort = "rioolheffing"\nkinds = ["sewer_gravity", "sewer_pressure", "gully", "manhole"]', 125, carries_over=True, rule="Betaalt alleen riolering en water (Gemeentewet art. 228a)."),
    DemoPurse("wegen", "Voorziening wegen en verlichting", 'sort = "voorziening"\nkinds = ["paving", "lighting"]', 215, carries_over=True, rule="Betaalt vervanging van verharding en verlichting."),
    DemoPurse("kunstwerken", "Reserve bruggen en kademuren", 'sort = "reserve"\nowner = "gemeente"\nkinds = ["bridge", "quay"]', 125, carries_over=True, rule="Wordt elk jaar gevuld; wat overblijft, blijft."),
    DemoPurse("herinrichting", "Krediet herinrichting", 'sort = "krediet"\nkinds = ["redesign"]\nshare = 0.75', 70, carries_over=True, rule="Betaalt driekwart van een herinrichting. In 2030 is er geld bij voor de Markt.", market_share=0.75),
    DemoPurse("klimaat", "Subsidie klimaatadaptatie", 'sort = "subsidie"\nkinds = ["redesign", "tree", "green"]\nshare = 0.25\nothers_share = 0.75', 30, carries_over=True, rule="Van het Rijk: een kwart van de kosten, in 2030 ook van de Markt.", market_share=0.25),
    DemoPurse("groen", "Jaarbudget groen en bomen", 'sort = "exploitatie"\nkinds = ["tree", "green"]\nshare = 0.75', 28, carries_over=False, rule="Jaarkrediet: wat overblijft, vervalt."),
    DemoPurse("grondexploitatie", "Grondexploitatie", 'sort = "grondexploitatie"\nowner = "gemeente"\nkinds = ["housing"]', 85, carries_over=True, rule="Woningbouw betaalt zichzelf."),
    DemoPurse("investeringen-water", "Investeringen De Wel", 'sort = "eigen"\nowner = "waterbedrijf"', 90, carries_over=True, rule="Opgave van het drinkwaterbedrijf."),
    DemoPurse("afkoppelen", "Bijdrage waterschap voor afkoppelen", 'sort = "subsidie"\nkinds = ["sewer_gravity", "redesign"]\nshare = 0.3\nothers_share = 0.7\nlast_year = 2030\nmost_per_work_eur = 100000\nplanned = false', 20, carries_over=True, rule="Ten hoogste 30 procent en een ton per werk, tot en met 2030; de gemeente betaalt de rest. Het programma rekent er niet op."),
)  # fmt: skip
DUCTS_EUR_M = 140
"""What empty ducts in a street cost per m (invented)."""
LATER_USERS = (("netbeheerder", 4, 2033), ("warmtebedrijf", 2, 2035), ("telecom", 3, 2037))
"""Who comes later into the ducts: places and year (invented)."""
HOURS_PER_HOME = {"civil": 0.5, "pipes": 0.45, "cables": 0.14, "green": 0.06}
"""Own hours per home and year (invented)."""


def settings_text(town: Town, layers: Mapping[str, gpd.GeoDataFrame], written: Sequence[str]) -> str:
    """Return the text of koppelkans.toml; files that were not written are left out."""
    head, *blocks = (files("koppelkans.demo") / "city.toml").read_text(encoding="utf-8").split(MARK)
    chosen = [text for name, _, text in (block.partition("\n") for block in blocks) if name in (ALWAYS, *written)]
    return Template(head + "".join(chosen)).substitute(
        name=town.name,
        homes=town.outline.homes,
        seed=town.seed,
        funds=_funds(town, layers),
        facility=_facility(town),
        crews=_crews(town, layers),
        limits=_limits(town, layers),
        webs=_webs(layers),
        areas=_areas(layers),
    )


def _funds(town: Town, layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    """Return the purses with their budgets per year: so many euros per home, less in the lean years, more for the market."""
    market_eur = _market_eur(layers)
    told = []
    for fund in FUNDS:
        usual = _size(town) * fund.per_home_eur
        extra = market_eur * fund.market_share
        amounts = {
            year: _rounded(usual * LEAN.get(year, 1.0) + (extra if year == MARKET_YEAR else 0.0))
            for year in range(FIRST, LAST + 1)
        }
        budget = ", ".join(f'"{year}" = {amount}' for year, amount in amounts.items())
        told.append(
            f'[[funds]]\nfund = "{fund.fund}"\nname = "{fund.name}"\n{fund.pays}\nbudget_eur = {{ {budget} }}\n'
            f'carries_over = {str(fund.carries_over).lower()}\nrule = "{fund.rule}"\n'
        )
    return "\n".join(told)


def _facility(town: Town) -> str:
    """Return empty ducts in the longest through street, which others pay back when they come; nothing in a town without one."""
    roads = town.sections[town.sections["road_class"] == "collector"]
    if roads.empty:
        return ""
    length = roads.groupby("name")["length_m"].sum().sort_values(ascending=False, kind="stable")
    street = str(length.index[0])
    sections = sorted(roads.loc[roads["name"] == street, "section"])
    users = ", ".join(f'{{ user = "{user}", places = {places}, year = {year} }}' for user, places, year in LATER_USERS)
    return (
        f'[[appraisal.financing.facilities]]\nfacility = "mantelbuizen"\nname = "Lege mantelbuizen {street}"\nwhat = "ducts"\n'
        f"cost_eur = {_rounded(length.iloc[0] * DUCTS_EUR_M)}\nsections = {json.dumps(sections)}\n"
        f'lender = "gemeente"\nlast_year = {LAST}\nusers = [{users}]\n'
    )


def _crews(town: Town, layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    """Return the crews with their hours per year; for the market hands are hired in its year."""
    hired = _market_eur(layers) / 1000.0
    told = []
    for name, per_home in HOURS_PER_HOME.items():
        usual = max(LEAST_HOURS, _size(town) * per_home)
        hours = {
            year: usual + (hired if (name, year) == ("civil", MARKET_YEAR) else 0.0) for year in range(FIRST, LAST + 1)
        }
        amounts = ", ".join(f'"{year}" = {count:.0f}' for year, count in hours.items())
        told.append(f'[[crews]]\ncrew = "{name}"\nhours = {{ {amounts} }}\n')
    return "\n".join(told)


def _size(town: Town) -> float:
    """Return the size of the town in homes with a usual length of street: a village has more street per home to keep."""
    return float(town.sections["length_m"].sum()) / STREET_M


def _market_eur(layers: Mapping[str, gpd.GeoDataFrame]) -> float:
    """Return what the market costs with opening and closing the street (eur)."""
    own = layers["projecten"]
    return float(own.loc[own["verplicht"] == "ja", "raming"].sum()) * WITH_STREET


def _limits(town: Town, layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    """Return what may not be open together, and what was decided: two bridges never in one year, the fair year of the market."""
    told = []
    bridges = layers["bruggen"]
    road_class = town.sections.set_index("section")["road_class"].reindex(bridges["wegvak"])
    busy = bridges[(road_class == "main").to_numpy()]
    pairs = zip(
        busy["wegvak"].iloc[::2],
        busy["wegvak"].iloc[1::2],
        busy["naam"].iloc[::2],
        busy["naam"].iloc[1::2],
        strict=False,
    )
    for one, other, name, next_name in list(pairs)[:MOST_PAIRS]:
        told.append(
            f'[[programme.limits]]\nlimit = "Nooit tegelijk open: {name} {one} en {next_name} {other}"\n'
            f'open_sections = 1\nsections = ["{one}", "{other}"]\n'
        )
    redesigns = layers["projecten"].loc[layers["projecten"]["soort"] == "woningbouw", "project"]
    told += [
        f'[[programme.decisions]]\nwork = "{project}"\nnot_years = [{MARKET_YEAR}]\n'
        f'reason = "De stad viert dan {JUBILEE} jaar stadsrechten."\nset_by = "college van burgemeester en wethouders"\n'
        for project in redesigns.head(1)
    ]
    return "\n".join(told)


def _areas(layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    """Return the weights of one quarter: the least liveable weighs as its residents do."""
    counted = layers["buurten"]
    known = counted[counted["leefbaarheid"] > 0].sort_values(["leefbaarheid", "buurtnaam"])
    return "\n".join(
        f'[[weighing.areas]]\narea = "{name}"\nweights = {{ liveability = 3.0, ambitions = 2.0, technical = 1.0 }}\n'
        'set_by = "wijkraad"\nset_on = "2026-02-18"\n'
        for name in known["buurtnaam"].head(1)
    )


def _webs(layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    """Return where the ambitieweb differs from that of the whole town: the least liveable quarter, and the market."""
    counted = layers["buurten"]
    known = counted[counted["leefbaarheid"] > 0].sort_values(["leefbaarheid", "buurtnaam"])
    told = [
        f'[[vision.webs]]\nof = "area"\nplace = "{name}"\nphase = "programma"\ndecided_on = "2026-03-17"\n'
        'decided_by = "college van burgemeester en wethouders"\nreason = "hier is de leefbaarheid het laagst"\n'
        "levels = { veiligheid = 3, kansengelijkheid = 3, gezondheid = 2 }\n"
        for name in known["buurtnaam"].head(1)
    ]
    own = layers["projecten"]
    told += [
        f'[[vision.webs]]\nof = "project"\nplace = "{name}"\nworks = ["{project}"]\nphase = "{phase}"\ndecided_on = "{day}"\n'
        f'decided_by = "projectgroep"\nreason = "{reason}"\nlevels = {{ {levels} }}\n'
        for project, name in own.loc[own["verplicht"] == "ja", ["project", "omschrijving"]]
        .head(1)
        .itertuples(index=False)
        for phase, day, reason, levels in MARKET_WEB
    ]
    return "\n".join(told)


def _rounded(amount: float) -> int:
    """Return an amount as a budget is written."""
    return max(ROUND_EUR, round(amount / ROUND_EUR) * ROUND_EUR)
