"""What a reader sees when something is not there or goes wrong."""

from __future__ import annotations

from flask import Flask, current_app, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

from app.logs import log_error

OWN_PAGES = {400, 403, 404, 405, 413, 429, 500, 503}


def show_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    """A plain page for each error; what is not an error (a redirect) passes through."""
    code = error.code or 500
    if code < 400:
        return error
    shown = code if code in OWN_PAGES else (404 if code < 500 else 500)
    return render_template("errors/error.html", code=shown), code


def show_crash(error: Exception) -> tuple[str, int]:
    """Log what broke, without the address's query, and say sorry in a page of its own."""
    log_error(error)
    if current_app.testing:
        raise error
    page = show_error(InternalServerError())
    assert isinstance(page, tuple)
    return page


def init_errors(app: Flask) -> None:
    """Handle every error of every route."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(Exception, show_crash)
