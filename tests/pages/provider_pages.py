"""What tests of the provider's pages share: somebody signed in, a listing, a form filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import draft as drafts
from app import reviewing
from app.audit import Actor, Work
from app.database import write
from app.draft import Draft
from app.extensions import db
from app.models import Revision, Service
from app.site import Site, current_site
from tests import factories
from tests.people import sign_in_as

INPUT = re.compile(r"<(input|textarea|select|option)\b([^>]*)>(?:\n?([^<]*)</textarea>)?")
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@dataclass
class Provider:
    """A browser of somebody who works for one organisation, and a listing of theirs."""

    app: Flask
    client: FlaskClient
    service: Service

    @property
    def listing_url(self) -> str:
        return f"/provider/listings/{self.service.id}"

    def begin(self) -> str:
        """Begin to change the listing; gives the address of the changes."""
        response = self.client.post(f"{self.listing_url}/changes")
        assert response.status_code == 303
        return str(response.location)

    def read(self, path: str, status: int = 200) -> str:
        response = self.client.get(path)
        assert response.status_code == status, path
        return text(response)

    def send(self, path: str, *, form: int = -1, **changes: Any) -> TestResponse:
        """Open a page, fill in its form as a browser would, and send it."""
        filled = fields(self.read(path))
        for name, value in changes.items():
            filled[name] = value if isinstance(value, list) else [value]
        return self.client.post(path, data=filled)

    def draft(self, changes_url: str) -> Draft:
        return drafts.from_json(self.revision(changes_url).content)

    def revision(self, changes_url: str) -> Revision:
        db.session.expire_all()
        revision = db.session.get(Revision, changes_url.split("/")[3])
        assert revision is not None
        return revision


def text(response: TestResponse) -> str:
    return unescape(response.get_data(as_text=True)).replace("\xa0", " ")


def fields(html: str) -> dict[str, list[str]]:
    """The fields of a page's only form as a browser would send them unchanged."""
    found: dict[str, list[str]] = {}
    select = ""
    for tag, inside, words in INPUT.findall(html):
        facts = dict(ATTRIBUTE.findall(inside))
        name, value = unescape(facts.get("name", "")), unescape(facts.get("value", ""))
        is_chosen = facts.get("type") not in ("radio", "checkbox") or "checked" in facts
        if tag == "select":
            select = name
        elif tag == "option":
            if "selected" in facts or select not in found:
                found[select] = [value]
        elif name and is_chosen:
            found.setdefault(name, []).append(unescape(words) if tag == "textarea" else value)
    return found


def provider_of(app: Flask, site: Site, client: FlaskClient, **facts: Any) -> Provider:
    """Somebody signed in who acts for the organisation of a published listing."""
    service = factories.published(site, facts.pop("name", "Otter Club"), **facts)
    sign_in_as(client, organisations=[service.organisation])
    return Provider(app, client, service)


def staff_asks(revision_id: str, field: str, words: str) -> None:
    """Send a revision back with a comment, as staff do."""
    with write() as database:
        revision = reviewing.locked(database, revision_id)
        assert revision is not None
        work = Work(database, current_site(), Actor("", "Sam", "moderator"))
        reviewing.ask_for_changes(work, revision, {field: words}, "Nearly there.")
