"""`make bench`: everything measured in one run, in one table. Never a timed test.

Machines and their neighbours differ: only the ratios, counts and bytes say something.
Fails only when the two search engines do not agree.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench.compare import UnequalError, compare
from tests.bench.criteria import measure_criteria
from tests.bench.directory import Directory, made_directory
from tests.bench.memory import measure_memory
from tests.bench.pages import measure_pages
from tests.bench.parts import measure_parts
from tests.bench.questions import measure_questions
from tests.bench.report import HEAD, UNMET, Figure, Section, rows
from tests.bench.searches import draw_searches
from tests.bench.weight import measure_bytes, measure_first_visit

SERVICES, SMALL = 5_000, 1_200


def main() -> None:
    """Measure, and print each part of the table when it is known."""
    click.echo(f"{SERVICES:,} services, {os.cpu_count()} processors. Trust ratios only.")
    click.echo("Making directories takes the first minute.\n", err=True)
    with made_directory(SMALL) as small:
        seconds = small.load_seconds + small.index_seconds
    click.echo(HEAD)
    unmet = 0
    with made_directory(SERVICES) as directory:
        for section in _measured(directory, seconds):
            click.echo(rows(section))
            unmet += sum(figure.verdict == UNMET for figure in section.figures)
    click.echo(f"\nGoals not met: {unmet}.")


def _measured(directory: Directory, small_seconds: float) -> Iterator[Section]:
    """Every section, one after another."""
    yield _making(directory, small_seconds)
    searches = draw_searches(directory)
    with TemporaryDirectory() as folder:
        yield compare(directory, searches, Path(folder))
    yield measure_memory(directory, searches)
    yield measure_pages(directory, searches)
    yield measure_parts(directory, searches)
    yield measure_bytes(directory, searches)
    yield measure_first_visit(directory)
    yield measure_questions(directory)
    yield measure_criteria()


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


if __name__ == "__main__":
    try:
        main()
    except UnequalError as error:
        sys.exit(f"Error: the engines differ. {error}")
