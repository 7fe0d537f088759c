"""What makes a site unsafe to open to families: each fault in one line that says what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.config import DEVELOPMENT_KEY, Settings
from app.criteria.load import load_criteria
from app.extensions import db
from app.models import PublishedListing, Service
from app.operations.plain import describe
from app.operations.schema import current_revision, newest_revision, sqlite_file
from app.operations.unsettled import find_unsettled
from app.site import Site

SHORTEST_KEY = 32
MAIL_SCHEMES = {"smtp", "smtps"}


def find_faults(site: Site) -> list[str]:
    """Every reason not to open this site; empty when it may be opened."""
    return [
        *_setting_faults(site.settings),
        *_folder_faults(site.settings),
        *_database_faults(),
        *([] if site.settings.accept_unagreed_rules else _unsettled(site)),
    ]


def find_notes(site: Site) -> list[str]:
    """What the council should still settle, though the site can run without."""
    return _unsettled(site) if site.settings.accept_unagreed_rules else []


def _unsettled(site: Site) -> list[str]:
    return list(find_unsettled(load_criteria(), site.council, date.today()))


def _setting_faults(settings: Settings) -> Iterator[str]:
    if not settings.is_production:
        yield f"CONFIG is “{settings.config}”: set CONFIG=production"
    if settings.secret_key == DEVELOPMENT_KEY:
        yield "SECRET_KEY is missing: set it to a long random text"
    elif len(settings.secret_key) < SHORTEST_KEY:
        yield f"SECRET_KEY is too short: use at least {SHORTEST_KEY} characters"
    yield from _address_faults(settings)
    if current_app.debug:
        yield "debugging is on: families would see the code; unset FLASK_DEBUG"


def _address_faults(settings: Settings) -> Iterator[str]:
    if not settings.public_url:
        yield "PUBLIC_URL is missing: set it to the address families use"
    elif urlsplit(settings.public_url).scheme != "https":
        yield "PUBLIC_URL does not begin with https://"
    elif not urlsplit(settings.public_url).hostname:
        yield "PUBLIC_URL names no host"
    if urlsplit(settings.neutral_site).hostname == urlsplit(settings.public_url).hostname:
        yield "NEUTRAL_SITE is this site: give one that families can leave to"
    if not settings.mail_url:
        yield "MAIL_URL is missing: feedback would reach nobody"
    elif urlsplit(settings.mail_url).scheme not in MAIL_SCHEMES:
        yield "MAIL_URL begins with neither smtp:// nor smtps://"


def _folder_faults(settings: Settings) -> Iterator[str]:
    file = sqlite_file()
    if file is not None and not _is_writable(file.parent):
        yield "the database's folder is missing or cannot be written"
    elif file is not None and file.exists() and not os.access(file, os.W_OK):
        yield "the database's file cannot be written"
    if not _is_writable(settings.search_index):
        yield "the search index's folder is missing or cannot be written: run `prepare`"


def _is_writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _database_faults() -> Iterator[str]:
    try:
        if current_revision() != newest_revision():
            yield "the tables are not in their newest form: run `prepare`"
        elif _has_demo():
            yield "there are made-up services in the directory: start from an empty database"
    except SQLAlchemyError as error:
        yield f"the database does not answer: {describe(error)}"


def _has_demo() -> bool:
    held = select(Service.id).where(Service.source == "demo").limit(1)
    shown = select(PublishedListing.service_id).where(PublishedListing.is_demo).limit(1)
    return db.session.scalar(held) is not None or db.session.scalar(shown) is not None
