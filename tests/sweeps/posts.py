"""A whole form for each address that takes one: sent by who may, it does what it is for.

So a cell of the matrix that is refused is refused although nothing is wrong with the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

import pyotp

from tests.pages.provider_pages import fields
from tests.sweeps.world import COLUMNS, TOTP, World

Form = Mapping[str, Any]
Maker = Callable[[World, str], Form]
"""Makes the form for an address."""
OWNER = next(column for column in COLUMNS if column.name == "lead, own")
SOON = (date.today() + timedelta(days=7)).isoformat()
ONE_OF_EACH = {
    "summary": "Other words.",
    "max_age": "17",
    "training": "First aid.",
    "when": "sunday",
    "cost_note": "Ask us.",
    "steps": "Ring us.",
    "contacts-0-hours": "Mondays",
    "space": "spaces",
}
"""Something new for each section of a listing; a form takes what is its own."""
ASKING = {"name": "Nia", "email": "nia@example.org", "words": "We run a club."}


def _is(**form: Any) -> Maker:
    """Always the same form."""
    return lambda _world, _path: form


def _filled(**changes: Any) -> Maker:
    """The form of the page itself as its owner's browser fills it in, with some changes."""

    def fill(world: World, path: str) -> Form:
        html = world.browser(OWNER).get(path).get_data(as_text=True)
        return {**fields(html), **changes}

    return fill


def _code(_world: World, _path: str) -> Form:
    return {"code": pyotp.TOTP(TOTP).now()}


NOTHING = _is()
FORMS: Final[dict[str, Maker]] = {
    "directory.report": _is(about="other", words="It is wrong."),
    "directory.contact_used": NOTHING,
    "answer.confirm": NOTHING,
    "freshness.right": NOTHING,
    "freshness.rang": NOTHING,
    "pages.feedback": _is(words="Thank you."),
    "selfcheck.start": NOTHING,
    "selfcheck.question": _is(who="me"),
    "selfcheck.safety": NOTHING,
    "selfcheck.start_again": NOTHING,
    "selfcheck.services": NOTHING,
    "moderation.take_next": NOTHING,
    "moderation.take": NOTHING,
    "moderation.hand_back": NOTHING,
    "moderation.take_request": NOTHING,
    "moderation.hand_back_request": NOTHING,
    "moderation.decide": lambda world, _path: {
        "decision": "approve",
        "tier": "universal",
        "sure": "yes",
        "saved": world.facts["saved"],
    },
    "moderation.approve_all": lambda world, _path: {
        "revision": world.facts["waits"],
        f"saved-{world.facts['waits']}": world.facts["saved"],
        "sure": "yes",
    },
    "staff_listings.back": lambda world, _path: {"seen": world.facts["version"]},
    "staff_listings.off": _is(reason="It burnt down."),
    "staff_listings.on": _is(reason="It is built again."),
    "staff_listings.marks": _is(kind="trained", given_on="2025-02-02"),
    "staff_listings.end_mark": NOTHING,
    "staff_listings.reports": _is(reason="We rang them."),
    "staff_listings.take_reports": NOTHING,
    "staff_listings.hand_back_reports": NOTHING,
    "staff_listings.merge": _is(**{"with": "quiet", "keep": "otters", "sure": "yes"}),
    "accounts.sign_in": _is(email="sam@example.org"),
    "accounts.code": _is(code="123456"),
    "accounts.link": NOTHING,
    "accounts.second_factor": _code,
    "accounts.sign_out": NOTHING,
    "joining.invitation": _is(name="Nia"),
    "joining.add_your_service": _is(**ASKING, organisation="Heron Club"),
    "joining.ours": _is(**ASKING),
    "account.show": _is(name="Another Name"),
    "account.sign_out_everywhere": NOTHING,
    "account.recovery_codes": _code,
    "colleagues.show": _is(email="mate@example.org"),
    "colleagues.remove": lambda world, _path: {"account": world.facts["mate"], "sure": "yes"},
    "colleagues.lead": lambda world, _path: {"account": world.facts["mate"], "lead": "no"},
    "colleagues.withdraw_invitation": lambda world, _path: {
        "invitation": world.facts["invitation"]
    },
    "provider.new_listing": _is(name="Heron Club"),
    "provider.begin": NOTHING,
    "provider.spaces": _is(space="full", note="", months=""),
    "provider.closed": _is(until=SOON),
    "provider.open_again": NOTHING,
    "provider.still_right": NOTHING,
    "provider.day_off": _is(on=SOON, note="Snow"),
    "provider.day_back": NOTHING,
    "provider.submit": NOTHING,
    "provider.withdraw": _is(was="draft"),
    "provider.place": _filled(name="Another Hall"),
    "provider.remove_place": _filled(),
    "provider.session": _filled(note="Bring a towel."),
    "provider.remove_session": _filled(),
    "provider.section": _filled(**ONE_OF_EACH),
    "comments.show": _is(reason="We made it faster."),
    "requests.show": _is(organisation="new"),
    "requests.refuse": _is(reason="It is not in Devon."),
    "people.invite_person": _is(email="mo@example.org", role="moderator"),
    "people.show": _is(role="moderator"),
    "people.do": NOTHING,
}
"""Endpoint to its form. An address that takes a post and is not here fails."""
