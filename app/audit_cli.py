"""`audit verify`: is the log of who did what still as it was written?"""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from app.audit import find_break
from app.extensions import db
from app.models import AuditEntry
from app.site import current_site

group = AppGroup("audit", help="The log of who did what.")


@group.command("verify")
@click.option("--count", type=click.IntRange(min=0), help="How many entries there were at least.")
def verify(count: int | None) -> None:
    """Check that no entry of the log was changed, removed, added or moved.

    A missing end shows only against COUNT, which `backup create` prints. Ends with status 1 and
    the first broken entry.
    """
    found = find_break(db.session(), current_site().settings.secret_key, count)
    if found is not None:
        raise click.ClickException(f"the log is broken at entry {found.number}: {found.fault}")
    entries = db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    click.echo(f"{entries} entries, whole.")
