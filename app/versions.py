"""What families saw from day to day: every version is kept, compared with and gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import draft as drafts
from app.audit import Work, record
from app.database import now
from app.draft import Draft
from app.draft_records import Finder, apply_draft, draft_of
from app.models import ListingVersion, OldAddress, Reminder, Revision, Service
from app.places import Place
from app.publishing import publish
from app.site import Site
from app.states import Status


class StaleError(ValueError):
    """Somebody saved something else meanwhile. `stored` is what stands now."""

    def __init__(self, stored: Draft, fields: tuple[str, ...]) -> None:
        super().__init__("somebody else saved this meanwhile")
        self.stored = stored
        self.fields = fields


def merged(base: Draft, current: Draft, wanted: Draft) -> Draft:
    """What is published, with the fields a revision changed. Raises `StaleError` on a clash."""
    proposed = set(drafts.changed_fields(base, wanted))
    meanwhile = set(drafts.changed_fields(base, current))
    apart = set(drafts.changed_fields(current, wanted))
    if clashes := proposed & meanwhile & apart:
        raise StaleError(current, tuple(sorted(clashes)))
    for field in proposed:
        section, _, name = field.partition(".")
        value = getattr(getattr(wanted, section), name)
        part = msgspec.structs.replace(getattr(current, section), **{name: value})
        current = drafts.with_section(current, section, part)
    return current


def publish_version(
    work: Work,
    service: Service,
    draft: Draft,
    *,
    revision: Revision | None = None,
    why: str = "",
) -> ListingVersion:
    """Show families a draft, and keep it as the listing's next version.

    What staff took off the site gets its version and stays off until they put it back.
    """
    if service.version == 0 and revision is not None and revision.base:
        _keep_version(
            work.database, service, drafts.from_json(revision.base), "", "before the first edit"
        )
    before = draft_of(service)
    apply_draft(service, draft, finder(work.site))
    work.database.flush()
    version = _keep_version(work.database, service, draft_of(service), work.actor.id, why)
    version.revision_id = revision.id if revision else None
    _show(work, service)
    record(
        work,
        "listing.published",
        ("service", service.id),
        {"version": version.number - 1},
        {"version": version.number, "fields": drafts.changed_fields(before, draft), "why": why},
    )
    return version


def roll_back(work: Work, service: Service, number: int) -> ListingVersion | None:
    """Publish an older version anew; None when there is no version of that number.

    What only staff set stays as it is: going back must not give away a withheld address. Spaces
    stay too: they are told from day to day, and those of long ago are not true today.
    """
    old = work.database.scalars(
        select(ListingVersion).where(
            ListingVersion.service_id == service.id, ListingVersion.number == number
        )
    ).first()
    if old is None:
        return None
    draft = as_of_now(drafts.from_json(old.content), draft_of(service))
    why = f"back to version {number}"
    return publish_version(work, service, draft, why=why)


def as_of_now(old: Draft, now: Draft) -> Draft:
    """What going back to an old content would say: its words, and today's spaces and tier."""
    return drafts.with_section(keep_staff_words(old, now), "availability", now.availability)


def publish_now(
    work: Work,
    service: Service,
    changes: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """Show families at once what needs no staff: spaces, a closing, cancelled dates.

    `before` and `changes` say for the log what was and what is; the caller has set the records.
    """
    work.database.flush()
    _show(work, service)
    subject = ("service", service.id)
    record(work, "listing.updated", subject, _plainly(before or {}), _plainly(changes))


def assure(work: Work, service: Service, today: date, how: str) -> None:
    """Date a listing today: somebody said that it is right. No reminder's link is good any more."""
    before, service.assured_date = service.assured_date, today
    work.database.execute(
        update(Reminder)
        .where(Reminder.service_id == service.id, Reminder.used_at.is_(None))
        .values(used_at=now())
    )
    publish_now(work, service, {"assured": today, "how": how}, {"assured": before})


def keep_staff_words(draft: Draft, known: Draft) -> Draft:
    """A draft with the tier and the withheld places of another, place by place by their ids."""
    withheld = dict(
        zip((place.id for place in known.when.places), known.staff.withheld, strict=False)
    )
    asked = tuple(withheld.get(place.id) if place.id else None for place in draft.when.places)
    return drafts.with_section(draft, "staff", drafts.StaffOnly(known.staff.tier, asked))


def _show(work: Work, service: Service) -> None:
    """Publish a service, unless staff took it off the site."""
    if service.status != Status.UNPUBLISHED:
        publish(work.database, service, work.site.centre_of)


def finder(site: Site) -> Finder:
    """Finds a place of the site's map by postcode or town."""

    def find(text: str) -> Place | None:
        found = site.places.find(text)
        return found if isinstance(found, Place) else None

    return find


def _keep_version(
    database: Session, service: Service, draft: Draft, by: str, why: str
) -> ListingVersion:
    newest = database.scalar(
        select(func.max(ListingVersion.number)).where(ListingVersion.service_id == service.id)
    )
    version = ListingVersion(
        service_id=service.id,
        number=(newest or 0) + 1,
        content=drafts.to_json(draft),
        published_by=by or None,
        why=why,
    )
    database.add(version)
    service.version = version.number
    return version


def forward_address(database: Session, slug: str, service: Service) -> None:
    """Let an address that is no longer used lead to a listing."""
    held = database.get(OldAddress, slug)
    if held is None:
        database.add(OldAddress(slug=slug, service_id=service.id))
    else:
        held.service_id = service.id


def _plainly(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }
