"""What staff do with a comment about the site: say that it is dealt with."""

from __future__ import annotations

from app.access import Person
from app.audit import Work, record
from app.database import now, write
from app.models import Feedback
from app.moderation.listing_actions import CannotError
from app.site import current_site


def settle_comment(person: Person, key: str, words: str) -> None:
    """Say that a comment is dealt with. Raises CannotError when it is already, or is gone."""
    with write() as database:
        comment = database.get(Feedback, key, with_for_update=True, populate_existing=True)
        if comment is None or comment.service_id is not None:
            raise CannotError("gone")
        if comment.settled_at is not None:
            raise CannotError("dealt", comment.settled_by or "")
        comment.settled_at, comment.settled_by, comment.reporter = now(), person.id, ""
        work = Work(database, current_site(), person.as_actor())
        said = {"staff_reason": words} if words else None
        record(work, "comment.settled", ("comment", comment.id), None, said)
