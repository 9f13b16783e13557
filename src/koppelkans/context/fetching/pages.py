"""Pages of features: OGC API Features and WFS, each with the way to its next page. (nl: bladzijden)."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from koppelkans.context.fetching.client import ServiceClient, ServiceReply, first_words, same_host, short
from koppelkans.context.fetching.services import Collection, Service
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.words import Phrase

CRS84 = "OGC:CRS84"
CRS_URI = re.compile(r"/def/crs/(EPSG|OGC)/[^/]+/(\w+)")
CRS_URN = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):[^:]*:?(\w+)$")
DEEPEST = 6
"""Times that a box is cut in four, where a service lets nobody start after so many rows."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """First page of a box: its address, and the rows that the service says there are."""

    url: str
    matched: int | None = None


@dataclass(frozen=True, slots=True)
class FeaturePage:
    """One page: features, address of the next (empty: the last), rows in all, and CRS."""

    features: Sequence[Mapping[str, Any]]
    following: str
    matched: int | None
    crs: str


def questions(client: ServiceClient, service: Service, one: Collection, box: Box, code: str) -> list[FirstPage]:
    """Return the first pages that together lead to all rows of a box or a municipality."""
    if service.protocol == "features":
        params = {"f": "json", "limit": str(service.page), "crs": _uri(service.crs)}
        if code and (one.by_code or one.collection == service.border):
            params[service.code] = code
        else:
            params |= {"bbox": _text(box), "bbox-crs": _uri(service.crs)}
        return [FirstPage(f"{service.address}/collections/{one.collection}/items?{urlencode(params, safe='/:,')}")]
    return _wfs_questions(client, service, one, box, DEEPEST)


def read_page(reply: ServiceReply, service: Service, *, asked: FirstPage) -> FeaturePage:
    """Return the features of a page and the way to the next.

    Raises
    ------
    InputError
        Where it is no page of features, or its next page lies elsewhere.
    """
    told = _json(reply)
    features = told.get("features")
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        _no_page(reply, Phrase("JSON without features: {text}", text=first_words(reply.body)))
    matched = told.get("numberMatched", told.get("totalFeatures"))
    whole = matched if isinstance(matched, int) and not isinstance(matched, bool) and matched >= 0 else None
    if service.protocol == "features":
        crs = _named(reply.headers.get("content-crs", "").strip("<> ")) or CRS84
        return FeaturePage(features, _next(reply, told), whole, crs)
    crs = _named(_crs_member(told)) or service.crs
    start = _start(reply.url) + len(features)
    known = asked.matched if asked.matched is not None else whole
    more = len(features) > 0 and (known is None or start < known)
    return FeaturePage(features, _from(reply.url, start) if more else "", known, crs)


def _wfs_questions(client: ServiceClient, service: Service, one: Collection, box: Box, deep: int) -> list[FirstPage]:
    """Return the first page of a box that has rows, or of its quarters where nobody may start after so many rows."""
    params = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": one.collection,
        "srsName": service.crs,
        "bbox": f"{_text(box)},{service.crs}",
    }
    hits = client.ask(service.address, {**params, "resultType": "hits"})
    found = re.search(rb"numberMatched\s*=\s*[\"'](\d{1,12})[\"']", hits.body[:8_000])
    if found is None and b"numberMatched" not in hits.body[:8_000]:
        _no_page(hits, Phrase("no count of rows: {text}", text=_exception(hits.body)))
    matched = int(found[1]) if found else None
    if matched == 0:
        return []
    if service.most_start and matched is not None and matched > service.most_start:
        if not deep:
            wanted = Phrase("a smaller area: --bbox")
            raise InputError([Fault(short(hits.url), Phrase("{n} rows in one place", n=matched), wanted, fatal=True)])
        quarters = [_wfs_questions(client, service, one, part, deep - 1) for part in _quarters(box)]
        return [question for part in quarters for question in part]
    page = {"outputFormat": "application/json", "count": str(service.page), "startIndex": "0"}
    return [FirstPage(f"{service.address}?{urlencode({**params, **page}, safe='/:,')}", matched)]


def _quarters(box: Box) -> list[Box]:
    """Return a box in four."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return [(box[0], box[1], x, y), (x, box[1], box[2], y), (box[0], y, x, box[3]), (x, y, box[2], box[3])]


def _json(reply: ServiceReply) -> Mapping[str, Any]:
    """Return the object in an answer."""
    start = reply.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        kind = (
            Phrase("a web page instead of data") if b"<html" in reply.body[:2_000].lower() else _exception(reply.body)
        )
        _no_page(reply, kind)
    try:
        told = json.loads(reply.body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        _no_page(reply, Phrase("no JSON: {text}", text=first_words(reply.body)))
    if not isinstance(told, dict):
        _no_page(reply, Phrase("JSON without features: {text}", text=first_words(reply.body)))
    return told


def _no_number(word: str) -> NoReturn:
    """Refuse what JSON does not know: NaN and infinity."""
    raise ValueError(word)


def _no_page(reply: ServiceReply, found: str) -> NoReturn:
    """Raise the fault that an answer is no page of features."""
    wanted = Phrase("a page of features in GeoJSON; try again later, or name another address: --service name=address")
    raise InputError([Fault(short(reply.url), found, wanted, fatal=True)])


def _exception(body: bytes) -> str:
    """Return what a report in XML says, without its tags."""
    return first_words(re.sub(rb"<[^>]{0,2000}>", b" ", body[:8_000]))


def _next(reply: ServiceReply, told: Mapping[str, Any]) -> str:
    """Return the address of the next page, which must stand at the same host; empty where there is none."""
    links = told.get("links")
    for link in links if isinstance(links, list) else []:
        href = link.get("href") if isinstance(link, dict) and link.get("rel") == "next" else None
        if isinstance(href, str):
            there = urljoin(reply.url, href)
            if not same_host(reply.url, there):
                _no_page(reply, Phrase("a next page elsewhere: {address}", address=short(there)))
            return str(there)
    return ""


def _start(url: str) -> int:
    """Return the row at which a page of a WFS starts."""
    return int(dict(parse_qsl(urlsplit(url).query)).get("startIndex", "0"))


def _from(url: str, start: int) -> str:
    """Return the address of the page of a WFS that starts at a row."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query)) | {"startIndex": str(start)}
    return urlunsplit(parts._replace(query=urlencode(asked, safe="/:,")))


def _uri(crs: str) -> str:
    """Return the address by which OGC API names a coordinate system."""
    authority, _, number = crs.partition(":")
    return f"http://www.opengis.net/def/crs/{authority}/0/{number}"


def _named(told: str) -> str:
    """Return a coordinate system by its short name; empty where nothing is told."""
    found = CRS_URI.search(told) or CRS_URN.search(told)
    return f"{found[1]}:{found[2]}" if found else ""


def _crs_member(told: Mapping[str, Any]) -> str:
    """Return what GeoJSON says of its coordinate system, as WFS still does."""
    crs = told.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else ""


def _text(box: Box) -> str:
    """Return a box as it is asked for."""
    return ",".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in box)
