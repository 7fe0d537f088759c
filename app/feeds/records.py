"""From any JSON value to one service as this project understands it, or a plain refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.feeds import oruk1, oruk3, tables
from app.feeds.clean import line, shorten
from app.feeds.feed import Feed
from app.feeds.fields import Fields
from app.feeds.incoming import Incoming
from app.feeds.notes import Notes, RefusedError


@dataclass(frozen=True, slots=True)
class Read:
    """One record as read: what it comes to, or why it is refused."""

    number: int
    external_id: str
    name: str
    notes: Notes
    incoming: Incoming | None
    refused: str = ""


def read_records(feed: Feed, today: date) -> Iterator[Read]:
    """Every record of a feed in order. Never raises for what a record holds."""
    for number, raw in enumerate(feed.records, 1):
        yield read_record(raw, number, today, is_table=feed.is_table)


def read_record(raw: object, number: int, today: date, *, is_table: bool = False) -> Read:
    """One record."""
    notes = Notes()
    if not isinstance(raw, Mapping):
        return Read(number, "", "", notes, None, "it is not a record with named fields")
    fields = Fields(raw, notes)
    try:
        incoming = _reader(raw, is_table)(fields, today)
    except RefusedError as why:
        return Read(number, _short(raw.get("id")), _short(raw.get("name")), notes, None, str(why))
    return Read(number, incoming.external_id, incoming.name, notes, incoming)


def _reader(raw: Mapping[str, object], is_table: bool) -> Callable[[Fields, date], Incoming]:
    if is_table:
        return tables.read
    return oruk3.read if oruk3.fits(raw) else oruk1.read


def _short(value: object) -> str:
    return shorten(line(value), 60) if isinstance(value, str) else ""
