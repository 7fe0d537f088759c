"""What the site asks of a family's phone: little, and of nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser.conftest import LONGEST_WAIT
from tests.browser.kinds import KINDS
from tests.browser.listings import RICH

MOST_REQUESTS = 8
NOT_COUNTED = ("favicon", "icon-", ".webmanifest")
"""What browsers fetch for their own tabs and home screens."""


@pytest.fixture
def phone(page: Page) -> Page:
    """A phone on which the site was never open, and so keeps nothing of it."""
    page.set_default_timeout(LONGEST_WAIT)
    return page


def watch(page: Page) -> tuple[list[Request], list[str]]:
    """All that the page asks for from now on, and all it complains of."""
    asked: list[Request] = []
    complaints: list[str] = []

    def keep(request: Request) -> None:
        asked.append(request)

    def complain(message: ConsoleMessage) -> None:
        expected = "404" in message.text and page.url.endswith("/nowhere")
        if message.type in {"error", "warning"} and not expected:
            complaints.append(f"{page.url}: {message.text}")

    page.context.on("request", keep)
    page.on("console", complain)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return asked, complaints


def test_nobody_else_hears_of_a_visit_and_nothing_is_left_behind(
    phone: Page, base_url: str
) -> None:
    asked, complaints = watch(phone)
    for kind in KINDS:
        kind.open(phone)
        phone.evaluate("document.fonts.ready.then(() => null)")
    foreign = {request.url for request in asked if not request.url.startswith(base_url)}
    assert foreign == set()
    assert complaints == []
    assert phone.context.cookies() == []
    kept = phone.evaluate(
        """async () => [localStorage.length, sessionStorage.length,
          (await navigator.serviceWorker.getRegistrations()).length,
          (await indexedDB.databases()).length]"""
    )
    assert kept == [0, 0, 0, 0]


@pytest.mark.parametrize("path", ["/", "/services?q=swimming&near=Exeter", f"/services/{RICH}"])
def test_a_first_visit_is_light(phone: Page, path: str) -> None:
    asked, _complaints = watch(phone)
    phone.goto(path)
    phone.evaluate("document.fonts.ready.then(() => null)")
    counted = [item.url for item in asked if not any(part in item.url for part in NOT_COUNTED)]
    assert 0 < len(counted) <= MOST_REQUESTS, counted


def test_letters_pictures_and_styles_come_once(phone: Page, base_url: str) -> None:
    """The icon apart: the browser fetches it in its own time."""
    phone.goto("/")
    phone.evaluate("document.fonts.ready.then(() => null)")
    listener = phone.context.new_cdp_session(phone)
    answers: dict[str, str] = {}
    kept: set[str] = set()

    def received(event: dict[str, Any]) -> None:
        answers[event["requestId"]] = event["response"]["url"]
        if event["response"].get("fromDiskCache"):
            kept.add(event["requestId"])

    listener.on("Network.responseReceived", received)
    listener.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    listener.send("Network.enable")
    phone.goto("/services?q=swimming")
    phone.evaluate("document.fonts.ready.then(() => null)")
    assert len(kept) > 3
    fetched = [url for key, url in answers.items() if key not in kept and "favicon" not in url]
    assert fetched == [f"{base_url}/services?q=swimming"]
