"""Every kind of page for getting in and for one's own account and colleagues."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.desk import ADA, ALONE, BUSY, HALFWAY, NEW, PRIYA, SAM, UNSET, WAITING
from tests.browser.signed_in import SignedIn, press, sends, unfold, wrong

MOST_TRIES = 11
"""More than are allowed in a quarter of an hour, even when one ends meanwhile."""


def until_too_often(page: Page) -> None:
    """Try a wrong code until the site asks to wait."""
    code = page.locator("main input[name=code]:not([type=hidden])")
    for _ in range(MOST_TRIES):
        code.fill("000000")
        press(page)
        page.wait_for_load_state()
        if not code.count():
            return
    raise AssertionError("tried for ever")


COLLEAGUES = "/provider/colleagues"
JOIN, OURS = "/add-your-service", "/services/rich/ours"
FACTOR = "/sign-in/second-factor"
DOORS = (
    SignedIn("sign-in", "/sign-in"),
    wrong("sign-in", "/sign-in", sends({"email": "nobody"})),
    SignedIn("code", "/sign-in/code?next=/provider/", who=WAITING),
    wrong("code", "/sign-in/code", sends(), WAITING),
    SignedIn("link", "/sign-in/{link}"),
    SignedIn("link-own", "/sign-in/{link}", who=WAITING),
    SignedIn("link-dead", "/sign-in/no-such-link", status=410),
    SignedIn("second-factor", FACTOR, unfold, who=HALFWAY),
    wrong("second-factor", FACTOR, sends(), HALFWAY),
    SignedIn("wait", FACTOR, until_too_often, who=HALFWAY),
    SignedIn("set-up", FACTOR, unfold, who=UNSET),
    wrong("set-up", FACTOR, sends(), UNSET),
    SignedIn("sign-out", "/sign-out", who=PRIYA),
    SignedIn("signed-out", "/sign-out"),
)
JOINING = (
    SignedIn("invitation", "/invitation/{invitation}"),
    wrong("invitation", "/invitation/{invitation}", sends()),
    SignedIn("invitation-known", "/invitation/{invitation_known}"),
    SignedIn("invitation-dead", "/invitation/no-such-word", status=410),
    SignedIn("invitation-accepted", "/invitation/accepted", who=PRIYA),
    SignedIn("add-your-service", JOIN),
    wrong("add-your-service", JOIN, sends()),
    SignedIn("add-your-service-thanks", f"{JOIN}/thank-you"),
    SignedIn("ours", OURS),
    wrong("ours", OURS, sends()),
)
OWN = (
    SignedIn("account", "/account", who=PRIYA),
    SignedIn("account-long", "/account", who=BUSY),
    SignedIn("account-of-staff", "/account", who=ADA),
    wrong("account", "/account", sends({"name": ""}), PRIYA),
    SignedIn("recovery-codes", "/account/recovery-codes", who=SAM),
    wrong("recovery-codes", "/account/recovery-codes", sends(), SAM),
)
PLACES = (
    SignedIn("colleagues-of-none", COLLEAGUES, who=ALONE),
    SignedIn("colleagues-of-several", COLLEAGUES, who=BUSY),
    SignedIn("colleagues", f"{COLLEAGUES}/{{rich_organisation}}?done=invited", who=PRIYA),
    SignedIn("colleagues-for-staff", f"{COLLEAGUES}/{{sparse_organisation}}", who=SAM),
    SignedIn("colleagues-not-led", f"{COLLEAGUES}/{{long_organisation}}", who=BUSY),
    wrong("colleagues", f"{COLLEAGUES}/{{rich_organisation}}", sends(), PRIYA),
    wrong(
        "colleagues-last-lead",
        f"{COLLEAGUES}/{{heron}}",
        sends(button="[name=lead][value=no] ~ button"),
        NEW,
    ),
)
ACCOUNT = (*DOORS, *JOINING, *OWN, *PLACES)
