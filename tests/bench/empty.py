"""A page as empty as can be: what any page of the site costs at least."""

from __future__ import annotations

from flask import Flask

EMPTY = "/bench/empty"


def add_empty_page(app: Flask) -> Flask:
    """The application with that page: nothing, under the same hooks and headers as all."""

    @app.get(EMPTY)
    def empty() -> str:
        return ""

    return app
