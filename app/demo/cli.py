"""`demo load`: a fictitious directory, the same for the same number and seed."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from app.demo.load import DEFAULT_SERVICES, load_demo
from app.site import current_site

group = AppGroup("demo", help="A fictitious directory, for trying the site out.")


@group.command("load")
@click.option(
    "--services",
    default=DEFAULT_SERVICES,
    show_default=True,
    type=click.IntRange(1, 500_000),
    help="How many services.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=int,
    help="The same seed gives the same directory.",
)
def load(services: int, seed: int) -> None:
    """Put a fictitious directory in place of the last fictitious one."""
    with click.progressbar(length=services, label="Loading services") as bar:
        count = load_demo(current_site(), services, seed, date.today(), bar.update)
    click.echo(f"Loaded {count} made-up services (seed {seed}).")
