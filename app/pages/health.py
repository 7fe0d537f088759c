"""For load balancers: is the process up, and can it answer families."""

from __future__ import annotations

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.extensions import db
from app.models import PublishedListing
from app.search.engine import Search

blueprint = Blueprint("health", __name__, url_prefix="/health")
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@blueprint.get("/live")
def live() -> ResponseReturnValue:
    """The process is up."""
    return "up\n", 200, PLAIN


@blueprint.get("/ready")
def ready() -> ResponseReturnValue:
    """The database answers and the index can be read; else 503 and which of them cannot."""
    faults = [name for name, works in (("database", _database()), ("index", _index())) if not works]
    if faults:
        return f"not ready: {', '.join(faults)}\n", 503, PLAIN
    return "ready\n", 200, PLAIN


def _database() -> bool:
    try:
        db.session.execute(select(PublishedListing.service_id).limit(1))
    except SQLAlchemyError:
        return False
    return True


def _index() -> bool:
    engine: Search = current_app.extensions["search"]
    return engine.is_ready()
