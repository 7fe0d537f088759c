"""Loading the demonstration directory: one seed, one directory, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.database import write
from app.demo import names
from app.demo.build import SOURCE, build_service
from app.demo.kinds import load_kinds
from app.demo.plan import Planned, plan
from app.demo.where import new_uuid
from app.models import (
    ChangeFeed,
    Location,
    Organisation,
    PublishedListing,
    Service,
    ServiceAtLocation,
)
from app.publishing import publish, slugify
from app.site import Site
from app.taxonomies import sync_taxonomy

DEFAULT_SERVICES = 1200
BATCH = 200
SERVICES_AN_ORGANISATION = 4
"""About how many services one organisation runs."""
Step = Callable[[int], None]


def load_demo(site: Site, services: int, seed: int, today: date, step: Step) -> int:
    """Put a fictitious directory in place of the last one; gives how many services it has.

    Services that people or feeds brought stay as they are. `step` is told how many more
    are done, for a progress bar.
    """
    rng = Random(f"{site.council.code}:{services}:{seed}")
    planned = plan(load_kinds(), site.council, services, rng)
    with write() as database:
        remove_demo(database)
        sync_taxonomy(database)
        loader = Loader(database, site, today, rng)
        for start in range(0, len(planned), BATCH):
            batch = planned[start : start + BATCH]
            loader.add(batch)
            step(len(batch))
    return len(planned)


def remove_demo(database: Session) -> None:
    """Take every demonstration record away, and say so in the change feed."""
    held = select(Service.id).where(Service.source == SOURCE)
    shown = database.scalars(
        select(PublishedListing.service_id).where(PublishedListing.is_demo)
    ).all()
    places = select(ServiceAtLocation.location_id).where(ServiceAtLocation.service_id.in_(held))
    locations = database.scalars(places).all()
    database.execute(delete(PublishedListing).where(PublishedListing.is_demo))
    database.execute(delete(Organisation).where(Organisation.source == SOURCE))
    for part in _parts(locations):
        database.execute(delete(Location).where(Location.id.in_(part)))
    database.add_all(ChangeFeed(service_id=key, removed=True) for key in shown)
    database.flush()


class Loader:
    """Adds planned services in batches, giving out names and addresses once each."""

    def __init__(self, database: Session, site: Site, today: date, rng: Random) -> None:
        self.database, self.site, self.today, self.rng = database, site, today, rng
        self.organisations: dict[str, list[Organisation]] = {}
        self.names: set[str] = set()
        self.slugs: set[str] = set(database.scalars(select(Service.slug)))

    def add(self, batch: list[Planned]) -> None:
        """Build, name, store and publish one batch."""
        services = [self._build(planned) for planned in batch]
        self.database.flush()
        with self.database.no_autoflush:
            for service in services:
                publish(self.database, service, self.site.centre_of)
        self.database.flush()
        self._let_go()

    def _let_go(self) -> None:
        """Forget a stored batch: a large directory would not fit in memory."""
        for organisation in self.database.identity_map.values():
            if isinstance(organisation, Organisation):
                self.database.expire(organisation, ["services"])
        self.database.expunge_all()

    def _build(self, planned: Planned) -> Service:
        organisation = self._organisation(planned)
        service = build_service(planned, organisation, self.site.council, self.today, self.rng)
        service.name = self._fresh(service.name, planned)
        service.slug = self._slug(service.name)
        self.database.add(service)
        return service

    def _organisation(self, planned: Planned) -> Organisation:
        """One that runs this sort of thing already, or a new one."""
        known = self.organisations.setdefault(planned.kind.runner, [])
        if known and self.rng.random() > 1 / SERVICES_AN_ORGANISATION:
            chosen = self.rng.choice(known)
            self.database.add(chosen)
            return chosen
        name, kind = names.organisation_name(self.rng, planned.kind.runner)
        made = Organisation(
            id=new_uuid(self.rng),
            name=name,
            kind=kind,
            email=f"hello@{slugify(name)}.example.org",
            source=SOURCE,
        )
        known.append(made)
        self.database.add(made)
        return made

    def _fresh(self, name: str, planned: Planned) -> str:
        """A name nobody has had: with the area's name when it was taken, then a number."""
        area = planned.spot.locality.label
        tries = [name, f"{name}, {area}"]
        fresh = next((item for item in tries if item not in self.names), "")
        number = 2
        while not fresh:
            candidate = f"{name}, {area} {number}"
            fresh = "" if candidate in self.names else candidate
            number += 1
        self.names.add(fresh)
        return fresh

    def _slug(self, name: str) -> str:
        slug = stem = slugify(name)
        number = 1
        while slug in self.slugs:
            number += 1
            slug = f"{stem}-{number}"
        self.slugs.add(slug)
        return slug


def _parts(items: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
