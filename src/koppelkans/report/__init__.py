"""What people take to the meeting: maps, tables, documents. (nl: rapport)."""

from typing import TYPE_CHECKING

from koppelkans.ground.doors import open_when_asked

if TYPE_CHECKING:
    from koppelkans.report.forms import FORMS as FORMS
    from koppelkans.report.plan import Plan as Plan
    from koppelkans.report.write import outputs_of as outputs_of
    from koppelkans.report.write import write as write

__all__ = list(open_when_asked(__name__, {"Plan": "plan", "write": "write", "outputs_of": "write", "FORMS": "forms"}))
