"""The records in a file or in some bytes: JSON, CSV or XLSX, told by how they begin."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from app.feeds.feed import LARGEST, MOST_RECORDS, Feed, SourceError, feed_name
from app.feeds.sheets import rows_of_csv, rows_of_xlsx

LISTS: Final = ("contents", "content", "services", "items", "data", "records", "results")
"""Under which of its names a page holds its list."""
_LIST_STARTS = re.compile(rf'^\s*\[|"(?:{"|".join(LISTS)})"\s*:\s*\[')


def read_file(source: str) -> Feed:
    """The records of a file. Raises `SourceError`."""
    path = Path(source)
    try:
        with path.open("rb") as file:
            held = file.read(LARGEST + 1)
    except OSError as fault:
        raise SourceError(f"{source} cannot be read: {fault.strerror or fault}") from None
    return read_bytes(held, source)


def read_bytes(held: bytes, source: str) -> Feed:
    """The records in some bytes, whose form is told by how they begin.

    Raises `SourceError`; a source cut short gives the records that are whole.
    """
    if len(held) > LARGEST:
        raise SourceError(f"{source} is larger than {LARGEST // 1024 // 1024} MB")
    feed = Feed(feed_name(source))
    if held.startswith(b"PK\x03\x04"):
        feed.is_table, feed.records = True, rows_of_xlsx(held, feed)
    else:
        _read_text(feed, decode(held, feed.problems), source)
    if not feed.records:
        raise SourceError(f"{source} holds no services")
    if len(feed.records) > MOST_RECORDS:
        feed.ends_early(f"only its first {MOST_RECORDS} records were read")
        del feed.records[MOST_RECORDS:]
    return feed


def decode(held: bytes, problems: list[str]) -> str:
    """Bytes as text: UTF-8 or UTF-16, else the old Windows letters with a note."""
    encoding = "utf-16" if held.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return held.decode(encoding)
    except UnicodeDecodeError:
        problems.append(
            "it is not UTF-8; it was read as Windows text, so some letters may be wrong"
        )
        return held.decode("cp1252", errors="replace")


def _read_text(feed: Feed, text: str, source: str) -> None:
    start = text.lstrip()[:1]
    if not start:
        raise SourceError(f"{source} is empty")
    if start == "<":
        raise SourceError(f"{source} is a web page or XML, not a feed of JSON, CSV or XLSX")
    if start in "[{":
        _read_json(feed, text, source)
    elif source.lower().endswith(".json") or "\x00" in text:
        raise SourceError(f"{source} is not JSON, CSV or XLSX")
    else:
        feed.is_table, feed.records = True, rows_of_csv(text, feed)


def _read_json(feed: Feed, text: str, source: str) -> None:
    """Read a JSON text; of one that is cut short, the records that are whole."""
    try:
        page = json.loads(text)
    except RecursionError:
        raise SourceError(f"{source} is nested too deeply to be a feed") from None
    except ValueError as fault:
        feed.records = _whole_records(text)
        if not feed.records:
            raise SourceError(f"{source} is not JSON: {_where(fault)}") from None
        feed.ends_early(
            f"it is damaged or cut short after record {len(feed.records)} ({_where(fault)}); "
            "the records before that were read"
        )
        return
    feed.records = records_in(page, source)
    if isinstance(page, dict):
        feed.page = {key: value for key, value in page.items() if not isinstance(value, list)}


def records_in(page: object, source: str) -> list[object]:
    """The list of records in a whole JSON value. Raises `SourceError`."""
    if isinstance(page, list):
        return page
    if isinstance(page, dict):
        found = next((page[name] for name in LISTS if isinstance(page.get(name), list)), None)
        if found is not None:
            return found
        if "id" in page or "name" in page:
            return [page]
    raise SourceError(f"{source} is JSON, but not a list of services")


def _where(fault: ValueError) -> str:
    if isinstance(fault, json.JSONDecodeError):
        return f"line {fault.lineno}: {fault.msg[0].lower()}{fault.msg[1:]}"
    return "a number in it is too long"


def _whole_records(text: str) -> list[object]:
    """The records before the damage, read one by one."""
    start = _LIST_STARTS.search(text)
    records: list[object] = []
    at = start.end() if start else len(text)
    decoder = json.JSONDecoder()
    while at < len(text):
        while text[at : at + 1] in (" ", "\n", "\r", "\t", ","):
            at += 1
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        records.append(record)
    return records
