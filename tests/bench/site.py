"""The site with one page more, as empty as can be: what any page costs here at least."""

from __future__ import annotations

from app import create_app

EMPTY = "/bench/empty"

app = create_app()


@app.get(EMPTY)
def empty() -> str:
    """Nothing, under the same hooks and headers as every page."""
    return ""
