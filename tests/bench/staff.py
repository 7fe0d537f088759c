"""How long staff's pages take: 50,000 listings, 5,000 that wait, reports and a long log.

`python -m tests.bench.staff [LISTINGS] [WAITING]` makes a directory of its own in a folder that
is thrown away, and prints for each page the statements sent and the milliseconds of server time
(the middle and the longest of ten, of the processor: the machine may be busy).
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert

from app import create_app
from app import draft as drafts
from app.audit import Actor, Work, record
from app.database import new_id, now, write
from app.draft_records import draft_of
from app.extensions import db
from app.listing import to_json
from app.models import (
    AuditEntry,
    Feedback,
    Location,
    Organisation,
    PublishedListing,
    Revision,
    Service,
    ServiceAtLocation,
)
from app.operations.schema import migrate_to_newest
from app.publishing import letter_of, sort_name
from app.site import current_site
from app.states import RevisionStatus, Role, Status
from app.taxonomies import sync_taxonomy
from tests import factories
from tests.conftest import close, settings_in
from tests.people import sign_in_as

LISTINGS, WAITING, ORGANISATIONS, LOG = 50_000, 5_000, 400, 100_000
LIMIT = 100
"""Milliseconds of server time that no page may take."""
TIMES = 10
AT_ONCE = 5_000
WORDS = ("Otter", "Heron", "Plover", "Wagtail", "Curlew", "Dipper", "Teal", "Swift", "Wren")
TIERS = ("universal", "targeted", "specialist")
LOCALITIES = ("exeter", "torridge", "teignbridge", "")
KINDS = ("Club", "Swim", "Playscheme", "Youth Group", "Drama", "Short Breaks")


def main(listings: int = LISTINGS, waiting: int = WAITING) -> int:
    """Print the table; 1 when a page takes longer than the limit."""
    with TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)), testing=True)
        with app.app_context():
            migrate_to_newest()
            with write() as database:
                sync_taxonomy(database)
            whole = factories.published(current_site(), "Otter Club", slug="otters")
            owner = whole.organisation_id
            revision = fill(whole, listings, waiting)
            client = FlaskClient(app, app.response_class)
            sign_in_as(client, Role.ADMINISTRATOR)
            db.session.remove()
            slow = measure(app, client, owner, revision)
        close(app)
    return 1 if slow else 0


def fill(whole: Service, listings: int, waiting: int) -> str:
    """Many services like one, many changes of them, reports and log; gives a revision's id."""
    content = drafts.to_json(draft_of(whole))
    owners = [{"id": new_id(), "name": f"Trust {number}", "kind": "", "description": "", "url": "",
               "email": "", "source": ""} for number in range(ORGANISATIONS)]  # fmt: skip
    put(Organisation, owners)
    services = [service_row(number, owners) for number in range(listings)]
    put(Service, services)
    put(PublishedListing, [listing_row(row) for row in services])
    places = [{"id": new_id(), "postcode": f"EX{number % 40} {number % 9}AB", "locality": "exeter",
               "town": "Exeter", "name": "Hall", "address": "", "directions": ""}
              for number in range(listings)]  # fmt: skip
    put(Location, places)
    put(ServiceAtLocation, [
        {"id": new_id(), "service_id": row["id"], "location_id": place["id"], "position": 0}
        for row, place in zip(services, places, strict=True)
    ])  # fmt: skip
    revisions = [
        revision_row(number, row, content) for number, row in enumerate(services[:waiting])
    ]
    put(Revision, revisions)
    put(Feedback, [feedback_row(number, services) for number in range(waiting)])
    put(Feedback, [comment_row(number) for number in range(waiting)])
    fill_log(whole)
    real = {**revision_row(0, {"id": whole.id, "organisation_id": whole.organisation_id}, content)}
    put(Revision, [real])
    return str(real["id"])


def put(model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows in parts."""
    for start in range(0, len(rows), AT_ONCE):
        with write() as database:
            database.execute(insert(model), rows[start : start + AT_ONCE])


def service_row(number: int, owners: list[dict[str, Any]]) -> dict[str, Any]:
    """A service with a name many others share the beginning of."""
    name = f"{WORDS[number % 9]} {KINDS[number % 6]} {number}"
    owner = owners[number % len(owners)]["id"]
    return {"id": new_id(), "organisation_id": owner, "slug": f"s-{number}", "name": name,
            "status": Status.PUBLISHED, "version": 1}  # fmt: skip


def listing_row(row: dict[str, Any]) -> dict[str, Any]:
    """What families see of it, in short, checked some time in the last two years or never."""
    name = sort_name(row["name"])
    days = int(row["slug"].removeprefix("s-")) % 700
    checked = date.today() - timedelta(days=days) if days < 650 else None
    return {"service_id": row["id"], "slug": row["slug"], "name": row["name"], "sort_name": name,
            "letter": letter_of(name), "tier": TIERS[len(name) % 3], "words": name,
            "document": to_json(factories.listing(row["name"], id=row["id"], slug=row["slug"])),
            "content_hash": "", "is_demo": False, "organisation_id": row["organisation_id"],
            "locality": LOCALITIES[len(name) % 4], "assured": checked,
            "fresh_from": checked or date.today()}  # fmt: skip


def revision_row(number: int, row: dict[str, Any], content: str) -> dict[str, Any]:
    """A change that has waited for up to a fortnight."""
    flags = ("", "contact", "hard missing")[number % 3]
    return {"id": new_id(), "organisation_id": row["organisation_id"], "service_id": row["id"],
            "status": RevisionStatus.SUBMITTED, "content": content, "base": content, "saved": 1,
            "submitted_at": now() - timedelta(minutes=4 * number), "flags": flags}  # fmt: skip


def feedback_row(number: int, services: list[dict[str, Any]]) -> dict[str, Any]:
    """A report; some listings have many."""
    return {"id": new_id(), "service_id": services[number % 1500]["id"], "about": "times",
            "words": "It is on Sundays.", "reporter": f"person {number}"}  # fmt: skip


def comment_row(number: int) -> dict[str, Any]:
    """A comment about the site; every other one is dealt with."""
    settled = now() if number % 2 else None
    return {"id": new_id(), "about": "site", "words": "The search is good. " * 40,
            "created_at": now() - timedelta(minutes=number), "settled_at": settled}  # fmt: skip


def fill_log(whole: Service) -> None:
    """A long log, sealed only at its beginning: it is read here, not verified."""
    with write() as database:
        work = Work(database, current_site(), Actor("", "the bench", ""))
        first = record(work, "listing.updated", ("service", whole.id))
        row = {
            key: getattr(first, key) for key in ("at", "actor", "action", "subject_kind", "seal")
        }
    put(AuditEntry, [{**row, "number": number, "subject_id": new_id()}
                     for number in range(2, LOG)])  # fmt: skip


def measure(app: Flask, client: FlaskClient, owner: str, revision: str) -> list[str]:
    """Ask for each page again and again; gives those that take too long."""
    slow = []
    for path in (
        "/staff/",
        "/staff/queue",
        "/staff/queue?page=100",
        "/staff/queue?kind=edit&flag=contact",
        "/staff/queue?kind=report",
        "/staff/queue?flag=many",
        "/staff/queue?flag=late&who=free",
        f"/staff/revisions/{revision}",
        f"/staff/organisations/{owner}/approve",
        "/staff/listings?q=plover",
        "/staff/listings?q=nothing+like+this",
        "/staff/listings/otters",
        "/staff/listings/otters/versions",
        "/staff/listings/otters/reports",
        "/staff/listings/otters/merge?with=s-1",
        "/staff/log",
        "/staff/log?who=bench&before=50000",
        "/staff/log?listing=otters",
        "/staff/comments",
        "/staff/comments?show=dealt&page=50",
        "/staff/requests",
        "/staff/people",
        "/staff/freshness",
        "/staff/freshness?by=locality",
        "/staff/freshness?by=tier",
        "/staff/freshness?list=chase",
        f"/staff/freshness?list=chase&by=organisation&of={owner}",
    ):
        sent: list[str] = []
        times = [ask(app, client, path, sent) for _ in range(TIMES)]
        line = f"{path:55.55} {len(sent) // TIMES:3} statements {median(times):6.1f} ms"
        print(f"{line}, at most {max(times):6.1f} ms")
        if median(times) > LIMIT:
            slow.append(path)
    return slow


def ask(app: Flask, client: FlaskClient, path: str, sent: list[str]) -> float:
    """The milliseconds of one answer; its statements are added to `sent`."""

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    begun = process_time()
    answer = client.get(path)
    took = (process_time() - begun) * 1000
    event.remove(db.engine, "before_cursor_execute", note)
    assert answer.status_code == 200, (path, answer.status_code)
    db.session.remove()
    return took


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
