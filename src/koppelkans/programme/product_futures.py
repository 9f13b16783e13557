"""The tables of the programme in sampled futures. (nl: tabellen van de toekomsten)."""

from koppelkans.ground.tables import NUMBER, TEXT, WHOLE, WHOLE_OR_UNKNOWN, YES_NO, Column, Schema

FIRMNESS = Schema(
    "firmness",
    "How often each work keeps its year when all is planned again in sampled futures; no rows where none were sampled.",
    {
        "work": Column(TEXT, "work"),
        "year": Column(WHOLE_OR_UNKNOWN, "its year in the programme; unknown: left undone", known=False),
        "share_kept": Column(NUMBER, "share of the futures in which it keeps that", least=0, most=1),
        "share_undone": Column(NUMBER, "share of the futures in which it is left undone", least=0, most=1),
        "firm": Column(YES_NO, "keeps it in nearly all futures (`firm_share`): no regret"),
        "most_likely_year": Column(
            WHOLE_OR_UNKNOWN, "the year that it has most often; unknown: left undone", known=False
        ),
    },
    key=("work",),
)
FUTURES = Schema(
    "futures",
    "Sampled futures with other due years, costs and budgets: the programme beside that of parties who plan alone. Values are discounted; lower is better.",
    {
        "future": Column(WHOLE, "number of the future", least=1),
        "value_eur": Column(WHOLE, "value of the programme as it stands; what no longer fits is left out"),
        "replanned_eur": Column(WHOLE, "value of the programme when it is planned again"),
        "silo_eur": Column(WHOLE, "value of what the parties plan alone, as it stands"),
        "silo_replanned_eur": Column(WHOLE, "value of what the parties plan alone, when each plans again"),
        "kept_share": Column(
            NUMBER, "share of the planned works that keep their year when all is planned again", least=0, most=1
        ),
        "left_out": Column(WHOLE, "works of the programme that no longer fit", least=0),
        "silo_left_out": Column(WHOLE, "works that the parties plan alone and that no longer fit", least=0),
        "faults": Column(
            WHOLE, "demands that cannot be met any more when all is planned again, according to the judge", least=0
        ),
        "value_faults": Column(WHOLE, "the same for the programme as it stands", least=0),
        "silo_faults": Column(
            WHOLE,
            "the same for what the parties plan alone, as it stands; limits on open streets are not looked at",
            least=0,
        ),
        "silo_replanned_faults": Column(
            WHOLE, "the same when each party plans again alone, within its own part", least=0
        ),
    },
    key=("future",),
)
