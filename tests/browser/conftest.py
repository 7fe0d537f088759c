"""Real browsers on the real site, one of each for a worker.

Debian's own Chromium is used. Without it these tests are skipped, and say so; with
`REQUIRE_BROWSER=1` they fail instead, so that a build cannot pass by not looking.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kinds import Kind
from tests.browser.live import make_directory, serving

HERE = Path(__file__).parent
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONGEST_WAIT = 15_000
"""Milliseconds a browser waits for something before its test fails."""
expect.set_options(timeout=LONGEST_WAIT)
PHONE = {"width": 375, "height": 740}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without it, skips or fails as the environment asks."""
    found = shutil.which("chromium")
    if not found:
        reason = "Chromium is missing: apt-get install chromium"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Start Debian's Chromium, which speaks to nobody but the site."""
    return {"executable_path": chromium, "args": list(ARGUMENTS)}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    """A phone in Britain, unless a test opens its own."""
    return {"base_url": base_url, "locale": "en-GB", "viewport": PHONE}


@pytest.fixture(scope="session")
def site_folder(
    chromium: str, tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> Path:
    """Where the site keeps its database (`test.db`), index and log."""
    folder = tmp_path_factory.mktemp("live")
    make_directory(folder, empty_database)
    return folder


@pytest.fixture(scope="session")
def base_url(site_folder: Path) -> Iterator[str]:
    """The address of the site."""
    with serving(site_folder) as address:
        yield address


Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def _pages(browser: Browser, base_url: str) -> Iterator[dict[tuple[Any, ...], Page]]:
    opened: dict[tuple[Any, ...], Page] = {}
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture
def at_width(_pages: dict[tuple[Any, ...], Page], browser: Browser, base_url: str) -> Opener:
    """Opens a kind of page at a width (CSS pixels), in a browser kept between tests.

    Each test goes to an address of its own first, without cookies, so that nothing is
    carried over. `facts` are Playwright's own settings of a context.
    """

    def opened(kind: Kind, width: int, language: str = "", **facts: Any) -> Page:
        key = (width, *sorted(facts.items()))
        if key not in _pages:
            context = browser.new_context(
                base_url=base_url,
                locale="en-GB",
                viewport={"width": width, "height": 740},
                **facts,
            )
            _pages[key] = context.new_page()
            _pages[key].set_default_timeout(LONGEST_WAIT)
        page = _pages[key]
        page.context.clear_cookies()
        kind.open(page, language)
        return page

    return opened


@pytest.fixture
def phone(page: Page) -> Page:
    """A parent's phone, on which nothing has been opened yet."""
    page.set_default_timeout(LONGEST_WAIT)
    return page


@pytest.fixture
def no_scripts(browser: Browser, base_url: str) -> Iterator[Page]:
    """A phone on which scripts do not run."""
    context = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport=PHONE, locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(LONGEST_WAIT)
    yield page
    context.close()
