"""How good the programme is, who checked it, and with what it can be repeated. (nl: bewijs)."""

from koppelkans.ground.words import euros, number, say
from koppelkans.programme.constraints import CONSTRAINTS
from koppelkans.report.answer import trace_hash
from koppelkans.report.blocks import Block, Heading, Sentence, Table, TableColumn
from koppelkans.report.plan import Plan
from koppelkans.report.table import paper_column


def proof(plan: Plan, lang: str) -> list[Block]:
    """Return value, bound and gap, the verdict of the judge, and the trace."""
    trace = plan.programme.trace
    if trace.gap is None or trace.value_eur is None or trace.bound_eur is None:
        text = say("For this programme no bound was proven, so nobody can say how far it is from the best one.", lang)
    else:
        text = say(
            "This programme comes to {value}. No programme that keeps the same demands can do better than {bound}: it is proven that this one is at most {gap} % from the best.",
            lang,
            value=euros(trace.value_eur, lang),
            bound=euros(trace.bound_eur, lang),
            gap=number(100 * trace.gap, lang, 2),
        )
    return [Heading(say("Proof", lang)), Sentence(text), *_verdict(plan, lang), _repeat(plan, lang)]


def _verdict(plan: Plan, lang: str) -> list[Block]:
    """Return what the independent judge found."""
    table = plan.programme.verdict
    if table.empty:
        return []
    names = {constraint.name: getattr(constraint, lang) for constraint in CONSTRAINTS}
    yes, no = say("yes", lang), say("no", lang)
    rows = [
        [names.get(demand, demand), yes if kept else no, number(faults, lang), first if isinstance(first, str) else "–"]
        for demand, kept, faults, first in zip(
            *(table[name] for name in ("demand", "kept", "faults", "first")), strict=True
        )
    ]
    columns = (
        paper_column("programme.verdict", "demand", lang, share=1.4),
        paper_column("programme.verdict", "kept", lang, share=0.6),
        paper_column("programme.verdict", "faults", lang, align="right", share=0.6),
        paper_column("programme.verdict", "first", lang, share=2.6),
    )
    text = say(
        "Every demand was checked again from the tables alone, without the solver that made the programme.", lang
    )
    return [Sentence(text), Table(columns, rows, say("Verdict of the independent check", lang))]


def _repeat(plan: Plan, lang: str) -> Table:
    """Return with what the programme can be made again."""
    trace = plan.programme.trace
    pairs = [
        (say("Version of Koppelkans", lang), trace.version),
        (say("Solver", lang), trace.solver or "–"),
        (say("Seed", lang), "–" if trace.seed is None else str(trace.seed)),
        (say("Sources read", lang), number(len(trace.sources), lang)),
        (say("Newest source changed on", lang), max((mark.modified[:10] for mark in trace.sources), default="–")),
        (say("Hash of the trace (SHA-256)", lang), trace_hash(plan)),
    ]
    columns = (TableColumn(say("What", lang), share=1.0), TableColumn(say("Value", lang), share=3.0))
    return Table(
        columns,
        [list(pair) for pair in pairs],
        say("With this the programme can be repeated: koppelkans again trace.json", lang),
    )
