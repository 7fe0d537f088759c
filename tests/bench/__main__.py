"""`make bench`: everything measured in one run, in one table. Never a timed test.

Machines and their neighbours differ: only the ratios, counts and bytes say something.
Fails only when the two search engines do not agree.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench.compare import UnequalError, compare
from tests.bench.directory import Directory, made_directory
from tests.bench.memory import measure_memory
from tests.bench.pages import measure_pages
from tests.bench.parts import measure_parts
from tests.bench.report import Figure, Section, table
from tests.bench.searches import draw_searches
from tests.bench.weight import measure_bytes, measure_first_visit

SERVICES, SMALL = 5_000, 1_200


def main() -> None:
    """Measure and print."""
    click.echo(f"Making a directory of {SMALL:,} services…", err=True)
    with made_directory(SMALL) as small:
        seconds = small.load_seconds + small.index_seconds
    click.echo(f"Making a directory of {SERVICES:,} services…", err=True)
    with made_directory(SERVICES) as directory:
        sections = [_making(directory, seconds), *_measured(directory)]
    click.echo(f"\n{SERVICES:,} services, {os.cpu_count()} processors. Trust ratios only.\n")
    click.echo(table(sections))


def _making(directory: Directory, small_seconds: float) -> Section:
    """How fast a directory is loaded and indexed."""
    rate = directory.services / directory.index_seconds
    return Section(
        "Making the directory",
        (
            Figure(f"{SMALL:,} services loaded and indexed", small_seconds, "s", at_most=30),
            Figure("demo load, services a second", directory.services / directory.load_seconds),
            Figure("search rebuild, listings a second", rate),
        ),
    )


def _measured(directory: Directory) -> list[Section]:
    """Every other section."""
    searches = draw_searches(directory)
    click.echo("Searching…", err=True)
    with TemporaryDirectory() as folder:
        found = compare(directory, searches, Path(folder))
    click.echo("Fetching pages…", err=True)
    return [
        found,
        measure_memory(directory, searches),
        measure_pages(directory, searches),
        measure_parts(directory, searches),
        measure_bytes(directory, searches),
        measure_first_visit(directory),
    ]


if __name__ == "__main__":
    try:
        main()
    except UnequalError as error:
        sys.exit(f"Error: the engines differ. {error}")
