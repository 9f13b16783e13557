"""The tables of the programme in sampled futures. (nl: tabellen van de toekomsten)."""

from koppelkans.ground import columns
from koppelkans.ground.tables import NUMBER, WHOLE, WHOLE_OR_UNKNOWN, Column, Schema

FIRMNESS = Schema(
    "firmness",
    "How often each work keeps its year when all is planned again in sampled futures; no rows where none were sampled.",
    {
        "work": columns.WORK,
        "year": Column(WHOLE_OR_UNKNOWN, "its year in the programme; unknown: left undone", nl="jaar", en="year", nl_meaning="zijn jaar in het programma; onbekend: blijft liggen", seen="open", unit="year", known=False),
        "share_kept": Column(NUMBER, "share of the futures in which it keeps that", nl="houdt zijn jaar", en="keeps its year", nl_meaning="deel van de toekomsten waarin het dat houdt", seen="open", least=0, most=1),
        "share_undone": Column(NUMBER, "share of the futures in which it is left undone", nl="blijft liggen", en="left undone", nl_meaning="deel van de toekomsten waarin het blijft liggen", seen="open", least=0, most=1),
        "firm": columns.FIRM,
        "most_likely_year": Column(WHOLE_OR_UNKNOWN, "the year that it has most often; unknown: left undone", nl="meestal in", en="most often in", nl_meaning="het jaar dat het het vaakst heeft; onbekend: blijft liggen", seen="open", unit="year", known=False),
    },
    key=("work",),
    nl="Vast of broos", en="Firm or fragile", nl_meaning="Hoe vaak elk werk zijn jaar houdt als in getrokken toekomsten alles opnieuw wordt gepland. Zonder rijen als er geen zijn getrokken.",
)  # fmt: skip
FUTURES = Schema(
    "futures",
    "Sampled futures with other due years, costs and budgets: the programme beside that of parties who plan alone. Values are discounted; lower is better.",
    {
        "future": Column(WHOLE, "number of the future", nl="toekomst", en="future", nl_meaning="nummer van de toekomst", seen="open", least=1),
        "value_eur": Column(WHOLE, "value of the programme as it stands; what no longer fits is left out", nl="zoals het staat", en="as it stands", nl_meaning="waarde van het programma zoals het staat; wat niet meer past, blijft liggen", seen="whole", unit="eur"),
        "replanned_eur": Column(WHOLE, "value of the programme when it is planned again", nl="opnieuw gepland", en="planned again", nl_meaning="waarde van het programma als het opnieuw wordt gepland", seen="whole", unit="eur"),
        "silo_eur": Column(WHOLE, "value of what the parties plan alone, as it stands", nl="ieder voor zich, zoals het staat", en="each alone, as it stands", nl_meaning="waarde van wat de partijen ieder voor zich plannen, zoals het staat", seen="whole", unit="eur"),
        "silo_replanned_eur": Column(WHOLE, "value of what the parties plan alone, when each plans again", nl="ieder voor zich, opnieuw gepland", en="each alone, planned again", nl_meaning="waarde van wat de partijen ieder voor zich plannen, als elk opnieuw plant", seen="whole", unit="eur"),
        "kept_share": Column(NUMBER, "share of the planned works that keep their year when all is planned again", nl="deel dat zijn jaar houdt", en="share that keeps its year", nl_meaning="deel van de geplande werken dat zijn jaar houdt als alles opnieuw wordt gepland", seen="open", unit="share", least=0, most=1),
        "left_out": columns.LEFT_OUT.but("works of the programme that no longer fit", "werken van het programma die niet meer passen"),
        "silo_left_out": Column(WHOLE, "works that the parties plan alone and that no longer fit", nl="weggelaten, ieder voor zich", en="left out, each alone", nl_meaning="werken die de partijen ieder voor zich plannen en die niet meer passen", seen="open", least=0),
        "faults": columns.FAULTS.but("demands that cannot be met any more when all is planned again, according to the judge", "eisen die niet meer te halen zijn als alles opnieuw wordt gepland, volgens de controle"),
        "value_faults": Column(WHOLE, "the same for the programme as it stands", nl="eisen niet gehaald, zoals het staat", en="demands not met, as it stands", nl_meaning="hetzelfde voor het programma zoals het staat", seen="open", least=0),
        "silo_faults": Column(WHOLE, "the same for what the parties plan alone, as it stands; limits on open streets are not looked at", nl="eisen niet gehaald, ieder voor zich, zoals het staat", en="demands not met, each alone, as it stands", nl_meaning="hetzelfde voor wat de partijen apart plannen, zoals het staat; grenzen aan open straten tellen niet mee", seen="open", least=0),
        "silo_replanned_faults": Column(WHOLE, "the same when each party plans again alone, within its own part", nl="eisen niet gehaald, ieder voor zich, opnieuw gepland", en="demands not met, each alone, planned again", nl_meaning="hetzelfde als elke partij apart opnieuw plant, binnen haar eigen deel", seen="open", least=0),
    },
    key=("future",),
    nl="Toekomsten", en="Futures", nl_meaning="Getrokken toekomsten met andere vervangjaren, kosten en budgetten: het programma naast dat van partijen die ieder voor zich plannen. Waarden zijn contant; lager is beter.",
)  # fmt: skip
