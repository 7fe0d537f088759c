"""What must hold of any page, measured in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

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


def axe_faults(page: Page) -> list[str]:
    """Each fault axe finds: its rule and the parts it is in."""
    page.evaluate(f"() => {{ {AXE_SCRIPT}; {READ_COLOURS_ONCE} }}")
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(found => found.violations)", OPTIONS
    )
    return [
        f"{fault['id']}: {fault['help']}: {[node['html'][:200] for node in fault['nodes'][:3]]}"
        for fault in found
    ]


def sideways(page: Page) -> list[str]:
    """Parts that stick out of the screen, when the page scrolls sideways; else nothing."""
    return list(
        page.evaluate(
            """() => {
              const root = document.documentElement
              const most = root.clientWidth
              if (root.scrollWidth <= most && document.body.scrollWidth <= most) return []
              return [...document.querySelectorAll('body *')]
                .filter(item => item.getBoundingClientRect().right > most + 1)
                .map(item => item.outerHTML.slice(0, 120))
            }"""
        )
    )


def small_words(page: Page, least: float = 16) -> list[str]:
    """Words shown in letters smaller than `least` CSS pixels."""
    return list(
        page.evaluate(
            """least => {
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
            }""",
            least,
        )
    )


def small_targets(page: Page, least: float = 44) -> list[str]:
    """What can be pressed and is lower than `least` CSS pixels, or narrower than 24.

    The label of a tick box or radio counts as part of it. A link within a sentence is left
    out, as WCAG 2.2 does (2.5.8), and so is the skip link while it is out of sight.
    """
    return list(
        page.evaluate(
            """least => {
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
            }""",
            least,
        )
    )


def covered(page: Page) -> list[str]:
    """Controls and headings that something else lies on."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll(
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
        )
    )


@dataclass(frozen=True, slots=True)
class Tour:
    """A walk with the Tab key: how many stops it had, and what was wrong on the way."""

    stops: int
    faults: list[str]


def focus_tour(page: Page) -> Tour:
    """Press Tab from the top to the end of the page.

    Each stop must look other than it did without focus, be in sight and not covered, and
    stand after the one before, as people read: on the right of it or below, or at the top
    of the next column. Every control must be a stop.
    """
    expected = page.evaluate(REMEMBER_LOOKS)
    faults: list[str] = []
    stops = 0
    for _ in range(STOPS_INSIDE * (expected + 1)):
        page.keyboard.press("Tab")
        found = page.evaluate(LOOK_AT_FOCUS)
        if found is None:
            break
        stops += found["isNew"]
        faults += found["faults"]
    if stops != expected:
        faults.append(f"{stops} stops for {expected} controls")
    return Tour(stops, faults)


STOPS_INSIDE = 4
"""A date has as many: day, month, year and the button of its calendar."""
REMEMBER_LOOKS = """() => {
  const look = part => {
    const style = getComputedStyle(part)
    const line = style.outlineStyle === 'none' ? '' : style.outline
    const edge = parseFloat(style.borderTopWidth) ? style.borderTopColor : ''
    return [line, edge, style.boxShadow, style.backgroundColor].join(' ')
  }
  window.lookOf = item => [item, ...(item.labels || [])].map(part =>
    look(part) + getComputedStyle(part, '::before').boxShadow).join()
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
  window.scrollTo(0, 0)
  const all = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
  const chosen = radio => document.querySelector(`input[name="${radio.name}"]:checked`)
  const first = radio => document.querySelector(`input[name="${radio.name}"]`)
  const stops = [...document.querySelectorAll(all)].filter(item => item.type !== 'hidden'
    && item.checkVisibility({visibilityProperty: true})
    && (item.type !== 'radio' || item === (chosen(item) || first(item))))
  window.looks = new Map(stops.map(item => [item, window.lookOf(item)]))
  window.visited = new Set()
  window.lastPlace = null
  return stops.length
}"""
"""Keeps how every control looks without focus; gives how many there are.

A part that scrolls by itself is a stop too, so that keys can scroll it.
"""

LOOK_AT_FOCUS = """() => {
  const item = document.activeElement
  if (!item || item === document.body || item === document.documentElement) return null
  const isNew = !window.visited.has(item)
  if (!isNew && item !== window.lastItem) return null
  window.visited.add(item)
  window.lastItem = item
  const faults = []
  const name = item.outerHTML.slice(0, 120)
  if (!window.looks.has(item)) faults.push('not a control: ' + name)
  if (window.looks.get(item) === window.lookOf(item)) faults.push('looks the same: ' + name)
  const box = item.getBoundingClientRect()
  let across = 0
  let down = scrollY
  for (let part = item.parentElement; part !== document.body; part = part.parentElement) {
    across += part.scrollLeft
    down += part.scrollTop
  }
  const place = {left: box.left + across, right: box.right + across, top: box.top + down,
    bottom: box.bottom + down}
  const last = window.lastPlace
  const isUp = last && place.bottom <= last.top + 1 && place.left < last.right - 1
  const isBack = last && place.top < last.bottom - 1 && place.bottom > last.top + 1
    && place.right <= last.left + 1
  if (isUp || isBack) faults.push('out of order: ' + name)
  window.lastPlace = place
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  if (!within) faults.push('out of sight: ' + name)
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2
  const points = [...item.getClientRects()].map(one => document.elementFromPoint(
    middle(one.left, one.right, innerWidth), middle(one.top, one.bottom, innerHeight)))
  const own = [item, ...(item.labels || [])]
  const seen = points.some(top => top && own.some(part => part.contains(top) || top.contains(part)))
  if (within && !seen) faults.push('covered: ' + name)
  return {isNew, faults}
}"""
"""What is wrong with the focused control, and whether it is a new one: a date has several stops.

Null when the focus has left the page, or begins anew.
"""


def unbordered(page: Page) -> list[str]:
    """Boxes and controls that have no edge of their own, for readers who set the colours."""
    return list(
        page.evaluate(
            """() => {
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
        )
    )


def space_out(page: Page) -> None:
    """Set words as wide as WCAG 1.4.12 has it."""
    page.evaluate(
        """() => {
          for (const item of document.querySelectorAll('body, body *')) {
            item.style.lineHeight = '1.5'
            item.style.letterSpacing = '.12em'
            item.style.wordSpacing = '.16em'
          }
          for (const item of document.querySelectorAll('p')) item.style.marginBottom = '2em'
        }"""
    )


def cut_off(page: Page) -> list[str]:
    """Parts whose words do not fit and cannot be seen."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll('body *')]
              .filter(item => item.checkVisibility()
                && !item.closest('.govuk-visually-hidden, .govuk-skip-link')
                && !item.closest('svg, input, select, textarea')
                && getComputedStyle(item).clipPath === 'none'
                && ['hidden', 'clip'].includes(getComputedStyle(item).overflowX)
                && (item.scrollWidth > item.clientWidth + 1
                  || item.scrollHeight > item.clientHeight + 1))
              .map(item => item.outerHTML.slice(0, 120))"""
        )
    )


def faults(page: Page) -> dict[str, list[str]]:
    """All that is wrong with the page, by what was looked for."""
    found = {"axe": axe_faults(page)}
    return {name: items for name, items in found.items() if items} | layout_faults(page)


def layout_faults(page: Page) -> dict[str, list[str]]:
    """What hangs on the width alone: all but what axe finds."""
    found = {
        "scrolls sideways": sideways(page),
        "small targets": small_targets(page),
        "small words": small_words(page),
        "covered": covered(page),
    }
    return {name: items for name, items in found.items() if items}
