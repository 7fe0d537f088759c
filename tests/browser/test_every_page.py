"""Every kind of page, measured narrow and wide: axe, sideways scroll, targets, letters.

320 pixels is a small phone, and 1280 pixels at 400% zoom (WCAG 1.4.10).
"""

from __future__ import annotations

import pytest

from app.languages import LANGUAGES
from tests.browser.checks import (
    NARROW,
    OF_EACH_LAYOUT,
    WIDTHS,
    all_round,
    at_widths,
    faults,
    in_other_colours,
    spaced_out,
)
from tests.browser.conftest import Opener, slowly
from tests.browser.kinds import BY_NAME, KINDS, Kind
from tests.browser.touring import focus_tour

TRANSLATED = [code for code in LANGUAGES if code != "en"]
LIKE_ANOTHER = {
    "results-all",
    "results-open",
    "results-one",
    "results-place-problem",
    "results-miles-problem",
    "results-nothing-help",
    "service-rich",
    "browse-letter",
    "how-we-decide",
    "short-breaks-statement",
}
"""Kinds whose parts all stand on another kind too: looked at by the slow run alone."""
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
one_of_each = pytest.mark.parametrize(
    "kind",
    [
        slowly(kind, id=kind.name)
        if kind.name in LIKE_ANOTHER
        else pytest.param(kind, id=kind.name)
        for kind in KINDS
    ],
)


@one_of_each
def test_no_kind_of_page_has_a_fault(at_width: Opener, kind: Kind) -> None:
    """Narrow, in a reader's own colours, wide, and spaced out."""
    assert all_round(at_width(kind, NARROW)) == {}


@pytest.mark.slow
@every_kind
def test_no_width_has_a_fault(at_width: Opener, kind: Kind) -> None:
    assert at_widths(at_width(kind, NARROW), WIDTHS) == {}


@pytest.mark.slow
@every_kind
@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_brings_a_fault(at_width: Opener, kind: Kind, language: str) -> None:
    page = at_width(kind, NARROW, language=language)
    assert page.locator("html").get_attribute("lang") == language
    assert at_widths(page, OF_EACH_LAYOUT) == {}


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


def test_the_checks_for_readers_own_settings_see_the_faults_they_are_for(at_width: Opener) -> None:
    page = at_width(BY_NAME["start"], NARROW)
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
          '<p class="card edgeless"><b class="box">Some words in a box of their size</b></p>')"""
    )
    page.evaluate(
        """() => {
          const box = document.querySelector('.box')
          document.querySelector('.edgeless').style.border = 'none'
          const facts = {display: 'inline-block', overflow: 'hidden', whiteSpace: 'nowrap'}
          Object.assign(box.style, facts)
          box.style.width = `${box.offsetWidth}px`
        }"""
    )
    assert set(in_other_colours(page)) == {"no edge in other colours"}
    assert set(spaced_out(page)) == {"cut off spaced out"}
    assert not page.evaluate("matchMedia('(forced-colors: active)').matches")


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
