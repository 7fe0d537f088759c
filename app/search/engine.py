"""The search of one process: the one thing other parts of the application speak to.

The database is the truth and the index a copy. When the index is missing or damaged the
answer comes from the database, is marked as limited, and a rebuild is asked for.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TypeVar

from flask import Flask
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.search import plain, query, text
from app.search.criteria import Criteria, Hit, Results
from app.search.explain import Reason, explain
from app.search.indexer import DAMAGED, IndexDamagedError, Indexer, Progress
from app.search.related import related
from app.search.snapshot import Snapshot, load_snapshot
from app.search.state import CURRENT, Checked, State, read_state, spoilt, stamps
from app.search.suggest import Suggestion, suggest
from app.search.towns import NO_TOWNS, Towns

LOOK_EVERY = 0.2
"""Seconds between two looks at whether the index has changed."""
FOLLOW_EVERY = 0.25
"""Seconds between two looks at whether the database has changed."""
CHECK_EVERY = 20.0
"""Seconds between two looks at whether a file of the index was spoilt since it was written."""
AFTER_TROUBLE = 5.0
"""Seconds before the next try when the index could not be brought up to date."""
IN_STEP = 5.0
"""Seconds for which the index passes for up to date after it was last brought up to date."""
TURN = 0.0005
"""Seconds after which the follower lets a search go on that waits for its turn. With Python's own
five milliseconds a search, which gives its turn away with each file and each long array, takes
seconds while index and database are compared."""
Answered = TypeVar("Answered")
log = logging.getLogger(__name__)


class Search:
    """Finds services. Made once for each application."""

    def __init__(self, app: Flask, folder: Path, towns: Towns = NO_TOWNS) -> None:
        self._app = app
        self._folder = folder
        self._towns = towns
        self._checked = Checked()
        self._indexer = Indexer(folder, self._checked)
        self._snapshot: Snapshot | None = None
        self._signature: tuple[int, int] | None = None
        self._loaded: tuple[State, dict[str, tuple[int, int]]] | None = None
        self._look_after = self._in_step_until = self._check_at = 0.0
        self._is_healed = self._is_behind = False
        self._lock = Lock()
        self._follower: Thread | None = None
        self._closed = Event()

    def find(self, criteria: Criteria) -> Results:
        """One page of services. Never raises for what was typed."""
        found = self._asked(lambda snapshot: query.find(snapshot, criteria))
        return plain.find_plainly(db.session(), criteria) if found is None else found

    def count(self, criteria: Criteria) -> int:
        """How many services `find` would find."""
        found = self._asked(lambda snapshot: query.count(snapshot, criteria))
        return plain.find_plainly(db.session(), criteria).total if found is None else found

    def explain(self, criteria: Criteria, hits: Sequence[Hit]) -> list[tuple[Reason, ...]]:
        """Why each of these hits stands where it does; nothing without an index."""
        return self._asked(lambda snapshot: explain(snapshot, criteria, hits)) or []

    def related(self, service_id: str, size: int) -> list[str]:
        """The ids of the services most like one, best first; none without an index."""
        return self._asked(lambda snapshot: related(snapshot, service_id, size)) or []

    def suggest(self, typed: str, languages: Sequence[str]) -> list[Suggestion]:
        """What may go on from what was typed; nothing without an index."""
        return self._asked(lambda snapshot: suggest(snapshot, typed, languages)) or []

    def _asked(self, ask: Callable[[Snapshot], Answered]) -> Answered | None:
        """What the index answers; None when there is none, it is damaged, or it has been left
        behind by the database."""
        snapshot = self._current()
        if snapshot is None or self._is_behind:
            return None
        try:
            return ask(snapshot)
        except Exception:  # a damaged file can make the reader raise anything
            self._distrust(snapshot)
            return None

    def counts(self) -> dict[str, dict[str, int]]:
        """How many services of the whole directory have each value of each facet."""
        snapshot = self._current()
        if snapshot is None:
            return plain.find_plainly(db.session(), Criteria(size=1)).facets
        return snapshot.facets

    def mark(self, shown: str, words: Iterable[str]) -> Markup:
        """The text made safe, with `<mark>` round the words of `Results.words`."""
        return text.mark(shown, words)

    def stems(self, shown: str) -> frozenset[str]:
        """The stems of a text: without one of `Results.words` among them `mark` marks nothing."""
        return text.shown_stems(shown)

    @property
    def demo(self) -> bool:
        """Whether any listing is of the demonstration directory."""
        snapshot = self._current()
        return plain.has_demo(db.session()) if snapshot is None else snapshot.has_demo

    @property
    def is_in_step(self) -> bool:
        """Whether the index is being followed, so that `Hit.hash` is of the listing as it is.

        A change may take a second to come through. No when nobody follows the changes, or
        they cannot be written: then only the database knows.
        """
        return time.monotonic() < self._in_step_until

    def is_ready(self) -> bool:
        """Whether there is an index that can be read."""
        return self._current() is not None

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build the index anew and swap it in. Gives the number of listings."""
        written = self._indexer.rebuild(db.session(), progress)
        self._look_after = 0.0
        return written

    def catch_up(self) -> int:
        """Index the changes that wait. Gives the number of listings written."""
        written = self._indexer.catch_up(db.session())
        self._look_after = 0.0
        return written

    def differences(self) -> list[str]:
        """How the index differs from the database, in plain words; empty when it does not."""
        return self._indexer.differences(db.session())

    def hindrance(self) -> str:
        """Why the index cannot be kept up to date; empty when it can."""
        return self._indexer.hindrance()

    def follow(self) -> None:
        """Keep the index up to date from now on, in a thread of this process.

        Call it in each worker, after forking. The workers take turns by a file lock.
        """
        if self._follower is None:
            sys.setswitchinterval(TURN)
            self._follower = Thread(target=self._follow, name="search-follower", daemon=True)
            self._follower.start()

    def close(self) -> None:
        """Stop following, and let go of the index."""
        self._closed.set()
        if self._follower is not None:
            self._follower.join()
        self._snapshot = self._follower = None

    def _follow(self) -> None:
        """Compare index and database once, then follow the changes for ever."""
        pause = FOLLOW_EVERY
        while not self._closed.wait(pause):
            try:
                with self._app.app_context():
                    self._keep_up()
                pause = FOLLOW_EVERY
            except Exception:  # whatever fails now may work soon; a dead thread never will
                log.exception("the search index could not be brought up to date")
                self._note_behind()
                pause = AFTER_TROUBLE

    def _keep_up(self) -> None:
        """Bring the index up to date, as far as that is this process's turn."""
        self._look_for_spoilt()
        work = self._indexer.follow if self._is_healed else self._indexer.heal
        if work(db.session()):
            self._in_step_until = time.monotonic() + IN_STEP
            self._is_behind = False
        self._is_healed = True
        self._current()

    def _note_behind(self) -> None:
        """Remember whether the database knows more than the index; as before when it is away."""
        with suppress(SQLAlchemyError), self._app.app_context():
            self._is_behind = self._indexer.is_behind(db.session())

    def _look_for_spoilt(self) -> None:
        """Stop using the index, now and then, when one of its files is not as it was written."""
        if time.monotonic() < self._check_at:
            return
        self._check_at = time.monotonic() + CHECK_EVERY
        state = read_state(self._folder)
        if state is not None and spoilt(self._folder, state):
            self._distrust(self._snapshot)

    def _current(self) -> Snapshot | None:
        """The newest snapshot, looking for a newer one now and then."""
        now = time.monotonic()
        if now >= self._look_after and self._lock.acquire(blocking=self._snapshot is None):
            try:
                self._look_after = now + LOOK_EVERY
                self._refresh()
            finally:
                self._lock.release()
        return self._snapshot

    def _refresh(self) -> None:
        """Load the index when its state has changed; keep the earlier one when that fails."""
        signature = self._sign()
        if signature is None or signature == self._signature:
            self._look_for_touched()
            return
        state = read_state(self._folder)
        try:
            if state is not None:
                self._loaded = state, stamps(self._folder, state)
                if self._checked.spoilt(self._folder, state):
                    raise IndexDamagedError("a file is not as it was written")
                self._snapshot = load_snapshot(
                    self._folder / state.build, state.files, self._snapshot, self._towns
                )
        except Exception:  # as in `_asked`
            self._distrust(None)
        self._signature = signature

    def _look_for_touched(self) -> None:
        """Stop using the index at once when a file that it is read from was written to.

        Nothing writes to a file twice. Those that have gone are not read any more.
        """
        if self._snapshot is None or self._loaded is None:
            return
        state, known = self._loaded
        if not stamps(self._folder, state).items() <= known.items():
            self._distrust(self._snapshot)

    def _sign(self) -> tuple[int, int] | None:
        """What tells one state of the index from another without reading it."""
        try:
            found = (self._folder / CURRENT).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino

    def _distrust(self, snapshot: Snapshot | None) -> None:
        """Stop using a damaged index and ask whoever follows the changes to build it anew."""
        log.exception("the search index is damaged; answering from the database")
        if snapshot is self._snapshot:
            self._snapshot = None
        try:
            (self._folder / DAMAGED).touch()
        except OSError:
            log.exception("the search index folder cannot be written")
