"""What a provider reads in their mail when staff have decided: kind, plain, with a link."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from app.audit import Work
from app.mail import queue_mail
from app.models import Account, Revision, Service
from app.moderation.fields import label_of
from app.moderation.records import people_of
from app.states import STAFF_ROLES


def mail_approved(work: Work, revision: Revision, service: Service, note: str) -> None:
    """Their words are on the site."""
    if service.status == "published":
        where = work.site.address_of(url_for("directory.service", slug=service.slug))
        words = f"Good news. What you sent for “{service.name}” is on the site now:\n{where}"
    else:
        words = (
            f"What you sent for “{service.name}” is right, and we have kept it.\n"
            "The listing itself is off the site for now. We will write when it is back."
        )
    _send(work, revision, f"We have looked at “{service.name}”", [words, _note(note)])


def mail_changes(
    work: Work, revision: Revision, name: str, comments: Mapping[str, str], note: str
) -> None:
    """A few things should be otherwise first."""
    asked = "\n".join(f"- {label_of(field)}: {words}" for field, words in comments.items())
    words = [
        f"Thank you for what you sent for “{name}”.",
        "Could you change a few things before families see it?",
        asked,
        _note(note),
        f"Nothing you wrote is lost. Change it and send it again here:\n{_theirs(work, revision)}",
    ]
    _send(work, revision, f"Could you change a few things in “{name}”?", words)


def mail_rejected(work: Work, revision: Revision, name: str, reason: str) -> None:
    """It cannot go on the site, and why."""
    words = [
        f"Thank you for what you sent for “{name}”. We cannot put it on the site.",
        f"This is why:\n{reason}",
        f"What you wrote is kept here:\n{_theirs(work, revision)}",
        "If you think we are wrong, please answer this mail.",
    ]
    _send(work, revision, f"About what you sent for “{name}”", words)


def mail_taken_off(work: Work, service: Service) -> None:
    """Their listing is off the site. Why is told by a person, not by mail."""
    words = [
        f"We have taken “{service.name}” off the site for now.",
        "Somebody from the council will tell you more. You can answer this mail.",
    ]
    for address, name in _organisation(work, service.organisation_id):
        _queue(work, address, name, f"“{service.name}” is off the site for now", words)


def mail_merged(
    work: Work, kept: Service, other: Service, joined: list[Account], closed: list[Revision]
) -> None:
    """Two listings were one service: what became of theirs, and who may change it now."""
    where = work.site.address_of(url_for("directory.service", slug=kept.slug))
    began = f"“{other.name}” and “{kept.name}” were two listings of the same service."
    lost = (
        "What was being changed in the other one will not be published.\n"
        "Please look whether it is needed in the one that stays."
    )
    told = {address for address, _ in _organisation(work, kept.organisation_id)}
    told |= {account.email for account in joined}
    readers = dict(_organisation(work, other.organisation_id))
    for revision in closed:
        readers.update(_readers(work, revision))
    readers.update({account.email: account.name for account in joined})
    for address, name in readers.items():
        may = address in told or other.organisation_id == kept.organisation_id
        words = [f"{began} Families now find one:\n{where}", _who(work, kept, may_change=may)]
        _queue(work, address, name, f"“{other.name}” is one listing now",
               [*words, lost if closed else ""])  # fmt: skip
    if joined:
        _mail_new_colleagues(work, kept, joined)


def _who(work: Work, kept: Service, *, may_change: bool) -> str:
    """Who can change the listing that stays."""
    if may_change:
        address = work.site.address_of(url_for("provider.listing", service_id=kept.id))
        return f"You can change it after you sign in:\n{address}"
    return (
        f"“{kept.organisation.name}” looks after it.\n"
        "Should you be able to change it? Then please answer this mail."
    )


def _mail_new_colleagues(work: Work, kept: Service, joined: list[Account]) -> None:
    """Those who lead where people were added are told whom."""
    added = {account.email: account.name or account.email for account in joined}
    names = "\n".join(f"- {name}" for name in added.values())
    words = [
        f"We have merged another listing into “{kept.name}”.",
        f"These people can now change the listings of “{kept.organisation.name}”:\n{names}",
        "Is somebody there who should not be? Then please answer this mail.",
    ]
    for address, name in _organisation(work, kept.organisation_id):
        if address not in added:
            _queue(work, address, name, f"New colleagues for “{kept.organisation.name}”", words)


def _send(work: Work, revision: Revision, subject: str, words: list[str]) -> None:
    for address, name in _readers(work, revision):
        _queue(work, address, name, subject, words)


def _queue(work: Work, address: str, name: str, subject: str, words: list[str]) -> None:
    hello = f"Hello {name}," if name else "Hello,"
    body = "\n\n".join(part for part in (hello, *words, work.site.council.site_name) if part)
    queue_mail(work.database, work.site, subject=subject, body=f"{body}\n", to=address)


def _readers(work: Work, revision: Revision) -> list[tuple[str, str]]:
    """The author; when staff wrote on their behalf, or the author is gone, who leads there."""
    author = work.database.get(Account, revision.author_id) if revision.author_id else None
    if author is not None and not author.disabled_at and author.role not in STAFF_ROLES:
        return [(author.email, author.name)]
    return _organisation(work, revision.organisation_id)


def _organisation(work: Work, key: str) -> list[tuple[str, str]]:
    people = people_of(work.database, key)
    leads = [account for account, is_lead in people if is_lead]
    return [(item.email, item.name) for item in leads or [account for account, _ in people]]


def _note(note: str) -> str:
    return f"A note from us:\n{note}" if note else ""


def _theirs(work: Work, revision: Revision) -> str:
    return work.site.address_of(url_for("provider.changes", revision_id=revision.id))
