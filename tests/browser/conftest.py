"""Real browsers on the real site, one of each for a worker.

Debian's own Chromium is used. Without it these tests are skipped, and say so; with
`REQUIRE_BROWSER=1` they fail instead, so that a build cannot pass by not looking.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app import create_app
from app.site import current_site
from tests.browser.checks import HEIGHT, set_width
from tests.browser.desk import LISTINGS, Desk, make_desk
from tests.browser.kinds import Kind
from tests.browser.live import make_directory, serving
from tests.browser.signed_in import SignedIn
from tests.browser.weather import telling_the_weather
from tests.conftest import close, settings_in
from tests.databases import Template

HERE = Path(__file__).parent
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--in-process-gpu",
)
LONGEST_WAIT = 15_000
"""Milliseconds a browser waits for something before its test fails."""
expect.set_options(timeout=LONGEST_WAIT)
PHONE = {"width": 375, "height": HEIGHT}


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
    chromium: str, tmp_path_factory: pytest.TempPathFactory, demo_template: Template
) -> Path:
    """Where the site keeps its database, index and log."""
    folder = tmp_path_factory.mktemp("live")
    make_directory(folder, demo_template)
    return folder


@pytest.fixture(scope="session")
def neutral() -> Iterator[str]:
    """The address of the neutral site, to which the way out leads."""
    with telling_the_weather() as address:
        yield address


@pytest.fixture(scope="session")
def base_url(site_folder: Path, neutral: str) -> Iterator[str]:
    """The address of the site."""
    with serving(site_folder, NEUTRAL_SITE=neutral) as address:
        yield address


def slowly(*values: Any, **facts: Any) -> Any:
    """A case of a parametrised test that only the slow run looks at."""
    return pytest.param(*values, marks=pytest.mark.slow, **facts)


Opener = Callable[..., Page]


@dataclass
class Kept:
    """The browsers opened on one site: a new one costs more than all a test does with it."""

    browser: Browser
    address: str
    pages: dict[tuple[Any, ...], Page] = field(default_factory=dict)

    def page(self, width: int, **facts: Any) -> Page:
        """The browser of these settings of Playwright's, as wide as asked, without cookies."""
        key = tuple(sorted(facts.items()))
        if key not in self.pages:
            context = self.browser.new_context(base_url=self.address, locale="en-GB", **facts)
            context.set_default_timeout(LONGEST_WAIT)
            self.pages[key] = context.new_page()
        page = self.pages[key]
        set_width(page, width)
        page.context.clear_cookies()
        return page

    @contextmanager
    def phone(self, **facts: Any) -> Iterator[Page]:
        """A page of its own on a phone, for what looks back at what was open before."""
        page = self.page(PHONE["width"], **facts).context.new_page()
        page.set_viewport_size(PHONE)
        yield page
        page.close()

    def close(self) -> None:
        """Close them all."""
        for page in self.pages.values():
            page.context.close()


@pytest.fixture(scope="session")
def kept(browser: Browser, base_url: str) -> Iterator[Kept]:
    """The browsers on the site of families."""
    opened = Kept(browser, base_url)
    yield opened
    opened.close()


@pytest.fixture
def at_width(kept: Kept) -> Opener:
    """Opens a kind of page at a width (CSS pixels), in a browser kept between tests.

    Each test goes to an address of its own first, without cookies, so that nothing is
    carried over. `facts` are Playwright's own settings of a context.
    """

    def opened(kind: Kind, width: int, language: str = "", **facts: Any) -> Page:
        page = kept.page(width, **facts)
        kind.open(page, language)
        return page

    return opened


@dataclass
class DeskSite:
    """A site on which people are signed in, and the browsers that were opened on it."""

    app: Flask
    desk: Desk
    kept: Kept

    def open(self, page: Page, kind: SignedIn, language: str = "") -> None:
        """Bring a browser to a kind of page as who is signed in."""
        there = replace(kind, path=kind.path.format_map(self.desk.ids), then=None)
        if "#" in there.path:
            page.goto("about:blank")  # else it may count as the page that is open
        if kind.who:
            name, value, path = self.desk.cookie(self.app, kind.who)
            url = self.kept.address + path
            page.context.add_cookies([{"name": name, "value": value, "url": url}])
        there.open(page, language)
        path = urlsplit(there.path).path
        assert urlsplit(page.url).path == path, f"{path} led to {page.url}"
        if kind.then:
            kind.then(page)


@pytest.fixture(scope="session")
def desk_site(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, empty_database: Template
) -> Iterator[DeskSite]:
    """A site of its own with people, and work on their desks; its mail goes nowhere."""
    folder = tmp_path_factory.mktemp("desk")
    make_directory(folder, empty_database, LISTINGS)
    app = create_app(settings_in(folder), testing=True)
    with app.app_context():
        desk = make_desk(app, current_site())
        app.extensions["search"].rebuild()
    with serving(folder) as address:
        kept = Kept(browser, address)
        yield DeskSite(app, desk, kept)
        kept.close()
    close(app)


@pytest.fixture
def at_desk(desk_site: DeskSite) -> Opener:
    """Opens a kind of page at a width in the browser of who is signed in."""

    def opened(kind: SignedIn, width: int, language: str = "", **facts: Any) -> Page:
        page = desk_site.kept.page(width, **facts)
        desk_site.open(page, kind, language)
        return page

    return opened


@pytest.fixture
def phone(kept: Kept) -> Iterator[Page]:
    """A parent's phone, on which nothing has been opened yet."""
    with kept.phone() as page:
        yield page


@pytest.fixture
def no_scripts(kept: Kept) -> Iterator[Page]:
    """A phone on which scripts do not run."""
    with kept.phone(java_script_enabled=False) as page:
        yield page
