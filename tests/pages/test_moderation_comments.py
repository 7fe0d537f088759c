"""Staff read what people say about the site, and say what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import now, write
from app.extensions import db
from app.models import Account, AuditEntry, Feedback
from app.site import Site
from app.states import Role
from tests import factories
from tests.pages.test_queries_counted import statements
from tests.people import open_session, person, sign_in_as

COMMENTS = "/staff/comments"


@pytest.fixture
def sam(client: FlaskClient, app: Flask) -> Account:
    return sign_in_as(client, Role.MODERATOR)


def html(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.text


def written(words: str, **facts: object) -> str:
    with write() as database:
        comment = Feedback(about="site", words=words, **facts)
        database.add(comment)
        database.flush()
        return comment.id


def stored(key: str) -> Feedback:
    return db.session.get_one(Feedback, key, populate_existing=True)


def test_a_comment_is_sent_by_a_family_read_and_dealt_with_by_staff(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    family = {"words": "The search is <b>good</b>.", "reply_to": "nia@example.org"}
    assert app.test_client().post("/feedback", data=family).status_code == 303
    assert "Comments about the site</a><b>1</b>" in html(client, "/staff/")
    assert "Comments about the site (1)" in html(client, COMMENTS)
    key = db.session.scalars(select(Feedback.id)).one()
    page = html(client, f"{COMMENTS}/{key}")
    assert "The search is &lt;b&gt;good&lt;/b&gt;." in page
    assert 'href="mailto:nia@example.org"' in page
    done = client.post(f"{COMMENTS}/{key}", data={"reason": "Thanked her."})
    assert (done.status_code, done.location) == (303, COMMENTS)
    assert (stored(key).settled_by, stored(key).settled_at is not None) == (sam.id, True)
    assert "Nobody waits for you" in html(client, COMMENTS)
    assert sam.name in html(client, f"{COMMENTS}?show=dealt")
    assert "Dealt with on" in html(client, f"{COMMENTS}/{key}")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == key)).one()
    assert (entry.action, entry.actor_id) == ("comment.settled", sam.id)
    assert "Thanked her." in entry.new and "good" not in entry.new
    assert "Dealt with a comment" in html(client, "/staff/log")


def test_of_two_who_deal_with_one_the_other_is_told_who_and_keeps_her_words(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    key = written("Too small.")
    other = app.test_client()
    open_session(other, person(Role.MODERATOR, name="Kim Lowe"))
    assert other.post(f"{COMMENTS}/{key}", data={"reason": ""}).status_code == 303
    late = client.post(f"{COMMENTS}/{key}", data={"reason": "I rang <them>."})
    assert late.status_code == 409 and "Kim Lowe was first." in late.text
    assert "I rang &lt;them&gt;." in late.text
    assert len(list(db.session.scalars(select(AuditEntry)))) == 1


def test_what_is_no_comment_or_too_long_is_refused_kindly(
    client: FlaskClient, site: Site, sam: Account
) -> None:
    service = factories.published(site)
    report = written("It is on Sundays.", service_id=service.id)
    assert client.get(f"{COMMENTS}/nothing").status_code == 404
    assert client.post(f"{COMMENTS}/nothing").status_code == 404
    assert client.get(f"{COMMENTS}/{report}").status_code == 404
    assert client.post(f"{COMMENTS}/{report}", data={"reason": "x"}).status_code == 404
    key = written("Too small.")
    answer = client.post(f"{COMMENTS}/{key}", data={"reason": "x" * 3001})
    assert "Write at most 3,000 letters." in answer.text and "x" * 3001 in answer.text
    assert stored(key).settled_at is None


def test_a_report_whose_listing_was_deleted_is_not_lost(
    client: FlaskClient, site: Site, sam: Account
) -> None:
    service = factories.published(site)
    report = written("It has moved.", service_id=service.id)
    with write() as database:
        stored(report).about = "closed"
        database.delete(service)
    assert "It has moved." in html(client, COMMENTS)
    assert "the listing is gone" in html(client, f"{COMMENTS}/{report}")


def test_pages_of_comments_begin_with_the_longest_wait_and_ask_the_same(
    app: Flask, client: FlaskClient, sam: Account
) -> None:
    costs = []
    for number in (3, 60):
        for turn in range(number):
            made = now() - timedelta(days=turn)
            written(f"Comment {number} of {turn}. " + "word " * 60, created_at=made)
        client.get(COMMENTS)
        db.session.remove()
        with statements(app) as sent:
            page = html(client, COMMENTS)
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 6, costs
    assert page.index("Comment 60 of 59.") < page.index("Comment 60 of 58.")
    assert "Page 1 of 3" in page and "…" in page
    assert "Page 3 of 3" in html(client, f"{COMMENTS}?page=999")


def test_providers_find_no_comments(app: Flask, client: FlaskClient) -> None:
    key = written("Too small.")
    sign_in_as(client, Role.PROVIDER)
    for path in (COMMENTS, f"{COMMENTS}/{key}"):
        assert client.get(path).status_code == 404
    assert client.post(f"{COMMENTS}/{key}").status_code == 404
