"""Planningscontext: what is there and what is planned, street by street. (nl: planningscontext)."""

from koppelkans.context.city import City
from koppelkans.context.product import Context
from koppelkans.context.reading.aside import write_aside
from koppelkans.context.reading.read import read_city
from koppelkans.context.survey import survey

__all__ = ["City", "Context", "read_city", "survey", "write_aside"]
