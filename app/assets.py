"""Addresses of static files that carry a fingerprint, so that they can be kept for a year."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask
from markupsafe import Markup

STATIC = Path(__file__).parent / "static"


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """The address of a file under `app/static`. Raises FileNotFoundError when there is none."""
    digest = blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


@lru_cache(maxsize=512)
def icon(name: str, kind: str = "") -> Markup:
    """An icon of the one sprite, hidden from screen readers: its words stand beside it."""
    classes = f"i {kind}" if kind else "i"
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        classes, static_url("icons.svg"), name
    )


def init_assets(app: Flask) -> None:
    """Give templates `static_url` and `icon`."""
    app.jinja_env.globals.update(static_url=static_url, icon=icon)
