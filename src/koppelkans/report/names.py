"""What things and key figures are called on reports. (nl: namen)."""

from collections.abc import Iterable, Mapping

import pandas as pd

from koppelkans.appraisal.business.product import NO_PURSE
from koppelkans.appraisal.effects import EFFECTS
from koppelkans.appraisal.financing.catalogue import UNKNOWN_HOLDER, holder_keys, holders
from koppelkans.appraisal.financing.holders import party_and_purse
from koppelkans.context.product import Context
from koppelkans.ground.columns import GROUND_WORDS
from koppelkans.ground.words import number, say
from koppelkans.report.plan import Plan
from koppelkans.rules.purses import OWN

IN_A_CASE = {
    "opening_cost": "opening and closing the street",
    "nuisance": "nuisance of the open street",
    "avoided_failure_risk": "expected cost of failure",
}
"""Effects that are called otherwise than where a work is done alone."""
OWN_MONEY = "Own money of {party}"
FIGURE_WORDS = {
    "move_share": "price of moving a promised year, against the cost of the work",
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


def party_names(plan: Plan) -> dict[str, str]:
    """Return the name of each party."""
    parties = plan.context.parties
    return dict(zip(parties["party"], parties["name"], strict=True))


def work_names(plan: Plan) -> dict[str, str]:
    """Return the name of each work, and where others share it what tells it apart.

    Works that were made of assets carry their area, then their best year, then a number, as far as is needed; all others
    carry the key of their register.
    """
    works = plan.context.works[["work", "name", "origin", "best_year"]].sort_values("work")
    twin = works["name"].duplicated(keep=False)
    ours = works[twin & (works["origin"] == "derived")]
    named = told_apart(works["work"], works["name"])
    return named | dict(zip(ours["work"], _in_words(plan, ours), strict=True))


def _in_words(plan: Plan, twins: pd.DataFrame) -> pd.Series:
    """Return the names of works that share one, with in brackets what tells them apart in words."""
    areas = plan.context.areas.set_index("area")["name"]
    sections = pd.DataFrame(plan.context.sections[["section", "area"]]).dropna()
    where = plan.context.touches[["work", "section"]].merge(sections, on="section").sort_values(["work", "section"])
    area = twins["work"].map(where.drop_duplicates("work").set_index("work")["area"].map(areas))
    year = twins["best_year"].map(lambda year: str(int(year)), na_action="ignore")
    apart = pd.DataFrame({"name": twins["name"], "behind": ""})
    for part in (area.astype("object"), year.astype("object")):
        more = apart.duplicated(keep=False) & part.notna()
        apart["behind"] = apart["behind"].mask(more, apart["behind"] + ", " + part.fillna("").astype("str"))
    nth = (apart.groupby(["name", "behind"]).cumcount() + 1).astype("str")
    number_ = [say("no. {n}", plan.settings.city.lang, n=n) for n in nth]
    apart["behind"] = apart["behind"].mask(apart.duplicated(keep=False), apart["behind"] + ", " + pd.Series(number_, index=apart.index))  # fmt: skip
    behind = apart["behind"].str.removeprefix(", ")
    return apart["name"].where(behind == "", apart["name"] + " (" + behind + ")")


def told_apart(keys: pd.Series, names: pd.Series) -> dict[str, str]:
    """Return the name of each key, with the key behind it where others have that name too.

    >>> told_apart(pd.Series(["a", "b", "c"]), pd.Series(["Pipe", "Pipe", "Tree"]))
    {'a': 'Pipe (a)', 'b': 'Pipe (b)', 'c': 'Tree'}
    """
    twins = names.duplicated(keep=False)
    return {
        str(key): f"{name} ({key})" if twin else str(name) for key, name, twin in zip(keys, names, twins, strict=True)
    }


def kind_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each kind of work."""
    return {name: getattr(kind, lang) for name, kind in plan.settings.kinds.items()}


def area_names(plan: Plan) -> dict[str, str]:
    """Return the name of each area that has a programme."""
    summary = plan.areas.summary
    return dict(zip(summary["area"], summary["name"], strict=True))


def fund_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each fund; own money of a party carries the name of that party."""
    money = plan.programme.money
    parties = party_names(plan)
    found = dict(zip(money["fund"], money["name"], strict=True))
    own = [fund for fund in found if fund.startswith(OWN)]
    return found | {
        fund: say(OWN_MONEY, lang, party=parties.get(fund.removeprefix(OWN), fund.removeprefix(OWN))) for fund in own
    }


def purse_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each purse; purses of one name also carry their key."""
    named = plan.financing.purses.set_index("fund")["name"].dropna().to_dict()
    named |= {fund.fund: fund.name or fund.fund for fund in plan.settings.funds}
    named |= fund_names(plan, lang)
    parties = party_names(plan)
    seen = pd.concat([plan.financing.purses["fund"], plan.account.charges["fund"], plan.programme.payments["fund"]])
    own = {fund for fund in {*named, *seen.dropna()} if fund.startswith(OWN)}
    named |= {
        fund: say(OWN_MONEY, lang, party=parties.get(fund.removeprefix(OWN), fund.removeprefix(OWN))) for fund in own
    }
    return told_apart(pd.Series(list(named), dtype="str"), pd.Series(list(named.values()), dtype="str"))


def ambition_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each ambition."""
    ambitions = plan.vision.ambitions
    return dict(zip(ambitions["ambition"], ambitions[f"name_{lang}"], strict=True))


def criterion_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each criterion, and of each node and ground of the tree."""
    tree, criteria = plan.weighing.tree, plan.weighing.criteria
    found = dict(zip(tree["node"], tree[f"name_{lang}"], strict=True))
    found |= dict(zip(criteria["criterion"], criteria[f"name_{lang}"], strict=True))
    return found | {ground: say(word, lang) for ground, word in GROUND_WORDS.items()}


def voice_names(plan: Plan, lang: str) -> dict[str, str]:
    """Return the name of each group that gave weights, and of the city beside them."""
    groups = plan.weighing.groups
    return dict(zip(groups["group"], groups["name"], strict=True)) | {"city": say("the city", lang)}


def holder_names(plan: Plan, keys: pd.Series, lang: str) -> dict[str, str]:
    """Return the name of each holder of costs and benefits.

    A party by its name, a group as in the catalogue, a stranger by its own name.

    A purse of the municipality carries the name of both.
    """
    codes = pd.Series(sorted(keys.unique()), dtype="str")
    party, purse = party_and_purse(codes)
    parties = party_names(plan)
    found = holder_keys(sorted(party.unique()), plan.settings.parties)
    groups = {name: str(getattr(holders()[key], lang)) for name, key in found.items() if key != UNKNOWN_HOLDER}
    funds = {fund.fund: fund.name or fund.fund for fund in plan.settings.funds} | {NO_PURSE: say("no purse", lang)}
    return {
        code: (parties.get(name) or groups.get(name) or say(name, lang)) + (f" – {funds.get(own, own)}" if isinstance(own, str) else "")
        for code, name, own in zip(codes, party, purse, strict=True)
    }  # fmt: skip


def effect_names(lang: str) -> dict[str, str]:
    """Return the name of each effect in a business case.

    There works may share an opening and things may break.
    """
    own = {name: say(word, lang) for name, word in IN_A_CASE.items()}
    return {effect.name: str(getattr(effect, lang)) for effect in EFFECTS} | own


def called(keys: pd.Series, names: dict[str, str]) -> list[str]:
    """Return the name of each key.

    A key without a name is called by itself, an unknown one is a dash.
    """
    return [names.get(key, str(key)) if isinstance(key, str) else "–" for key in keys]


def streets_of(context: Context) -> pd.Series:
    """Return the street names of each work, in alphabetical order."""
    sections = pd.DataFrame(context.sections[["section", "name"]]).dropna(subset=["name"])
    pairs = context.touches.merge(sections, on="section")[["work", "name"]].drop_duplicates()
    return pairs.sort_values(["work", "name"]).groupby("work")["name"].agg(", ".join)


def span(first: float | None, last: float | None) -> str:
    """Return years as people write them: 2029–2031, 2029, or a dash where they are unknown."""
    if first is None or pd.isna(first):
        return "–"
    if last is None or pd.isna(last) or int(first) == int(last):
        return str(int(first))
    return f"{int(first)}–{int(last)}"


def runs(years: pd.Series) -> str:
    """Return years as people write them: 2027–2030, 2033."""
    ordered = years.sort_values()
    group = (ordered.diff() != 1).cumsum()
    return ", ".join(span(int(part.min()), int(part.max())) for _, part in ordered.groupby(group))


def without(texts: Iterable[str], heads: Iterable[str]) -> list[str]:
    """Return texts without the beginnings that are told once above them.

    >>> without(["It never fits: no hours.", "It is late."], ["It never fits: ."])
    ['No hours.', 'It is late.']
    """
    made = []
    for text in texts:
        cut = text
        for head in heads:
            rest = text.removeprefix(head.rstrip(" .")).lstrip(" .")
            if len(rest) < len(text) and rest:
                cut = rest[:1].upper() + rest[1:]
        made.append(cut)
    return made


def many(amount: float, one: str, other: str, lang: str, **values: object) -> str:
    """Return the sentence for one or the sentence for another number, with `{count}` filled in."""
    return say(one if amount == 1 else other, lang, count=number(amount, lang), **values)


def instead_of(apart: int, openings: int, lang: str) -> str:
    """Say how often streets would open if each work came alone, beside how often they open.

    >>> instead_of(3, 3, "en"), instead_of(4, 3, "en")
    ('as often as if each work came alone', 'instead of 4 times, if each work came alone')
    """
    if apart == openings:
        return say("as often as if each work came alone", lang)
    return many(
        apart,
        "instead of once, if each work came alone",
        "instead of {count} times, if each work came alone",
        lang,
    )


def listed(names: Iterable[str], *, most: int, lang: str) -> str:
    """Return the first names in one line, and how many more there are."""
    every = list(names)
    more = len(every) - most
    text = ", ".join(every[:most])
    return text + " " + say("and {count} more", lang, count=more) if more > 0 else text


def figure_words(name: str, kinds: Mapping[str, str], lang: str) -> str:
    """Return the name of a key figure.

    `<effect>_<kind>` by the names of both, and one that nobody named by its key.

    `kinds` holds the name of each kind of work in `lang`.
    """
    if name in FIGURE_WORDS:
        return say(FIGURE_WORDS[name], lang)
    for effect in EFFECTS:
        kind = name.removeprefix(f"{effect.name}_")
        if kind != name and kind in kinds:
            return f"{getattr(effect, lang)}: {kinds[kind]}"
    return name


def figure_name(plan: Plan, figure: str, lang: str) -> str:
    """Return the name of a key figure; prices and lifetimes by kind, estimates by phase."""
    parts = figure.split(".")
    if parts[0] == "kinds":
        kind = kind_names(plan, lang).get(parts[1], parts[1])
        words = {"life_years": "lifetime of {kind}", "opened_share": "width opened by {kind}"}
        return say(words.get(parts[2], "price of {kind}"), lang, kind=kind)
    if parts[0] == "benefits":
        return say("growth of the price of {effect}", lang, effect=effect_names(lang)[parts[1]])
    if parts[0] == "cost":
        phase = plan.settings.appraisal.business.ssk.phases.get(parts[1])
        return say("estimate in the phase {phase}", lang, phase=phase.name if phase else parts[1])
    if figure == "discount_rate":
        return say("discount rate", lang)
    return figure_words(figure, kind_names(plan, lang), lang)
