"""The tables in which scenarios are laid beside the programme. (nl: tabellen van scenario's)."""

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema

ROLES = ("base", "scenario", "front")
STATUSES = ("base", "proven", "time_limit", "impossible")

SCENARIOS = Schema(
    "scenarios",
    "The programme and its scenarios side by side, at the prices of the programme; sums of all years, not discounted unless said.",
    {
        "scenario": Column(TEXT, "scenario; base is the programme itself"),
        "role": Column(TEXT, "the programme, a scenario by name, or a point of the curve of money", one_of=ROLES),
        "name_nl": Column(TEXT, "name in Dutch"),
        "name_en": Column(TEXT, "name in English"),
        "quality": Column(NUMBER, "knob of quality: factor on the worth of ambitions", least=0),
        "money": Column(NUMBER, "knob of money: factor on budgets", least=0),
        "risk": Column(NUMBER, "knob of risk: factor on the price of late and of leaving undone", least=0),
        "altered": Column(YES_NO, "more was changed than the knobs"),
        "basis": Column(TEXT, "given by the city, or assumed", one_of=("given", "assumed")),
        "budget_eur": Column(WHOLE, "budgets of the city over all years; of all funds where it holds none", least=0),
        "spent_eur": Column(WHOLE_OR_UNKNOWN, "cost of the works that are done, with their openings", known=False),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost without opening", known=False),
        "openings_eur": Column(WHOLE_OR_UNKNOWN, "cost of the openings", known=False),
        "nuisance_eur": Column(WHOLE_OR_UNKNOWN, "nuisance of the openings", known=False),
        "quality_eur": Column(WHOLE_OR_UNKNOWN, "worth of the ambitions of the works that are done", known=False),
        "risk_eur": Column(
            WHOLE_OR_UNKNOWN, "price of late years (discounted) and risk of the works that are left undone", known=False
        ),
        "gain_eur": Column(
            WHOLE_OR_UNKNOWN, "what the programme gains over doing nothing, all in one, discounted", known=False
        ),
        "gain_most_eur": Column(
            WHOLE_OR_UNKNOWN,
            "what no programme can gain more than, where the prices are those of the programme",
            known=False,
        ),
        "done": Column(WHOLE_OR_UNKNOWN, "works that are done", known=False),
        "undone": Column(WHOLE_OR_UNKNOWN, "works that are left undone", known=False),
        "changed": Column(WHOLE_OR_UNKNOWN, "works that stand elsewhere than in the programme", known=False),
        "moved": Column(WHOLE_OR_UNKNOWN, "promises that are not kept", known=False),
        "openings": Column(WHOLE_OR_UNKNOWN, "times that a section is opened", known=False),
        "open_most": Column(WHOLE_OR_UNKNOWN, "sections open in the busiest year", known=False),
        "dominated": Column(YES_NO, "another one spends no more and reaches at least the same ambitions"),
        "value_eur": Column(WHOLE_OR_UNKNOWN, "value at its own prices, discounted; lower is better", known=False),
        "bound_eur": Column(WHOLE_OR_UNKNOWN, "no programme of this scenario can have a lower value", known=False),
        "gap": Column(NUMBER, "how far the value can be above the best of this scenario (share)", known=False),
        "status": Column(
            TEXT, "the programme; proven within the gap; best within the effort; or impossible", one_of=STATUSES
        ),
        "faults": Column(WHOLE, "demands broken, according to the independent judge", least=0),
        "clash_nl": Column(TEXT, "demands that clash where there is no programme, in Dutch", known=False),
        "clash_en": Column(TEXT, "demands that clash where there is no programme, in English", known=False),
    },
    key=("scenario",),
)
SCENARIO_PLAN = Schema(
    "scenario_plan",
    "The year of each work in each scenario; a work that is not in it is left undone.",
    {
        "scenario": Column(TEXT, "scenario"),
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE, "year in which it is done"),
    },
    key=("scenario", "work"),
)
SCENARIO_YEARS = Schema(
    "scenario_years",
    "Each scenario year by year.",
    {
        "scenario": Column(TEXT, "scenario"),
        "year": Column(WHOLE, "year"),
        "works": Column(WHOLE, "works", least=0),
        "cost_eur": Column(WHOLE_OR_UNKNOWN, "cost without opening", known=False),
        "openings": Column(WHOLE, "sections open", least=0),
        "openings_eur": Column(WHOLE, "cost of the openings", least=0),
        "nuisance_eur": Column(WHOLE, "nuisance of the openings", least=0),
    },
    key=("scenario", "year"),
)
SCENARIO_PARTS = Schema(
    "scenario_parts",
    "Each scenario per area and per party.",
    {
        "scenario": Column(TEXT, "scenario"),
        "sort": Column(TEXT, "area or party", one_of=("area", "party")),
        "part": Column(TEXT, "area or party that it is about"),
        "done": Column(WHOLE, "works that are done; a work in two areas counts in both", least=0),
        "undone": Column(WHOLE, "works that are left undone", least=0),
        "cost_eur": Column(
            WHOLE_OR_UNKNOWN, "cost without opening, spread evenly over the sections of a work", known=False
        ),
        "openings": Column(WHOLE, "times that a section is opened; opened together it counts for each party", least=0),
        "nuisance_eur": Column(WHOLE_OR_UNKNOWN, "nuisance of the openings; of a party unknown", known=False),
    },
    key=("scenario", "sort", "part"),
)
