"""One question to a service: tried again where that may help, bounded in size and time. (nl: vraag aan een dienst)."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpx

from koppelkans.context.fetching.addresses import CheckedTransport
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase

LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be asked again."""
MOVED = frozenset({301, 302, 303, 307, 308})
LONGEST_PLACE = 200
"""Letters of an address that are told."""


class RefusedError(InputError):
    """A service says that it does not answer this question: asking the same again does not help."""


class _PassingError(Exception):
    """What may be over when asked again, and after how many seconds the service wants to be asked."""

    def __init__(self, found: str, wait_s: float = 0.0) -> None:
        """Keep what was found, in words."""
        super().__init__(found)
        self.found, self.wait_s = found, wait_s


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait, how often to try, and how much to take.

    Parameters
    ----------
    tries
        Times that one question is asked.
    back_off_s
        Seconds before the second time; each next time waits twice as long.
    longest_wait_s
        A service that wants a longer wait is left for another day.
    pause_s
        Least seconds between two questions.
    timeout_s, deadline_s
        Seconds without a byte, and for a whole answer.
    most_bytes
        Size of one answer, unpacked.
    """

    tries: int = 5
    back_off_s: float = 1.0
    longest_wait_s: float = 120.0
    pause_s: float = 0.1
    timeout_s: float = 30.0
    deadline_s: float = 300.0
    most_bytes: int = 64_000_000


@dataclass(frozen=True, slots=True)
class ServiceReply:
    """What a service answered: the address that answered, its bytes and its headers."""

    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass
class ServiceClient:
    """Asks services, no faster than the pace, and only at the host that was named.

    Parameters
    ----------
    transport
        Connects; it checks addresses.
    sleep, clock
        To wait and to measure; tests bring their own.
    """

    transport: httpx.BaseTransport = field(default_factory=lambda: CheckedTransport(allow_private=False))
    pace: Pace = Pace()
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: float = field(default=-1e9, init=False)

    def ask(self, url: str, params: Mapping[str, str] | None = None) -> ServiceReply:
        """Return the answer to a question.

        Raises
        ------
        RefusedError
            Where the service refuses the question.
        InputError
            Where it does not answer, also after several tries, answers too much, or sends on to elsewhere.
        """
        whole = str(httpx.URL(url).copy_merge_params(params) if params else url)
        for turn in range(self.pace.tries):
            try:
                return self._follow(whole)
            except _PassingError as problem:
                wait = max(problem.wait_s, self.pace.back_off_s * 2**turn)
                if problem.wait_s > self.pace.longest_wait_s:
                    found = Phrase("{found}; it asks to wait {n} seconds", found=problem.found, n=round(problem.wait_s))
                    raise away(whole, found) from problem
                if turn + 1 == self.pace.tries:
                    raise away(whole, Phrase("{found}, {n} times", found=problem.found, n=self.pace.tries)) from problem
                self.sleep(wait)
        raise away(whole, Phrase("no answer"))

    def _follow(self, url: str) -> ServiceReply:
        """Return the answer at an address, followed where it moved on the same host."""
        here = url
        for _ in range(5):
            reply, moved = self._once(here)
            if not moved:
                return reply
            there = urljoin(here, moved)
            if not same_host(here, there):
                found = Phrase("it sends on to {address}", address=short(there))
                wanted = Phrase("the service itself; where that is its new address, name it: --service name=address")
                raise InputError([Fault(short(url), found, wanted, fatal=True)])
            here = there
        wanted = Phrase("an answer; try again later, or name another address: --service name=address")
        raise InputError([Fault(short(url), Phrase("it sends on and on"), wanted, fatal=True)])

    def _once(self, url: str) -> tuple[ServiceReply, str]:
        """Return the answer of one request, and where it moved to (empty: nowhere)."""
        self.sleep(max(0.0, self._last + self.pace.pause_s - self.clock()))
        self._last = began = self.clock()
        headers = {
            "Accept": "application/geo+json, application/json;q=0.9, */*;q=0.1",
            "Accept-Encoding": "gzip",
            "User-Agent": "koppelkans",
        }
        request = httpx.Request("GET", url, headers=headers)
        seconds = self.pace.timeout_s
        request.extensions["timeout"] = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
        try:
            answer = self.transport.handle_request(request)
            answer.request = request
            try:
                body = self._body(answer, began)
            finally:
                answer.close()
        except httpx.TimeoutException as problem:
            raise _PassingError(Phrase("no answer in time")) from problem
        except httpx.DecodingError as problem:
            raise _PassingError(Phrase("an answer that cannot be unpacked")) from problem
        except (httpx.RemoteProtocolError, httpx.ReadError) as problem:
            raise _PassingError(Phrase("an answer that breaks off")) from problem
        except httpx.TransportError as problem:
            raise _PassingError(Phrase("no connection ({problem})", problem=str(problem))) from problem
        if answer.status_code in MOVED:
            return ServiceReply(url, b"", answer.headers), answer.headers.get("location", "")
        self._judge(url, answer, body)
        return ServiceReply(url, body, answer.headers), ""

    def _body(self, answer: httpx.Response, began: float) -> bytes:
        """Return the bytes of an answer, unpacked, no more than may be."""
        parts, size = [], 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > self.pace.most_bytes:
                n = self.pace.most_bytes // 1_000_000
                wanted = Phrase("pages of at most {n} MB; take a smaller area: --bbox", n=n)
                raise InputError(
                    [Fault(short(str(answer.request.url)), Phrase("a page that is too large"), wanted, fatal=True)]
                )
            if self.clock() - began > self.pace.deadline_s:
                raise _PassingError(Phrase("no answer in time"))
            parts.append(part)
        return b"".join(parts)

    def _judge(self, url: str, answer: httpx.Response, body: bytes) -> None:
        """Raise where an answer says that something is wrong."""
        code = answer.status_code
        if code in LATER:
            raise _PassingError(Phrase("answer {code}", code=code), _wanted_wait(answer.headers.get("retry-after", "")))
        if code != httpx.codes.OK:
            found = Phrase("answer {code}: {text}", code=code, text=first_words(body))
            wanted = Phrase("data; look whether the service moved, and name its address: --service name=address")
            raise RefusedError([Fault(short(url), found, wanted, fatal=True)])


def away(url: str, found: str) -> InputError:
    """Return the fault that a service does not answer, with what to do."""
    wanted = Phrase("an answer; run the same command again later, what was fetched is kept")
    return InputError([Fault(short(url), found, wanted, fatal=True)])


def same_host(one: str, other: str) -> bool:
    """Tell whether an address stays at the host of another, and never goes back to http."""
    try:
        a, b = httpx.URL(one), httpx.URL(other)
    except httpx.InvalidURL:
        return False
    if a.host != b.host or b.userinfo:
        return False
    if a.scheme == b.scheme:
        return a.port == b.port
    return (a.scheme, b.scheme) == ("http", "https") and a.port is None and b.port is None


def short(url: str) -> str:
    """Return an address as it is told: not longer than a line or two."""
    return url if len(url) <= LONGEST_PLACE else url[:LONGEST_PLACE] + "…"


def first_words(body: bytes) -> str:
    """Return the first words of an answer, to tell what it says of itself."""
    text = " ".join(body[:2_000].decode("utf-8", "replace").split())
    return text[:120] or "–"


def _wanted_wait(told: str) -> float:
    """Return the seconds that `Retry-After` asks for, as a number or as a moment; 0 where it says nothing."""
    text = told.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(tz=UTC)).total_seconds())
