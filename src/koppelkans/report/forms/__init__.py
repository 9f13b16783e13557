"""Forms of report, one file each. (nl: vormen van rapport)."""

from koppelkans.report.form import Form
from koppelkans.report.forms.agreements import AGREEMENTS
from koppelkans.report.forms.annexes import ANNEXES
from koppelkans.report.forms.area_pdf import AREA_PDF
from koppelkans.report.forms.case_pdf import CASE_PDF
from koppelkans.report.forms.case_workbook import CASE_WORKBOOK
from koppelkans.report.forms.city_pdf import CITY_PDF
from koppelkans.report.forms.geopackage import GEOPACKAGE
from koppelkans.report.forms.json_export import JSON_EXPORT
from koppelkans.report.forms.map_page import MAP_PAGE
from koppelkans.report.forms.open_data import OPEN_DATA
from koppelkans.report.forms.party_pdf import PARTY_PDF
from koppelkans.report.forms.street_pages import STREET_PAGES
from koppelkans.report.forms.vision_pdf import VISION_PDF
from koppelkans.report.forms.workbook import WORKBOOK

FORMS: tuple[Form, ...] = (
    MAP_PAGE,
    STREET_PAGES,
    CITY_PDF,
    VISION_PDF,
    AREA_PDF,
    WORKBOOK,
    ANNEXES,
    PARTY_PDF,
    AGREEMENTS,
    CASE_PDF,
    CASE_WORKBOOK,
    GEOPACKAGE,
    OPEN_DATA,
    JSON_EXPORT,
)
"""Every form, in the order in which they are written."""
