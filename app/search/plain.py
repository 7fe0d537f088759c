"""Answers from the database while there is no index: rougher, and said to be so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.listing import from_json
from app.models import PublishedListing
from app.search.bits import pack
from app.search.columns import make_columns
from app.search.criteria import Criteria, Results
from app.search.documents import Facts, Stored, facts_of
from app.search.query import answer
from app.search.slots import Role, Slot
from app.search.snapshot import Snapshot, by_name
from app.search.words import understand, understand_exactly

MOST_READ, MOST_SLOTS = 2_000, 6
"""Listings read for one search, and words asked for."""
COLUMNS = tuple(getattr(PublishedListing, name) for name in Stored._fields)


def find_plainly(session: Session, criteria: Criteria) -> Results:
    """Search the listings' words in the database. Order and counts are of those read."""
    asked = understand_exactly(criteria.text) if criteria.exact else understand(criteria.text)
    snapshot = _read(session, _conditions(asked.slots))
    results = answer(snapshot, criteria, asked, None)
    stems = {stem for slot in asked.slots for stems, _ in slot.texts for stem in stems}
    return replace(results, limited=True, words=tuple(sorted(stems)))


def has_demo(session: Session) -> bool:
    """Whether any published listing is of the demonstration directory."""
    found = select(PublishedListing.service_id).where(PublishedListing.is_demo).limit(1)
    return session.scalar(found) is not None


def _read(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Snapshot:
    """The first listings, in order of name, that meet the conditions, as rows without words."""
    statement = select(*COLUMNS).where(*conditions).order_by(PublishedListing.sort_name)
    facts: list[Facts] = []
    for row in session.execute(statement.limit(MOST_READ)):
        stored = Stored(*row)
        facts.append(facts_of(stored, from_json(stored.document)))
    columns = make_columns(facts)
    live = pack(np.ones(len(facts), np.bool_))
    return Snapshot({}, columns, live, by_name(columns.rows["name"]))


def _conditions(slots: Sequence[Slot]) -> list[ColumnElement[bool]]:
    """For each word that is required: it, or something that answers it, is in the listing."""
    telling = [slot for slot in slots if slot.role not in {Role.NEAR, Role.SAID}]
    required = [slot for slot in telling if slot.role is Role.MUST] or telling
    return [or_(*_alternatives(slot)) for slot in required[:MOST_SLOTS]]


def _alternatives(slot: Slot) -> Iterator[ColumnElement[bool]]:
    """Each way to answer a slot, as a condition on the listing's words."""
    held = PublishedListing.words
    for stems, _ in slot.texts:
        yield and_(*(held.contains(stem.removesuffix("i"), autoescape=True) for stem in stems))
    for (_, code), _ in slot.codes:
        yield held.contains(code.replace("_", " "), autoescape=True)
