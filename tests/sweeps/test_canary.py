"""What waits for staff is on no public page: a word put into every field of it is found nowhere."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import draft as drafts
from app.audit import Actor, Work
from app.database import write
from app.draft import Draft
from app.extensions import db
from app.models import JoinRequest, PublishedListing, Service
from app.reviewing import start_edit, start_new
from app.search.criteria import Criteria
from app.site import Site
from app.states import Answer, RevisionStatus
from tests import factories
from tests.sweeps.test_access import ACCESS, PUBLIC, addresses

CANARY = "zanzibarcanary"
LISTS = ("breaks", "activities", "outcomes", "needs", "areas", "when", "costs", "routes")


def canary(kind: Any, name: str) -> Any:
    """A value of a field that holds the word wherever the field takes words."""
    said = {
        "support": (drafts.Support("hoist", Answer.YES, CANARY),),
        "places": (drafts.Place("", *[CANARY] * 4, "exeter", CANARY,
                   (drafts.Session("term", ("SA",), "10:00", "11:00", 1, None, None, CANARY),)),),
        "prices": (drafts.Price(99_123, "session", CANARY, CANARY),),
        "contacts": (drafts.Contact(CANARY, CANARY, ("01632 960777",), f"{CANARY}@example.org"),),
    }  # fmt: skip
    if name in said:
        return said[name]
    if isinstance(kind, str) and type(kind) is str:
        return CANARY
    if isinstance(kind, tuple):
        return () if name in LISTS or name == "withheld" else (CANARY,)
    return kind


def draft_with_canaries() -> Draft:
    """A draft whose every field of words holds the canary."""
    sections = {}
    for section in drafts.SECTIONS:
        part = getattr(Draft(), section)
        values = {name: canary(getattr(part, name), name) for name in part.__struct_fields__}
        sections[section] = msgspec.structs.replace(part, **values)
    return Draft(**sections)


@pytest.fixture
def waiting(app: Flask, site: Site) -> Flask:
    """A published club with edits and new services in every state but approved, and a request."""
    key = factories.published(site, "Otter Club", slug="otters").id
    content = drafts.to_json(draft_with_canaries())
    assert content.count(CANARY) > 25
    for status in {*RevisionStatus} - {RevisionStatus.APPROVED}:
        with write() as database:
            work = Work(database, site, Actor("", "a test", ""))
            service = database.get_one(Service, key)
            new = start_new(work, service.organisation_id, CANARY)
            for revision in (start_edit(work, service), new):
                revision.content, revision.status, revision.reason = content, status, CANARY
    with write() as database:
        database.add(
            JoinRequest(
                kind="claim",
                organisation_name=CANARY,
                name=CANARY,
                email="a@example.org",
                words=CANARY,
                service_id=key,
            )
        )
    app.extensions["search"].rebuild()
    return app


def test_nothing_that_waits_is_on_a_public_page(waiting: Flask) -> None:
    client = FlaskClient(waiting, waiting.response_class)
    tried = 0
    for endpoint, paths in addresses(waiting, "otters").items():
        methods, least = ACCESS[endpoint]
        if least != PUBLIC or "GET" not in methods:
            continue
        for path in paths:
            for query in ("", "?q=otter", "?q=zanzibar+canary&lang=pl", "?q=01632+960777"):
                with client.get(path + query) as answer:
                    assert CANARY not in answer.get_data(as_text=True).lower(), (path, query)
                tried += 1
    assert tried > 40


def test_the_index_and_the_listings_do_not_know_its_words(waiting: Flask) -> None:
    search = waiting.extensions["search"]
    assert search.find(Criteria(text="otter")).total == 1
    for text in (CANARY, f"{CANARY} {CANARY}", f"{CANARY}@example.org"):
        assert search.find(Criteria(text=text)).total == 0
    for row in db.session.scalars(select(PublishedListing)):
        assert CANARY not in row.document and CANARY not in row.words
    run = waiting.test_cli_runner().invoke
    assert '"total": 0' in run(args=["search", "query", CANARY, "--json"]).output
