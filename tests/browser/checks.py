"""What must hold of any page, measured in the browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
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
_axe = Axe()


def axe_faults(page: Page) -> list[str]:
    """Each fault axe finds: its rule and the parts it is in."""
    found: list[dict[str, Any]] = _axe.run(page, options=OPTIONS).response["violations"]
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


def focus_marks(page: Page) -> str:
    """How the focused part looks, as one comparable text: outline, shadow, ground, edges."""
    return str(
        page.evaluate(
            """() => {
              const item = document.activeElement
              const look = part => {
                const style = getComputedStyle(part)
                return [style.outlineStyle, style.outlineColor, style.outlineWidth, style.boxShadow,
                  style.backgroundColor, style.borderColor, style.color].join(' ')
              }
              return [item, ...(item.labels || [])].map(look).join(' | ')
            }"""
        )
    )
