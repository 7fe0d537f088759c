"""Pages of the bench alone: what any page costs at least, and what one worker finds."""

from __future__ import annotations

import os

from flask import Flask, request

from app.search.criteria import Criteria

EMPTY, SEEN = "/bench/empty", "/bench/seen"


def add_empty_page(app: Flask) -> Flask:
    """The application with these pages, under the same hooks and headers as all."""

    @app.get(EMPTY)
    def empty() -> str:
        return ""

    @app.get(SEEN)
    def seen() -> str:
        """The worker that answers, and how many services it finds for a word."""
        found = app.extensions["search"].count(Criteria(text=request.args["q"], exact=True))
        return f"{os.getpid()} {found}"

    return app
