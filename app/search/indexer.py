"""The only writer of the index: makes it from the published listings and keeps it so.

The folder holds builds (`build-…`, Whoosh's files) and `CURRENT`, a small file (`state.py`)
that is replaced whole after each commit, so a crash leaves the earlier state, and readers watch
one file. One process at a time writes, by a lock on `lock` that ends with the process.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from whoosh.index import FileIndex, create_in, open_dir

from app.models import ChangeFeed, PublishedListing
from app.search.comparing import READ, Differences, differences, differences_among, unlike
from app.search.documents import Stored, make_schema, to_document
from app.search.segment import ARRAYS, write_parts
from app.search.snapshot import content_hashes
from app.search.state import Checked, State, checksum, opens, read_state, write_state
from app.search.writing import KEEP, merge_small, writing

LOCK, COMPARING, COMPARED, DAMAGED, PROBE = "lock", "comparing", "COMPARED", "DAMAGED", "probe"
COMMIT, FOLLOW = 10_000, 500
"""Listings in one commit of a rebuild, and changes taken up at once."""
ROOM = 1 << 16
"""Bytes that must fit on the disk for there to be any room."""
SUFFIXES = frozenset({".toc", ".trm", ".pst", ".col", ARRAYS})
STORED = tuple(getattr(PublishedListing, name) for name in Stored._fields)
Progress = Callable[[int], None]


class IndexDamagedError(Exception):
    """A new index that does not hold what was put into it."""


class Indexer:
    """Writes the index of one folder."""

    def __init__(self, root: Path, checked: Checked | None = None) -> None:
        self._root, self._checked = root, checked or Checked()

    @contextmanager
    def _locked(self, *, wait: bool, name: str = LOCK) -> Iterator[bool]:
        """Be the only writer. Without waiting, gives False when another is at work."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / name).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def rebuild(self, session: Session, progress: Progress | None = None) -> int:
        """Build aside, verify, swap, and keep one old build. Gives the number of listings.

        Raises `IndexDamagedError` and leaves the earlier index in use when verifying fails.
        """
        with self._locked(wait=True):
            return self._rebuild(session, progress)

    def catch_up(self, session: Session) -> int:
        """Index the changes that wait; build anew when there is no index or it is damaged, or
        when the database is another one, with fewer changes.

        Gives the number of listings written.
        """
        with self._locked(wait=True):
            return self._catch_up(session)

    def differences(self, session: Session) -> list[str]:
        """What is wrong with the index: files that changed, listings that are not alike."""
        try:
            with self._locked(wait=True):
                return differences(self._root, session).told
        except OSError:  # a folder that cannot be written can still be read
            return differences(self._root, session).told

    def hindrance(self) -> str:
        """Why the index cannot be kept up to date; empty when it can."""
        probe = self._root / PROBE
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            with probe.open("wb") as file:
                file.write(bytes(ROOM))
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            return f"the folder of the index cannot be written: {fault.strerror}"
        finally:
            with suppress(OSError):
                probe.unlink()
        return ""

    def heal(self, session: Session) -> bool:
        """Catch up, compare, and build anew on any difference. Gives True, as `follow` does.

        Workers start together, and one of them compares: the others would find the same. What
        is published meanwhile is not held up, and may look like a difference; so one is looked
        at again while nobody writes.
        """
        asked = time.time()
        with self._locked(wait=True):
            self._catch_up(session)
        with self._locked(wait=False, name=COMPARING) as is_mine:
            if is_mine and not asked <= self._compared_at() <= time.time():
                self._compare(session)
                (self._root / COMPARED).touch()
        return True

    def _compare(self, session: Session) -> None:
        """Compare index and database while others may write, and mend what differs."""
        ids = frozenset[str]()
        with suppress(OSError):  # a commit took a file away meanwhile
            told, ids = differences(self._root, session)
            if not told:
                return
        if ids:  # so that saves do not wait until all were compared again
            self._mend(session, partial(differences_among, ids))
        else:
            self._mend(session, differences)

    def _mend(self, session: Session, compare: Callable[[Path, Session], Differences]) -> None:
        """Build anew if there is any difference that no change of the feed explains."""
        with self._locked(wait=True):
            session.rollback()  # read the database as it now is
            self._catch_up(session)
            while compare(self._root, session).told:
                session.rollback()
                if not self._catch_up(session):
                    self._rebuild(session, None)
                    return

    def _compared_at(self) -> float:
        """When index and database were last compared by a process that started."""
        try:
            return (self._root / COMPARED).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def is_behind(self, session: Session) -> bool:
        """Whether the database has changes that are not in the index."""
        state = read_state(self._root)
        return state is None or _newest(session) > state.feed

    def follow(self, session: Session) -> bool:
        """Catch up, unless another process is at it. True when the index is now up to date."""
        with self._locked(wait=False) as is_mine:
            if is_mine:
                self._catch_up(session)
            return is_mine

    def _catch_up(self, session: Session) -> int:
        """Index the changes that wait, under the lock."""
        written = 0
        state = read_state(self._root)
        if state is None or _newest(session) < state.feed or (self._root / DAMAGED).exists():
            return self._rebuild(session, None)
        while changes := _changes(session, state.feed):
            if not self._is_sound(state):
                return self._rebuild(session, None)
            ids = {service_id for _, service_id in changes}
            self._apply(session, state.build, ids)
            write_parts(self._root / state.build, state.files)
            state = self._settle(state.build, changes[-1][0], state.files)
            written += len(ids)
        return written

    def _is_sound(self, state: State) -> bool:
        """Whether the build can be added to: what is spoilt would be merged with what is not."""
        return not self._checked.spoilt(self._root, state) and opens(self._root / state.build)

    def _rebuild(self, session: Session, progress: Progress | None) -> int:
        """Build anew, under the lock. What earlier tries and older builds left makes room first."""
        earlier = read_state(self._root)
        for old in self._root.glob("build-*"):
            if earlier is None or old.name != earlier.build:
                shutil.rmtree(old, ignore_errors=True)
        feed = _newest(session)
        folder = self._root / f"build-{time.time_ns()}"
        folder.mkdir()
        try:
            expected = _fill(create_in(folder, make_schema()), session, progress)
            write_parts(folder, ())
            if unlike(expected, content_hashes(folder, _names(folder))).told:
                raise IndexDamagedError("the new index does not hold what was put into it")
            self._settle(folder.name, feed, {})
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        (self._root / DAMAGED).unlink(missing_ok=True)
        return len(expected)

    def _apply(self, session: Session, build: str, ids: set[str]) -> None:
        """Write these listings as they now are; those no longer published go."""
        rows = session.execute(select(*STORED).where(PublishedListing.service_id.in_(ids)))
        with writing(open_dir(self._root / build), merge_small) as writer:
            for service_id in ids:
                writer.delete_by_term("id", service_id)
            for row in rows:
                writer.add_document(**to_document(Stored(*row)))

    def _settle(self, build: str, feed: int, known: dict[str, int]) -> State:
        """Say which build is in use: what was written before is on disk first."""
        folder = self._root / build
        files = {
            name: known.get(name) or checksum(folder / name, flush=True) or 0
            for name in _names(folder)
        }
        state = State(build, feed, files)
        write_state(self._root, state)
        return state


def _names(folder: Path) -> list[str]:
    """The files of a build."""
    return [path.name for path in folder.iterdir() if path.suffix in SUFFIXES]


def _fill(index: FileIndex, session: Session, progress: Progress | None) -> dict[str, str]:
    """Write every listing, in commits of bounded size. Gives id to content hash."""
    written: dict[str, str] = {}
    last, more = "", True
    while more:
        with writing(index, KEEP) as writer:
            for _ in range(COMMIT // READ):
                rows = _read_after(session, last)
                for row in rows:
                    writer.add_document(**to_document(row))
                    written[row.service_id] = row.content_hash
                more = len(rows) == READ
                if progress:
                    progress(len(rows))
                if not more:
                    break
                last = rows[-1].service_id
    return written


def _newest(session: Session) -> int:
    """The number of the last change."""
    return session.scalar(select(func.max(ChangeFeed.number))) or 0


def _read_after(session: Session, service_id: str) -> list[Stored]:
    """The next listings in order of id."""
    statement = select(*STORED).where(PublishedListing.service_id > service_id)
    rows = session.execute(statement.order_by(PublishedListing.service_id).limit(READ))
    return [Stored(*row) for row in rows]


def _changes(session: Session, feed: int) -> list[tuple[int, str]]:
    """The next changes after a number, in order."""
    statement = select(ChangeFeed.number, ChangeFeed.service_id).where(ChangeFeed.number > feed)
    rows = session.execute(statement.order_by(ChangeFeed.number).limit(FOLLOW))
    return list(rows)
