"""Forms of report, one file each. (nl: vormen van rapport)."""

from koppelkans.report.form import Form

FORMS: tuple[Form, ...] = ()
"""Every form, in the order in which they are written."""
