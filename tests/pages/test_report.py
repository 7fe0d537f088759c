"""Anyone can say that a listing is wrong: it is kept and mailed, and nothing typed is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.directory import actions
from app.directory.forms import WRONG
from app.extensions import db
from app.forms import LONGEST_MESSAGE
from app.models import ChangeFeed, Feedback, OutgoingMail, Service
from app.site import Site
from tests import factories

WRONG_PAGE = "/services/otters/wrong"
GOOD = {"about": "times", "words": "It is on Sundays now.", "reply_to": ""}


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters")


def kept() -> list[Feedback]:
    return list(db.session.scalars(select(Feedback)))


def queued() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail)))


def test_a_parent_tells_that_the_times_are_wrong(otters: Service, client: FlaskClient) -> None:
    answer = client.post(WRONG_PAGE, data={**GOOD, "reply_to": "dawn@example.org"})
    assert (answer.status_code, answer.location) == (303, f"{WRONG_PAGE}/thank-you")
    assert "Thank you for telling us" in client.get(answer.location).get_data(as_text=True)
    [report], [mail] = kept(), queued()
    assert (report.service_id, report.about) == (otters.id, "times")
    assert (report.words, report.reply_to) == ("It is on Sundays now.", "dawn@example.org")
    assert mail.subject == "Something is wrong: Otter Club"
    assert "/services/otters" in mail.body and "It is on Sundays now." in mail.body
    assert "What is wrong: The days or times are wrong\n" in mail.body
    assert mail.reply_to == "dawn@example.org"
    assert mail.sent_at is None, "it is sent afterwards"


def test_staff_read_english_whatever_the_parent_reads(otters: Service, client: FlaskClient) -> None:
    assert client.post(f"{WRONG_PAGE}?lang=pl", data=GOOD).status_code == 303
    assert "What is wrong: The days or times are wrong\n" in queued()[0].body


def test_a_parent_need_not_say_who_they_are(otters: Service, client: FlaskClient) -> None:
    assert client.post(WRONG_PAGE, data=GOOD).status_code == 303
    assert kept()[0].reply_to == ""


@pytest.mark.parametrize("code", [*WRONG])
def test_every_reason_can_be_given(otters: Service, client: FlaskClient, code: str) -> None:
    assert client.post(WRONG_PAGE, data={**GOOD, "about": code}).status_code == 303
    assert kept()[0].about == code


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"about": ""}, "Choose what is wrong."),
        ({"about": "nonsense"}, ""),
        ({"words": ""}, "Write a few words."),
        ({"words": " \n "}, "Write a few words."),
        ({"words": "x" * (LONGEST_MESSAGE + 1)}, "Write at most 3,000 letters."),
        ({"reply_to": "not an address"}, "Type an email address like name@example.org."),
        ({"reply_to": "a@b\nBcc: c@example.org"}, "Type an email address like name@example.org."),
        ({"reply_to": "a" * 250 + "@example.org"}, "This email is too long."),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    otters: Service, client: FlaskClient, wrong: dict[str, str], error: str
) -> None:
    typed = {**GOOD, "words": "Keep <me> & mine", "reply_to": "dawn@example.org", **wrong}
    answer = client.post(WRONG_PAGE, data=typed)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<title>Error: " in html and "There is a problem" in html
    assert error in html
    if "words" not in wrong:
        assert "Keep &lt;me&gt; &amp; mine</textarea>" in html
    if "reply_to" not in wrong:
        assert 'value="dawn@example.org"' in html
    if "about" not in wrong:
        assert 'value="times" checked' in html
    assert kept() == [] and queued() == []


def test_every_mistake_at_once_is_summed_up_in_page_order(
    otters: Service, client: FlaskClient
) -> None:
    html = client.post(WRONG_PAGE, data={"reply_to": "x"}).get_data(as_text=True)
    places = [html.index(f'<li><a href="#{field}">') for field in ("about", "words", "reply_to")]
    assert places == sorted(places)


def test_a_report_and_its_mail_are_kept_together_or_not_at_all(
    otters: Service, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_facts: object) -> None:
        raise OSError("no mail")

    monkeypatch.setattr(actions, "queue_mail", fail)
    with pytest.raises(OSError, match="no mail"):
        client.post(WRONG_PAGE, data=GOOD)
    assert kept() == []


def test_a_report_changes_nothing_that_families_see(otters: Service, client: FlaskClient) -> None:
    before = db.session.scalar(select(func.max(ChangeFeed.number)))
    page = client.get("/services/otters").get_data(as_text=True)
    client.post(WRONG_PAGE, data=GOOD)
    assert db.session.scalar(select(func.max(ChangeFeed.number))) == before
    assert client.get("/services/otters").get_data(as_text=True) == page


def test_another_site_cannot_report_in_a_familys_name(otters: Service, client: FlaskClient) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example.org"},
    ):
        assert client.post(WRONG_PAGE, data=GOOD, headers=headers).status_code == 403
    assert kept() == []


def test_a_post_far_too_large_is_refused(otters: Service, client: FlaskClient) -> None:
    answer = client.post(WRONG_PAGE, data={**GOOD, "words": "x" * 100_000})
    assert answer.status_code == 413
    assert kept() == []


def test_odd_letters_are_kept_as_words(otters: Service, client: FlaskClient) -> None:
    words = "Zażółć\x00 \u202eevil <script> 🏊 'quotes'; DROP TABLE"
    assert client.post(WRONG_PAGE, data={**GOOD, "words": words}).status_code == 303
    assert "\x00" not in kept()[0].words
    assert "Zażółć" in kept()[0].words and "🏊" in kept()[0].words


def test_a_name_of_two_lines_cannot_add_to_the_mails_head(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    factories.published(site, "Otters\nBcc: evil@example.org", slug="two-lines")
    assert client.post("/services/two-lines/wrong", data=GOOD).status_code == 303
    assert "\n" not in queued()[0].subject
