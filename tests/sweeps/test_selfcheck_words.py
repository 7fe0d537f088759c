"""Every sentence of the self-check can be translated: those of its files too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.criteria.load import load_criteria
from app.operations.schema import migrate_to_newest
from app.selfcheck.answers import COOKIE, PATH
from app.site import current_site
from app.translations.catalogues import criteria_sentences, marked_sentences
from tests.conftest import close, settings_in
from tests.selfcheck import begin, questions, send, walk
from tests.strict import StrictClient
from tests.sweeps.pseudo import CODE, council_words, speaking_pseudo, unmarked

FACTS = {"danger_now": "no", "needs": ["mental_health"], "age": 0, "family": []}


@pytest.fixture(scope="module")
def pseudo_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site that speaks the made-up language and has no listings."""
    app = create_app(settings_in(tmp_path_factory.mktemp("pseudo")), testing=True)
    app.test_client_class = StrictClient
    with app.app_context():
        migrate_to_newest()
    with speaking_pseudo(app):
        yield app
    close(app)


@pytest.fixture
def reader(pseudo_app: Flask) -> FlaskClient:
    """A browser in the made-up language."""
    client = pseudo_app.test_client()
    client.set_cookie("lang", CODE)
    return client


@pytest.fixture
def known(pseudo_app: Flask) -> list[str]:
    """What may stand on a page as it is."""
    with pseudo_app.app_context():
        return council_words(current_site().council)


def test_no_page_of_the_journey_is_unmarked(reader: FlaskClient, known: list[str]) -> None:
    walk(reader, FACTS)
    for name in ("", *questions(), "check-answers"):
        page = reader.get(f"{PATH}/{name}".rstrip("/")).get_data(as_text=True)
        assert not unmarked(page, known), name


def test_no_mistake_is_complained_of_in_unmarked_words(
    reader: FlaskClient, known: list[str]
) -> None:
    walk(reader, FACTS)
    mistakes: list[tuple[str, dict[str, str | list[str]]]] = [
        *((name, {}) for name, question in questions().items() if not question.row.may_be_none),
        *(("age", {"age": typed}) for typed in ("-1", "200", "7.5", "77 77")),
        *(("lives-in", {"place": typed}) for typed in ("12345", "HR3")),
        ("lives-in", {"place": "Honiton", "lives_in": "wales"}),
        ("who", {"who": ["professional", "young_person"]}),
        ("who", {"who": "1"}),
        ("wants", {"wants": ["information", "overnight", "help_at_home", "things_to_do"]}),
        ("evidence", {"evidence": ["none", "pip"]}),
    ]
    for name, fields in mistakes:
        page = send(reader, name, fields).get_data(as_text=True)
        assert "govuk-error-summary" in page, name
        assert not unmarked(page, [*known, "Honiton", "HR3"]), (name, fields)


def test_neither_safety_nor_starting_again_is_unmarked(
    reader: FlaskClient, known: list[str]
) -> None:
    begin(reader)
    send(reader, "danger-now", {"danger_now": "yes"})
    assert not unmarked(reader.get(f"{PATH}/safety").get_data(as_text=True), _labels(known))
    reader.set_cookie(COOKIE, "broken", path=PATH)
    assert not unmarked(reader.get(f"{PATH}/who").get_data(as_text=True), known)


def test_the_catalogues_hold_every_sentence_of_the_criteria() -> None:
    wanted = set(criteria_sentences())
    assert len(wanted) > 300
    assert wanted <= {message.id for message in marked_sentences()}


def _labels(known: list[str]) -> list[str]:
    """With the titles of sources: a council's own words."""
    return [*known, *(source.title for source in load_criteria().sources.values())]
