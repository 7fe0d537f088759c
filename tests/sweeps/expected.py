"""What each cell of the access matrix should answer, worked out from the one access table.

An answer is a status, and for a redirect to a door the door: `200`, `303`, `303 /sign-in`, `404`.
Nothing here is learnt from the site: what differs from the rule stands in a list with its reason.
"""

from __future__ import annotations

from app.access import RANK
from app.pdf import pdf_available
from app.states import Role
from tests.sweeps.test_access import ACCESS, LEADS_ON, PROVIDER, PUBLIC, WITHOUT_A_KEY
from tests.sweeps.world import Column

METHODS = ("GET", "HEAD", "POST", "DELETE")
"""DELETE stands for what no address takes."""
SIGN_IN, SECOND_STEP = "303 /sign-in", "303 /sign-in/second-factor"
NAMES_A_THING = frozenset({"service_id", "revision_id", "organisation_id", "organisation"})
"""Arguments that name something of an organisation."""
FOR_LEADS = {
    ("colleagues.show", "POST"),
    ("colleagues.remove", "POST"),
    ("colleagues.lead", "POST"),
    ("colleagues.withdraw_invitation", "POST"),
}
"""What of a provider's addresses only a lead may do, and staff."""
SHOWN = {
    "accounts.code": SIGN_IN,
    "selfcheck.sheet_pdf": "303" if pdf_available() else "404",
}
"""Pages that a browser that asked for no code, or has no answers, is led on from. There is no PDF
where the site can make none."""
FROM_ONE_TO_IT = "colleagues.every"
"""Who acts for one organisation is led on to it; staff act for none of their own."""
DONE = {
    "directory.contact_used": "204",
    "selfcheck.question": "400",
    "selfcheck.safety": "400",
    "selfcheck.start_again": "303",
    "selfcheck.services": "400",
    "accounts.code": SIGN_IN,
    "accounts.link": "410",
    "joining.invitation": "410",
    "answer.confirm": "410",
    "moderation.approve_all": "200",
    "account.recovery_codes": "200",
}
"""Posts that do not end in a redirect: a ping is answered with nothing, a form of the self-check
that has no answers to go with is not taken, a key that opens nothing says so, and two pages show
once what came of them (codes, and what became of several)."""
ONLY_STAFF_HAVE_CODES = "account.recovery_codes"
SHADOWED = {
    "answer.confirm": ("answer.still_right", "404"),
    "answer.still_right": ("answer.confirm", "410"),
    "provider.preview": ("provider.section", "404"),
    "provider.check_answers": ("provider.section", "404"),
    "provider.submit": ("provider.section", "404"),
    "provider.sent": ("provider.section", "404"),
    "people.invited": ("people.show", "404"),
    "joining.accepted": ("joining.invitation", "410"),
    "selfcheck.check_answers": ("selfcheck.question", "404"),
    "selfcheck.result": ("selfcheck.question", "404"),
    "selfcheck.services": ("selfcheck.question", "404"),
    "selfcheck.sheet": ("selfcheck.question", "404"),
    "selfcheck.sheet_pdf": ("selfcheck.question", "404"),
    "selfcheck.start_again": ("selfcheck.question", "404"),
}
"""Addresses that another one also fits: a method they do not take is answered there, where nothing
is called so."""


def expected(endpoint: str, method: str, column: Column, arguments: frozenset[str]) -> str:
    """The answer of one cell; `arguments`: the names of the address's arguments."""
    methods, least = ACCESS[endpoint]
    asked = "GET" if method == "HEAD" else method
    if asked not in methods:
        return _untaken(endpoint, asked, column, arguments)
    if least == PUBLIC:
        return _public(endpoint, asked, column)
    stopped = _stopped(endpoint, asked, column, arguments)
    if stopped:
        return stopped
    if endpoint == ONLY_STAFF_HAVE_CODES and not column.is_staff:
        return "303"
    if endpoint == FROM_ONE_TO_IT and not column.is_staff:
        return "303"
    return _done(endpoint) if asked == "POST" else _shown(endpoint)


def _stopped(endpoint: str, method: str, column: Column, arguments: frozenset[str]) -> str:
    """What somebody is told who may not, or nothing."""
    least = ACCESS[endpoint][1]
    if column.is_out:
        return "401" if method == "POST" else SIGN_IN
    if column.is_staff and not column.has_second_step:
        return "401" if method == "POST" else SECOND_STEP
    assert column.role is not None
    if RANK[column.role] < RANK[Role(least)]:
        return "404"
    if column.is_staff or least != PROVIDER:
        return ""
    is_others = bool(NAMES_A_THING & arguments) and not column.is_own
    is_for_leads = (endpoint, method) in FOR_LEADS and not column.is_lead
    return "404" if is_others or is_for_leads else ""


def _untaken(endpoint: str, method: str, column: Column, arguments: frozenset[str]) -> str:
    """A method that the table does not list for an address."""
    other, answer = SHADOWED.get(endpoint, ("", ""))
    if not other or method not in ACCESS[other][0]:
        return "405"
    stopped = ACCESS[other][1] != PUBLIC and _stopped(other, method, column, arguments)
    return stopped or answer


def _public(endpoint: str, method: str, column: Column) -> str:
    is_waiting = column.is_staff and not column.has_second_step
    if endpoint == "accounts.sign_in" and method == "GET" and not column.is_out:
        return SECOND_STEP if is_waiting else "303"
    if endpoint == "accounts.second_factor":
        if column.is_out:
            return SIGN_IN
        return "200" if is_waiting and method == "GET" else "303"
    return _done(endpoint) if method == "POST" else _shown(endpoint)


def _shown(endpoint: str) -> str:
    if endpoint in SHOWN:
        return SHOWN[endpoint]
    led_on = "303" if endpoint in LEADS_ON else "200"
    return str(WITHOUT_A_KEY.get(endpoint, led_on))


def _done(endpoint: str) -> str:
    return DONE.get(endpoint, "303")
