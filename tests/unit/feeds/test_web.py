"""An address is read page by page, within limits; every way it can fail is one plain line."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from app.feeds import web
from app.feeds.feed import SourceError
from app.feeds.web import get, read_address, with_page
from tests.unit.feeds.examples import oruk1


def page_of(number: int, total: int, **more: object) -> bytes:
    """One page of a feed with one record a page."""
    records = [oruk1(id=f"record {number}")]
    return json.dumps({"total_pages": total, "contents": records, **more}).encode()


class Pages:
    """An address that gives these pages and remembers what was asked."""

    def __init__(self, *pages: bytes | SourceError) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, address: str, most: int) -> bytes:
        self.asked.append(address)
        page = self.pages[min(len(self.asked), len(self.pages)) - 1]
        if isinstance(page, SourceError):
            raise page
        return page


def ids(pages: Pages, address: str = "https://a.example/services?size=1") -> list[str]:
    feed = read_address(address, pages, pause=0)
    return [str(record["id"]) for record in feed.records if isinstance(record, dict)]


def test_pages_are_followed_to_the_last() -> None:
    pages = Pages(page_of(1, 3), page_of(2, 3), page_of(3, 3))
    assert ids(pages) == ["record 1", "record 2", "record 3"]
    assert pages.asked[1:] == [
        "https://a.example/services?size=1&page=2",
        "https://a.example/services?size=1&page=3",
    ]


def test_the_pages_own_word_for_the_last_counts() -> None:
    assert ids(Pages(page_of(1, 9, last_page=False), page_of(2, 9, last=True))) == [
        "record 1",
        "record 2",
    ]


def test_an_address_that_ignores_page_numbers_is_read_once() -> None:
    pages = Pages(page_of(1, 500))
    assert ids(pages) == ["record 1"]
    assert len(pages.asked) == 2


def test_a_feed_without_an_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_PAGES", 4)
    pages = Pages(*(page_of(number, 10**9) for number in range(1, 9)))
    assert len(ids(pages)) == 4


def test_a_page_that_fails_leaves_the_ones_before_it() -> None:
    feed = read_address(
        "https://a.example/", Pages(page_of(1, 3), SourceError("it answered 500")), pause=0
    )
    assert len(feed.records) == 1
    assert feed.problems == ["page 2 could not be read (it answered 500)"]


def test_a_page_number_in_the_address_is_kept_to() -> None:
    pages = Pages(page_of(3, 4), page_of(4, 4))
    ids(pages, "https://a.example/?page=3")
    assert pages.asked == ["https://a.example/?page=3", "https://a.example/?page=4"]
    assert with_page("https://a.example/?q=a%20b&page=1", 2) == "https://a.example/?q=a+b&page=2"


class Server(BaseHTTPRequestHandler):
    """A small site with good and bad addresses."""

    def do_GET(self) -> None:
        where, status = {
            "/good": ("", 200),
            "/large": ("", 200),
            "/away": ("/good", 302),
            "/round": ("/round", 301),
            "/file": ("file:///etc/passwd", 302),
            "/nowhere": ("", 302),
        }.get(self.path, ("", 404))
        self.send_response(status)
        if where:
            self.send_header("Location", where)
        self.end_headers()
        self.wfile.write(b"x" * 5000 if self.path == "/large" else json.dumps([oruk1()]).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address_is_read_after_a_redirect(host: str) -> None:
    for path in ("/good", "/away"):
        assert json.loads(get(host + path, 10_000)) == [oruk1()]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/none", "answered 404"),
        ("/round", "redirects more than 5 times"),
        ("/file", "not safe"),
        ("/nowhere", "answered 302"),
        ("/large", "gives more than"),
    ],
)
def test_an_address_that_fails_says_why(host: str, path: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        get(host + path, 1000)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://", "http://[::1", "https://a b.example/x"]
)
def test_an_address_that_cannot_be_reached_says_why(address: str) -> None:
    with pytest.raises(SourceError, match="cannot be reached"):
        get(address, 1000)
