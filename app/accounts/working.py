"""One write transaction of a view, by whoever is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.access import current_person
from app.audit import NOBODY, Work
from app.database import write
from app.site import current_site


@contextmanager
def working(organisation: str = "") -> Iterator[Work]:
    """A transaction and who works in it. `organisation`: whom staff act for."""
    person = current_person()
    actor = person.as_actor(organisation) if person else NOBODY
    with write() as database:
        yield Work(database, current_site(), actor)
