"""Two people at once, an ended session, another organisation, and staff on behalf."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import write
from app.extensions import db
from app.models import AuditEntry, LoginSession
from app.site import Site
from app.states import RevisionStatus, Role
from tests import factories
from tests.pages.provider_pages import Provider, fields, provider_of, text
from tests.pages.test_queries_counted import statements
from tests.people import sign_in_as


@pytest.fixture
def provider(app: Flask, site: Site, client: FlaskClient) -> Provider:
    return provider_of(app, site, client, slug="otters")


def colleague(app: Flask, provider: Provider) -> Provider:
    """Another browser of the same organisation."""
    client = app.test_client()
    sign_in_as(client, organisations=[provider.service.organisation_id])
    return Provider(app, client, provider.service)


class TestTwoAtOnce:
    def test_both_versions_are_shown_and_nothing_is_lost(
        self, app: Flask, provider: Provider
    ) -> None:
        path = f"{provider.begin()}/about"
        changes = path.removesuffix("/about")
        mine = fields(provider.read(path)) | {"summary": ["Mine."], "activities": ["swimming"]}
        colleague(app, provider).send(path, summary="Theirs.")
        answer = provider.client.post(path, data=mine)
        html = text(answer)
        assert answer.status_code == 409
        assert "Theirs." in html and "Mine." in html
        assert provider.draft(changes).about.summary == "Theirs."
        kept = fields(html)
        assert kept["activities"] == ["swimming"]
        edit = text(provider.client.post(path, data={**kept, "go": "edit"}))
        assert "This is what you typed." in edit and "Mine." in edit
        assert provider.draft(changes).about.summary == "Theirs."
        assert provider.client.post(path, data={**kept, "go": "mine"}).status_code == 303
        assert provider.draft(changes).about.summary == "Mine."
        assert provider.draft(changes).about.activities == ("swimming",)

    def test_two_in_different_sections_do_not_meet(self, app: Flask, provider: Provider) -> None:
        changes = provider.begin()
        mine = fields(provider.read(f"{changes}/about")) | {"summary": ["Mine."]}
        colleague(app, provider).send(f"{changes}/joining", steps="Ring us.")
        assert provider.client.post(f"{changes}/about", data=mine).status_code == 303
        draft = provider.draft(changes)
        assert (draft.about.summary, draft.joining.steps) == ("Mine.", "Ring us.")

    def test_a_place_taken_out_meanwhile_comes_back_only_when_wanted(
        self, app: Flask, provider: Provider
    ) -> None:
        changes = provider.begin()
        place = provider.draft(changes).when.places[0].id
        path = f"{changes}/places/{place}"
        mine = fields(provider.read(path)) | {"town": ["Topsham"]}
        colleague(app, provider).send(f"{path}/remove")
        answer = provider.client.post(path, data=mine)
        assert answer.status_code == 409
        assert "Topsham" in text(answer)
        assert provider.draft(changes).when.places == ()
        provider.client.post(path, data={**fields(text(answer)), "go": "mine"})
        assert [at.town for at in provider.draft(changes).when.places] == ["Topsham"]

    def test_what_was_sent_meanwhile_is_not_changed_and_the_words_are_kept(
        self, app: Flask, provider: Provider
    ) -> None:
        changes = provider.begin()
        provider.send(f"{changes}/about", summary="First.")
        late = fields(provider.read(f"{changes}/about")) | {"summary": ["Too late."]}
        colleague(app, provider).client.post(f"{changes}/submit")
        answer = provider.client.post(f"{changes}/about", data=late)
        assert answer.status_code == 409
        assert "These changes were already sent" in text(answer)
        assert "Too late." in text(answer)
        assert provider.draft(changes).about.summary == "First."
        assert provider.client.get(f"{changes}/about").status_code == 303

    def test_taken_back_it_can_be_edited_and_thrown_away(self, provider: Provider) -> None:
        changes = provider.begin()
        provider.send(f"{changes}/about", summary="First.")
        provider.client.post(f"{changes}/submit")
        assert "Your changes are sent" in provider.read(changes)
        provider.send(f"{changes}/withdraw")
        assert provider.revision(changes).status == RevisionStatus.DRAFT
        stale = {"was": RevisionStatus.SUBMITTED}
        provider.client.post(f"{changes}/withdraw", data=stale)
        assert provider.revision(changes).status == RevisionStatus.DRAFT, "pressed twice"
        assert provider.send(f"{changes}/withdraw").location == "/provider/"
        assert provider.revision(changes).status == RevisionStatus.WITHDRAWN


def test_an_ended_session_keeps_what_was_typed(app: Flask, provider: Provider) -> None:
    changes = provider.begin()
    typed = fields(provider.read(f"{changes}/about")) | {"summary": ["Long thought about."]}
    with write() as database:
        for held in database.scalars(select(LoginSession)):
            held.ended_at = held.started_at
    answer = provider.client.post(f"{changes}/about", data=typed)
    assert answer.status_code == 401
    kept = fields(text(answer))
    sign_in_as(provider.client, organisations=[provider.service.organisation_id])
    assert provider.client.post(f"{changes}/about", data=kept).status_code == 303
    assert provider.draft(changes).about.summary == "Long thought about."


def test_staff_do_it_on_behalf_and_the_log_says_so(app: Flask, provider: Provider) -> None:
    client = app.test_client()
    sign_in_as(client, Role.MODERATOR)
    staff = Provider(app, client, provider.service)
    changes = staff.begin()
    assert staff.send(f"{changes}/about", summary="By telephone.").status_code == 303
    staff.read(f"/provider/organisations/{provider.service.organisation_id}")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    assert entry.on_behalf_of == provider.service.organisation_id
    history = provider.read(f"{provider.listing_url}/history")
    assert "Changes saved" in history and "The council" in history
    assert "Person" not in history, "families' helpers see no names of staff"


class TestAtOnce:
    def test_closed_until_shows_at_once_and_ends_at_once(
        self, app: Flask, provider: Provider
    ) -> None:
        path = f"{provider.listing_url}/closed"
        day = date.today() + timedelta(days=20)
        assert provider.client.post(path, data={"until": day.isoformat()}).status_code == 303
        public = app.test_client()
        assert "Closed now. It opens again on" in text(public.get("/services/otters"))
        assert "You are closed." in provider.read(path)
        provider.client.post(f"{provider.listing_url}/open")
        assert "Closed now." not in text(public.get("/services/otters"))

    def test_a_day_off_shows_at_once_and_can_be_taken_back(
        self, app: Flask, provider: Provider
    ) -> None:
        day = (date.today() + timedelta(days=5)).isoformat()
        path = f"{provider.listing_url}/days-off"
        for note in ("Hall shut.", "Painting."):
            answer = provider.client.post(path, data={"on": day, "note": note})
            assert answer.status_code == 303
        public = text(app.test_client().get("/services/otters"))
        assert "Painting." in public and "Hall shut." not in public
        provider.client.post(f"{path}/{day}/back")
        assert "Painting." not in text(app.test_client().get("/services/otters"))

    @pytest.mark.parametrize("day", ["", "soon", "2001-01-01", "2099-01-01", "1-1-1"])
    def test_only_a_day_to_come(self, provider: Provider, day: str) -> None:
        for page, field in (("closed", "until"), ("days-off", "on")):
            answer = provider.client.post(f"{provider.listing_url}/{page}", data={field: day})
            assert answer.status_code == 200
            assert "There is a problem" in text(answer)
        assert provider.client.post(f"{provider.listing_url}/days-off/{day or 'x'}/back")

    def test_a_place_and_its_times_are_added_changed_and_removed(self, provider: Provider) -> None:
        changes = provider.begin()
        made = provider.send(f"{changes}/places/new", name="Lido", town="Topsham")
        place = made.location
        provider.send(f"{place}/times/new", period="summer", days=["MO", "WE"], opens="10am")
        session = provider.draft(changes).when.places[1].sessions[0]
        assert (session.period, session.days, session.opens) == ("summer", ("MO", "WE"), "10:00")
        html = provider.read(place)
        assert "Summer holidays: Mondays and Wednesdays" in html
        edit = html.partition(f"{place}/times/")[2].partition('"')[0]
        provider.send(f"{place}/times/{edit}", closes="12:30")
        assert provider.draft(changes).when.places[1].sessions[0].closes == "12:30"
        gone = provider.read(place).partition(f"{place}/times/")[2].partition('"')[0]
        provider.send(f"{place}/times/{gone}/remove")
        assert provider.draft(changes).when.places[1].sessions == ()
        provider.send(f"{place}/remove")
        assert [at.name for at in provider.draft(changes).when.places] == ["Catkin Hall"]

    def test_one_more_price_keeps_what_was_typed(self, provider: Provider) -> None:
        path = f"{provider.begin()}/cost"
        grown = provider.send(path, **{"prices-0-pounds": "7", "more": "prices"})
        html = text(grown)
        assert "Price 2" in html and 'value="7"' in html
        typed = fields(html) | {"prices-1-pounds": ["4.50"], "prices-1-whom": ["adult"]}
        typed.pop("more", None)
        assert provider.client.post(path, data=typed).status_code == 303
        prices = provider.draft(path.removesuffix("/cost")).cost.prices
        assert [price.pence for price in prices] == [700, 450]


def test_pages_of_many_listings_ask_the_database_no_more_than_of_one(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    provider = provider_of(app, site, client)
    organisation = provider.service.organisation_id
    pages = ("/provider/", f"/provider/organisations/{organisation}")
    counts = []
    for _ in range(2):
        provider.read("/provider/")
        for page in pages:
            with statements(app) as sent:
                provider.read(page)
            counts.append(len(sent))
        more = [factories.service() for _ in range(12)]
        factories.show(site, *more)
        with write():
            for service in more:
                service.organisation_id = organisation
        for service in more:
            Provider(app, client, service).begin()
    assert counts[:2] == counts[2:]
    assert max(counts) <= 6
