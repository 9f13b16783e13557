"""Koppelkans: from vision to integrated execution of public space. (nl: Koppelkans).

The front door: the verbs and nouns of the rooms, in the order of the corridor, and nothing else.

>>> import koppelkans as kk
>>> kk.make_settings({"city": {"name": "Overmeer"}}).city.crs
'EPSG:28992'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koppelkans.account import reckon as reckon
    from koppelkans.account.product import Account as Account
    from koppelkans.alignment import align as align
    from koppelkans.alignment.product import Alignment as Alignment
    from koppelkans.appraisal import appraise as appraise
    from koppelkans.appraisal.business import Business as Business
    from koppelkans.appraisal.business import build_cases as build_cases
    from koppelkans.appraisal.financing import Financing as Financing
    from koppelkans.appraisal.financing import finance as finance
    from koppelkans.appraisal.product import Appraisal as Appraisal
    from koppelkans.area import compose as compose
    from koppelkans.area.product import Areas as Areas
    from koppelkans.context import read_city as read_city
    from koppelkans.context import survey as survey
    from koppelkans.context import write_aside as write_aside
    from koppelkans.context.city import City as City
    from koppelkans.context.product import Context as Context
    from koppelkans.demo import make_town as make_town
    from koppelkans.flow import again as again
    from koppelkans.flow import lay_beside as lay_beside
    from koppelkans.flow import run as run
    from koppelkans.flow import take_up as take_up
    from koppelkans.ground.errors import Fault as Fault
    from koppelkans.ground.errors import InputError as InputError
    from koppelkans.ground.errors import KoppelkansError as KoppelkansError
    from koppelkans.ground.errors import NoProgrammeError as NoProgrammeError
    from koppelkans.ground.errors import OutOfTimeError as OutOfTimeError
    from koppelkans.ground.errors import SettingError as SettingError
    from koppelkans.ground.settings import Settings as Settings
    from koppelkans.ground.settings import make_settings as make_settings
    from koppelkans.ground.settings import read_settings as read_settings
    from koppelkans.ground.shelf import load as load
    from koppelkans.ground.shelf import save as save
    from koppelkans.ground.trace import Trace as Trace
    from koppelkans.opportunities import spot as spot
    from koppelkans.opportunities.product import Opportunities as Opportunities
    from koppelkans.programme import schedule as schedule
    from koppelkans.programme.desk import Desk as Desk
    from koppelkans.programme.desk import lay_out as lay_out
    from koppelkans.programme.problem import Problem as Problem
    from koppelkans.programme.product import Programme as Programme
    from koppelkans.programme.read_problem import make_problem as make_problem
    from koppelkans.programme.read_problem import read_problem as read_problem
    from koppelkans.programme.replan import Replanned as Replanned
    from koppelkans.programme.replan import cut as cut
    from koppelkans.programme.replan import move as move
    from koppelkans.programme.replan import slip as slip
    from koppelkans.programme.solve_problem import Solved as Solved
    from koppelkans.programme.solve_problem import solve as solve
    from koppelkans.programme.why import Why as Why
    from koppelkans.programme.why import why as why
    from koppelkans.report import Plan as Plan
    from koppelkans.report import write as write
    from koppelkans.steering import accept as accept
    from koppelkans.steering import desk_of as desk_of
    from koppelkans.steering import undo as undo
    from koppelkans.systems import chart as chart
    from koppelkans.systems.product import Systems as Systems
    from koppelkans.vision import envision as envision
    from koppelkans.vision.product import Vision as Vision
    from koppelkans.weighing import weigh as weigh
    from koppelkans.weighing.product import Weighing as Weighing

_ROOMS = {
    "ground.settings": ("Settings", "make_settings", "read_settings"),
    "ground.errors": ("Fault", "KoppelkansError", "InputError", "SettingError", "NoProgrammeError", "OutOfTimeError"),
    "ground.trace": ("Trace",),
    "ground.shelf": ("save", "load"),
    "vision": ("envision",),
    "vision.product": ("Vision",),
    "context": ("read_city", "survey", "write_aside"),
    "context.city": ("City",),
    "context.product": ("Context",),
    "opportunities": ("spot",),
    "opportunities.product": ("Opportunities",),
    "alignment": ("align",),
    "alignment.product": ("Alignment",),
    "appraisal": ("appraise",),
    "appraisal.product": ("Appraisal",),
    "appraisal.business": ("Business", "build_cases"),
    "appraisal.financing": ("Financing", "finance"),
    "weighing": ("weigh",),
    "weighing.product": ("Weighing",),
    "programme": ("schedule",),
    "programme.product": ("Programme",),
    "programme.problem": ("Problem",),
    "programme.read_problem": ("make_problem", "read_problem"),
    "programme.solve_problem": ("solve", "Solved"),
    "programme.desk": ("Desk", "lay_out"),
    "programme.replan": ("Replanned", "move", "cut", "slip"),
    "programme.why": ("Why", "why"),
    "steering": ("desk_of", "accept", "undo"),
    "account": ("reckon",),
    "account.product": ("Account",),
    "systems": ("chart",),
    "systems.product": ("Systems",),
    "area": ("compose",),
    "area.product": ("Areas",),
    "report": ("Plan", "write"),
    "flow": ("run", "again", "take_up", "lay_beside"),
    "demo": ("make_town",),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    """Fetch a verb or noun from its room when it is first asked for: a command that needs one room loads one room."""
    if name not in _HOMES:
        msg = f"koppelkans has no {name}; it has: {', '.join(__all__)}"
        raise AttributeError(msg)
    return getattr(import_module(f"koppelkans.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Name what there is."""
    return list(__all__)
