"""What people take to the meeting: maps, tables, documents. (nl: rapport)."""

from koppelkans.report.plan import Plan
from koppelkans.report.write import write

__all__ = ["Plan", "write"]
