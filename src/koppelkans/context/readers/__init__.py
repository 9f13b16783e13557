"""Readers: one file per source format, in the order in which they look at a file. (nl: lezers)."""

from koppelkans.context.readers.bgt import BGT
from koppelkans.context.readers.csv import CSV
from koppelkans.context.readers.datex import DATEX
from koppelkans.context.readers.hydx import HYDX
from koppelkans.context.readers.imkl import IMKL
from koppelkans.context.readers.json_records import JSON_RECORDS
from koppelkans.context.readers.orox import OROX
from koppelkans.context.readers.ribx import RIBX
from koppelkans.context.readers.vector import VECTOR
from koppelkans.context.readers.xlsx import XLSX
from koppelkans.context.reading.reader import Reader

READERS: tuple[Reader, ...] = (IMKL, BGT, DATEX, HYDX, OROX, RIBX, XLSX, VECTOR, JSON_RECORDS, CSV)
