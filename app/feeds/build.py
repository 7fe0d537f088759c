"""From one understood record of a feed to the records of this directory, not yet stored."""

from __future__ import annotations

from collections.abc import Iterable

from app.feeds.ids import child_id
from app.feeds.incoming import Charge, Desk, Incoming, Runner, Times, Venue
from app.feeds.where import localities_of, locate
from app.models import (
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Organisation,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SupportAnswer,
)
from app.site import Site
from app.states import Answer
from app.taxonomies import term_id

SOURCE = "feed"


def organisation(runner: Runner, key: str, feed: str) -> Organisation:
    """The organisation; its source says which feed brings it."""
    return Organisation(
        id=key,
        name=runner.name,
        description=runner.description,
        url=runner.url,
        email=runner.email,
        source=f"{SOURCE}:{feed}",
    )


def service(incoming: Incoming, key: str, organisation_id: str, site: Site) -> Service:
    """The service with all that hangs on it, but for what people here decide: slug and status."""
    return Service(
        id=key,
        organisation_id=organisation_id,
        name=incoming.name,
        summary=incoming.summary,
        description=incoming.description,
        url=incoming.url,
        tier=incoming.tier,
        min_age=incoming.min_age,
        max_age=incoming.max_age,
        assured_date=incoming.assured,
        cost_note=incoming.cost_note,
        joining=incoming.joining,
        source=SOURCE,
        attributes=[
            Attribute(id=child_id(key, f"{name}:{code}", 0), term_id=term_id(name, code))
            for name, code in incoming.codes
        ],
        answers=[
            SupportAnswer(
                id=child_id(key, feature, 0),
                feature=feature,
                answer=Answer.YES,
                checked_on=incoming.assured,
            )
            for feature in incoming.support
        ],
        costs=[_cost(charge, key, number) for number, charge in enumerate(incoming.charges)],
        places=[_place(venue, key, number, site) for number, venue in enumerate(incoming.venues)],
        areas=_areas(incoming.areas, key, site),
        contacts=[_contact(desk, key, number) for number, desk in enumerate(incoming.desks)],
        languages=[
            Language(id=child_id(key, "language", number), name=tongue.name, code=tongue.code)
            for number, tongue in enumerate(incoming.tongues)
        ],
        funding=[
            Funding(id=child_id(key, "funding", number), source=source)
            for number, source in enumerate(incoming.funding)
        ],
    )


def _cost(charge: Charge, owner: str, number: int) -> CostOption:
    return CostOption(
        id=child_id(owner, "cost", number),
        position=number,
        pence=charge.pence,
        per=charge.per,
        whom=charge.whom,
        note=charge.note,
    )


def _contact(desk: Desk, owner: str, number: int) -> Contact:
    key = child_id(owner, "contact", number)
    return Contact(
        id=key,
        name=desk.name,
        title=desk.title,
        email=desk.email,
        hours=desk.hours,
        phones=[
            Phone(id=child_id(key, "phone", at), position=at, number=phone)
            for at, phone in enumerate(desk.phones)
        ],
    )


def _areas(names: Iterable[str], owner: str, site: Site) -> list[ServiceArea]:
    pairs = [pair for name in names for pair in localities_of(name, site.council)]
    return [
        ServiceArea(id=child_id(owner, "area", number), name=name, locality=locality)
        for number, (name, locality) in enumerate(dict.fromkeys(pairs))
    ]


def _place(venue: Venue, owner: str, number: int, site: Site) -> ServiceAtLocation:
    key = child_id(owner, "place", number)
    point, locality = locate(venue, site)
    return ServiceAtLocation(
        id=key,
        position=number,
        location=Location(
            id=child_id(key, "location", 0),
            name=venue.name,
            address=venue.address,
            town=venue.town,
            postcode=venue.postcode,
            easting=point[0] if point else None,
            northing=point[1] if point else None,
            locality=locality,
            directions=venue.directions,
        ),
        schedules=[_schedule(times, key, at) for at, times in enumerate(venue.times)],
    )


def _schedule(times: Times, owner: str, number: int) -> Schedule:
    return Schedule(
        id=child_id(owner, "schedule", number),
        position=number,
        period=times.period,
        interval=times.every,
        byday=",".join(times.days),
        opens_at=times.opens,
        closes_at=times.closes,
        valid_from=times.starts,
        valid_to=times.ends,
        description=times.note,
    )
