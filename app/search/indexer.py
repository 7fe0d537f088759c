"""The only writer of the index: makes it from the published listings and keeps it so.

The folder holds builds (`build-…`, Whoosh's files) and `CURRENT`, a small file that names
the build in use, the change it is up to and a checksum of every file. It is replaced whole
after each commit, so a crash leaves the earlier state, and readers watch one file. One
process at a time writes, by a lock on `lock` that ends with the process.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.writing import SegmentWriter

from app.models import ChangeFeed, PublishedListing
from app.search.documents import Stored, make_schema, to_document
from app.search.snapshot import content_hashes

CURRENT, LOCK, DAMAGED = "CURRENT", "lock", "DAMAGED"
READ, COMMIT, FOLLOW = 1_000, 10_000, 500
"""Listings read at once, in one commit of a rebuild, and changes taken up at once."""
SUFFIXES = frozenset({".toc", ".trm", ".pst", ".col"})
STORED = tuple(getattr(PublishedListing, name) for name in Stored._fields)
Progress = Callable[[int], None]


class IndexDamagedError(Exception):
    """A new index that does not hold what was put into it."""


@dataclass(frozen=True, slots=True)
class State:
    """What `CURRENT` says."""

    build: str
    feed: int
    """The number of the last change of the feed that is in the index."""
    files: dict[str, int] = field(default_factory=dict)
    """Name to checksum."""


def read_state(root: Path) -> State | None:
    """The state of an index folder; None when there is no index, or none that can be trusted."""
    try:
        return State(**json.loads((root / CURRENT).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


class Indexer:
    """Writes the index of one folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def _locked(self, *, wait: bool) -> Iterator[bool]:
        """Be the only writer. Without waiting, gives False when another is at work."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / LOCK).open("w") as file:
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
        state = read_state(self._root)
        if state is None:
            return ["there is no index"]
        folder = self._root / state.build
        bad = [name for name, sum_ in state.files.items() if _checksum(folder / name) != sum_]
        if bad:
            return [f"the file {name} is damaged or missing" for name in sorted(bad)]
        held = select(PublishedListing.service_id, PublishedListing.content_hash)
        return _compare(dict(session.execute(held).all()), content_hashes(folder))

    def heal(self, session: Session) -> bool:
        """Catch up, compare, and build anew on any difference. Gives True, as `follow` does."""
        self.catch_up(session)
        if self.differences(session):
            self.rebuild(session)
        return True

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
        newest = session.scalar(select(func.max(ChangeFeed.number))) or 0
        if state is None or newest < state.feed or (self._root / DAMAGED).exists():
            return self._rebuild(session, None)
        while changes := _changes(session, state.feed):
            ids = {service_id for _, service_id in changes}
            self._apply(session, state.build, ids)
            state = self._settle(state.build, changes[-1][0], state.files)
            written += len(ids)
        return written

    def _rebuild(self, session: Session, progress: Progress | None) -> int:
        """Build anew, under the lock."""
        earlier = read_state(self._root)
        feed = session.scalar(select(func.max(ChangeFeed.number))) or 0
        folder = self._root / f"build-{time.time_ns()}"
        folder.mkdir()
        expected = _fill(create_in(folder, make_schema()), session, progress)
        if _compare(expected, content_hashes(folder)):
            shutil.rmtree(folder)
            raise IndexDamagedError("the new index does not hold what was put into it")
        self._settle(folder.name, feed, {})
        (self._root / DAMAGED).unlink(missing_ok=True)
        kept = {folder.name, earlier.build if earlier else ""}
        for old in self._root.glob("build-*"):
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)
        return len(expected)

    def _apply(self, session: Session, build: str, ids: set[str]) -> None:
        """Write these listings as they now are; those no longer published go."""
        writer = _writer(open_dir(self._root / build))
        rows = session.execute(select(*STORED).where(PublishedListing.service_id.in_(ids)))
        try:
            for service_id in ids:
                writer.delete_by_term("id", service_id)
            for row in rows:
                writer.add_document(**to_document(Stored(*row)))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _settle(self, build: str, feed: int, known: dict[str, int]) -> State:
        """Say which build is in use: what was written before is on disk first."""
        folder = self._root / build
        names = [path.name for path in folder.iterdir() if path.suffix in SUFFIXES]
        files = {name: known.get(name) or _checksum(folder / name) for name in names}
        state = State(build, feed, files)
        text = json.dumps({"build": build, "feed": feed, "files": files})
        fresh = self._root / f"{CURRENT}.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._root / CURRENT)
        return state


def _fill(index: FileIndex, session: Session, progress: Progress | None) -> dict[str, str]:
    """Write every listing, in commits of bounded size. Gives id to content hash."""
    written: dict[str, str] = {}
    last, more = "", True
    while more:
        writer = _writer(index)
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
        writer.commit(merge=False)
    return written


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


def _compare(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """How the listings of the index differ from those of the database, in plain words."""
    kinds = {
        "missing from the index": expected.keys() - found.keys(),
        "in the index only": found.keys() - expected.keys(),
        "out of date": {k for k in expected.keys() & found.keys() if expected[k] != found[k]},
    }
    return [f"{len(ids)} {kind}, such as {min(ids)}" for kind, ids in kinds.items() if ids]


def _checksum(path: Path) -> int:
    """A file's checksum, once it is safely on disk; -1 when it is not there."""
    try:
        with path.open("rb") as file:
            os.fsync(file.fileno())
            return crc32(file.read())
    except OSError:
        return -1


def _writer(index: FileIndex) -> SegmentWriter:
    """A writer of files that suit how they are read here.

    Posting lists are always read whole, so long blocks decode faster; no field keeps its
    length, so Whoosh need not look for the length of each posting; and it reads the files
    of a compound segment into memory, but those of others from disk.
    """
    codec = W3Codec(blocklimit=4096, compression=1)
    codec.length_stats = False
    return index.writer(limitmb=256, codec=codec, compound=False)
