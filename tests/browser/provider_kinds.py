"""Every kind of page that providers meet: their listings, the sections, what cannot be saved."""

from __future__ import annotations

from tests.browser.desk import ALONE, BUSY, NEW, PRIYA, SAM
from tests.browser.kinds import open_all
from tests.browser.signed_in import (
    Doing,
    SignedIn,
    elsewhere,
    goes,
    sends,
    signed_out,
    unfold,
    wrong,
)

P = "/provider"
CHANGES, ASKED, FRESH = f"{P}/changes/{{edit}}", f"{P}/changes/{{asked}}", f"{P}/changes/{{new}}"
SENT = f"{P}/changes/{{sent}}"
LISTING = f"{P}/listings/{{rich}}"
PLACE = f"{CHANGES}/places/{{place}}"
SCRIPT = "javascript:alert(1)"


def of_priya(name: str, path: str, then: Doing | None = None, who: str = PRIYA) -> SignedIn:
    """A page in Priya's browser, unless somebody else's is named."""
    return SignedIn(name, path, then, who=who)


LISTS = (
    of_priya("dashboard", f"{P}/"),
    of_priya("dashboard-many", f"{P}/", who=BUSY),
    of_priya("dashboard-none", f"{P}/", who=NEW),
    of_priya("dashboard-nowhere", f"{P}/", who=ALONE),
    of_priya("organisation-for-staff", f"{P}/organisations/{{many_organisation}}", who=SAM),
    of_priya("new-listing", f"{P}/organisations/{{heron}}/new", who=NEW),
    wrong("new-listing", f"{P}/organisations/{{heron}}/new", sends(), NEW),
)
LISTINGS = (
    of_priya("listing", LISTING),
    of_priya("listing-spaces-said", f"{LISTING}?said=spaces"),
    of_priya("listing-bare", f"{P}/listings/{{sparse}}", who=SAM),
    of_priya("listing-long", f"{P}/listings/{{long}}", who=BUSY),
    of_priya("listing-sent", f"{P}/listings/{{stale}}", who=BUSY),
    of_priya("history", f"{LISTING}/history"),
    of_priya("history-none", f"{P}/listings/{{sparse}}/history", who=SAM),
    of_priya("numbers", f"{LISTING}/numbers"),
    of_priya("numbers-none", f"{P}/listings/{{sparse}}/numbers", who=SAM),
    of_priya("looked-for", f"{LISTING}/looked-for"),
    of_priya("looked-for-none", f"{P}/listings/{{sparse}}/looked-for", who=SAM),
    of_priya("spaces", f"{LISTING}/spaces"),
    wrong("spaces", f"{LISTING}/spaces", sends({"space": "waiting", "months": "many"}), PRIYA),
    of_priya("closed", f"{LISTING}/closed"),
    of_priya("closed-none", f"{P}/listings/{{stale}}/closed", who=BUSY),
    wrong("closed", f"{P}/listings/{{stale}}/closed", sends(), BUSY),
    wrong(
        "day-off",
        f"{P}/listings/{{stale}}/closed",
        sends(form="main form[action$='/days-off']"),
        BUSY,
    ),
)
TASKS = (
    of_priya("changes", CHANGES),
    of_priya("changes-new", FRESH),
    of_priya("changes-asked", ASKED, who=BUSY),
    of_priya("changes-sent", SENT, who=BUSY),
    of_priya("changes-refused", f"{P}/changes/{{refused}}"),
    of_priya("preview", f"{CHANGES}/preview", open_all),
    of_priya("preview-long", f"{SENT}/preview", who=BUSY),
    of_priya("preview-empty", f"{FRESH}/preview"),
    of_priya("check-answers", f"{CHANGES}/check-answers", unfold),
    of_priya("check-answers-new", f"{FRESH}/check-answers"),
    of_priya("check-answers-sent", f"{SENT}/check-answers", who=BUSY),
    wrong("check-answers", f"{FRESH}/check-answers", sends(), PRIYA),
    of_priya("sent", f"{SENT}/sent", who=BUSY),
    of_priya("sent-published", f"{P}/changes/{{approved}}/sent", who=SAM),
    of_priya("withdraw", f"{CHANGES}/withdraw"),
    of_priya("withdraw-sent", f"{SENT}/withdraw", who=BUSY),
)
SECTIONS = (
    of_priya("about", f"{CHANGES}/about"),
    of_priya("who", f"{CHANGES}/who"),
    of_priya("could", f"{CHANGES}/could"),
    of_priya("when", f"{CHANGES}/when"),
    of_priya("cost", f"{CHANGES}/cost"),
    of_priya("joining", f"{CHANGES}/joining"),
    of_priya("contact", f"{CHANGES}/contact", unfold),
    of_priya("availability", f"{FRESH}/availability"),
    of_priya("when-none", f"{FRESH}/when"),
    of_priya("about-asked", f"{ASKED}/about", unfold, who=BUSY),
    of_priya("could-asked", f"{ASKED}/could", who=BUSY),
    of_priya("contact-asked", f"{ASKED}/contact", who=BUSY),
    of_priya("place", PLACE),
    of_priya("place-new", f"{CHANGES}/places/new"),
    of_priya("place-remove", f"{PLACE}/remove"),
    of_priya("time", f"{PLACE}/times/{{time}}"),
    of_priya("time-new", f"{PLACE}/times/new?period=summer"),
    of_priya("time-remove", f"{PLACE}/times/{{time}}/remove"),
)
WRONG = (
    wrong("about", f"{CHANGES}/about", sends({"name": "", "url": SCRIPT}), PRIYA),
    wrong("who", f"{CHANGES}/who", sends({"min_age": "17", "max_age": "3"}), PRIYA),
    wrong("could", f"{CHANGES}/could", sends({"adults": "x", "send_report_url": SCRIPT}), PRIYA),
    wrong("cost", f"{CHANGES}/cost", sends({"prices-0-pounds": "six"}), PRIYA),
    wrong("joining", f"{CHANGES}/joining", sends({"steps": "word " * 700}), PRIYA),
    wrong("contact", f"{CHANGES}/contact", sends({"contacts-0-phone_0": "12"}), PRIYA),
    wrong(
        "availability", f"{FRESH}/availability", sends({"space": "waiting", "months": "x"}), PRIYA
    ),
    wrong("place", f"{CHANGES}/places/new", sends({"postcode": "nowhere"}), PRIYA),
    wrong("time", f"{PLACE}/times/new", sends({"closes": "late"}), PRIYA),
)
SAVED_MEANWHILE = {"mark": "older", "name": "My own words"}
CLASHES = (
    SignedIn("both", f"{CHANGES}/about", goes(SAVED_MEANWHILE), who=PRIYA),
    SignedIn(
        "too-late", f"{ASKED}/about#{SENT}/about", elsewhere(goes({"name": "Late"})), who=BUSY
    ),
    SignedIn("expired", f"{CHANGES}/about", signed_out(goes({"name": "Typed late"})), who=PRIYA),
)
PROVIDER = (*LISTS, *LISTINGS, *TASKS, *SECTIONS, *WRONG, *CLASHES)
