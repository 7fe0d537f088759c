"""Rows of CSV and XLSX as records named by the first row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Final

import openpyxl

from app.feeds.feed import Feed, SourceError
from app.feeds.tables import NEEDED, column_names, unknown_columns

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 1_000_000
LARGEST_UNPACKED: Final = 300 * 1024 * 1024
"""Bytes an XLSX file may unpack to."""


def rows_of_csv(text: str, feed: Feed) -> list[object]:
    """The rows of a CSV text with commas, semicolons or tabs. Raises `SourceError`."""
    csv.field_size_limit(LONGEST_CELL)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return _records(_readable(rows, feed), feed)


def _readable(rows: Iterator[list[str]], feed: Feed) -> Iterator[Sequence[object]]:
    """Rows up to the first that is broken."""
    try:
        yield from rows
    except csv.Error as fault:
        feed.ends_early(f"a row is broken ({fault}); the rows before it were read")


def rows_of_xlsx(held: bytes, feed: Feed) -> list[object]:
    """The rows of an XLSX file's first sheet. Raises `SourceError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > LARGEST_UNPACKED:
            raise SourceError("the workbook is too large when unpacked")
        book = openpyxl.load_workbook(io.BytesIO(held), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = list(islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1))
    except SourceError:
        raise
    except Exception as fault:  # the library raises whatever a damaged part leads to
        raise SourceError(f"the workbook is damaged ({type(fault).__name__})") from None
    return _records(rows, feed)


def _records(rows: Iterable[Sequence[object]], feed: Feed) -> list[object]:
    filled = (row[:MOST_COLUMNS] for row in rows if any(_cell(cell) for cell in row))
    names = column_names(next(iter(filled), ()))
    for name in NEEDED:
        if name not in names:
            raise SourceError(f"the table has no column called “{name}” in its first row")
    unknown = unknown_columns(names)
    if unknown:
        feed.problems.append(f"columns not understood: {', '.join(unknown[:20])}")
    return [dict(zip(names, map(_cell, row), strict=False)) for row in islice(filled, MOST_ROWS)]


def _cell(value: object) -> object:
    """A cell as JSON would give it: dates and times as words."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
