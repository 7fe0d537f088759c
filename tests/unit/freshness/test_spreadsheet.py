"""A cell of a table is words, whatever it begins with."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from app.freshness.table import share
from app.spreadsheet import csv_file


def read_back(cell: str | int) -> str:
    text = csv_file("a.csv", [["head"], [cell]]).get_data(as_text=True)
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))[1][0]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\r=x", " =1", "\u00a0=1", '=HYPERLINK("x")']
)
def test_a_formula_is_told_as_words(cell: str) -> None:
    assert read_back(cell).startswith("'")


@pytest.mark.parametrize("cell", ["Otter Club", 'O"Tool, Trust', "", "Zażółć", "line\nline"])
def test_other_words_stay_as_they_are(cell: str) -> None:
    assert read_back(cell) == cell


def test_a_number_stays_a_number() -> None:
    assert read_back(-3) == "-3"


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [(0, 0, ""), (0, 9, "0%"), (1, 1000, "1%"), (999, 1000, "99%"), (5, 5, "100%"), (1, 3, "33%")],
)
def test_something_is_never_told_as_nothing_nor_almost_all_as_all(
    count: int, total: int, words: str
) -> None:
    assert share(count, total) == words
