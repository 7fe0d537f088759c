"""Reading a feed from an address: politely, with limits on time, size, redirects and pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPException
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from app.feeds.feed import LARGEST, Feed, SourceError, is_address
from app.feeds.reader import read_bytes

SECONDS: Final = 30
"""For one answer to begin; a whole page has `SECONDS_A_PAGE`."""
SECONDS_A_PAGE: Final = 180
MOST_REDIRECTS: Final = 5
REDIRECTS: Final = (301, 302, 303, 307, 308)
MOST_PAGES: Final = 1000
PAUSE: Final = 0.2
"""Seconds between pages."""
_CHUNK: Final = 1 << 16
Fetch = Callable[[str, int], bytes]


def read_address(source: str, fetch: Fetch | None = None, pause: float = PAUSE) -> Feed:
    """The records of an address, page after page. Raises `SourceError`.

    When a later page cannot be read, the pages before it are kept and that is said.
    """
    fetch = fetch or get
    page = _page_number(source)
    held = fetch(source, LARGEST)
    feed, left = read_bytes(held, source), LARGEST - len(held)
    more, last_seen = _has_more(feed, page), feed.records
    while more and page < MOST_PAGES:
        page += 1
        time.sleep(pause)
        try:
            held = fetch(with_page(source, page), left)
            found = read_bytes(held, source)
        except SourceError as fault:
            feed.ends_early(f"page {page} could not be read ({fault})")
            break
        if found.records == last_seen:
            break  # the address takes no notice of page numbers
        feed.records += found.records
        last_seen, left = found.records, left - len(held)
        more = _has_more(found, page)
    return feed


def get(address: str, most: int) -> bytes:
    """The bytes at a web address, at most so many. Raises `SourceError`."""
    at = address
    for _ in range(MOST_REDIRECTS + 1):
        try:
            return _ask(at, most)
        except HTTPError as answer:
            answer.close()
            at = _redirect(at, answer)
        except (URLError, OSError, HTTPException, ValueError) as fault:
            why = getattr(fault, "reason", None) or fault
            raise SourceError(f"{at} cannot be reached: {why}") from None
    raise SourceError(f"{address} redirects more than {MOST_REDIRECTS} times")


def _ask(address: str, most: int) -> bytes:
    opener = OpenerDirector()
    for handler in (HTTPHandler, HTTPSHandler, HTTPErrorProcessor, HTTPDefaultErrorHandler):
        opener.add_handler(handler())
    headers = {"User-Agent": "LocalOffer feed import", "Accept": "application/json, text/csv"}
    request = Request(address, headers=headers)  # noqa: S310 - only http and https are handled
    with opener.open(request, timeout=SECONDS) as answer:
        return _bounded(answer, most, address)


def _redirect(address: str, answer: HTTPError) -> str:
    """Where an answer sends us: only to a web address, never from https down to http."""
    target = answer.headers.get("Location", "") if answer.code in REDIRECTS else ""
    if not target:
        raise SourceError(f"{address} answered {answer.code} {answer.reason}")
    onward = urljoin(address, target)
    falls = address.lower().startswith("https:") and not onward.lower().startswith("https:")
    if falls or not is_address(onward):
        raise SourceError(f"{address} redirects to an address that is not safe")
    return onward


def _bounded(answer: IO[bytes], most: int, address: str) -> bytes:
    ends = time.monotonic() + SECONDS_A_PAGE
    held = bytearray()
    while chunk := answer.read(_CHUNK):
        held += chunk
        if len(held) > most:
            raise SourceError(f"{address} gives more than {LARGEST // 1024 // 1024} MB")
        if time.monotonic() > ends:
            raise SourceError(f"{address} is too slow")
    return bytes(held)


def with_page(address: str, number: int) -> str:
    """The address with `page` set in its query."""
    parts = urlsplit(address)
    query = [(key, value) for key, value in parse_qsl(parts.query, True) if key != "page"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("page", str(number))])))


def _page_number(address: str) -> int:
    said = dict(parse_qsl(urlsplit(address).query)).get("page", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def _has_more(feed: Feed, page: int) -> bool:
    """Whether a page says that another follows: its own word for the last, else the count."""
    for name in ("last_page", "last"):
        if isinstance(said := feed.page.get(name), bool):
            return not said
    total = feed.page.get("total_pages", feed.page.get("totalPages", 1))
    return isinstance(total, int) and page < total
