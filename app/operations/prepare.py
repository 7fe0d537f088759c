"""Making a site ready to serve: tables, closed lists, a directory to try out, the index.

Each step looks first and does nothing that is already right, so that starting again is quick.
"""

from __future__ import annotations

from datetime import date

import click
from flask import current_app
from sqlalchemy import func, select

from app.database import write
from app.demo.load import DEFAULT_SERVICES, load_demo
from app.extensions import db
from app.models import PublishedListing, Service
from app.operations.schema import migrate_to_newest
from app.search.engine import Search
from app.site import current_site
from app.taxonomies import sync_taxonomy

SEED = 1


def prepare_tables() -> None:
    """Give the tables their newest form and the closed lists their records."""
    if migrate_to_newest():
        click.echo("The tables are in their newest form.")
    with write() as database:
        sync_taxonomy(database)


def prepare_demo() -> None:
    """Fill an empty directory with made-up services; never in production."""
    site = current_site()
    if site.settings.is_production or db.session.scalar(select(Service.id).limit(1)):
        return
    with click.progressbar(length=DEFAULT_SERVICES, label="Loading made-up services") as bar:
        load_demo(site, DEFAULT_SERVICES, SEED, date.today(), bar.update)


def prepare_index() -> None:
    """Build the index when it is missing or differs from the database."""
    if search_engine().differences():
        rebuild_index()


def rebuild_index() -> None:
    """Build the index anew, with a progress bar."""
    listings = db.session.scalar(select(func.count(PublishedListing.service_id))) or 0
    with click.progressbar(length=listings, label="Building the search index") as bar:
        search_engine().rebuild(bar.update)


def search_engine() -> Search:
    """The search of this application."""
    engine = current_app.extensions["search"]
    assert isinstance(engine, Search)
    return engine
