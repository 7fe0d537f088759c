"""From records to the public listing: the one place that decides what may be given out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from app import listing as public
from app.listing import Listing
from app.models import Contact, Location, Schedule, Service, ServiceAtLocation
from app.states import Answer, Period, Space, Stays
from app.vocabulary import ACCESS, SERVICE_LISTS, WITHHELD_BREAKS

_Record = TypeVar("_Record")
CentreOf = Callable[[str], tuple[int, int] | None]
"""Gives the grid point (easting, northing in metres) of a locality's centre."""

SCHOOL_ENDS, EVENING_STARTS = "14:30", "17:30"
WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR"})
HOLIDAYS = frozenset({Period.EASTER, Period.SUMMER, Period.CHRISTMAS, Period.HALF_TERM})


def compose(service: Service, centre_of: CentreOf) -> Listing:
    """What families may see of a service, from its records as they stand."""
    codes = _codes(service)
    breaks = codes["break"]
    places = tuple(_place(at, breaks, centre_of) for at in _by(service.places, "position", "id"))
    return Listing(
        id=service.id,
        slug=service.slug,
        name=service.name,
        tier=service.tier,
        summary=service.summary,
        description=service.description,
        url=service.url,
        organisation=service.organisation.name,
        organisation_kind=service.organisation.kind,
        organisation_url=service.organisation.url,
        min_age=service.min_age,
        max_age=service.max_age,
        breaks=breaks,
        activities=codes["activity"],
        needs=codes["need"],
        routes=codes["route"],
        costs=codes["cost"],
        when=_when(codes["when"], places, breaks),
        outcomes=codes["outcome"],
        support=_support(service),
        adults=service.adults,
        children=service.children,
        training=service.training,
        trial_visit=service.trial_visit,
        stays=Stays(service.stays),
        stays_note=service.stays_note,
        transport=service.transport,
        regulator=service.regulator,
        registration=service.registration,
        send_report_url=service.send_report_url,
        suitability_checked=service.suitability_checked,
        availability=public.Availability(
            Space(service.space),
            service.wait_weeks,
            service.space_note,
            service.space_on,
        ),
        places=places,
        areas=tuple(area.locality for area in _by(service.areas, "name") if area.locality),
        prices=tuple(
            public.Price(cost.pence, cost.per, cost.whom, cost.note)
            for cost in _by(service.costs, "position", "id")
        ),
        cost_note=service.cost_note,
        joining=tuple(step for step in service.joining.splitlines() if step.strip()),
        contacts=tuple(_contact(contact) for contact in _by(service.contacts, "position", "id")),
        languages=tuple(language.name for language in _by(service.languages, "name")),
        funding=tuple(fund.source for fund in _by(service.funding, "source")),
        assured=service.assured_date,
        closed_until=service.closed_until,
        cancelled=tuple(
            public.Cancelled(day.on, day.note) for day in _by(service.cancellations, "on")
        ),
        marks=tuple(
            public.Mark(mark.kind, mark.given_on, mark.ends_on)
            for mark in _by(service.marks, "given_on", "kind")
        ),
        source=service.source,
    )


def is_withheld(location: Location, breaks: Iterable[str]) -> bool:
    """Whether only the locality may be given out: staff's word, else by kind of break."""
    if location.withheld is not None:
        return location.withheld
    return not WITHHELD_BREAKS.isdisjoint(breaks)


def _by(records: Iterable[_Record], *fields: str) -> list[_Record]:
    """Records in a settled order: just made or read back, they must give the same listing."""
    return sorted(records, key=attrgetter(*fields))


def _codes(service: Service) -> dict[str, tuple[str, ...]]:
    held: dict[str, list[str]] = {name: [] for name in SERVICE_LISTS}
    for attribute in service.attributes:
        name, _, code = attribute.term_id.partition(":")
        held[name].append(code)
    return {name: tuple(SERVICE_LISTS[name].only_known(codes)) for name, codes in held.items()}


def _support(service: Service) -> tuple[public.Support, ...]:
    rank = {code: number for number, code in enumerate(ACCESS.codes)}
    return tuple(
        public.Support(answer.feature, Answer(answer.answer), answer.note, answer.checked_on)
        for answer in sorted(service.answers, key=lambda item: rank.get(item.feature, 0))
        if answer.feature in rank
    )


def _place(at: ServiceAtLocation, breaks: Iterable[str], centre_of: CentreOf) -> public.Place:
    location = at.location
    sessions = tuple(_session(schedule) for schedule in _by(at.schedules, "position", "id"))
    if is_withheld(location, breaks):
        easting, northing = centre_of(location.locality) or (None, None)
        return public.Place(
            id=at.id,
            locality=location.locality,
            easting=easting,
            northing=northing,
            withheld=True,
            sessions=sessions,
        )
    return public.Place(
        id=at.id,
        locality=location.locality,
        name=location.name,
        address=tuple(line for line in location.address.splitlines() if line.strip()),
        town=location.town,
        postcode=location.postcode,
        easting=location.easting,
        northing=location.northing,
        directions=location.directions,
        sessions=sessions,
    )


def _session(schedule: Schedule) -> public.Session:
    return public.Session(
        period=schedule.period,
        days=tuple(day for day in schedule.byday.split(",") if day),
        opens=schedule.opens_at,
        closes=schedule.closes_at,
        every=schedule.interval,
        starts=schedule.valid_from,
        ends=schedule.valid_to,
        note=schedule.description,
    )


def _contact(contact: Contact) -> public.Contact:
    return public.Contact(
        name=contact.name,
        title=contact.title,
        phones=tuple(phone.number for phone in _by(contact.phones, "position", "id")),
        email=contact.email,
        hours=contact.hours,
    )


def _when(
    said: tuple[str, ...], places: tuple[public.Place, ...], breaks: tuple[str, ...]
) -> tuple[str, ...]:
    """What the provider says of when it runs, and what the sessions show."""
    found = set(said)
    for place in places:
        for session in place.sessions:
            found |= _when_of(session)
    if any(code.startswith("overnight") for code in breaks):
        found.add("overnight")
    return tuple(SERVICE_LISTS["when"].only_known(list(found)))


def _when_of(session: public.Session) -> set[str]:
    found: set[str] = set()
    days = set(session.days)
    if "SA" in days:
        found.add("saturday")
    if "SU" in days:
        found.add("sunday")
    if session.period in HOLIDAYS:
        found.add(session.period)
    elif days & WEEKDAYS and session.opens:
        found |= _part_of_day(session)
    if session.period == Period.ALL_YEAR:
        found |= set(HOLIDAYS)
    if session.closes and session.opens > session.closes:
        found.add("overnight")
    return found


def _part_of_day(session: public.Session) -> set[str]:
    if session.opens < SCHOOL_ENDS:
        return {"school_hours"}
    return {"evening"} if session.opens >= EVENING_STARTS else {"term_weekday"}
