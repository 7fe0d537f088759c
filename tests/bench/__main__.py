"""`make bench`: everything measured in one run, in one table. Never a timed test.

`python -m tests.bench [SIZE…]` measures directories of other sizes. Machines and their neighbours
differ: only the ratios, counts and bytes say something. Fails only when search engines do not
agree.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.bench.compare import UnequalError, compare
from tests.bench.criteria import measure_criteria
from tests.bench.directory import Directory, made_directory
from tests.bench.freshness import measure_freshness
from tests.bench.goals import LARGE, SMALL, USUAL
from tests.bench.memory import measure_memory
from tests.bench.pages import measure_pages
from tests.bench.parts import measure_parts
from tests.bench.questions import measure_questions
from tests.bench.report import HEAD, NOT_MEASURED, UNMET, Figure, Section, rows
from tests.bench.searches import draw_searches
from tests.bench.weight import measure_bytes, measure_first_visit
from tests.cluster import stop_cluster

QUICK = 1_200


def main(sizes: Sequence[int]) -> None:
    """Measure, and print each part of the table when it is known."""
    click.echo(f"{os.cpu_count()} processors. Trust ratios only.\n{HEAD}")
    unmet = lacking = 0
    for section in _sections(sizes):
        click.echo(rows(section))
        unmet += sum(figure.verdict == UNMET for figure in section.figures)
        lacking += sum(note.startswith(NOT_MEASURED) for note in section.notes)
    click.echo(f"\nGoals not met: {unmet}. Not measured: {lacking}.")


def _sections(sizes: Sequence[int]) -> Iterator[Section]:
    """Every section: those of each size, then those that no size changes."""
    if sizes != [LARGE]:
        yield _quickly()
    for size in sizes:
        with made_directory(size) as directory:
            yield from _measured(directory)
            if size == min(sizes) < LARGE:
                yield measure_first_visit(directory)
                yield measure_questions(directory)
                yield measure_criteria()


def _measured(directory: Directory) -> Iterator[Section]:
    """The sections of one size, one after another."""
    yield _making(directory)
    searches = draw_searches(directory)
    with TemporaryDirectory() as folder:
        yield compare(directory, searches, Path(folder))
    yield measure_memory(directory, searches)
    yield measure_pages(directory, searches)
    yield measure_parts(directory, searches)
    yield measure_bytes(directory, searches)
    yield measure_freshness(directory)


def _quickly() -> Section:
    """How long `make run` takes to fill an empty site."""
    with made_directory(QUICK) as small:
        seconds = QUICK / small.load_rate + small.index_seconds
    figure = Figure(f"{QUICK:,} services loaded and indexed", seconds, unit="s", at_most=30)
    return Section("A first start", (figure,))


def _making(directory: Directory) -> Section:
    """How fast a directory is loaded and indexed."""
    indexed = directory.services / directory.index_seconds
    figures = (
        Figure("demo load, services a second", directory.load_rate),
        Figure("search rebuild, listings a second", indexed),
    )
    return Section(f"== {directory.services:,} listings ==", figures)


if __name__ == "__main__":
    usual = [LARGE] if os.environ.get("BENCH_LARGE") == "1" else [SMALL, USUAL]
    try:
        main([int(size) for size in sys.argv[1:]] or usual)
    except UnequalError as error:
        sys.exit(f"Error: the engines differ. {error}")
    finally:
        stop_cluster()
