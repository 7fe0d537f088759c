"""What keeps a busy volunteer's work: marks, guidance at each field, saving half-way."""

from __future__ import annotations

import json
from datetime import date, timedelta
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.draft import SECTIONS
from app.extensions import db
from app.models import AuditEntry, Revision, Service
from app.provider.forms import PartForm
from app.site import Site
from tests.pages.provider_pages import Provider, fields, provider_of, text
from tests.people import sign_in_as
from tests.strict import XHTML, parse

HARD = (
    "Participants undertaking rehabilitation demonstrate considerable physiological improvement. "
    "Multidisciplinary professionals facilitate individualised developmental opportunities. "
    "Administrative representatives communicate organisational eligibility requirements."
)
SOON = date.today() + timedelta(days=20)


@pytest.fixture
def provider(app: Flask, site: Site, client: FlaskClient) -> Provider:
    return provider_of(app, site, client, slug="otters")


def colleague(app: Flask, provider: Provider) -> Provider:
    client = app.test_client()
    sign_in_as(client, organisations=[provider.service.organisation_id])
    return Provider(app, client, provider.service)


def service_of(provider: Provider) -> Service:
    db.session.expire_all()
    return db.session.get_one(Service, provider.service.id)


def newest_entry() -> AuditEntry:
    newest = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)
    return db.session.scalars(newest).one()


class TestSpaces:
    def test_who_saw_an_older_answer_is_shown_both(self, app: Flask, provider: Provider) -> None:
        """Somebody said Full meanwhile: an old page must not send families to a full club."""
        path = f"{provider.listing_url}/spaces"
        mine = fields(provider.read(path)) | {"space": ["spaces"], "note": ["One on Saturdays."]}
        colleague(app, provider).send(path, space="full")
        answer = provider.client.post(path, data=mine)
        html = text(answer)
        assert answer.status_code == 409
        assert "Somebody else changed this too" in html
        assert "Full now" in html and "One on Saturdays." in html
        assert service_of(provider).space == "full"
        edit = text(provider.client.post(path, data={**fields(html), "go": "edit"}))
        assert "One on Saturdays." in edit and service_of(provider).space == "full"
        assert provider.client.post(path, data={**fields(html), "go": "mine"}).status_code == 303
        assert (service_of(provider).space, service_of(provider).space_note) == (
            "spaces",
            "One on Saturdays.",
        )

    def test_saying_the_same_as_somebody_else_is_no_clash(
        self, app: Flask, provider: Provider
    ) -> None:
        path = f"{provider.listing_url}/spaces"
        mine = fields(provider.read(path)) | {"space": ["full"]}
        colleague(app, provider).send(path, space="full")
        assert provider.client.post(path, data=mine).status_code == 303

    def test_the_question_on_the_listing_carries_the_mark_too(self, provider: Provider) -> None:
        html = provider.read(provider.listing_url)
        assert (
            fields(html)["mark"] == fields(provider.read(f"{provider.listing_url}/spaces"))["mark"]
        )
        assert fields(html)["mark"] != [""]

    def test_the_log_says_what_was_before(self, provider: Provider) -> None:
        for space in ("waiting", "full"):
            provider.send(f"{provider.listing_url}/spaces", space=space, months="2")
        entry = newest_entry()
        assert json.loads(entry.old)["space"] == "waiting"
        assert json.loads(entry.new)["space"] == "full"


class TestClosed:
    def test_who_saw_another_day_is_told_and_keeps_theirs(
        self, app: Flask, provider: Provider
    ) -> None:
        path = f"{provider.listing_url}/closed"
        later = (SOON + timedelta(days=5)).isoformat()
        mark = {"mark": "open"}
        assert provider.client.post(path, data=mark | {"until": later}).status_code == 303
        answer = provider.client.post(path, data=mark | {"until": SOON.isoformat()})
        html = text(answer)
        assert answer.status_code == 409
        assert "Somebody else has just said that you open again on" in html
        assert SOON.isoformat() in html, "what was typed stays"
        assert str(service_of(provider).closed_until) == later
        again = {"mark": later, "until": SOON.isoformat()}
        assert f'value="{later}"' in html, "pressing again is enough"
        assert provider.client.post(path, data=again).status_code == 303
        assert service_of(provider).closed_until == SOON
        assert json.loads(newest_entry().old) == {"closed_until": later}

    def test_who_opens_today_is_not_closed(self, provider: Provider) -> None:
        answer = provider.client.post(
            f"{provider.listing_url}/closed", data={"until": date.today().isoformat()}
        )
        assert "Choose a day after today." in text(answer)
        assert service_of(provider).closed_until is None

    def test_each_press_is_answered(self, provider: Provider) -> None:
        path = provider.listing_url
        day = SOON.isoformat()
        for page, data in (
            ("closed", {"until": day}),
            ("open", {}),
            ("days-off", {"on": day, "note": "Hall shut."}),
            (f"days-off/{day}/back", {}),
        ):
            answer = provider.client.post(f"{path}/{page}", data=data)
            assert 'role="status"' in provider.read(answer.location), page
        entry = newest_entry()
        assert json.loads(entry.old)["note"] == "Hall shut."


class TestHalfWay:
    @pytest.mark.parametrize(("section", "field"), [("about", "summary"), ("could", "training")])
    def test_a_long_section_is_saved_and_gone_on_with(
        self, provider: Provider, section: str, field: str
    ) -> None:
        path = f"{provider.begin()}/{section}"
        answer = provider.send(path, **{field: "So far.", "go": "so-far"})
        assert answer.location.partition("?")[0] == path
        html = provider.read(answer.location)
        assert "Saved. You can go on" in html and "So far." in html

    def test_a_button_pressed_twice_begins_one_service(self, provider: Provider) -> None:
        path = f"/provider/organisations/{provider.service.organisation_id}/new"
        first, second = (provider.client.post(path, data={"name": "Heron Club"}) for _ in range(2))
        assert first.location == second.location
        assert provider.client.post(path, data={"name": "Ibis Club"}).location != first.location
        assert len(db.session.scalars(select(Revision)).all()) == 2


PAGES = [*SECTIONS[:-1], "places/new", "places/{place}", "places/{place}/times/new"]


class TestGuidance:
    @pytest.mark.parametrize("page", PAGES)
    def test_each_field_has_guidance_and_none_cuts_words_off(
        self, provider: Provider, page: str
    ) -> None:
        changes = provider.begin()
        place = provider.draft(changes).when.places[0].id
        document = parse(provider.read(f"{changes}/{page.format(place=place)}"))
        words = {item.get("id"): "".join(item.itertext()).strip() for item in document.iter()}
        seen = 0
        for control in _controls(document):
            ids = (control.get("aria-describedby") or "").split()
            said = [words[key] for key in ids if not key.endswith("-error")]
            name = control.get("name") or words[control.get("id")]
            assert any(said), f"{page}: {name} has no guidance"
            assert control.get("maxlength") is None, f"{page}: {name} cuts words off"
            seen += 1
        assert seen

    def test_the_words_of_every_section_are_advised_on(self, provider: Provider) -> None:
        changes = provider.begin()
        for section, field in (("about", "description"), ("could", "training"),
                               ("cost", "cost_note"), ("joining", "steps")):  # fmt: skip
            assert "Could it be easier to read?" not in provider.read(f"{changes}/{section}")
            provider.send(f"{changes}/{section}", **{field: HARD})
            html = provider.read(f"{changes}/{section}")
            assert "Could it be easier to read?" in html, section
        checked = provider.read(f"{changes}/check-answers")
        assert checked.count("Shorter words help more families.") == 4

    def test_words_that_were_just_typed_are_advised_on(self, provider: Provider) -> None:
        """Also when the section cannot be saved yet."""
        answer = provider.send(f"{provider.begin()}/about", name="", description=HARD)
        assert "Could it be easier to read?" in text(answer)


def _controls(document: Element) -> list[Element]:
    """The fields for words of a page, and its groups of answers; but not the long list of kinds
    of help, whose question is its own guidance."""
    main = next(item for item in document.iter(f"{XHTML}main"))
    kinds = [main.iter(f"{XHTML}{tag}") for tag in ("input", "textarea", "select", "fieldset")]
    found = [item for kind in kinds for item in kind]
    return [
        item
        for item in found
        if item.get("type") not in ("hidden", "radio", "checkbox")
        and item.get("class") not in ("help-answer", "card pad row-of")
    ]


def test_a_listing_long_unchecked_is_said_to_be_right_by_one_press(
    app: Flask, provider: Provider
) -> None:
    old = date.today() - timedelta(days=400)
    with write() as database:
        database.get_one(Service, provider.service.id).assured_date = old
    assert "Yes, all of it is right" in provider.read(provider.listing_url)
    stranger = app.test_client()
    sign_in_as(stranger)
    assert stranger.post(f"{provider.listing_url}/still-right").status_code == 404
    answer = provider.client.post(f"{provider.listing_url}/still-right")
    html = provider.read(answer.location)
    assert "Families see that you checked it today." in html
    assert "Yes, all of it is right" not in html
    assert service_of(provider).assured_date == date.today()
    assert json.loads(newest_entry().old) == {"assured": old.isoformat()}
    assert "Said that all is right" in provider.read(f"{provider.listing_url}/history")


def test_no_form_of_a_section_is_made_before_it_gives_the_section_back() -> None:
    class Unfinished(PartForm):
        """Forgets its one method."""

    with pytest.raises(TypeError, match="abstract method"):
        Unfinished()
