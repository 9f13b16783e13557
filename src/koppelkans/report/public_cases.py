"""What everyone may see of business cases and of who pays: nothing that tells a hidden work or cost. (nl: openbare businesscases)."""

from dataclasses import replace

from koppelkans.appraisal.business.product import CITY
from koppelkans.appraisal.financing.product import Financing
from koppelkans.report.plan import Plan


def without_cases(plan: Plan, works: set[str]) -> Plan:
    """Leave out every business case that counts a hidden work or cost, and with the first of them that of the city."""
    if not works:
        return plan
    held = plan.programme.plan[plan.programme.plan["work"].isin(works)]
    hidden = {*held["bundle"].dropna(), *held["work"], CITY}
    tables = {name: getattr(plan.business, name) for name in plan.business.TABLES}
    kept = {
        name: table[~table["case"].isin(hidden)].reset_index(drop=True) if "case" in table else table.iloc[:0]
        for name, table in tables.items()
    }
    return replace(plan, business=replace(plan.business, **kept), financing=_unfinanced(plan, hidden, works))


def _unfinanced(plan: Plan, cases: set[str], works: set[str]) -> Financing:
    """Leave out of the financing every hidden case and work, and the tables of sums and loans in which they may be counted."""
    made = {}
    for name in plan.financing.TABLES:
        table = getattr(plan.financing, name)
        if "case" not in table or name == "loans":
            made[name] = table.iloc[:0]
        else:
            gone = table["case"].isin(cases)
            made[name] = table[~(gone | table["work"].isin(works) if "work" in table else gone)].reset_index(drop=True)
    return replace(plan.financing, **made)
