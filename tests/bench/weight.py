"""Bytes of the pages, and what a first visit asks for in a real browser."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Sequence

from playwright.sync_api import Response, ViewportSize, sync_playwright

from tests.bench.directory import Directory
from tests.bench.report import Figure, Section
from tests.bench.searches import Query
from tests.bench.server import served

CHROMIUM = "chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
APART = ("favicon", "icon-192", ".webmanifest")
"""The icon and the manifest: browsers fetch them when they like."""
PHONE: ViewportSize = {"width": 390, "height": 844}


def measure_bytes(directory: Directory, searches: Sequence[Query]) -> Section:
    """Raw and compressed bytes of the heaviest results page, the start and a service page."""
    addresses = ["/services", *(query.address for query in searches)]
    results = max((_page(directory, address) for address in addresses), key=len)
    slug = max(directory.listings(), key=lambda row: len(row[0].document))[1].slug
    start, service = _page(directory, "/"), _page(directory, f"/services/{slug}")
    figures = [
        Figure("results page: 20 results, facets", len(results) / 1000, unit="kB", at_most=75),
        Figure("the same compressed (gzip)", _packed(results) / 1000, unit="kB", at_most=12),
        Figure("start page", len(start) / 1000, unit="kB"),
        Figure("the same compressed", _packed(start) / 1000, unit="kB"),
        Figure("service page with the most to say", len(service) / 1000, unit="kB"),
        Figure("the same compressed", _packed(service) / 1000, unit="kB"),
    ]
    notes = (f"the heaviest of {len(addresses)} results pages",)
    return Section("Bytes of a page", figures, notes)


def measure_first_visit(directory: Directory) -> Section:
    """Compressed bytes and requests of a first visit, with nothing kept from before."""
    if shutil.which(CHROMIUM) is None:
        return Section("First visit", (), ("not measured: Chromium is not installed",))
    visits = {"start page": "/", "results page": "/services?q=swimming"}
    figures = []
    with served(directory.settings) as server:
        for name, path in visits.items():
            sizes = _visit(f"http://127.0.0.1:{server.port}{path}")
            total = sum(sizes.values()) / 1000
            figures.append(Figure(f"{name}, compressed", total, unit="kB", at_most=100))
            figures.append(Figure(f"{name}, requests", len(sizes), at_most=8))
    kinds = ", ".join(f"{kind} {size / 1000:.1f} kB" for kind, size in sizes.items())
    return Section("First visit on a phone (icon and manifest apart)", figures, (kinds,))


def _page(directory: Directory, address: str) -> bytes:
    answer = directory.app.test_client().get(address)
    assert answer.status_code == 200, address
    return answer.get_data()


def _packed(body: bytes) -> int:
    """Its size as a server would send it; what is packed already is not packed again."""
    return min(len(body), len(gzip.compress(body, 6)))


def _visit(address: str) -> dict[str, int]:
    """Last part of each address asked for, and its compressed bytes."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which(CHROMIUM), args=ARGUMENTS)
        page = browser.new_page(viewport=PHONE, device_scale_factor=3)
        page.on("response", keep)
        page.goto(address, wait_until="networkidle")
        kept = [answer for answer in answers if not any(part in answer.url for part in APART)]
        sizes = {_name(answer.url): _packed(answer.body()) for answer in kept}
        browser.close()
    return sizes


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2] or "page"
