"""Sends waiting mail by a thread of each worker, so that no request waits for a mail server."""

from __future__ import annotations

from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.logs import log_error
from app.mail import send_waiting
from app.site import current_site

LOOK_EVERY = 1.0
"""Seconds between looks."""
AFTER_TROUBLE = 30.0
"""Seconds before the next look when the database or the disk did not answer."""
SECONDS_TO_FINISH = 20


class MailSender:
    """Follows the queue of one application."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._closed = Event()
        self._thread: Thread | None = None

    def follow(self) -> None:
        """Send what waits from now on. Call it in each worker, after forking."""
        if self._thread is None:
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
                    send_waiting(current_site().settings, due_only=True)
                wait = LOOK_EVERY
            except (SQLAlchemyError, OSError) as error:
                log_error(error)
                wait = AFTER_TROUBLE
