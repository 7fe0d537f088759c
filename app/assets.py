"""Addresses of static files that carry a fingerprint, so that they can be kept for a year."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask

STATIC = Path(__file__).parent / "static"


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """The address of a file under `app/static`. Raises FileNotFoundError when there is none."""
    digest = blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


def init_assets(app: Flask) -> None:
    """Give templates `static_url`."""
    app.jinja_env.globals["static_url"] = static_url
