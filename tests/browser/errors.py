"""Whether errors lead to what they speak of."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.signed_in import SUMMARY


def lost_errors(page: Page) -> list[str]:
    """Errors of the summary that lead to no control described by the same words."""
    summary, lost = page.locator(SUMMARY), []
    expect(summary).to_be_focused()
    for link in summary.locator("a").all():
        words = link.inner_text()
        link.press("Enter")
        target = page.locator(":focus")
        expect(target).to_be_in_viewport()
        if words not in target.evaluate(SAID_OF):
            lost.append(words)
    return lost


SAID_OF = """item => item.innerText + [item, item.closest('fieldset')].map(part =>
  (part?.getAttribute('aria-describedby') || '').split(' ').map(id =>
    document.getElementById(id)?.innerText || '').join(' ')).join(' ')"""
"""What a control says, and what a screen reader adds to it."""
