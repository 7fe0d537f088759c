"""What one process has counted and not yet written, and the thread that writes it.

Counting adds to numbers in memory, so a page neither waits nor writes. Every few seconds, and
when the process ends, the numbers go to the database in one transaction. What a process that is
killed had counted in its last seconds is lost; nobody's work hangs on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Event, Lock, Thread

from flask import Flask
from sqlalchemy import Date, bindparam, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.database import write
from app.logs import log_error

WRITE_EVERY = 4.0
"""Seconds between two writes."""
MOST_WAITING = 10
"""Batches kept while the database takes none; then the oldest goes."""
ADD_DAY = text(
    "INSERT INTO day_count (service_id, day, shown, opened, contacted)"
    " SELECT service.id, :day, :shown, :opened, :contacted FROM service WHERE service.id = :id"
    " ON CONFLICT (service_id, day) DO UPDATE SET"
    " shown = day_count.shown + excluded.shown,"
    " opened = day_count.opened + excluded.opened,"
    " contacted = day_count.contacted + excluded.contacted"
).bindparams(bindparam("day", type_=Date))
"""Adds to a listing's day; a service that is gone meanwhile is left out."""
ADD_WISH = text(
    "INSERT INTO wish_count (month, locality, wish, times)"
    " VALUES (:month, :locality, :wish, :times)"
    " ON CONFLICT (month, locality, wish) DO UPDATE SET times = wish_count.times + excluded.times"
).bindparams(bindparam("month", type_=Date))


@dataclass(slots=True)
class Batch:
    """Numbers of one day: by the listing's id, and by locality and wish."""

    day: date = field(default_factory=date.today)
    shown: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)
    contacted: Counter[str] = field(default_factory=Counter)
    wishes: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not (self.shown or self.opened or self.contacted or self.wishes)

    def days(self) -> list[dict[str, object]]:
        """A row for each listing, in the order of ids: two writers then never block each other."""
        ids = sorted({*self.shown, *self.opened, *self.contacted})
        return [
            {
                "id": key,
                "day": self.day,
                "shown": self.shown[key],
                "opened": self.opened[key],
                "contacted": self.contacted[key],
            }
            for key in ids
        ]

    def months(self) -> list[dict[str, object]]:
        """A row for each locality and wish of the month."""
        month = self.day.replace(day=1)
        return [
            {"month": month, "locality": locality, "wish": wish, "times": times}
            for (locality, wish), times in sorted(self.wishes.items())
        ]


class Tally:
    """The counts of a process. Made once for each application; safe for its threads."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = Lock()
        self._batch = Batch()
        self._waiting: list[Batch] = []
        self._closed = Event()
        self._writer: Thread | None = None

    def add_shown(self, ids: Iterable[str]) -> None:
        """Each of these listings was shown in results once."""
        with self._lock:
            self._batch.shown.update(ids)

    def add_opened(self, key: str) -> None:
        """A listing's page was opened."""
        with self._lock:
            self._batch.opened[key] += 1

    def add_contacted(self, key: str) -> None:
        """A listing's telephone, mail or website was used."""
        with self._lock:
            self._batch.contacted[key] += 1

    def add_wishes(self, wishes: Iterable[tuple[str, str]]) -> None:
        """Each of these pairs of a locality and a wish was looked for once."""
        with self._lock:
            self._batch.wishes.update(wishes)

    def write_out(self) -> None:
        """Write what was counted. What cannot be written waits for the next time."""
        with self._lock:
            batch, self._batch = self._batch, Batch()
            batches, self._waiting = [*self._waiting, batch], []
        left = [item for item in batches if not item.is_empty]
        try:
            while left:
                with write() as database:
                    add_batch(database, left[0])
                left.pop(0)
        except SQLAlchemyError as error:
            log_error(error)
            with self._lock:
                self._waiting = [*left, *self._waiting][-MOST_WAITING:]

    def follow(self) -> None:
        """Write out every few seconds from now on, in a thread of this process.

        Call it in each worker, after forking.
        """
        if self._writer is None:
            self._writer = Thread(target=self._follow, name="tally-writer", daemon=True)
            self._writer.start()

    def close(self) -> None:
        """Stop, and write out what is left."""
        self._closed.set()
        if self._writer is not None:
            self._writer.join()
        with self._app.app_context():
            self.write_out()
        self._writer = None

    def _follow(self) -> None:
        while not self._closed.wait(WRITE_EVERY):
            try:
                with self._app.app_context():
                    self.write_out()
            except Exception as error:  # a dead thread would never write again
                log_error(error)


MOVE_DAYS = text(
    "INSERT INTO day_count (service_id, day, shown, opened, contacted)"
    " SELECT :kept, day, shown, opened, contacted FROM day_count WHERE service_id = :other"
    " ON CONFLICT (service_id, day) DO UPDATE SET"
    " shown = day_count.shown + excluded.shown,"
    " opened = day_count.opened + excluded.opened,"
    " contacted = day_count.contacted + excluded.contacted"
)
DROP_DAYS = text("DELETE FROM day_count WHERE service_id = :other")


def move_days(database: Session, other: str, kept: str) -> None:
    """Add what was counted of one listing to another's days, inside the caller's transaction."""
    database.execute(MOVE_DAYS, {"other": other, "kept": kept})
    database.execute(DROP_DAYS, {"other": other})


def add_batch(database: Session, batch: Batch) -> None:
    """Add the numbers of a batch to those of the database, inside the caller's transaction."""
    if days := batch.days():
        database.execute(ADD_DAY, days)
    if months := batch.months():
        database.execute(ADD_WISH, months)
