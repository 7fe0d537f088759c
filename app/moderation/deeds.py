"""The log in words: what each deed is called, and what it changed, in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from flask_babel import LazyString

from app.languages import gettext
from app.languages import lazy_gettext as _l
from app.models import AuditEntry
from app.moderation.fields import label_of

LONGEST_DETAIL: Final = 400
ACTIONS: Final[dict[str, LazyString]] = {
    "revision.begun": _l("Began to edit"),
    "revision.saved": _l("Saved a part"),
    "revision.submitted": _l("Sent for a look"),
    "revision.withdrawn": _l("Took back"),
    "revision.taken": _l("Took from the queue"),
    "revision.handed_back": _l("Handed back to the queue"),
    "revision.changes_asked": _l("Asked for changes"),
    "revision.rejected": _l("Said no"),
    "revision.edited": _l("Changed words before saying yes"),
    "revision.approved": _l("Said yes"),
    "revision.published_itself": _l("Published itself"),
    "listing.published": _l("Published a version"),
    "listing.updated": _l("Changed at once"),
    "listing.unpublished": _l("Took off the site"),
    "listing.shown_again": _l("Put back on the site"),
    "listing.imported": _l("Brought in from a feed"),
    "listing.merged": _l("Merged two listings"),
    "mark.given": _l("Gave a quality mark"),
    "mark.ended": _l("Ended a quality mark"),
    "reports.settled": _l("Dealt with reports"),
    "reports.taken": _l("Took reports"),
    "reports.handed_back": _l("Handed reports back"),
    "comment.settled": _l("Dealt with a comment"),
    "freshness.rang": _l("Rang, no answer"),
    "request.made": _l("Asked to join"),
    "request.taken": _l("Took a request"),
    "request.handed_back": _l("Handed a request back"),
    "request.accepted": _l("Said yes to a request"),
    "request.refused": _l("Said no to a request"),
    "organisation.made": _l("Added an organisation"),
    "membership.added": _l("Let somebody act for an organisation"),
    "membership.ended": _l("Ended acting for an organisation"),
    "membership.lead": _l("Changed who leads"),
    "invitation.sent": _l("Sent an invitation"),
    "invitation.accepted": _l("Accepted an invitation"),
    "invitation.withdrawn": _l("Took an invitation back"),
    "account.name": _l("Changed a name"),
    "account.role": _l("Changed a role"),
    "account.disabled": _l("Shut somebody out"),
    "account.enabled": _l("Let somebody in again"),
    "sign_in.asked": _l("Asked to sign in"),
    "sign_in.printed": _l("Printed a link to sign in"),
    "sign_in.used": _l("Signed in"),
    "sign_in.wrong_code": _l("Typed a wrong code"),
    "factor.set_up": _l("Set up the second step"),
    "factor.shown": _l("Showed the second step"),
    "factor.wrong": _l("Typed a wrong code at the second step"),
    "factor.recovery_used": _l("Used a recovery code"),
    "factor.new_codes": _l("Made new recovery codes"),
    "factor.reset": _l("Reset somebody’s second step"),
    "session.started": _l("Began a session"),
    "session.ended": _l("Signed out"),
    "session.all_ended": _l("Ended every session of somebody"),
    "site.tidied": _l("Wiped what is old"),
}
"""What each deed is called. A test fails for one that has no name here."""
FACTS: Final[dict[str, LazyString]] = {
    "fields": _l("fields"),
    "version": _l("version"),
    "why": _l("why"),
    "reason": _l("reason"),
    "staff_reason": _l("reason, for staff"),
    "status": _l("where it stands"),
    "assured": _l("checked on"),
    "how": _l("how"),
    "kept": _l("stays"),
    "merged": _l("went"),
    "marks": _l("marks"),
    "mark": _l("mark"),
    "people": _l("people"),
    "reports": _l("reports"),
    "given": _l("given on"),
    "ends": _l("ends on"),
    "note": _l("note"),
    "name": _l("name"),
    "role": _l("role"),
    "lead": _l("leads"),
    "account": _l("who"),
    "organisation": _l("for"),
    "kind": _l("kind"),
    "space": _l("spaces"),
    "wait_weeks": _l("weeks to wait"),
    "closed_until": _l("closed until"),
    "cancelled": _l("does not run on"),
    "runs_after_all": _l("runs after all on"),
}
"""What the facts of an entry are called; others are shown by their code."""
SHOWN_OTHERWISE = frozenset({"service"})


def words_of(action: str) -> str:
    """A deed in words; its code when it has none."""
    return str(ACTIONS.get(action, action))


def detail_of(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """Old and new in one line. `names`: of people and organisations, by their ids."""
    parts = [", ".join(_facts(text, names)) for text in (entry.old, entry.new) if text]
    return " → ".join(part for part in parts if part)[:LONGEST_DETAIL]


def ids_in(entry: AuditEntry) -> Iterator[str]:
    """The ids of people and organisations that an entry's facts name."""
    for text in (entry.old, entry.new):
        held = msgspec.json.decode(text) if text else {}
        yield from (held[key] for key in ("account", "organisation") if held.get(key))


def _facts(text: str, names: Mapping[str, str]) -> Iterator[str]:
    held: dict[str, Any] = msgspec.json.decode(text)
    for key, value in held.items():
        if key not in SHOWN_OTHERWISE and (value or value is False):
            yield f"{FACTS.get(key) or label_of(key)}: {_value(key, value, names)}"


def _value(key: str, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        said = [label_of(str(item)) if key == "fields" else str(item) for item in value]
        return ", ".join(dict.fromkeys(said))
    return names.get(str(value), str(value))
