"""A source in any state gives its records or one plain line."""

import io
import json
import zipfile
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feeds import reader
from app.feeds.feed import Feed, SourceError, feed_name
from app.feeds.reader import read_bytes, read_file
from tests.unit.feeds.examples import oruk1

LISTED = [oruk1(id=str(number)) for number in range(3)]


def read(held: bytes | str, source: str = "a.json") -> Feed:
    return read_bytes(held.encode() if isinstance(held, str) else held, source)


@pytest.mark.parametrize(
    "shape",
    [
        LISTED,
        {"content": LISTED, "totalPages": 1},
        {"contents": LISTED, "total_items": 3},
        {"items": LISTED},
        {"id": "kettle", "name": "Kettle Trust", "services": LISTED},
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_shape_of_list_is_found(shape: object, encoding: str) -> None:
    feed = read(json.dumps(shape).encode(encoding))
    assert feed.records == LISTED
    assert feed.problems == []


def test_one_record_alone_is_a_feed() -> None:
    assert read(json.dumps(oruk1())).records == [oruk1()]


def test_a_feed_cut_short_gives_its_whole_records() -> None:
    text = json.dumps({"contents": LISTED})
    feed = read(text[: text.rindex('"name"')])
    assert feed.records == LISTED[:2]
    assert "cut short after record 2" in feed.problems[0]


def test_a_feed_that_was_cut_at_every_place_never_raises_anything_else() -> None:
    text = json.dumps(LISTED)
    for end in range(0, len(text), 7):
        try:
            assert read(text[:end]).records == LISTED[: len(read(text[:end]).records)]
        except SourceError as fault:
            assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"<!doctype html><p>Sorry", "web page"),
        (b"{}", "not a list of services"),
        (b'{"services": "none"}', "not a list of services"),
        (b"[]", "holds no services"),
        (b'"words"', "is not JSON, CSV or XLSX"),
        (b"[1, 2", None),
        (b"{nonsense", "is not JSON: line 1"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a":' * 200_000, "nested too deeply"),
        (b"[" + b"1" * 5000, "a number in it is too long"),
        (b"\x00\x01\x02", "is not JSON, CSV or XLSX"),
        (b"PK\x03\x04 nothing like a workbook", "workbook is damaged"),
    ],
)
def test_a_source_that_cannot_be_read_says_why(held: bytes, why: str | None) -> None:
    if why is None:
        assert read(held).records
        return
    with pytest.raises(SourceError, match=why):
        read(held)


@given(st.binary(max_size=200), st.sampled_from(["a.json", "a.csv", "a.xlsx", "a"]))
def test_any_bytes_are_read_or_refused(held: bytes, source: str) -> None:
    try:
        assert read(held, source).records
    except SourceError as fault:
        assert str(fault)


def test_a_missing_file_and_a_folder_say_why(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            read_file(str(path))


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reader, "LARGEST", 100)
    path = tmp_path / "a.json"
    path.write_text(json.dumps(LISTED))
    with pytest.raises(SourceError, match="is larger than"):
        read_file(str(path))


def test_more_records_than_the_limit_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_RECORDS", 2)
    feed = read(json.dumps(LISTED))
    assert len(feed.records) == 2
    assert "only its first 2 records" in feed.problems[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_any_usual_delimiter(delimiter: str) -> None:
    rows = [["ID", "Service Name", "Post code?", "Postcode"], ["7", "Café", "x", "EX14 1AA"], []]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    feed = read(text, "a.csv")
    assert feed.is_table
    assert feed.records == [{"id": "7", "name": "Café", "post_code": "x", "postcode": "EX14 1AA"}]
    assert feed.problems == ["columns not understood: post_code"]


def test_csv_in_old_windows_letters_is_read_with_a_note() -> None:
    feed = read("id,name\n1,Café – club".encode("cp1252"), "a.csv")
    assert feed.records == [{"id": "1", "name": "Café – club"}]
    assert "not UTF-8" in feed.problems[0]


def test_a_table_without_the_needed_columns_is_refused() -> None:
    with pytest.raises(SourceError, match="no column called “id”"):
        read("name,town\nA,B", "a.csv")


def test_a_broken_row_ends_the_table_and_is_told() -> None:
    feed = read("id,name\n1,A\n2," + "x" * 1_100_000, "a.csv")
    assert feed.records == [{"id": "1", "name": "A"}]
    assert "a row is broken" in feed.problems[0]


def test_xlsx_is_read_from_its_first_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "name", "assured_date", "opens", "min_age"])
    sheet.append([7, "A club", date(2026, 1, 2), time(9, 30), 5.0])
    sheet.append([None] * 5)
    held = io.BytesIO()
    book.save(held)
    feed = read(held.getvalue(), "a.xlsx")
    assert feed.is_table
    assert feed.records == [
        {"id": 7, "name": "A club", "assured_date": "2026-01-02", "opens": "09:30", "min_age": 5}
    ]


def test_a_workbook_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.feeds.sheets.LARGEST_UNPACKED", 1000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "x" * 5000)
    with pytest.raises(SourceError, match="too large when unpacked"):
        read(held.getvalue(), "a.xlsx")


def test_a_source_has_a_short_lasting_name() -> None:
    assert feed_name("/some/where/Our Services.json") == "our-services"
    assert feed_name("https://a.example/api/services?page=2") == "a-example-api-services"
    assert len(feed_name("x" * 200 + ".json")) <= 34
