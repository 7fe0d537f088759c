"""Feedback on the site: kept and mailed together or not at all; nothing typed is lost."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.extensions import db
from app.forms import LONGEST_MESSAGE
from app.models import Feedback, OutgoingMail
from app.pages import actions

WORDS = "I could not find <b>swimming</b> & bikes near Exeter"


def count(model: type[Feedback] | type[OutgoingMail]) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_feedback_is_kept_and_mailed(client: FlaskClient) -> None:
    answer = client.post("/feedback", data={"words": WORDS, "reply_to": "sam@example.org"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/feedback/thank-you"
    kept = db.session.scalars(select(Feedback)).one()
    assert (kept.words, kept.reply_to, kept.about) == (WORDS, "sam@example.org", "site")
    assert kept.service_id is None
    assert isinstance(kept.created_at, datetime)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert WORDS in mail.body
    assert mail.reply_to == "sam@example.org"
    assert mail.recipient == "sendlocaloffer@devon.gov.uk"


def test_no_email_is_needed(client: FlaskClient) -> None:
    assert client.post("/feedback", data={"words": "Good"}).status_code == 303
    assert db.session.scalars(select(Feedback)).one().reply_to == ""


@pytest.mark.parametrize(
    ("data", "problem", "field"),
    [
        ({"words": "", "reply_to": "sam@example.org"}, "Write a few words.", "words"),
        ({"words": " \x00 ", "reply_to": ""}, "Write a few words.", "words"),
        ({"words": "x" * (LONGEST_MESSAGE + 1)}, "Write at most 3,000 letters.", "words"),
        ({"words": WORDS, "reply_to": "sam at home"}, "like name@example.org", "reply_to"),
        ({"words": WORDS, "reply_to": f"{'s' * 300}@example.org"}, "email is too long", "reply_to"),
        ({}, "Write a few words.", "words"),
    ],
)
def test_a_mistake_is_shown_and_nothing_typed_is_lost(
    client: FlaskClient, data: dict[str, str], problem: str, field: str
) -> None:
    answer = client.post("/feedback", data=data)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert html.count(problem) == 2, "once in the summary and once at the field"
    assert f'href="#{field}"' in html
    assert "<title>Error: " in html
    for typed in data.values():
        assert (
            str(typed)
            .replace("\x00", "")
            .strip()
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            in html
        )
    assert count(Feedback) == count(OutgoingMail) == 0


def test_feedback_that_cannot_be_mailed_is_not_kept_either(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError

    monkeypatch.setattr(actions, "queue_mail", fail)
    with pytest.raises(OSError):
        client.post("/feedback", data={"words": WORDS})
    assert count(Feedback) == 0


@pytest.mark.parametrize(
    "words", ["\ud800 broken", "\u202eright to left", "<script>x</script>", "😀" * 99]
)
def test_odd_words_are_kept_without_letters_that_nobody_sees(
    client: FlaskClient, words: str
) -> None:
    typed = words.encode("utf-8", "replace").decode()
    assert client.post("/feedback", data={"words": typed}).status_code == 303
    seen = typed.replace("\u202e", "")
    assert db.session.scalars(select(Feedback.words)).one() == seen


def test_a_line_break_in_the_email_makes_no_header(client: FlaskClient) -> None:
    answer = client.post(
        "/feedback", data={"words": "x", "reply_to": "a@example.org\r\nBcc: b@example.org"}
    )
    assert answer.status_code == 200
    assert count(OutgoingMail) == 0


def test_the_thank_you_page_can_be_loaded_again(client: FlaskClient) -> None:
    for _ in range(2):
        assert "Thank you for telling us" in client.get("/feedback/thank-you").text
    assert count(Feedback) == 0
