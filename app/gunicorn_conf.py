"""How gunicorn serves the site: `gunicorn --config python:app.gunicorn_conf wsgi:app`.

From the environment: `PORT` (8000) on this machine only, `WORKERS` (2), `PROXIES` (0), the
number of servers in front whose word about a visitor's address is believed. No line of any
log holds what a visitor typed: no query, referrer, form or unknown address.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import Any
from urllib.parse import quote

from gunicorn.glogging import Logger

from app.config import SettingError, read_settings
from app.council import CouncilFileError, load_council
from app.counting import STORE as TALLY
from app.logs import log_error, log_event, quiet_path
from app.search.meanings import load_meanings

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WORKERS") or 2)
worker_class = "gthread"
threads = 4
"""A slow telephone then holds up one thread, not a whole worker."""
timeout = 60
keepalive = 5
preload_app = False
"""Each worker makes its own connections and follows the index by a thread of its own."""
limit_request_line = 0
"""Gunicorn's own 4 kB would answer a long search with a bare page; a proxy sets the limit."""
forwarded_allow_ips = "127.0.0.1" if os.environ.get("PROXIES", "0") != "0" else ""
control_socket_disable = True
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(L)s"

SWEEPS = (20_000, 20, 50)
"""After how many new objects memory is swept, and how many such sweeps before a larger one."""

SAFE_STARTS = (
    "Starting gunicorn",
    "Listening at",
    "Using worker",
    "Booting worker",
    "Worker exiting",
    "Worker (pid:",
    "WORKER TIMEOUT",
    "Handling signal",
    "Shutting down",
    "Hang up",
    "Connection in use",
    "Can't connect to",
    "Retrying in",
)
"""What gunicorn says of itself. Any other message may quote a request."""


class WithoutWords(logging.Filter):
    """Lets through what gunicorn says of itself; of anything else only the kind."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write the line as it is; if not, a line without words takes its place."""
        if record.exc_info and record.exc_info[1] is not None:
            log_error(record.exc_info[1])
            return False
        if str(record.msg).startswith(SAFE_STARTS):
            return True
        log_event("server", record.levelname)
        return False


class QuietLogger(Logger):
    """Gunicorn's logs without anything a visitor typed."""

    def setup(self, cfg: Any) -> None:
        """Set the logs up as gunicorn does, and put the filter before the error log."""
        super().setup(cfg)
        for old in list(self.error_log.filters):
            self.error_log.removeFilter(old)
        self.error_log.addFilter(WithoutWords())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What a line may hold: no address when the answer is an error, for it may be anything."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        is_error = str(atoms["s"]) >= "400"
        path = quiet_path(environ.get("PATH_INFO") or "-")
        path = "-" if is_error else quote(path, errors="replace")
        return {key: atoms[key] for key in ("t", "m", "s", "B", "L")} | {"U": path}


logger_class = QuietLogger


def on_starting(_server: Any) -> None:
    """Refuse to start, in one plain line, with settings that cannot be right.

    The words that families use are read here, once, and not by each worker on its own: it
    takes a second, in which a worker could not take up what is published.
    """
    try:
        load_council(read_settings().council)
    except (SettingError, CouncilFileError) as error:
        sys.exit(f"Error: {error}")
    load_meanings()


def post_worker_init(worker: Any) -> None:
    """Let each worker follow changes to the directory, send mail, and sweep its memory seldom.

    The code and the index are half a million objects that stay: looking through them again
    and again for rubbish held up one page in twenty.
    """
    worker.wsgi.extensions["search"].follow()
    worker.wsgi.extensions[TALLY].follow()
    worker.wsgi.extensions["mail-sender"].follow()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SWEEPS)


def worker_exit(_server: Any, worker: Any) -> None:
    """Let a worker that stops write out its counts and finish the mail it is sending."""
    application = getattr(worker, "wsgi", None)
    if application is not None:
        application.extensions[TALLY].close()
        application.extensions["mail-sender"].close()
