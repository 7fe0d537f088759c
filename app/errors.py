"""What a reader sees when something is not there or goes wrong."""

from __future__ import annotations

from flask import Flask, Response, current_app, make_response, render_template, request
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from app.access import typed_here
from app.database import NotSavedError
from app.logs import SELF_CHECK, log_error

AGAIN_AFTER = 120
"""Seconds after which a page that could not be shown or saved may be asked for again."""
OWN_PAGES = {400, 403, 404, 405, 413, 429, 500, 503}


def show_error(error: HTTPException) -> Response | HTTPException:
    """A plain page for each error; what is not an error (a redirect) passes through.

    What the error tells a program (`Allow`, `Retry-After`) stays in the headers.
    """
    code = error.code or 500
    if code < 400:
        return error
    shown = code if code in OWN_PAGES else (404 if code < 500 else 500)
    response = make_response(render_template("errors/error.html", code=shown), code)
    told = error.get_headers(request.environ)
    response.headers.extend((name, value) for name, value in told if name != "Content-Type")
    return response


def show_crash(error: Exception) -> Response | HTTPException:
    """Log what broke, without the address's query, and say sorry in a page of its own."""
    log_error(error)
    if current_app.testing:
        raise error
    return show_error(InternalServerError())


def show_not_saved(error: SQLAlchemyError) -> Response | HTTPException:
    """Nothing can be saved now: all that was typed is kept on the page, to be sent again.

    Where a page was only to be read, the database is away, and may be back in a moment.
    """
    log_error(error)
    if request.method != "POST" and not isinstance(error, NotSavedError):
        return show_error(ServiceUnavailable(retry_after=AGAIN_AFTER))
    typed = [] if request.path.startswith(SELF_CHECK) else typed_here()
    response = make_response(render_template("errors/not_saved.html", typed=typed), 503)
    response.headers["Retry-After"] = str(AGAIN_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def init_errors(app: Flask) -> None:
    """Handle every error of every route."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(NotSavedError, show_not_saved)
    app.register_error_handler(OperationalError, show_not_saved)
    app.register_error_handler(Exception, show_crash)
