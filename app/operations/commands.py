"""`prepare`, `check`, `tidy`, `mail` and `backup`: what an administrator runs beside the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from app.mail import send_waiting
from app.operations.backup import Progress, count_entries, create_backup, restore_backup
from app.operations.checks import find_faults, find_notes
from app.operations.plain import PlainError
from app.operations.prepare import prepare_demo, prepare_index, prepare_tables, rebuild_index
from app.operations.schema import migrate_to_newest
from app.site import current_site
from app.tidying import count_old, tidy

mail = AppGroup("mail", help="The mail that waits to be sent.")
backup = AppGroup("backup", help="Copies of the database.")
A_PATH = click.Path(path_type=Path)


@click.command()
@with_appcontext
def prepare() -> None:
    """Make the site ready to serve; what is right already stays as it is.

    Makes or changes the tables, loads a made-up directory when there is none (not in
    production), and builds the search index when it is missing or differs.
    """
    prepare_tables()
    prepare_demo()
    prepare_index()


@click.command()
@with_appcontext
def check() -> None:
    """Say what makes this site unsafe to open to families; fail when anything does."""
    site = current_site()
    for note in find_notes(site):
        click.echo(f"Note: {note}.")
    faults = find_faults(site)
    for fault in faults:
        click.echo(f"Unsafe: {fault}.")
    if faults:
        raise PlainError(f"{len(faults)} to mend before families use this site.")
    click.echo("These settings are safe.")


@click.command(name="tidy")
@with_appcontext
def tidy_up() -> None:
    """Wipe what is kept only for a while and whose time is over.

    The running site does so by itself once a day. The log keeps how many of what went.
    """
    wiped: Counter[str] = Counter()
    with click.progressbar(length=count_old(), label="Wiping what is old") as bar:
        for counts in tidy(current_site()):
            wiped.update(counts)
            bar.update(sum(counts.values()))
    told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in wiped.items())
    click.echo(f"Wiped: {told or 'nothing'}.")


@mail.command("send")
def send() -> None:
    """Send what waits, once; what fails stays for the next time."""
    sent, failed = send_waiting(current_site().settings)
    click.echo(f"Sent: {sent}.")
    if failed:
        raise PlainError(f"{failed} could not be sent; they wait for the next time.")


@backup.command("create")
@click.argument("path", type=A_PATH)
def create(path: Path) -> None:
    """Copy the database to the file PATH while the site goes on working."""
    entries = count_entries()
    with _bar("Copying") as progress:
        create_backup(path, progress)
    click.echo(f"Copied to {path}.")
    click.echo(f"Its log holds at least {entries} entries: see `audit verify --count`.")


@backup.command("restore")
@click.argument("path", type=A_PATH)
def restore(path: Path) -> None:
    """Put the copy in the file PATH in the database's place.

    What was there before is kept beside it, and the search index is built anew.
    """
    with _bar("Restoring") as progress:
        kept = restore_backup(path, progress)
    migrate_to_newest()
    rebuild_index()
    click.echo(f"Restored from {path}.")
    if kept is not None:
        click.echo(f"What was there before is in {kept}.")


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A progress bar in hundredths of what is to be copied."""
    with click.progressbar(length=100, label=label) as bar:

        def tell(left: int, total: int) -> None:
            bar.update(round(100 * (total - left) / max(total, 1)) - bar.pos)

        yield tell
