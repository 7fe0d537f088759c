"""Every kind of page, measured narrow and wide: axe, sideways scroll, targets, letters.

320 pixels is a small phone, and 1280 pixels at 400% zoom (WCAG 1.4.10).
"""

from __future__ import annotations

import pytest

from app.languages import LANGUAGES
from tests.browser.checks import faults, focus_tour, layout_faults
from tests.browser.conftest import HEIGHT, Opener
from tests.browser.kinds import BY_NAME, KINDS, Kind

NARROW, WIDE = 320, 1280
OTHERS = (375, 480, 640, 768, 960, WIDE, 1920)
TRANSLATED = [code for code in LANGUAGES if code != "en"]
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


@every_kind
def test_no_kind_of_page_has_a_fault(at_width: Opener, kind: Kind) -> None:
    """Narrow, and then made wide. The slow ones open each anew at every width."""
    page = at_width(kind, NARROW)
    assert faults(page) == {}
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    assert layout_faults(page) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("width", OTHERS)
def test_no_other_width_has_a_fault(at_width: Opener, kind: Kind, width: int) -> None:
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
        """() => {
          const main = document.querySelector('main')
          main.insertAdjacentHTML('beforeend', '<img src="/static/mark.svg"><hr width="900">'
            + '<p><button class="tiny">Go</button></p><div class="lid"></div>')
          const style = (item, facts) => Object.assign(main.querySelector(item).style, facts)
          style('.tiny', {fontSize: '9px', width: '10px', height: '10px', padding: '0'})
          style('.lid', {position: 'fixed', inset: '0', background: 'white'})
        }"""
    )
    found = faults(page)
    assert set(found) == {"axe", "scrolls sideways", "small targets", "small words", "covered"}
    assert any("image-alt" in fault for fault in found["axe"])


def test_the_walk_with_the_tab_key_sees_the_faults_it_is_for(at_width: Opener) -> None:
    page = at_width(BY_NAME["start"], NARROW)
    page.evaluate(
        """() => {
          const plain = document.querySelector('.brand')
          Object.assign(plain.style, {background: 'red', outline: 'none', boxShadow: 'none'})
          document.querySelector('#age').tabIndex = -1
          document.querySelector('.ways a').style.order = 2
          document.querySelector('.tiles').style.direction = 'rtl'
        }"""
    )
    seen = " ".join(focus_tour(page).faults)
    for fault in ('looks the same: <a class="brand', "out of order", "stops for"):
        assert fault in seen
