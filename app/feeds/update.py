"""Bringing a stored service into step with a feed, touching only what differs."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.extensions import Base
from app.feeds.ids import is_from_feed
from app.models import Attribute, Contact, Service, ServiceAtLocation, SupportAnswer

PARTS: Final[dict[type[Base], tuple[str, ...]]] = {
    Service: (
        *("attributes", "answers", "costs", "places"),
        *("areas", "contacts", "languages", "funding"),
    ),
    ServiceAtLocation: ("location", "schedules"),
    Contact: ("phones",),
}
"""The relationships a feed fills, of each kind of record."""
ONE_OF_A_KIND: Final[dict[type[Base], str]] = {Attribute: "term_id", SupportAnswer: "feature"}
"""Of which fact a service has only one: a person's word on it stands."""


def update(database: Session, held: Base, wanted: Base) -> bool:
    """Copy onto `held` what differs in `wanted`; True when anything did.

    Facts that `wanted` does not set stay as they are.
    """
    said = wanted.__dict__
    changed = False
    for name in inspect(type(wanted)).column_attrs.keys():  # noqa: SIM118 - not a mapping
        if name in said and getattr(held, name) != said[name] and not name.endswith("_id"):
            setattr(held, name, said[name])
            changed = True
    for name in PARTS.get(type(wanted), ()):
        if name in said:
            changed |= _update_part(database, getattr(held, name), said[name])
    return changed


def _update_part(database: Session, held: Any, wanted: Any) -> bool:
    if isinstance(held, list):
        items = list(wanted)
        wanted.clear()  # an item still tied to its unsaved owner would bring that along
        return _update_list(database, held, items)
    return update(database, held, wanted)


def _update_list(database: Session, held: list[Base], wanted: list[Base]) -> bool:
    """Drop what the feed brought and no longer has, change what differs, add what is new."""
    changed = False
    new_ids = {_id(item) for item in wanted}
    for item in list(held):
        if is_from_feed(_id(item)) and _id(item) not in new_ids:
            _drop(database, held, item)
            changed = True
    by_id = {_id(item): item for item in held}
    own = {_fact(item) for item in held if not is_from_feed(_id(item))} - {None}
    for item in wanted:
        if _id(item) in by_id:
            changed |= update(database, by_id[_id(item)], item)
        elif _fact(item) not in own:
            held.append(item)
            changed = True
    return changed


def _drop(database: Session, held: list[Base], item: Base) -> None:
    """Take an item away; a place takes its location with it."""
    held.remove(item)
    if isinstance(item, ServiceAtLocation):
        database.delete(item.location)


def _id(item: Any) -> str:
    return str(item.id)


def _fact(item: Base) -> str | None:
    name = ONE_OF_A_KIND.get(type(item))
    return str(getattr(item, name)) if name else None
