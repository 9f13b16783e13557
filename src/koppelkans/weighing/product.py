"""The noun of this room: works weighed on the six grounds. (nl: afweging)."""

from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from koppelkans.ground import columns
from koppelkans.ground.settings import GROUNDS
from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema
from koppelkans.ground.trace import Trace

SHAPE_WORDS = {"linear": "straight", "piecewise": "by points", "threshold": "in steps"}
PART_WORDS = {part: part for part in ("ground", "node", "criterion")}
EFFECT_WORDS = {"must": "must be done", "out": "out before ranking", "flag": "only flagged"}
DECISION_WORDS = {"rank": "another place", "must": "must be done", "out": "is not done"}
GROUP_KINDS = {"department": "department", "party": "party", "residents": "residents", "other": "other group"}

CRITERIA = Schema(
    "criteria",
    "The criteria that were used, their ground, unit, direction and weight.",
    {
        "criterion": columns.CRITERION.but("criterion: the name of its piece", "criterium", known=True, codes=""),
        "name_nl": columns.NAME_NL,
        "name_en": columns.NAME_EN,
        "ground": Column(TEXT, "the one of the six grounds that it stands under in the tree", nl="grond", en="ground", nl_meaning="de grond waar het in de boom onder staat", seen="open", one_of=GROUNDS, codes=columns.GROUND_WORDS),
        "unit": columns.UNIT.but("unit of the measure", "eenheid van de waarde", nl="eenheid (Engels)"),
        "unit_nl": Column(TEXT, "unit of the measure, in Dutch", nl="eenheid", en="unit in Dutch", nl_meaning="eenheid van de waarde, in het Nederlands", seen="open"),
        "better": Column(TEXT, "more or less is better", nl="beter", en="better", nl_meaning="meer of minder is beter", seen="open", one_of=("more", "less"), codes=columns.BETTER_WORDS),
        "weight": columns.WEIGHT.but("weight among all criteria; adds up to 1", "gewicht onder alle criteria; samen 1"),
        "known": Column(WHOLE, "works for which it is known", nl="bekend voor", en="known for", nl_meaning="werken waarvoor het bekend is", seen="open", least=0),
        "low": Column(NUMBER, "measure that scores worst", nl="slechtste waarde", en="worst value", nl_meaning="waarde die het slechtst scoort", seen="cost", known=False),
        "high": Column(NUMBER, "measure that scores best", nl="beste waarde", en="best value", nl_meaning="waarde die het best scoort", seen="cost", known=False),
        "shape": Column(TEXT, "how a measure becomes a score", nl="waardefunctie", en="value function", nl_meaning="hoe een waarde een score wordt", seen="open", one_of=("linear", "piecewise", "threshold"), codes=SHAPE_WORDS),
        "veto": Column(NUMBER, "measure beyond which a work meets the veto; unknown where there is none", nl="veto", en="veto", nl_meaning="waarde waarbij het veto geldt; onbekend waar er geen is", seen="open", known=False),
    },
    key=("criterion",),
    nl="Criteria", en="Criteria", nl_meaning="De criteria die zijn gebruikt, met grond, eenheid, richting en gewicht.",
)  # fmt: skip
SCORES = Schema(
    "scores",
    "Measure, score and contribution per work and criterion.",
    {
        "work": columns.WORK,
        "criterion": columns.CRITERION.but("criterion", "criterium", known=True),
        "measure": Column(NUMBER, "value in the unit of the criterion", nl="waarde", en="value", nl_meaning="waarde in de eenheid van het criterium", seen="cost", known=False),
        "basis": columns.BASIS.but(one_of=("measured", "derived", "assumed", "unknown")),
        "score": columns.SCORE.but("0 (worst) to 1 (best); unknown stays unknown", "0 (slechtst) tot 1 (best); onbekend blijft onbekend", known=False, seen="cost"),
        "contribution": Column(NUMBER, "part of the total that comes from it; unknown where the score is", nl="bijdrage", en="contribution", nl_meaning="deel van het totaal dat hieruit komt; onbekend waar de score onbekend is", seen="cost", unit="score", known=False),
    },
    key=("work", "criterion"),
    nl="Scores", en="Scores", nl_meaning="Waarde, score en bijdrage per werk en criterium.",
)  # fmt: skip
RANKING = Schema(
    "ranking",
    "The order of works that follows.",
    {
        "work": columns.WORK,
        "total": Column(NUMBER, "total over the known criteria, 0-1", nl="totaal (0-1)", en="total (0-1)", nl_meaning="totaal over de bekende criteria, 0-1", seen="open", unit="score", known=False, least=0, most=1),
        "known_weight": Column(NUMBER, "share of the weight for which the score is known", nl="gewicht bekend", en="weight known", nl_meaning="deel van het gewicht waarvoor de score bekend is", seen="open", unit="share", least=0, most=1),
        "rank": columns.RANK,
        "board_rank": columns.BOARD_RANK,
        "board_total": Column(NUMBER, "total that counts in the programme: that of the place that the board gave", nl="totaal dat telt (0-1)", en="total that counts (0-1)", nl_meaning="totaal dat telt in het programma: dat van de plaats die het bestuur gaf", seen="open", unit="score", known=False, least=0, most=1),
        "knocked_out": Column(TEXT, "reason for which it is out before ranking; a phrase that the catalogue translates", nl="valt af", en="knocked out", nl_meaning="reden waarom het afvalt voor de rangorde", seen="open", known=False, codes="ours"),
        "must": Column(TEXT, "reason for which it must be done whatever its rank; a phrase that the catalogue translates", nl="moet", en="must", nl_meaning="reden waarom het moet, wat de rang ook is", seen="open", known=False, codes="ours"),
        "must_by": Column(WHOLE_OR_UNKNOWN, "last year in which the duty or agreement is kept", nl="uiterlijk in", en="at last in", nl_meaning="laatste jaar waarin de plicht of afspraak wordt nagekomen", seen="open", known=False),
        "why_nl": columns.WHY_NL.but("the criteria that lift and press it, in Dutch", "de criteria die het omhoog en omlaag brengen, in het Nederlands"),
        "why_en": columns.WHY_EN.but("the criteria that lift and press it, in English", "de criteria die het omhoog en omlaag brengen, in het Engels"),
    },
    key=("work",),
    nl="Rangorde", en="Ranking", nl_meaning="De volgorde van werken die daaruit volgt.",
)  # fmt: skip


TREE = Schema(
    "tree",
    "The tree of criteria under the six grounds, and the weight of everything in it.",
    {
        "node": Column(TEXT, "ground, node or criterion", nl="onderdeel", en="part of the tree", nl_meaning="grond, knoop of criterium", seen="open", refers="weighing.tree"),
        "parent": Column(TEXT, "what it stands under; unknown for a ground", nl="staat onder", en="stands under", nl_meaning="waar het onder staat; onbekend voor een grond", seen="open", known=False, codes="criteria", refers="weighing.tree"),
        "part": Column(TEXT, "ground, node or criterion", nl="soort onderdeel", en="kind of part", nl_meaning="grond, knoop of criterium", seen="open", one_of=("ground", "node", "criterion"), codes=PART_WORDS),
        "depth": Column(WHOLE, "steps from the top", nl="laag", en="level", nl_meaning="stappen vanaf de top", seen="open", least=1),
        "name_nl": columns.NAME_NL.but(codes=columns.GROUND_WORDS),
        "name_en": columns.NAME_EN.but(codes=columns.GROUND_WORDS),
        "beside_share": Column(NUMBER, "weight among what stands beside it", nl="gewicht op deze plek", en="weight in its place", nl_meaning="gewicht tussen wat ernaast staat", seen="open", unit="share", least=0, most=1),
        "weight": columns.WEIGHT.but("weight in the whole: the shares on the way down, multiplied", "gewicht in het geheel: de delen van boven naar beneden vermenigvuldigd", nl="gewicht in het geheel", en="weight in the whole"),
        "asked": columns.ASKED,
    },
    key=("node",),
    nl="Boom van criteria", en="Tree of criteria", nl_meaning="De boom van criteria onder de zes gronden, en het gewicht van alles daarin.",
)  # fmt: skip
ANSWERS = Schema(
    "answers",
    "Answers of people from which weights follow, and how well they fit together.",
    {
        "whose": Column(TEXT, "city, or the group that answered", nl="van wie", en="whose", nl_meaning="gemeente, of de groep die antwoordde", seen="open", codes="voices", refers="weighing.groups"),
        "node": Column(TEXT, "whose parts were asked for: `grounds`, a ground or a node", nl="gevraagd over", en="asked about", nl_meaning="waarvan de onderdelen zijn gevraagd: `grounds`, een grond of een knoop", seen="open", codes="criteria"),
        "asked": columns.ASKED.but("how people were asked for the weight", "hoe mensen naar het gewicht is gevraagd", known=True),
        "consistency": Column(NUMBER, "consistency ratio of AHP or best-worst; 0 fits; unknown where the way of asking cannot tell", nl="inconsistentie", en="inconsistency", nl_meaning="consistentieratio van AHP of beste-slechtste; 0 past; onbekend waar de manier van vragen dat niet kan zeggen", seen="open", known=False, least=0),
        "limit": Column(NUMBER, "above it the answers are to be asked again", nl="grens", en="limit", nl_meaning="daarboven moeten de antwoorden opnieuw worden gevraagd", seen="open", known=False),
        "ask_again": Column(YES_NO, "the answers contradict each other too much", nl="opnieuw vragen", en="ask again", nl_meaning="de antwoorden spreken elkaar te veel tegen", seen="open"),
    },
    key=("whose", "node"),
    nl="Antwoorden over gewichten", en="Answers on weights", nl_meaning="Antwoorden van mensen waaruit gewichten volgen, en hoe goed die bij elkaar passen.",
)  # fmt: skip
KNOCK_OUTS = Schema(
    "knock_outs",
    "Every yes to a question that is asked before ranking, and what it does.",
    {
        "work": columns.WORK,
        "question": Column(TEXT, "question that was answered with yes", nl="vraag", en="question", nl_meaning="vraag waarop het antwoord ja is", seen="open", one_of=("legal_duty", "danger", "convenant", "mandatory", "place", "purse", "veto"), codes="questions"),
        "effect": Column(TEXT, "must be done, out before ranking, or only flagged", nl="gevolg", en="effect", nl_meaning="moet worden gedaan, valt af vóór de rangorde, of alleen gemeld", seen="open", one_of=("must", "out", "flag"), codes=EFFECT_WORDS),
        "reason_nl": Column(TEXT, "reason, in Dutch", nl="reden", nl_meaning="reden, in het Nederlands", seen="told"),
        "reason_en": Column(TEXT, "reason, in English", nl="reden (Engels)", en="reason", nl_meaning="reden, in het Engels", seen="told"),
        "by_year": Column(WHOLE_OR_UNKNOWN, "last year in which the duty or agreement is kept", nl="uiterlijk in", en="at last in", nl_meaning="laatste jaar waarin de plicht of afspraak wordt nagekomen", seen="open", unit="year", known=False),
        "set_by": columns.SET_BY.but("who said so; unknown where the data do", "wie dat zei; onbekend waar de gegevens het zeggen", known=False),
        "set_on": columns.SET_ON,
    },
    key=("work", "question"),
    nl="Knock-outs", en="Knock-outs", nl_meaning="Elk ja op een vraag die vóór de rangorde wordt gesteld, en wat dat doet.",
)  # fmt: skip
OVERRULES = Schema(
    "overrules",
    "Decisions of the board that deviate from the ranking, with their reason.",
    {
        "work": columns.WORK,
        "decision": Column(TEXT, "another rank, must be done, or is not done", nl="besluit", en="decision", nl_meaning="een andere rang, moet worden gedaan, of wordt niet gedaan", seen="open", one_of=("rank", "must", "out"), codes=DECISION_WORDS),
        "rank": columns.RANK.but("rank that was calculated", "rang die is berekend", nl="berekende rang", en="calculated rank"),
        "board_rank": columns.BOARD_RANK.but("rank after the decisions of the board", "rang na de besluiten van het bestuur"),
        "reason": columns.REASON.but("reason of the board", "reden van het bestuur", known=True),
        "set_by": columns.SET_BY.but("who decided (role)", "wie besloot (rol)"),
        "set_on": columns.SET_ON.but(known=True),
    },
    key=("work",),
    nl="Besluiten van het bestuur", en="Decisions of the board", nl_meaning="Besluiten van het bestuur die afwijken van de rangorde, met hun reden.",
)  # fmt: skip
ACCEPTABILITY = Schema(
    "acceptability",
    "What becomes of the rank of a work under many other weightings.",
    {
        "work": columns.WORK,
        "first_share": Column(NUMBER, "share of the weightings in which it is first", nl="op 1", en="first", nl_meaning="deel van de gewichten waarbij het op 1 staat", seen="open", unit="share", least=0, most=1),
        "top_share": Column(NUMBER, "share of the weightings in which it is in the top", nl="in de top", en="in the top", nl_meaning="deel van de gewichten waarbij het in de top staat", seen="open", unit="share", least=0, most=1),
        "best_rank": columns.BEST_RANK,
        "low_rank": Column(WHOLE, "rank that it reaches or betters in one of twenty weightings", nl="rang, hoog (5 %)", en="rank, high (5 %)", nl_meaning="rang die het haalt of verbetert bij één van de twintig gewichten", seen="open", least=1),
        "middle_rank": Column(WHOLE, "rank in the middle of all weightings", nl="rang, midden", en="rank, middle", nl_meaning="middelste rang over alle gewichten", seen="open", least=1),
        "high_rank": Column(WHOLE, "rank that it reaches or betters in nineteen of twenty weightings", nl="rang, laag (95 %)", en="rank, low (95 %)", nl_meaning="rang die het haalt of verbetert bij negentien van de twintig gewichten", seen="open", least=1),
        "worst_rank": columns.WORST_RANK,
        "expected_rank": Column(NUMBER, "mean rank over all weightings", nl="verwachte rang", en="expected rank", nl_meaning="gemiddelde rang over alle gewichten", seen="open", least=1),
    },
    key=("work",),
    nl="Rang bij andere gewichten", en="Rank under other weights", nl_meaning="Wat er van de rang van een werk wordt bij veel andere gewichten.",
)  # fmt: skip
FLIPS = Schema(
    "flips",
    "Neighbours in the ranking, and the first change of a single weight that makes them change places.",
    {
        "work": columns.WORK,
        "other_work": Column(TEXT, "work that stands right behind it", nl="werk erachter", en="work behind it", nl_meaning="werk dat er direct achter staat", seen="place", codes="works", refers="context.works"),
        "criterion": columns.CRITERION.but("criterion of which the weight changes; unknown where none flips them", "criterium waarvan het gewicht verandert; onbekend waar geen enkel ze omdraait"),
        "weight": columns.WEIGHT.but("weight now", "gewicht nu", known=False),
        "flip_weight": Column(NUMBER, "weight at which both are equal", nl="gewicht bij omslag", en="weight where it turns", nl_meaning="gewicht waarbij beide gelijk zijn", seen="open", unit="share", known=False, least=0, most=1),
        "change": Column(NUMBER, "change of the weight", nl="verschil in gewicht", en="change of weight", nl_meaning="verandering van het gewicht", seen="open", unit="share", known=False, least=-1, most=1),
    },
    key=("work", "other_work"),
    nl="Omslagpunten", en="Flips", nl_meaning="Buren in de rangorde, en de eerste verandering van één gewicht waardoor zij van plaats wisselen.",
)  # fmt: skip
GROUPS = Schema(
    "groups",
    "Groups that gave their own weights, and how near their ranking is to that of the city.",
    {
        "group": columns.GROUP,
        "name": columns.NAME,
        "group_kind": Column(TEXT, "department, party, residents or other", nl="soort groep", en="kind of group", nl_meaning="afdeling, partij, bewoners of anders", seen="open", one_of=("department", "party", "residents", "other"), codes=GROUP_KINDS),
        "set_by": columns.SET_BY.but("who gave the weights for the group (role)", "wie de gewichten voor de groep gaf (rol)", known=False),
        "set_on": columns.SET_ON,
        "reversals": columns.REVERSALS,
        "tau": columns.TAU,
    },
    key=("group",),
    nl="Groepen", en="Groups", nl_meaning="Groepen die eigen gewichten gaven, en hoe dicht hun rangorde bij die van de gemeente ligt.",
)  # fmt: skip
GROUP_PAIRS = Schema(
    "group_pairs",
    "Every two of the city and the groups: how often they disagree, and on which criterion it turns.",
    {
        "group": columns.GROUP.but("city or group", "gemeente of groep"),
        "other_group": Column(TEXT, "the other", nl="andere groep", en="other group", nl_meaning="de ander", seen="open", codes="voices", refers="weighing.groups"),
        "reversals": columns.REVERSALS.but("pairs of works that they order the other way round", "paren werken die zij andersom zetten"),
        "tau": columns.TAU.but("Kendall's tau-b, -1 to 1", "Kendalls tau-b, -1 tot 1"),
        "criterion": columns.CRITERION,
    },
    key=("group", "other_group"),
    nl="Groepen naast elkaar", en="Groups side by side", nl_meaning="Gemeente en groepen twee aan twee: hoe vaak zij het oneens zijn, en op welk criterium dat draait.",
)  # fmt: skip
DISAGREEMENT = Schema(
    "disagreement",
    "Per work who ranks it highest and who lowest, and on which criterion that turns.",
    {
        "work": columns.WORK,
        "best_rank": columns.BEST_RANK.but("best rank that anyone gives it", "hoogste rang die iemand het geeft"),
        "worst_rank": columns.WORST_RANK.but("worst rank that anyone gives it", "laagste rang die iemand het geeft"),
        "spread": Column(WHOLE, "places between both", nl="plaatsen verschil", en="places apart", nl_meaning="plaatsen ertussen", seen="open", least=0),
        "highest": Column(TEXT, "who ranks it highest; unknown where all agree", nl="hoogst volgens", en="highest for", nl_meaning="wie het het hoogst zet; onbekend waar allen het eens zijn", seen="open", known=False, codes="voices", refers="weighing.groups"),
        "lowest": Column(TEXT, "who ranks it lowest; unknown where all agree", nl="laagst volgens", en="lowest for", nl_meaning="wie het het laagst zet; onbekend waar allen het eens zijn", seen="open", known=False, codes="voices", refers="weighing.groups"),
        "criterion": columns.CRITERION,
    },
    key=("work",),
    nl="Waar groepen verschillen", en="Where groups differ", nl_meaning="Per werk wie het het hoogst zet en wie het laagst, en op welk criterium dat draait.",
)  # fmt: skip
AREA_VOICES = Schema(
    "area_voices",
    "Areas with their works, whose weights they are ranked by, and how near that is to the ranking of the city.",
    {
        "area": columns.AREA.but(known=True),
        "own": Column(YES_NO, "the area has weights of its own; otherwise those of the city hold", nl="eigen gewichten", en="own weights", nl_meaning="het gebied heeft eigen gewichten; anders gelden die van de stad", seen="open"),
        "set_by": columns.SET_BY.but("who set the weights of the area (role)", "wie de gewichten van het gebied vaststelde (rol)", known=False),
        "set_on": columns.SET_ON,
        "works": columns.WORKS.but("works with a section in the area that take part", "werken met een wegvak in het gebied die meedoen", seen="whole", least=1),
        "reversals": columns.REVERSALS.but("pairs of its works that it orders the other way round than the city", "paren van zijn werken die het gebied andersom zet dan de stad"),
        "tau": columns.TAU,
    },
    key=("area",),
    nl="Gewichten per gebied", en="Weights per area", nl_meaning="Gebieden met hun werken, met wiens gewichten die zijn gerangschikt, en hoe dicht dat bij de rangorde van de stad ligt.",
)  # fmt: skip
AREA_RANKING = Schema(
    "area_ranking",
    "The works of each area ranked within the area, by its own weights where it has them, beside the order of the city.",
    {
        "area": columns.AREA.but(known=True),
        "work": columns.WORK,
        "area_rank": columns.RANK.but("place within the area, by the weights of the area", "plaats binnen het gebied, met de gewichten van het gebied", nl="plaats in het gebied", en="place in the area"),
        "city_rank": columns.RANK.but("place among the works of the area, by the weights of the city", "plaats onder de werken van het gebied, met de gewichten van de stad", nl="plaats volgens de stad", en="place for the city"),
        "total": Column(NUMBER, "total by the weights of the area, 0-1", nl="totaal in het gebied (0-1)", en="total in the area (0-1)", nl_meaning="totaal met de gewichten van het gebied, 0-1", seen="open", unit="score", known=False, least=0, most=1),
        "criterion": columns.CRITERION,
    },
    key=("area", "work"),
    nl="Rangorde per gebied", en="Ranking per area", nl_meaning="De werken van elk gebied op volgorde binnen het gebied, met eigen gewichten waar het die heeft, naast de volgorde van de stad.",
)  # fmt: skip


@dataclass(frozen=True)
class Weighing:
    """Works weighed on the six grounds.

    `agreement` holds Kendall's W over the groups with its chance; it is empty where fewer than two groups gave weights.
    `sampled` holds how many weightings were asked for and how many were drawn.
    """

    criteria: pd.DataFrame
    tree: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    ranking: pd.DataFrame
    knock_outs: pd.DataFrame
    overrules: pd.DataFrame
    acceptability: pd.DataFrame
    flips: pd.DataFrame
    groups: pd.DataFrame
    group_pairs: pd.DataFrame
    disagreement: pd.DataFrame
    area_voices: pd.DataFrame
    area_ranking: pd.DataFrame
    trace: Trace
    agreement: dict[str, float | int | None] = field(default_factory=dict)
    sampled: dict[str, int] = field(default_factory=dict)

    TABLES: ClassVar[dict[str, Schema]] = {
        schema.name: schema
        for schema in (
            CRITERIA,
            TREE,
            ANSWERS,
            SCORES,
            RANKING,
            KNOCK_OUTS,
            OVERRULES,
            ACCEPTABILITY,
            FLIPS,
            GROUPS,
            GROUP_PAIRS,
            DISAGREEMENT,
            AREA_VOICES,
            AREA_RANKING,
        )
    }
