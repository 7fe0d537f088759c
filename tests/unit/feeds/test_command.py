"""`feed import` as an administrator runs it, and with real files where they are at hand."""

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.feeds.reader import read_file
from app.models import ChangeFeed, PublishedListing, Service
from tests.unit.feeds.examples import oruk1, oruk3, read

BRISTOL = "feeds/bristol-oruk1-services.json"


def run(app: Flask, *args: str) -> Result:
    return app.test_cli_runner().invoke(args=["feed", "import", *args])


def rows(model: type[object]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_file_is_imported_and_reported(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "clubs.json"
    path.write_text(json.dumps([oruk1(), oruk1(id="2", name=""), oruk3(id="3")]))
    result = run(app, str(path), "--publish")
    assert result.exit_code == 0
    assert "Record 2, id 2: refused: it has no name" in result.stdout
    assert "3 read: 2 added, 0 changed, 0 unchanged, 1 refused." in result.stdout
    assert rows(PublishedListing) == 2


def test_a_source_that_cannot_be_read_is_one_line_and_status_1(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "clubs.json"
    path.write_text("<html>")
    result = run(app, str(path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.fullmatch(r"Error: .* is a web page or XML, .*\n", result.stderr)


@pytest.mark.parametrize("address", ["ftp://a.example/x.json", "file:///etc/passwd"])
def test_other_kinds_of_address_are_only_missing_files(app: Flask, address: str) -> None:
    assert run(app, address).exit_code == 1


def _real(shared: Path, path: str) -> Path:
    whole = shared / path
    if not whole.exists():
        pytest.skip(f"no {path} in the folder {shared.name}/")
    return whole


@pytest.mark.slow
def test_a_councils_whole_feed_comes_in_once(app: Flask, shared: Path) -> None:
    source = str(_real(shared, BRISTOL))
    first = run(app, source, "--publish")
    assert first.exit_code == 0
    assert "819 read: 817 added, 0 changed, 0 unchanged, 2 refused." in first.stdout
    assert rows(Service) == rows(PublishedListing) == rows(ChangeFeed) == 817
    again = run(app, source, "--publish")
    assert "819 read: 0 added, 0 changed, 817 unchanged, 2 refused." in again.stdout
    assert rows(ChangeFeed) == 817


def test_a_councils_descriptions_are_clean(shared: Path) -> None:
    for raw in read_file(str(_real(shared, BRISTOL))).records:
        found = read(raw).incoming
        if found is not None:
            assert not re.search(r"</?[a-z]+[ >]|&nbsp;|\u200b|javascript:", found.description)
            assert found.summary == "" or len(found.summary) <= 160


@pytest.mark.parametrize("folder", ["3.0-published/examples", "3.0-samples/V3.0-UK-Test"])
@pytest.mark.parametrize("name", ["service_full.json", "service_list.json"])
def test_the_standards_own_examples_are_understood(shared: Path, folder: str, name: str) -> None:
    feed = read_file(str(_real(shared, f"oruk/{folder}/{name}")))
    for raw in feed.records:
        record = read(raw)
        assert record.incoming is not None
        assert record.incoming.name == "Community Counselling"


def test_the_standards_bad_example_is_refused_in_plain_words(shared: Path) -> None:
    path = _real(shared, "oruk/3.0-samples/V3.0-UK-Fail/service_list.json")
    refused = {read(raw).refused for raw in read_file(str(path)).records}
    assert refused == {"it has no name"}
