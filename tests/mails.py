"""Every mail the site writes, caused as it is caused: by its forms, and by its clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.freshness.asking import Due, ask_about
from app.freshness.stages import Stage
from app.models import OutgoingMail, PublishedListing
from app.site import current_site
from tests.sweeps.matrix import Store, ask, cells, watched
from tests.sweeps.posts import OWNER
from tests.sweeps.world import COLUMNS, World

ADMINISTRATOR = next(column for column in COLUMNS if column.name == "administrator")
OFF_WITH_MAIL = {"reason": "It burnt down.", "tell": "y"}
OTHERS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("decide", {"decision": "changes", "note": "Nearly there.", "comment-about.name": "Too long."}),
    ("decide", {"decision": "reject", "note": "It is not in Devon."}),
    ("decide", {"decision": "approve", "tier": "universal", "note": "Thank you."}),
)
"""Decisions that the matrix does not make."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody reads, and what caused it."""

    cause: str
    to: str
    subject: str
    body: str


def every_mail(world: World) -> Iterator[Mail]:
    """Every kind of mail, once or several times."""
    for column in (OWNER, ADMINISTRATOR):
        for cell in cells(world, column, methods=("POST",)):
            if "outgoing_mail" in cell.wrote:
                yield from _queued(world, cell.endpoint)
    with world.app.app_context():
        store = Store()
    path = f"/staff/revisions/{world.facts['waits']}"
    off = f"/staff/listings/{world.ids['slug']}/off"
    posts = [(f"{path}/{view}", {**form, "sure": "yes", "saved": world.facts["saved"]})
             for view, form in OTHERS]  # fmt: skip
    sign_in = ("/sign-in", {"email": world.facts["mate email"]})
    for address, form in [*posts, (off, OFF_WITH_MAIL), sign_in]:
        with watched(world) as wrote:
            assert ask(world, ADMINISTRATOR, "POST", address, form) == "303"
        yield from _queued(world, f"{address.rpartition('/')[2]} {form.get('decision', '')}")
        with world.app.app_context():
            store.put_back(frozenset(wrote))
    yield from _reminders(world)


def _reminders(world: World) -> Iterator[Mail]:
    """The usual one, and the last before a listing goes."""
    with world.app.test_request_context():
        key = str(world.ids["service_id"])
        row = db.session.get_one(PublishedListing, key)
        due = [Due(key, row.assured, stage) for stage in (Stage(6, 6), Stage(18, 17, True))]
        assert all(ask_about(current_site(), item) for item in due)
    yield from _queued(world, "reminders send")


def _queued(world: World, cause: str) -> list[Mail]:
    with world.app.app_context():
        held = select(OutgoingMail).where(
            OutgoingMail.sent_at.is_(None), OutgoingMail.id.not_in(world.facts["mails"])
        )
        return [
            Mail(cause, mail.recipient, mail.subject, mail.body)
            for mail in db.session.scalars(held)
        ]
