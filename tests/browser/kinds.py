"""Every kind of page a family can meet, and how to come to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.listings import LONG, ONLY_ONE, RICH, SPARSE, STALE, WITHHELD

NOTHING = f"/services?q={ONLY_ONE}&tier=specialist"
"""A search that no listing meets: the only one with the word is not of that tier."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: its name in reports, its address, and what to do once there."""

    name: str
    path: str
    then: Callable[[Page], None] | None = None
    status: int = 200

    def open(self, page: Page, language: str = "") -> None:
        """Bring a browser to it. Fails when the site does not answer as it should."""
        joint = "&" if "?" in self.path else "?"
        path = f"{self.path}{joint}lang={language}" if language else self.path
        response = page.goto(path)
        assert response is not None
        assert response.status == self.status, f"{path}: {response.status}"
        if self.then:
            self.then(page)


def open_filters(page: Page) -> None:
    """Unfold the filter panel, where it is folded, and everything in it."""
    summary = page.locator("details.filters > summary")
    if summary.is_visible():
        summary.click()
    for more in page.locator("details.filters details:not([open]) > summary").all():
        if more.is_visible():
            more.click()


def open_all(page: Page) -> None:
    """Unfold every folded part that shows its summary."""
    for summary in page.locator("main details:not([open]) > summary").all():
        if summary.is_visible():
            summary.click()


def unfold_all(page: Page) -> None:
    """Unfold everything at once: there is a lot of it."""
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")


def send_nothing(page: Page) -> None:
    """Send the form of the page as it is, and wait for what is wrong."""
    page.locator("main form button[type=submit]").click()
    page.locator(".govuk-error-summary").wait_for()


def report(page: Page) -> None:
    """Report what is wrong with a listing and come to the thanks."""
    page.locator("main input[type=radio]").first.check()
    send_words(page)


def send_words(page: Page) -> None:
    """Write a few words, send them and come to the thanks."""
    page.locator("main textarea").first.fill("The times have changed.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/thank-you*")


KINDS = (
    Kind("start", "/"),
    Kind("what-is-hard", "/what-is-hard"),
    Kind("results-all", "/services"),
    Kind("results-many", "/services?q=swimming&near=Exeter&age=9"),
    Kind(
        "results-filtered", "/services?near=EX4&within=20&tier=targeted&tier=universal&need=autism"
    ),
    Kind("results-open", "/services?q=club&near=Exeter&tier=universal", open_filters),
    Kind("results-everything-open", "/services?q=club&near=Exeter", open_all),
    Kind("results-one", f"/services?q={ONLY_ONE}"),
    Kind("results-long-name", "/services?q=storytelling+brothers"),
    Kind("results-last-page", "/services?page=12"),
    Kind("results-nothing", NOTHING),
    Kind("results-help", "/services?q=I+cant+cope+respite"),
    Kind("results-nothing-help", "/services?q=social+worker&tier=specialist&age=25"),
    Kind("results-nothing-understood", "/services?q=xylophonequartz"),
    Kind("results-place-problem", "/services?q=swimming&near=ZZ99+9ZZ"),
    Kind("results-problems", "/services?q=swimming&near=ZZ99+9ZZ&age=200"),
    Kind("results-miles-problem", "/services?near=Exeter&within=far"),
    Kind("results-notes", "/services?tier=unheard&sort=odd&page=99"),
    Kind("service-rich", f"/services/{RICH}"),
    Kind("service-rich-open", f"/services/{RICH}", open_all),
    Kind("service-sparse", f"/services/{SPARSE}"),
    Kind("service-withheld", f"/services/{WITHHELD}"),
    Kind("service-stale", f"/services/{STALE}"),
    Kind("service-long-name", f"/services/{LONG}"),
    Kind("browse", "/browse"),
    Kind("browse-letter", "/browse/s"),
    Kind("browse-no-names", "/browse/x"),
    Kind("report", f"/services/{LONG}/wrong"),
    Kind("report-errors", f"/services/{RICH}/wrong", send_nothing),
    Kind("report-thanks", f"/services/{RICH}/wrong", report),
    Kind("feedback", "/feedback"),
    Kind("feedback-errors", "/feedback", send_nothing),
    Kind("feedback-thanks", "/feedback", send_words),
    Kind("about", "/about"),
    Kind("privacy", "/about/privacy"),
    Kind("cookies", "/about/cookies"),
    Kind("accessibility", "/about/accessibility"),
    Kind("how-we-decide", "/about/how-we-decide"),
    Kind("how-we-decide-open", "/about/how-we-decide", unfold_all),
    Kind("short-breaks-statement", "/about/short-breaks-statement"),
    Kind("short-breaks-statement-open", "/about/short-breaks-statement", unfold_all),
    Kind("not-found", "/nowhere", status=404),
)
BY_NAME = {kind.name: kind for kind in KINDS}
