"""Logs that hold no word a family typed: routes, not addresses; errors without values.

One JSON line an event on standard error. An error's report names its type and the places
in the code it came through; its message is left out, since it may quote what was typed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog
from flask import Flask, has_request_context, request

SELF_CHECK = "/self-check"
QUIET = (SELF_CHECK, "/sign-in", "/invitation", "/still-right")
"""Addresses whose ends say what a family answered, or open a door."""


def init_logs(app: Flask) -> None:
    """Send the process's logs to standard error as JSON lines."""
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.logger.handlers.clear()
    root = logging.getLogger()
    if not any(isinstance(handler, PlainHandler) for handler in root.handlers):
        root.addHandler(PlainHandler())


def log_error(error: BaseException) -> None:
    """Report an unexpected error: what kind, where in the code, on which route."""
    log_event("error", "ERROR", kind=type(error).__name__, at=_places(error), **_where())


def log_event(event: str, level: str = "INFO", **facts: Any) -> None:
    """Write one line. Never pass what a family typed."""
    structlog.get_logger().msg(event, level=level, **facts)


def _where() -> dict[str, str]:
    if not has_request_context():
        return {}
    route = str(request.url_rule or "-")
    return {"method": request.method, "route": quiet_path(route)}


def quiet_path(path: str) -> str:
    """A path as a log may hold it: which question a family was at can say what it answered."""
    return next((start for start in QUIET if path.startswith(f"{start}/")), path)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


class PlainHandler(logging.Handler):
    """Takes what the application and its libraries log, keeping only the kind of event."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write where a record came from; never its message."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            log_error(error)
        else:
            log_event("log", record.levelname, source=f"{record.module}:{record.lineno}")
