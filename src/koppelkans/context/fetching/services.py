"""Public services as a table: address, protocol, collections, licence. (nl: openbare diensten)."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from koppelkans.ground.crs import readable_crs
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.settings import ROLES
from koppelkans.ground.words import Phrase

NAME = r"^[A-Za-z0-9][A-Za-z0-9_:.-]{0,79}$"
"""How services and collections may be called: their names become names of files."""
LONGEST_TABLE = 1_000_000
"""Bytes of a table of services."""


class _Strict(BaseModel):
    """A part of the table: no key but those that are known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Collection(_Strict):
    """Rows of one kind that a service has; what its fields mean stands above `services.toml`."""

    collection: str = Field(pattern=NAME)
    role: str
    by_code: bool = False
    identity: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class Service(_Strict):
    """One public service; what its fields mean stands above `services.toml`."""

    service: str = Field(pattern=NAME)
    nl: str
    en: str
    protocol: Literal["features", "wfs"]
    address: str
    crs: str
    page: int = Field(ge=1, le=10_000)
    most_start: int = Field(default=0, ge=0)
    licence: str
    source: str
    border: str = ""
    code: str = ""
    collections: tuple[Collection, ...]


def known_services(table: Path | None = None, addresses: Sequence[str] = ()) -> dict[str, Service]:
    """Return every service by its name: of the package, of a table, with other addresses.

    Parameters
    ----------
    table
        A table of the operator, in the form of `services.toml`; its entries go over ours of the same name.
    addresses
        `name=address`, as on the command line.

    Raises
    ------
    InputError
        Where the table cannot be used, or an address is of no known service or is none.
    """
    ours = files("koppelkans.context.fetching").joinpath("services.toml").read_text(encoding="utf-8")
    found = {one.service: one for one in _read(ours, "services.toml")}
    if table is not None:
        found |= {one.service: one for one in _read(_text_of(table), str(table))}
    for told in addresses:
        name, _, address = told.partition("=")
        if name not in found:
            wanted = Phrase("name=address, with one of the names: {names}", names=", ".join(found))
            raise InputError([Fault("--service", told, wanted, fatal=True)])
        found[name] = found[name].model_copy(update={"address": address.rstrip("/")})
    wrong = [fault for one in found.values() for fault in _wrong(one)]
    if wrong:
        raise InputError(wrong)
    return found


def chosen(services: Mapping[str, Service], only: str) -> list[Service]:
    """Return the services that are asked for, all of them where `only` is empty.

    Raises
    ------
    InputError
        Where a name is of no service.
    """
    names = [name.strip() for name in only.split(",") if name.strip()]
    strange = [name for name in names if name not in services]
    if strange:
        wanted = Phrase("one or more of: {names}", names=", ".join(services))
        raise InputError([Fault("--only", ", ".join(strange), wanted, fatal=True)])
    return [one for name, one in services.items() if not names or name in names]


def file_name(service: Service, collection: str) -> str:
    """Return the name of the file in which a collection is kept."""
    plain = re.sub(r"[^a-z0-9]+", "_", collection.rpartition(":")[2].casefold()).strip("_")
    return f"{service.service.casefold()}_{plain}.geojson"


def _text_of(path: Path) -> str:
    """Return a table of the operator as text."""
    try:
        with path.open("rb") as stream:
            return stream.read(LONGEST_TABLE).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(
            [Fault(str(path), str(problem), Phrase("a table of services in UTF-8"), fatal=True)]
        ) from problem


def _read(text: str, where: str) -> Iterable[Service]:
    """Return the services of a table."""
    wanted = Phrase("a table of services as `services.toml` in the package")
    try:
        told = tomllib.loads(text)
        return [Service(**entry) for entry in told.get("services", [])]
    except (tomllib.TOMLDecodeError, RecursionError, TypeError, AttributeError) as problem:
        raise InputError([Fault(where, str(problem), wanted, fatal=True)]) from problem
    except ValidationError as problem:
        faults = [
            Fault(where, str(one["msg"]), wanted, column=".".join(map(str, one["loc"])), fatal=True)
            for one in problem.errors()
        ]
        raise InputError(faults) from problem


def _wrong(service: Service) -> Iterable[Fault]:
    """Yield what cannot be used of a service."""
    parts = urlsplit(service.address)
    try:
        usable = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username or parts.password or parts.query or parts.fragment:
        wanted = Phrase("an address such as https://host/path, without name, password or question")
        yield Fault(service.service, service.address or Phrase("nothing"), wanted, column="address", fatal=True)
    if not readable_crs(service.crs):
        yield Fault(
            service.service, service.crs, Phrase("a coordinate system such as EPSG:28992"), column="crs", fatal=True
        )
    for one in service.collections:
        if one.role not in ROLES:
            wanted = Phrase("one of: {names}", names=", ".join(ROLES))
            yield Fault(service.service, one.role, wanted, column="role", fatal=True)
