"""Sends waiting mail by a thread of each worker, so that no request waits for a mail server.

Once a day the same thread wipes what is kept only for a while. Several workers may do so at once.
"""

from __future__ import annotations

import time
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.logs import log_error
from app.mail import send_waiting
from app.site import current_site
from app.tidying import tidy

LOOK_EVERY = 1.0
"""Seconds between looks."""
AFTER_TROUBLE = 30.0
"""Seconds before the next look when the database or the disk did not answer."""
SECONDS_TO_FINISH = 20
FIRST_TIDYING, TIDY_EVERY = 600.0, 86_400.0
"""Seconds after the start, when families no longer wait for it, and from then on."""


class MailSender:
    """Follows the queue of one application, and tidies up."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._closed = Event()
        self._thread: Thread | None = None
        self._tidy_at = 0.0

    def follow(self) -> None:
        """Send what waits from now on. Call it in each worker, after forking."""
        if self._thread is None:
            self._tidy_at = time.monotonic() + FIRST_TIDYING
            self._thread = Thread(target=self._follow, name="mail-sender", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Finish the mail at hand, and stop."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(SECONDS_TO_FINISH)
        self._thread = None

    def _follow(self) -> None:
        wait = LOOK_EVERY
        while not self._closed.wait(wait):
            try:
                with self._app.app_context():
                    send_waiting(
                        current_site().settings, due_only=True, is_over=self._closed.is_set
                    )
                    self._tidy_daily()
                wait = LOOK_EVERY
            except (SQLAlchemyError, OSError) as error:
                log_error(error)
                wait = AFTER_TROUBLE

    def _tidy_daily(self) -> None:
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_EVERY
        for _counts in tidy(current_site()):
            if self._closed.is_set():
                return
