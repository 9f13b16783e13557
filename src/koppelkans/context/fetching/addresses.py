"""Addresses that may be spoken to: public ones only, and the one that was checked. (nl: adressen).

A name is looked up once per run. Every address that it has must be public, and the connection goes to one of those, so
that a second answer of the name server cannot lead inside.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from functools import cache

import httpx

from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that hold one of IPv4 in their last 32 bits."""
LAST_32 = 0xFFFFFFFF
MOST_ADDRESSES = 4
"""Addresses of one name that are tried."""
Lookup = Callable[[str, int], Sequence[str]]


def is_public(address: str) -> bool:
    """Tell whether an IP address, and any that it holds, is one of the public internet.

    >>> is_public("192.0.2.1"), is_public("::ffff:10.0.0.1"), is_public("145.131.1.1")
    (False, False, True)
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if not isinstance(found, ipaddress.IPv6Address):
        return found.is_global and not found.is_multicast
    held: list[ipaddress.IPv4Address] = [one for one in (found.ipv4_mapped, found.sixtofour) if one is not None]
    held += list(found.teredo or ())
    if found in NAT64:
        held.append(ipaddress.IPv4Address(int(found) & LAST_32))
    whole = found.ipv4_mapped is not None or found in NAT64 or (found.is_global and not found.is_multicast)
    return whole and all(is_public(str(one)) for one in held)


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates that are trusted, read once."""
    return httpx.create_ssl_context()


class CheckedTransport(httpx.BaseTransport):
    """Connects to addresses that were checked; the certificate is checked for the name."""

    def __init__(self, *, allow_private: bool, lookup: Lookup = look_up) -> None:
        """Refuse all but public addresses, unless private ones are allowed."""
        self._allow_private, self._lookup = allow_private, lookup
        self._known: dict[tuple[str, int], list[str]] = {}
        self._lines: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to one of the checked addresses of its host.

        Raises
        ------
        InputError
            Where the name has no address, or one that is not public.
        """
        host = request.url.host
        found = self._addresses(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        line = self._lines.setdefault(host, httpx.HTTPTransport(verify=_trusted()))
        for last, address in ((address == found[-1], address) for address in found):
            to = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return line.handle_request(to)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if last:
                    raise
        raise httpx.ConnectError(host)

    def close(self) -> None:
        """Close every connection."""
        for line in self._lines.values():
            line.close()

    def _addresses(self, host: str, port: int) -> list[str]:
        """Return the checked addresses of a host."""
        if (host, port) not in self._known:
            try:
                found = list(self._lookup(host, port))
            except (OSError, UnicodeError) as problem:
                raise httpx.ConnectError(str(problem)) from problem
            private = [one for one in found if not is_public(one)]
            if private and not self._allow_private:
                wanted = Phrase("a public address; `--allow-private` where a service of your own network is meant")
                raise InputError(
                    [Fault(host, Phrase("a private address: {address}", address=private[0]), wanted, fatal=True)]
                )
            self._known[host, port] = found[:MOST_ADDRESSES]
        return self._known[host, port]
