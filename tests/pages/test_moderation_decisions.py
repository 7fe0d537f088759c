"""What staff type while they decide: asked of any field, checked, shown again, never lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import write
from app.extensions import db
from app.models import Account, FieldComment, Revision, Service
from app.site import Site, current_site
from app.states import RevisionStatus, Role
from tests import factories
from tests.moderation import NEW, changed, sent_edit, sent_new
from tests.people import actions, open_session, person, sign_in_as

SUMMARY = "text-about.summary"


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters")


@pytest.fixture
def sam(client: FlaskClient, app: Flask) -> Account:
    return sign_in_as(client, Role.MODERATOR)


def post(client: FlaskClient, revision: Revision, **typed: str) -> str:
    """Send the decision of a revision; gives the page that answers, or where it leads."""
    saved = db.session.get_one(Revision, revision.id, populate_existing=True).saved
    usual = {"saved": str(saved), "tier": "universal", "withheld-0": "usual"}
    sent = {name.replace("__", "."): words for name, words in typed.items()}
    answer = client.post(f"/staff/revisions/{revision.id}/decide", data={**usual, **sent})
    return answer.location or answer.text


def status(revision: Revision) -> str:
    return db.session.get_one(Revision, revision.id, populate_existing=True).status


def test_small_edits_are_shown_beside_what_they_wrote_before_they_are_published(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="Ask Tom, born 3 May 2015, on Sundays.")
    page = post(client, revision, decision="approve")
    assert "The checks found what should be mended first" in page
    page = post(client, revision, decision="edits", **{SUMMARY: "Ask Tom on Sundays."})
    assert "born 3 May 2015,</del>" in page
    assert "should be mended first" not in page, "staff have mended it"


@pytest.mark.parametrize(
    ("field", "words", "told"),
    [
        (SUMMARY, " ", "This cannot be empty."),
        ("text-about.name", "", "This cannot be empty."),
        (SUMMARY, "x" * 501, "Write at most 500 letters."),
    ],
)
@pytest.mark.usefixtures("sam")
def test_small_edits_take_no_name_away_and_are_never_cut(
    client: FlaskClient, otters: Service, field: str, words: str, told: str
) -> None:
    revision = sent_edit(current_site(), otters, about__summary="On Sundays.")
    for sure in ({}, {"sure": "yes"}):
        page = post(client, revision, decision="edits", **{field: words}, **sure)
        assert told in page and "<title>Error: Small edits" in page
        assert words.strip() in page
    assert status(revision) == RevisionStatus.SUBMITTED


def test_going_back_loses_no_word(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    asked = {"decision": "changes", "note": "Nearly <there>.", "comment-about.summary": "When?"}
    page = post(client, revision, **asked)
    assert 'name="back" value="yes"' in page and "When?" in page
    page = post(client, revision, **asked, back="yes")
    assert "Nearly &lt;there&gt;." in page and ">When?</textarea>" in page
    assert 'value="changes" checked' in page
    page = post(client, revision, decision="edits", **{SUMMARY: "Each Sunday."}, back="yes")
    assert ">Each Sunday.</textarea>" in page and "Small edits to" in page
    assert status(revision) == RevisionStatus.SUBMITTED


def test_who_comes_second_keeps_what_they_typed(
    app: Flask, client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    other = app.test_client()
    open_session(other, person(Role.MODERATOR, name="Kim Lowe"))
    post(other, revision, decision="approve", sure="yes")
    typed = {"note": "My note.", "comment-about.summary": "My comment."}
    page = post(client, revision, decision="changes", sure="yes", **typed)
    assert "Kim Lowe was first." in page and "My note." in page and "My comment." in page


def test_a_comment_can_be_made_on_any_field_also_one_that_is_missing_or_the_same(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    draft = changed(NEW, about__breaks=(), about__summary="")
    revision = sent_new(site, otters.organisation_id, draft=draft)
    page = client.get(f"/staff/revisions/{revision.id}").text
    missing = page.partition("Must-haves that are missing")[2]
    assert 'name="comment-about.summary"' in missing and 'name="comment-about.breaks"' in missing
    edit = sent_edit(site, otters, about__summary="On Sundays.")
    page = client.get(f"/staff/revisions/{edit.id}").text
    assert 'name="comment-contact.contacts-phones"' in page, "this is the same as before"
    assert 'name="comment-staff.tier"' not in page, "this is for staff to set"


def test_a_comment_on_a_part_says_of_which_and_unknown_fields_are_left_out(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    comments = {
        "comment-could.support-hoist": "Which kind?",
        "comment-staff.tier": "Nobody reads this.",
        "comment-<script>": "Nor this.",
    }
    post(client, revision, decision="changes", sure="yes", **comments)
    [comment] = db.session.query(FieldComment).all()
    assert comment.field == "could.support" and comment.words.endswith(": Which kind?")
    assert "oist" in comment.words.partition(":")[0]


def test_a_comment_that_is_too_long_is_told_and_not_cut(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    long = {"comment-about.summary": "x" * 3001}
    page = post(client, revision, decision="changes", sure="yes", **long)
    assert 'href="#comment-about.summary"' in page and "x" * 3001 in page
    assert status(revision) == RevisionStatus.SUBMITTED


def test_several_at_once_are_not_approved_when_they_were_sent_again_meanwhile(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    address = f"/staff/organisations/{otters.organisation_id}/approve"
    assert f'name="saved-{revision.id}" value="{revision.saved}"' in client.get(address).text
    missing = client.post(address, data={"sure": "yes"}).text
    assert "Choose at least one." in missing and "<title>Error:" in missing
    seen = {f"saved-{revision.id}": str(revision.saved), "revision": revision.id, "sure": "yes"}
    with write():
        db.session.get_one(Revision, revision.id).saved += 1
    done = client.post(address, data=seen).text
    assert "0 of 1 approved" in done and "They sent it again." in done
    assert "revision.approved" not in actions()


def test_what_the_checks_found_stands_beside_each_of_several(
    client: FlaskClient, site: Site, otters: Service, sam: Account
) -> None:
    sent_edit(site, otters, about__summary="Ring Dawn on 01632 960555 for a place.")
    page = client.get(f"/staff/organisations/{otters.organisation_id}/approve").text
    assert "Personal details" in page
