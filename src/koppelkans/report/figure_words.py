"""What key figures are called, also those of an effect on a kind of work. (nl: namen van kengetallen)."""

from collections.abc import Mapping

from koppelkans.appraisal.effects import EFFECTS
from koppelkans.ground.words import say

FIGURES = {
    "price_index": "yearly rise of prices",
    "setup_eur": "set up and break down a site",
    "traffic_eur_per_m": "traffic measures",
    "paving_eur_per_m2": "take up and lay back paving",
    "opened_share": "share of the paving that is opened",
    "trench_share": "saved by a shared trench",
    "days_per_100m": "days that a street lies open",
    "address_day_eur": "nuisance per address and day",
    "degeneration_eur_per_m2": "lasting damage of digging in new paving",
    "point_eur": "worth of one point of need met",
    "failure_eur_share": "cost of a failure, against planned renewal",
    "failure_chance": "chance of failure in the year in which an asset is due",
    "failure_growth": "yearly growth of that chance",
    "criticality_floor": "how heavy an unimportant asset counts",
    "digging_damage_chance": "chance of damage by digging",
    "digging_damage_eur": "cost of damage by digging",
    "travel_delay_eur": "time lost by travellers per day that a street lies open",
    "upkeep_green": "upkeep of green",
    "health_green": "less illness by a greener street",
    "passage_addresses_per_100m": "addresses from which a street counts as full",
    "lead_months_wens": "preparation of a wish",
    "lead_months_voornemen": "preparation of an intention",
    "lead_months_gepland": "preparation of planned work",
    "lead_months_vast": "preparation of firm work",
}


def figure_words(name: str, kinds: Mapping[str, str], lang: str) -> str:
    """Return what a key figure is called; `<effect>_<kind>` by the names of both, and one that nobody named by its key.

    `kinds` holds the name of each kind of work in `lang`.
    """
    if name in FIGURES:
        return say(FIGURES[name], lang)
    for effect in EFFECTS:
        kind = name.removeprefix(f"{effect.name}_")
        if kind != name and kind in kinds:
            return f"{getattr(effect, lang)}: {kinds[kind]}"
    return name
