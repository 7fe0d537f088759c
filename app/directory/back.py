"""The way back from a service to the search the reader came from."""

from __future__ import annotations

from urllib.parse import urlsplit


def back_address(referrer: str | None, host: str) -> str:
    """The search the reader came from, when it was on this site; else the whole directory."""
    try:
        parts = urlsplit(referrer or "")
    except ValueError:
        return "/services"
    if parts.netloc == host and parts.path == "/services":
        return f"/services?{parts.query}" if parts.query else "/services"
    return "/services"
