"""What must hold of any page, measured in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

HEIGHT = 740
NARROW, WIDE = 320, 1280
"""A small phone, which is also 1280 pixels at 400% zoom (WCAG 1.4.10); a usual screen."""
OF_EACH_LAYOUT = (NARROW, 768, WIDE)
"""One width of each layout: what axe looks at, and where longer words may not fit."""
WIDTHS = (NARROW, 375, 480, 640, 768, 960, WIDE, 1920)
"""All that is looked at."""
LEVELS = (
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
)
"""WCAG A and AA up to 2.2, and what axe advises beyond it. No rule is turned off."""
OPTIONS = {"runOnly": {"type": "tag", "values": list(LEVELS)}, "resultTypes": ["violations"]}
READ_COLOURS_ONCE = """
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map()
  colour.parseString = function (text) {
    if (known.has(text)) Object.assign(this, known.get(text))
    else {
      parse.call(this, text)
      const {red, green, blue, alpha} = this
      known.set(text, {red, green, blue, alpha})
    }
    return this
  }
"""
"""A page has a dozen colours, and axe reads each thousands of times: a third of all its work."""


REPEATED = "li[data-service]:nth-child(n + 6), tbody tr:nth-child(n + 9)"
"""Cards and rows that are made like those before them."""


def axe_faults(page: Page, besides: str = "") -> list[str]:
    """Each fault axe finds: its rule and the parts it is in; `besides` are parts to leave out."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {AXE_SCRIPT}; {READ_COLOURS_ONCE} }}")
    found: list[dict[str, Any]] = page.evaluate(
        "([besides, options]) => axe.run({exclude: besides}, options).then(it => it.violations)",
        [[besides] if besides else [], OPTIONS],
    )
    return [
        f"{fault['id']}: {fault['help']}: {[node['html'][:200] for node in fault['nodes'][:3]]}"
        for fault in found
    ]


SIDEWAYS = """() => {
  const root = document.documentElement
  const most = root.clientWidth
  if (root.scrollWidth <= most && document.body.scrollWidth <= most) return []
  return [...document.querySelectorAll('body *')]
    .filter(item => item.getBoundingClientRect().right > most + 1)
    .map(item => item.outerHTML.slice(0, 120))
}"""
"""Parts that stick out of the screen, when the page scrolls sideways; else nothing."""

SMALL_WORDS = """(least = 16) => {
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const item = walker.currentNode.parentElement
    const words = walker.currentNode.data.trim()
    if (!words || !item.checkVisibility()) continue
    const size = parseFloat(getComputedStyle(item).fontSize)
    if (size < least) found.push(`${size}px ${words.slice(0, 60)}`)
  }
  const wordless = ['hidden', 'checkbox', 'radio']
  for (const item of document.querySelectorAll('input, select, textarea, button')) {
    const size = parseFloat(getComputedStyle(item).fontSize)
    if (item.checkVisibility() && !wordless.includes(item.type) && size < least)
      found.push(`${size}px ${item.outerHTML.slice(0, 60)}`)
  }
  return found
}"""
"""Words shown in letters smaller than 16 CSS pixels."""

SMALL_TARGETS = """(least = 44) => {
  const isInline = item => getComputedStyle(item).display === 'inline'
  const inSentence = item => item.tagName === 'A' && isInline(item)
    && [...item.parentElement.childNodes].some(
      node => node.nodeType === 3 && node.data.trim().length > 1)
  const box = item => {
    const parts = [item, ...(item.labels || [])]
    const boxes = parts.map(part => part.getBoundingClientRect())
    const top = Math.min(...boxes.map(one => one.top))
    const bottom = Math.max(...boxes.map(one => one.bottom))
    const left = Math.min(...boxes.map(one => one.left))
    const right = Math.max(...boxes.map(one => one.right))
    return [right - left, bottom - top]
  }
  const all = 'a[href], button, input, select, textarea, summary'
  return [...document.querySelectorAll(all)]
    .filter(item => item.type !== 'hidden'
      && item.checkVisibility({visibilityProperty: true})
      && !item.matches('.govuk-skip-link:not(:focus)') && !inSentence(item))
    .map(item => [item, ...box(item)])
    .filter(([, width, height]) => height < least - .5 || width < 24)
    .map(([item, width, height]) =>
      `${width.toFixed(0)} × ${height.toFixed(0)} ${item.outerHTML.slice(0, 120)}`)
}"""
"""What can be pressed and is lower than 44 CSS pixels, or narrower than 24.

The label of a tick box or radio counts as part of it. A link within a sentence is left
out, as WCAG 2.2 does (2.5.8), and so is the skip link while it is out of sight.
"""

COVERED = """() => [...document.querySelectorAll(
    'h1, h2, h3, a[href], button, input, select, textarea, summary')]
  .filter(item => item.type !== 'hidden'
    && item.checkVisibility({visibilityProperty: true})
    && !item.closest('.govuk-visually-hidden, .govuk-skip-link'))
  .filter(item => {
    item.scrollIntoView({block: 'center', behavior: 'instant'})
    const own = [item, ...(item.labels || [])]
    return ![...item.getClientRects()].some(box => {
      const top = document.elementFromPoint(
        box.left + box.width / 2, box.top + box.height / 2)
      return top && own.some(part => part.contains(top) || top.contains(part))
    })
  })
  .map(item => item.outerHTML.slice(0, 120))"""
"""Controls and headings that something else lies on. Scrolls the page."""

UNBORDERED = """() => {
  const boxes = '.card, .could, .door, .chip, .panel, .tiles a, .way, .note, .row, '
    + '.btn, .govuk-button, .govuk-input, .govuk-select, .govuk-textarea, '
    + '.govuk-error-summary, .tool > summary, .letters a'
  const edged = item => {
    const style = getComputedStyle(item)
    return ['Top', 'Bottom', 'Left', 'Right'].every(side =>
      style[`border${side}Style`] !== 'none'
      && parseFloat(style[`border${side}Width`]) >= 1
      && style[`border${side}Color`] !== style.backgroundColor)
  }
  return [...document.querySelectorAll(boxes)]
    .filter(item => item.checkVisibility() && !edged(item))
    .map(item => item.outerHTML.slice(0, 120))
}"""
"""Boxes and controls that have no edge of their own, for readers who set the colours."""

CUT_OFF = """() => [...document.querySelectorAll('body *')]
  .filter(item => item.checkVisibility()
    && !item.closest('.govuk-visually-hidden, .govuk-skip-link')
    && !item.closest('svg, input, select, textarea')
    && getComputedStyle(item).clipPath === 'none'
    && ['hidden', 'clip'].includes(getComputedStyle(item).overflowX)
    && (item.scrollWidth > item.clientWidth + 1
      || item.scrollHeight > item.clientHeight + 1))
  .map(item => item.outerHTML.slice(0, 120))"""
"""Parts whose words do not fit and cannot be seen."""

SPACE_OUT = """() => {
  for (const item of document.querySelectorAll('body, body *')) {
    item.style.lineHeight = '1.5'
    item.style.letterSpacing = '.12em'
    item.style.wordSpacing = '.16em'
  }
  for (const item of document.querySelectorAll('p')) item.style.marginBottom = '2em'
}"""
"""Set words as wide as WCAG 1.4.12 has it."""

LAYOUT = {
    "scrolls sideways": SIDEWAYS,
    "small targets": SMALL_TARGETS,
    "small words": SMALL_WORDS,
    "covered": COVERED,
}
"""What hangs on the width."""
Faults = dict[str, list[str]]


def look(page: Page, wanted: Mapping[str, str]) -> Faults:
    """What these find in the page, asked in one go; those that find nothing are left out."""
    asked = ", ".join(f"{json.dumps(name)}: ({find})()" for name, find in wanted.items())
    found: Faults = page.evaluate(f"() => ({{{asked}}})")
    return {name: items for name, items in found.items() if items}


def faults(page: Page, besides: str = "") -> Faults:
    """All that is wrong with the page as it stands, by what was looked for."""
    found = {"axe": items} if (items := axe_faults(page, besides)) else {}
    return found | layout_faults(page)


def layout_faults(page: Page) -> Faults:
    """What hangs on the width alone: all but what axe finds."""
    return look(page, LAYOUT)


def sideways(page: Page) -> list[str]:
    """Parts that stick out of the screen, when the page scrolls sideways; else nothing."""
    return list(page.evaluate(SIDEWAYS))


def cut_off(page: Page) -> list[str]:
    """Parts whose words do not fit and cannot be seen."""
    return list(page.evaluate(CUT_OFF))


def in_other_colours(page: Page) -> Faults:
    """What loses its edge when a reader sets the colours."""
    page.emulate_media(forced_colors="active")
    found = look(page, {"no edge in other colours": UNBORDERED})
    page.emulate_media(forced_colors="none")
    return found


def spaced_out(page: Page) -> Faults:
    """What is lost when a reader spaces out the words. They stay so."""
    page.evaluate(SPACE_OUT)
    return look(page, {"scrolls sideways spaced out": SIDEWAYS, "cut off spaced out": CUT_OFF})


def set_width(page: Page, width: int) -> None:
    """Make the window so wide, and as high as all are."""
    page.set_viewport_size({"width": width, "height": HEIGHT})


def all_round(page: Page, usual: int = NARROW) -> Faults:
    """As it comes in its usual width, in a reader's own colours, in the other width, spaced out.

    Of long lists axe looks at the beginning; in the slow run (`at_widths`) at all of them.
    """
    found = faults(page, REPEATED) | in_other_colours(page)
    other = NARROW + WIDE - usual
    set_width(page, other)
    found |= {f"{name} at {other}": items for name, items in layout_faults(page).items()}
    set_width(page, NARROW)
    return found | spaced_out(page)


def at_widths(page: Page, widths: Iterable[int]) -> dict[int, Faults]:
    """What is wrong in each of these widths; axe looks at one of each layout."""
    found = {}
    for width in widths:
        set_width(page, width)
        found[width] = faults(page) if width in OF_EACH_LAYOUT else layout_faults(page)
    return {width: wrong for width, wrong in found.items() if wrong}
