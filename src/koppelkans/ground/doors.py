"""Doors of a room that load their module when they are first asked for. (nl: deuren)."""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType


class _Room(ModuleType):
    """A package whose names are fetched from their module when they are first asked for."""

    def __getattr__(self, name: str) -> object:
        """Fetch a verb or noun, and keep it."""
        homes: Mapping[str, str] = self.__dict__["_doors"]
        if name not in homes:
            msg = f"module {self.__name__!r} has no attribute {name!r}"
            raise AttributeError(msg)
        found = getattr(import_module(f"{self.__name__}.{homes[name]}"), name)
        super().__setattr__(name, found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        """Leave the name of a verb to the verb, where its module has the same name."""
        if not (isinstance(value, ModuleType) and name in self.__dict__["_doors"]):
            super().__setattr__(name, value)


def open_when_asked(package: str, homes: Mapping[str, str]) -> Mapping[str, str]:
    """Let a package hand out names, each from its own module, and return these names.

    `homes` gives the module of each name within the package; it is loaded when the name is first asked for, so that who
    needs the noun of a room does not load its verb.
    """
    room = sys.modules[package]
    room.__dict__["_doors"] = homes
    room.__class__ = _Room
    return homes
