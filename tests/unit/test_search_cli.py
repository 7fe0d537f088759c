"""The search's commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.database import write
from app.models import PublishedListing
from app.search.indexer import PROBE
from app.site import current_site
from tests.factories import published


@pytest.fixture
def directory(app: Flask) -> Flask:
    """A swimming club in Exeter and a music club without a place."""
    site = current_site()
    published(site, "Otter Swim", activities=["swimming"], needs=["autism"], min_age=5, max_age=11)
    published(site, "Drums Online", activities=["music"], places=[])
    return app


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["search", *words])


def found(app: Flask, *words: str) -> dict[str, Any]:
    result = run(app, "query", *words, "--json")
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_rebuild_check_and_catch_up(directory: Flask) -> None:
    assert run(directory, "check").exit_code == 1
    assert run(directory, "rebuild").exit_code == 0
    assert run(directory, "check").exit_code == 0
    published(current_site(), "Heron Club")
    behind = run(directory, "check")
    assert behind.exit_code == 1
    assert behind.stderr.count("\n") == 1
    assert "Indexed 1" in run(directory, "catch-up").stdout
    assert run(directory, "check").exit_code == 0


def test_query_prints_what_the_interface_says(directory: Flask) -> None:
    run(directory, "rebuild")
    answer = found(directory, "swiming for autistic 6 year old")
    assert answer["total"] == 1
    assert {"text": "swiming", "kind": "activity", "code": "swimming"} in answer["understood"]
    assert {"text": "6 year old", "kind": "age", "code": "6"} in answer["understood"]
    assert answer["help_cards"] == []
    service = answer["services"][0]
    assert list(service) == [
        "id", "slug", "name", "tier", "locality", "ages", "needs", "activities", "breaks",
        "access", "when", "cost", "score", "miles",
    ]  # fmt: skip
    assert service["name"] == "Otter Swim"
    assert service["ages"] == [5, 11]
    assert service["activities"] == ["swimming"]
    assert service["miles"] is None


def test_every_parameter_of_the_page_is_an_option(directory: Flask) -> None:
    run(directory, "rebuild")
    assert found(directory, "", "--near", "Exeter", "--within", "5")["total"] == 1
    assert found(directory, "", "--age", "6", "--need", "autism", "--need", "adhd")["total"] == 2
    assert found(directory, "", "--age", "18-25")["total"] == 1
    assert found(directory, "", "--activity", "music", "--tier", "universal")["total"] == 1
    assert found(directory, "", "--locality", "exeter", "--break", "saturday_club")["total"] == 1
    assert found(directory, "", "--cost", "free")["total"] == 0
    assert found(directory, "", "--access", "hoist", "--when", "sunday")["total"] == 0
    answer = found(directory, "", "--sort", "name", "--limit", "1", "--page", "2")
    assert [service["name"] for service in answer["services"]] == ["Otter Swim"]


@pytest.mark.parametrize("words", [("--near", "Nowhere at all"), ("--age", "old"), ("--age", "٣")])
def test_what_cannot_be_understood_is_said_in_one_line(
    directory: Flask, words: tuple[str, str]
) -> None:
    result = run(directory, "query", "", *words)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_in_words_for_a_person(directory: Flask) -> None:
    limited = run(directory, "query", "swim", "--near", "Exeter").stdout
    assert limited.startswith("1 services (limited: no index)")
    run(directory, "rebuild")
    shown = run(directory, "query", "swim", "--near", "Exeter").stdout
    assert "Otter Swim (universal, 0." in shown


def test_a_listing_that_has_just_gone_is_left_out(directory: Flask) -> None:
    run(directory, "rebuild")
    with write() as database:
        database.delete(database.query(PublishedListing).filter_by(name="Otter Swim").one())
    assert found(directory, "swim")["services"] == []


def test_an_index_folder_that_cannot_be_made(directory: Flask) -> None:
    folder: Path = directory.extensions["search"]._folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in the way")
    assert run(directory, "rebuild").exit_code == 1


def test_check_says_when_the_index_cannot_be_kept_up_to_date(directory: Flask) -> None:
    run(directory, "rebuild")
    folder: Path = directory.extensions["search"]._folder
    (folder / PROBE).mkdir()
    result = run(directory, "check")
    assert result.exit_code == 1
    assert "the folder of the index cannot be written: Is a directory" in result.stderr
    (folder / PROBE).rmdir()
    assert run(directory, "check").exit_code == 0
