"""`python -m tests.sweeps` tries the access matrix and the field-level table, and prints both."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from app import create_app
from app.config import Settings
from app.database import write
from app.operations.schema import migrate_to_newest
from app.taxonomies import sync_taxonomy
from tests.conftest import close, settings_in
from tests.sweeps.fields import Try, by_import, by_request, guarded
from tests.sweeps.matrix import Cell, cells
from tests.sweeps.world import COLUMNS, world_of

WIDTH = 10


def main() -> int:
    """Print each table and how many of its cells are as expected; 1 when one is not."""
    with tempfile.TemporaryDirectory() as folder, world_of(_empty(Path(folder))) as world:
        tried = [cell for column in COLUMNS for cell in cells(world, column)]
        tries = [*by_request(world), *by_import(world, Path(folder))]
    _print_matrix(tried)
    _print_fields(tries)
    is_right = all(cell.is_right for cell in tried) and not any(one.faults for one in tries)
    return 0 if is_right else 1


def _empty(folder: Path) -> Settings:
    settings = settings_in(folder)
    app = create_app(settings, testing=True)
    with app.app_context():
        migrate_to_newest()
        with write() as database:
            sync_taxonomy(database)
    close(app)
    return settings


def _print_matrix(tried: list[Cell]) -> None:
    """A row for each address and method, a column for each kind of person."""
    rows: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in tried:
        rows.setdefault((cell.endpoint, cell.path, cell.method), []).append(cell)
    for number, column in enumerate(COLUMNS, 1):
        print(f"{number:>3}  {column.name}")
    print(f"\n{'address':<34}{'':<7}", *(f"{n:>{WIDTH}}" for n in range(1, len(COLUMNS) + 1)))
    for (endpoint, path, method), row in rows.items():
        last = path.rpartition("/")[2]
        name = f"{endpoint} {last}" if endpoint == "provider.section" else endpoint
        print(f"{name:<34}{method:<7}", *(f"{_short(cell):>{WIDTH}}" for cell in row))
    right = sum(cell.is_right for cell in tried)
    print(f"\n{len(tried)} cells, {right} as expected, {len(tried) - right} not.")


def _print_fields(tries: list[Try]) -> None:
    """A row for each column that a provider cannot set: in how many tries it stayed as it was."""
    ways = ("form", "forged", "import")
    print(f"\n{'what a provider cannot set':<34}", *(f"{way:>{WIDTH}}" for way in ways))
    for column in map(str, guarded()):
        tried = [[one for one in tries if one.way == way and column in one.columns] for way in ways]
        print(f"{column:<34}", *(f"{len(some):>{WIDTH}}" for some in tried))
    faults = [fault for one in tries for fault in one.faults]
    print(
        "\n".join(faults), f"\n{len(guarded())} columns, {len(tries)} tries, {len(faults)} faults."
    )


def _short(cell: Cell) -> str:
    doors = {"303 /sign-in": "sign in", "303 /sign-in/second-factor": "2nd step"}
    got = doors.get(cell.got, cell.got) + ("*" if cell.wrote else "")
    return got if cell.is_right else f"{got}!"


sys.exit(main())
