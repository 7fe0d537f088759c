"""Every kind of page, measured narrow and wide: axe, sideways scroll, targets, letters.

320 pixels is a small phone, and 1280 pixels at 400% zoom (WCAG 1.4.10).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from app.languages import LANGUAGES
from tests.browser.checks import axe_faults, sideways, small_targets, small_words
from tests.browser.conftest import Opener
from tests.browser.kinds import BY_NAME, KINDS, Kind

NARROW, WIDE = 320, 1280
BETWEEN = (375, 480, 640, 768, 960, 1920)
TRANSLATED = [code for code in LANGUAGES if code != "en"]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


def faults(page: Page) -> dict[str, list[str]]:
    """All that is wrong with the page, by what was looked for."""
    found = {
        "axe": axe_faults(page),
        "scrolls sideways": sideways(page),
        "small targets": small_targets(page),
        "small words": small_words(page),
    }
    return {name: items for name, items in found.items() if items}


@every_kind
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_kind_of_page_has_a_fault(at_width: Opener, kind: Kind, width: int) -> None:
    assert faults(at_width(kind, width)) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", BETWEEN)
def test_no_width_between_has_a_fault(at_width: Opener, kind: Kind, width: int) -> None:
    assert faults(at_width(kind, width)) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", [NARROW, 768, WIDE])
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_brings_a_fault(
    at_width: Opener, kind: Kind, width: int, language: str
) -> None:
    page = at_width(kind, width, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert faults(page) == {}


def test_the_checks_see_the_faults_they_are_for(at_width: Opener) -> None:
    page = at_width(BY_NAME["start"], NARROW)
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
          '<img src="/static/mark.svg"><hr width="900">'
          + '<p><button class="tiny">Go</button></p>')"""
    )
    page.evaluate(
        """() => { const tiny = document.querySelector('.tiny')
          for (const [name, value] of Object.entries(
            {fontSize: '9px', width: '10px', height: '10px', padding: '0'}))
            tiny.style[name] = value }"""
    )
    found = faults(page)
    assert set(found) == {"axe", "scrolls sideways", "small targets", "small words"}
    assert any("image-alt" in fault for fault in found["axe"])
