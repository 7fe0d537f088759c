"""What tests of the administrator's commands share."""

from __future__ import annotations

from click.testing import Result
from sqlalchemy import Table, func, select

from app.extensions import Base, db


def plain_line(result: Result) -> str:
    """The one line a failed command writes on standard error."""
    assert result.exit_code == 1, result.output
    lines = result.stderr.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("Error: ")
    return lines[0]


def count_rows() -> dict[str, int]:
    """How many rows each table has."""

    def rows(table: Table) -> int:
        return db.session.scalar(select(func.count()).select_from(table)) or 0

    return {table.name: rows(table) for table in Base.metadata.sorted_tables}
