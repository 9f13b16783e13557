"""A change as lines for besluiten.toml, which every run reads after koppelkans.toml. (nl: besluitregels)."""

import json

from koppelkans.programme.change import Cut, Move
from koppelkans.programme.replan import Replanned


def lines_of(answer: Replanned, *, note: str) -> str:
    """Return a change as lines of TOML that make it last, with a comment that says what it is.

    A slip takes decisions about works of the party along: each gets a line with its new year.
    """
    change = answer.change
    if isinstance(change, Move):
        blocks = [_decision(change.work, change.year, reason=change.reason, set_by=change.set_by)]
    elif isinstance(change, Cut):
        blocks = [_block("budgets", fund=change.fund, year=change.year, eur=-change.eur)]
    else:
        blocks = [_block("slips", party=change.party, years=change.years)]
        fixed = answer.desk.problem.fixed.set_index("work")["year"]
        blocks += [
            _decision(row["work"], int(fixed[row["work"]]), reason=row["reason"], set_by=row["set_by"])
            for row in answer.overturned.to_dict("records")
            if row["work"] in fixed.index
        ]
    told = "".join(f"# {line}\n" for line in note.splitlines())
    return told + "\n".join(blocks)


def _decision(work: str, year: int, *, reason: str, set_by: str) -> str:
    """Return the lines of a work that is fixed to a year; an empty reason takes the place of an earlier one."""
    return _block("decisions", work=work, year=year, reason=reason, set_by=set_by)


def _block(table: str, **values: str | float) -> str:
    """Return one entry of a list of the programme in TOML."""
    plain = {
        name: int(value) if isinstance(value, float) and value.is_integer() else value for name, value in values.items()
    }
    rows = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in plain.items()]
    return f"[[programme.{table}]]\n" + "".join(rows)
