"""A site that has nothing to do with ours, to which the way out leads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CALM = "Rain later"


class Weather(BaseHTTPRequestHandler):
    """Tells the weather, and remembers what it was told."""

    told: list[tuple[str, str | None]] = []

    def do_GET(self) -> None:
        """A page about the weather."""
        if self.path == "/weather":
            self.told.append((self.path, self.headers.get("Referer")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Weather</title><h1>{CALM}</h1>".encode())

    def log_message(self, *_facts: Any) -> None:
        """Say nothing."""


@contextmanager
def telling_the_weather() -> Iterator[str]:
    """Serve the weather; gives the address of its page. A browser may keep a line to it open."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}/weather"
    server.shutdown()
    server.server_close()
    thread.join()
