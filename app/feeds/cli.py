"""`feed import`: services from another directory's published feed."""

from __future__ import annotations

import sys
from datetime import date

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from app.feeds.actions import import_feed
from app.feeds.feed import Feed, SourceError, is_address
from app.feeds.reader import read_file
from app.feeds.report import Report
from app.feeds.web import read_address
from app.site import current_site

group = AppGroup("feed", help="Services from other directories’ feeds.")


@group.command("import")
@click.argument("source")
@click.option("--dry-run", is_flag=True, help="Report what would be done and change nothing.")
@click.option("--publish", is_flag=True, help="Show active services; else new ones are drafts.")
def import_(source: str, dry_run: bool, publish: bool) -> None:
    """Import SOURCE: Open Referral UK 3.0 or 1.0 JSON, CSV or XLSX; a file or a web address.

    Importing again changes only what the feed has changed. Every record, and every part of
    a record, that could not be used is reported on a line of its own.
    """
    feed = _read(source)
    report = _import(feed, publish=publish, dry_run=dry_run)
    for line in report.all_lines():
        click.echo(line)


def _read(source: str) -> Feed:
    try:
        return read_address(source) if is_address(source) else read_file(source)
    except SourceError as fault:
        raise click.ClickException(" ".join(str(fault).split())) from None


def _import(feed: Feed, *, publish: bool, dry_run: bool) -> Report:
    steps = 2 * len(feed.records)
    try:
        with click.progressbar(length=steps, label="Importing", file=sys.stderr) as bar:
            return import_feed(
                current_site(), feed, date.today(), bar.update, show=publish, dry_run=dry_run
            )
    except SQLAlchemyError as fault:
        why = f"The database cannot be written ({type(fault).__name__}); nothing was changed."
        raise click.ClickException(why) from None
