"""A walk through a page with the Tab key, watched from inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Tour:
    """A walk with the Tab key: how many stops it had, and what was wrong on the way."""

    stops: int
    faults: list[str]


STOPS_INSIDE = 4
"""A date has as many: day, month, year and the button of its calendar."""


def focus_tour(page: Page) -> Tour:
    """Press Tab from the top to the end of the page.

    Each stop must look other than it did without focus, be in sight and not covered, and
    stand after the one before, as people read: on the right of it or below, or at the top
    of the next column. Every control must be a stop.
    """
    expected = page.evaluate(REMEMBER_LOOKS)
    page.evaluate(f"() => {{ const look = {LOOK_AT_FOCUS}; {WATCH_THE_KEY} }}")
    seen: dict[str, Any] = {}
    for _ in range(STOPS_INSIDE):
        for _ in range(expected + 2):
            page.keyboard.press("Tab")
        seen = page.evaluate("window.tour")
        if seen["isOver"]:
            break
    faults = list(seen["faults"])
    if seen["stops"] != expected:
        faults.append(f"{seen['stops']} stops for {expected} controls")
    return Tour(seen["stops"], faults)


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

WATCH_THE_KEY = """
  const tour = window.tour = {stops: 0, faults: [], isBegun: false, isOver: false}
  const watch = event => {
    if (event.key !== 'Tab' || tour.isOver) return
    const found = tour.isBegun && look()
    tour.isOver = tour.isBegun && !found
    tour.isBegun = true
    if (!found) return
    tour.stops += found.isNew
    tour.faults.push(...found.faults)
  }
  window.removeEventListener('keydown', window.watchOfTour, true)
  window.watchOfTour = watch
  window.addEventListener('keydown', watch, true)
"""
"""Looks at each stop when the key is pressed to leave it: the page has come to rest by then."""
