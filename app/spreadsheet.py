"""Tables as CSV that a spreadsheet opens as text, whatever a cell begins with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(name: str, rows: Iterable[Sequence[str | int]]) -> Response:
    """An answer that a browser keeps as a file of this name; the first row holds the heads."""
    written = StringIO()
    csv.writer(written).writerows([_safe(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _safe(cell: str | int) -> str | int:
    """The cell, after an apostrophe when a spreadsheet would take it for a formula."""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(STARTS_A_FORMULA):
        return f"'{cell}"
    return cell
