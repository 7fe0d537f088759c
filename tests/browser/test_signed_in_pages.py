"""Every kind of page that providers and staff meet, measured as all other pages are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from app.languages import LANGUAGES
from tests.browser.account_kinds import ACCOUNT
from tests.browser.checks import faults
from tests.browser.conftest import Opener
from tests.browser.provider_kinds import PROVIDER
from tests.browser.signed_in import SignedIn
from tests.browser.staff_kinds import STAFF

NARROW, WIDE = 320, 1280
BETWEEN = (375, 480, 640, 768, 960, 1920)
TRANSLATED = [code for code in LANGUAGES if code != "en"]
KINDS = (*ACCOUNT, *PROVIDER, *STAFF)
BY_NAME = {kind.name: kind for kind in KINDS}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
NO_PAGES = {"freshness.csv"}
"""What is fetched, and no page."""
DOORS = ("accounts.", "joining.", "answer.")
"""Pages that anyone may open, and only who signs in or keeps a listing has reason to."""


def frame_faults(page: Page, kind: SignedIn) -> list[str]:
    """What is wrong with the heading and the title."""
    headings = [words.strip() for words in page.locator("h1").all_inner_texts()]
    if len(headings) != 1:
        return [f"{len(headings)} main headings"]
    start = f"Error: {headings[0]}" if kind.has_errors else headings[0]
    title = page.title()
    return [] if title.startswith(start) else [f"the title is “{title}”, not “{start}”"]


@every_kind
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_of_providers_or_staff_has_a_fault(
    at_desk: Opener, kind: SignedIn, width: int
) -> None:
    page = at_desk(kind, width)
    assert faults(page) == {}
    assert frame_faults(page, kind) == []
