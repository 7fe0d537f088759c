"""The way back from a service to the search the reader came from."""

from __future__ import annotations

from urllib.parse import urlsplit


def back_address(referrer: str | None, host: str) -> str:
    """The search the reader came from, when it was on this site; else the whole directory."""
    try:
        parts = urlsplit(referrer or "")
    except ValueError:
        return "/services"
    is_search = parts.netloc == host and parts.path == "/services" and parts.query
    return f"/services?{parts.query}" if is_search else "/services"
