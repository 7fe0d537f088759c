"""Every address stands in one table, and no address that only shows something writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.config import Settings
from app.extensions import db
from app.models import PublishedListing
from app.site import Site, current_site
from tests import factories
from tests.databases import watching
from tests.selfcheck import token, walk

PUBLIC = "public"
PROVIDER, MODERATOR, ADMINISTRATOR = "provider", "moderator", "administrator"
"""The least role that may use an address."""
READS, WRITES = frozenset({"GET"}), frozenset({"GET", "POST"})
ASKS, SENDS = frozenset(["GET", "POST"]), frozenset({"POST"})
"""A form whose answers stay in the family's browser; a button. Neither writes anything here."""
DOORS = frozenset(("GET", "POST"))
"""A page that only opens with what was mailed: see the stories of accounts."""
ACCESS: dict[str, tuple[frozenset[str], str]] = {
    "static": (READS, PUBLIC),
    "directory.start": (READS, PUBLIC),
    "directory.what_is_hard": (READS, PUBLIC),
    "directory.search": (READS, PUBLIC),
    "directory.suggest": (READS, PUBLIC),
    "directory.service": (READS, PUBLIC),
    "directory.browse": (READS, PUBLIC),
    "directory.report": (WRITES, PUBLIC),
    "directory.reported": (READS, PUBLIC),
    "directory.contact_used": (SENDS, PUBLIC),
    "answer.still_right": (READS, PUBLIC),
    "answer.confirm": (SENDS, PUBLIC),
    "freshness.overview": (READS, MODERATOR),
    "freshness.csv": (READS, MODERATOR),
    "freshness.right": (SENDS, MODERATOR),
    "freshness.rang": (SENDS, MODERATOR),
    "pages.about": (READS, PUBLIC),
    "pages.privacy": (READS, PUBLIC),
    "pages.cookies": (READS, PUBLIC),
    "pages.accessibility": (READS, PUBLIC),
    "pages.how_we_decide": (READS, PUBLIC),
    "pages.short_breaks_statement": (READS, PUBLIC),
    "pages.feedback": (WRITES, PUBLIC),
    "pages.feedback_thanks": (READS, PUBLIC),
    "selfcheck.start": (ASKS, PUBLIC),
    "selfcheck.question": (ASKS, PUBLIC),
    "selfcheck.safety": (ASKS, PUBLIC),
    "selfcheck.start_again": (SENDS, PUBLIC),
    "selfcheck.check_answers": (READS, PUBLIC),
    "selfcheck.result": (READS, PUBLIC),
    "selfcheck.services": (SENDS, PUBLIC),
    "selfcheck.sheet": (READS, PUBLIC),
    "selfcheck.sheet_pdf": (READS, PUBLIC),
    "selfcheck.leave": (READS, PUBLIC),
    "moderation.home": (READS, MODERATOR),
    "moderation.queue": (READS, MODERATOR),
    "moderation.take_next": (SENDS, MODERATOR),
    "moderation.take_request": (SENDS, MODERATOR),
    "moderation.hand_back_request": (SENDS, MODERATOR),
    "moderation.revision": (READS, MODERATOR),
    "moderation.take": (SENDS, MODERATOR),
    "moderation.hand_back": (SENDS, MODERATOR),
    "moderation.decide": (SENDS, MODERATOR),
    "moderation.decided": (READS, MODERATOR),
    "moderation.approve_all": (WRITES, MODERATOR),
    "moderation.log": (READS, MODERATOR),
    "comments.every": (READS, MODERATOR),
    "comments.show": (WRITES, MODERATOR),
    "staff_listings.find": (READS, MODERATOR),
    "staff_listings.show": (READS, MODERATOR),
    "staff_listings.versions": (READS, MODERATOR),
    "staff_listings.back": (WRITES, MODERATOR),
    "staff_listings.off": (WRITES, MODERATOR),
    "staff_listings.on": (WRITES, MODERATOR),
    "staff_listings.marks": (WRITES, MODERATOR),
    "staff_listings.end_mark": (SENDS, MODERATOR),
    "staff_listings.reports": (WRITES, MODERATOR),
    "staff_listings.take_reports": (SENDS, MODERATOR),
    "staff_listings.hand_back_reports": (SENDS, MODERATOR),
    "staff_listings.merge": (WRITES, MODERATOR),
    "accounts.sign_in": (WRITES, PUBLIC),
    "accounts.code": (DOORS, PUBLIC),
    "accounts.link": (DOORS, PUBLIC),
    "accounts.second_factor": (DOORS, PUBLIC),
    "accounts.sign_out": (DOORS, PUBLIC),
    "joining.invitation": (DOORS, PUBLIC),
    "joining.accepted": (READS, PUBLIC),
    "joining.add_your_service": (WRITES, PUBLIC),
    "joining.asked": (READS, PUBLIC),
    "joining.ours": (WRITES, PUBLIC),
    "account.show": (WRITES, PROVIDER),
    "account.sign_out_everywhere": (SENDS, PROVIDER),
    "account.recovery_codes": (WRITES, PROVIDER),
    "colleagues.every": (READS, PROVIDER),
    "colleagues.show": (WRITES, PROVIDER),
    "colleagues.remove": (SENDS, PROVIDER),
    "colleagues.lead": (SENDS, PROVIDER),
    "colleagues.withdraw_invitation": (SENDS, PROVIDER),
    "provider.dashboard": (READS, PROVIDER),
    "provider.organisation": (READS, PROVIDER),
    "provider.new_listing": (WRITES, PROVIDER),
    "provider.listing": (READS, PROVIDER),
    "provider.history": (READS, PROVIDER),
    "provider.numbers": (READS, PROVIDER),
    "provider.looked_for": (READS, PROVIDER),
    "provider.begin": (SENDS, PROVIDER),
    "provider.spaces": (WRITES, PROVIDER),
    "provider.closed": (WRITES, PROVIDER),
    "provider.open_again": (SENDS, PROVIDER),
    "provider.still_right": (SENDS, PROVIDER),
    "provider.day_off": (SENDS, PROVIDER),
    "provider.day_back": (SENDS, PROVIDER),
    "provider.changes": (READS, PROVIDER),
    "provider.preview": (READS, PROVIDER),
    "provider.check_answers": (READS, PROVIDER),
    "provider.submit": (SENDS, PROVIDER),
    "provider.sent": (READS, PROVIDER),
    "provider.withdraw": (WRITES, PROVIDER),
    "provider.place": (WRITES, PROVIDER),
    "provider.remove_place": (WRITES, PROVIDER),
    "provider.session": (WRITES, PROVIDER),
    "provider.remove_session": (WRITES, PROVIDER),
    "provider.section": (WRITES, PROVIDER),
    "requests.every": (READS, MODERATOR),
    "requests.show": (WRITES, MODERATOR),
    "requests.refuse": (SENDS, MODERATOR),
    "people.every": (READS, ADMINISTRATOR),
    "people.invite_person": (WRITES, ADMINISTRATOR),
    "people.invited": (READS, ADMINISTRATOR),
    "people.show": (WRITES, ADMINISTRATOR),
    "people.do": (SENDS, ADMINISTRATOR),
    "health.live": (READS, PUBLIC),
    "health.ready": (READS, PUBLIC),
}
"""Endpoint to the methods it answers and who may use it. A new one fails until it is here."""
ALWAYS = {"HEAD", "OPTIONS"}
ARGUMENTS: dict[str, str | int] = {
    "letter": "o",
    "filename": "app.css",
    "question": "who",
    "number": 1,
    "section": "about",
    "doing": "enable",
    "day": "2030-01-01",
}
SOME_ID = "0" * 8
"""Stands for any argument that is not named: nothing has this id."""
LEADS_ON = {
    "selfcheck.question",
    "selfcheck.safety",
    "selfcheck.check_answers",
    "selfcheck.result",
    "selfcheck.sheet",
    "selfcheck.leave",
}
"""Who has no answers yet is led to where the questions begin; who leaves, to another site."""
WITH_THE_EXTRA = {"selfcheck.sheet_pdf"}
"""Not found where the site can make no PDF."""
WITHOUT_A_KEY = {
    "accounts.code": 303,
    "accounts.second_factor": 303,
    "accounts.link": 410,
    "joining.invitation": 410,
    "answer.still_right": 404,
}
"""What somebody is told who has nothing that opens the door."""


JOINING = {"name": "Nia", "email": "nia@example.org", "words": "We run a club."}


def addresses(app: Flask, slug: str, ids: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Each endpoint with every address it can be had at."""
    found: dict[str, list[str]] = {}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            known = {**ARGUMENTS, **(ids or {}), "slug": slug}
            values = {name: known.get(name, SOME_ID) for name in rule.arguments}
            found.setdefault(rule.endpoint, []).append(adapter.build(rule.endpoint, values))
    return found


@contextmanager
def unwritten(app: Flask) -> Iterator[None]:
    """Fails when anything was committed to the database meanwhile, by whomever."""
    with watching(app.config["SQLALCHEMY_DATABASE_URI"]) as state:
        before = state()
        yield
        assert state() == before


def demo_slug(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(PublishedListing.slug)).first() or ""


def test_every_address_is_in_the_table_with_its_methods(app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.endpoint, set()).update((rule.methods or set()) - ALWAYS)
    assert methods == {endpoint: {*allowed} for endpoint, (allowed, _) in ACCESS.items()}


def test_every_public_address_answers_everybody(demo_app: Flask) -> None:
    client = FlaskClient(demo_app, demo_app.response_class)
    for endpoint, paths in addresses(demo_app, demo_slug(demo_app)).items():
        methods, who = ACCESS[endpoint]
        if methods is SENDS or who != PUBLIC or endpoint in WITH_THE_EXTRA:
            continue
        for path in paths:
            for method in ("GET", "HEAD"):
                with client.open(path, method=method) as response:
                    usual = 303 if endpoint in LEADS_ON else 200
                    expected = WITHOUT_A_KEY.get(endpoint, usual)
                    assert response.status_code == expected, (endpoint, method, path)


def test_a_method_that_is_not_in_the_table_is_refused(demo_app: Flask) -> None:
    """Posting to a page of the self-check that takes none is answering a question there is not."""
    client = FlaskClient(demo_app, demo_app.response_class)
    origin = {"Sec-Fetch-Site": "same-origin"}
    with unwritten(demo_app):
        for endpoint, paths in addresses(demo_app, demo_slug(demo_app)).items():
            for method in {"POST", "PUT", "PATCH", "DELETE"} - ACCESS[endpoint][0]:
                status = client.open(paths[0], method=method, headers=origin).status_code
                refused = {405, 404} if endpoint.startswith("selfcheck.") else {405, 401, 410}
                assert status in refused, (endpoint, method)


def test_nothing_that_only_shows_writes(demo_app: Flask) -> None:
    """Every address by GET and HEAD, with a search, a language and a word nobody knows."""
    client = FlaskClient(demo_app, demo_app.response_class)
    with unwritten(demo_app):
        for paths in addresses(demo_app, demo_slug(demo_app)).values():
            for path in paths:
                for query in ("", "?lang=pl", "?q=swimming&near=Exeter", "?unknown=1"):
                    client.get(path + query).close()
                client.head(path).close()
        client.get("/not-there")


def test_the_watcher_sees_a_write(app: Flask, site: Site) -> None:
    with pytest.raises(AssertionError), unwritten(app):
        factories.published(site)


def test_what_may_write_writes_only_when_posted_whole(
    app: Flask, site: Site, settings: Settings
) -> None:
    factories.published(site, slug="otters")
    client = app.test_client()
    posts = {
        "/services/otters/wrong": {"about": "other", "words": "It is wrong."},
        "/feedback": {"words": "Thank you."},
        "/sign-in": {"email": "sam@example.org"},
        "/add-your-service": {**JOINING, "organisation": "Heron Club"},
        "/services/otters/ours": JOINING,
    }
    writers = [key for key, (methods, who) in ACCESS.items() if methods is WRITES and who == PUBLIC]
    assert len(posts) == len(writers), "each address that writes is tried here"
    for path, form in posts.items():
        with unwritten(app):
            client.get(path)
            client.post(path, data={})
            client.post(path, data=form, headers={"Sec-Fetch-Site": "cross-site"})
        with pytest.raises(AssertionError), unwritten(app):
            assert client.post(path, data=form).status_code == 303


def test_what_a_family_answers_is_written_nowhere(demo_app: Flask) -> None:
    """Every form of the self-check sent whole: nothing but the browser's own cookie changes."""
    client = demo_app.test_client()
    with unwritten(demo_app):
        assert walk(client, {"danger_now": "yes", "carried_on": True, "age": 9}) == "check-answers"
        for path in ("result", "sheet", "sheet.pdf"):
            client.get(f"/self-check/{path}").close()
        for path in ("services", "start-again"):
            client.post(f"/self-check/{path}", data={"token": token(client)}).close()


def test_the_site_of_the_table_is_this_one(app: Flask) -> None:
    assert current_site().settings.config == "development"
    assert {who for _, who in ACCESS.values()} == {PUBLIC, PROVIDER, MODERATOR, ADMINISTRATOR}
