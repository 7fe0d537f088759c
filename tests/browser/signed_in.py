"""A kind of page that somebody signed in meets, and what can be done on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.kinds import Kind

SUMMARY = ".govuk-error-summary"
FORM = "main form[method=post]"
MAIN = ".govuk-button"
Doing = Callable[[Page], None]


@dataclass(frozen=True)
class SignedIn(Kind):
    """A kind of page, and in whose browser. `path` names ids of the desk: `{edit}`."""

    who: str = ""
    has_errors: bool = False
    """Whether it shows what is wrong, and so begins its title with “Error: ”."""


def wrong(name: str, path: str, doing: Doing, who: str = "", status: int = 200) -> SignedIn:
    """A page that shows what is wrong after something was sent from it."""
    return SignedIn(f"{name}-error", path, doing, status, who, has_errors=True)


def sends(
    fields: Mapping[str, str] | None = None, *, button: str = MAIN, form: str = FORM
) -> Doing:
    """Fill fields of a form by their names, send it, and wait for what is wrong."""

    def send(page: Page) -> None:
        fill(page, fields or {}, form)
        press(page, button, form)
        page.locator(SUMMARY).wait_for()

    return send


def goes(fields: Mapping[str, str] | None = None, *, form: str = FORM) -> Doing:
    """Fill fields of a form, send it, and come to a page with another heading."""

    def go(page: Page) -> None:
        before = page.locator("h1").inner_text()
        fill(page, fields or {}, form)
        press(page, form=form)
        expect(page.locator("h1")).not_to_have_text(before)

    return go


def reaches_sure(fields: Mapping[str, str] | None = None, *, form: str = FORM) -> Doing:
    """Fill fields of a form, send it, and come to where the site asks whether one is sure."""

    def reach(page: Page) -> None:
        fill(page, fields or {}, form)
        press(page, form=form)
        page.locator("main form [name=sure]").wait_for(state="attached")

    return reach


def fill(page: Page, fields: Mapping[str, str], form: str = FORM) -> None:
    """Type, choose or tick by the name of a field; folded parts are opened first.

    Without a value, the first of several is ticked.
    """
    if fields:
        unfold(page)
    for name, value in fields.items():
        control = page.locator(f'{form} [name="{name}"], [form][name="{name}"]')
        kind = control.first.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            wanted = f'[value="{value}"]' if value else "*"
            control.and_(page.locator(wanted)).first.check()
        elif kind == "hidden":
            control.first.evaluate("(item, value) => { item.value = value }", value)
        elif control.first.evaluate("item => item.tagName") == "SELECT":
            control.first.select_option(value)
        else:
            control.first.fill(value)


def press(page: Page, button: str = MAIN, form: str = FORM) -> None:
    """Press the form's main button, or another by its selector: its words differ by language."""
    page.locator(form).locator("button[type=submit]").and_(page.locator(button)).first.click()


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")


def elsewhere(doing: Doing, form: str = FORM) -> Doing:
    """Do something after the form is aimed at the address behind the page's “#”.

    So a page comes about that else needs two people at once: the address was right a moment ago.
    """

    def aimed(page: Page) -> None:
        page.locator(form).first.evaluate("item => { item.action = location.hash.slice(1) }")
        doing(page)

    return aimed


def signed_out(doing: Doing) -> Doing:
    """Do something after the session has ended."""

    def late(page: Page) -> None:
        page.context.clear_cookies()
        doing(page)

    return late
