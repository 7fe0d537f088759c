"""Between drafts and the records of a service: read one from the other, and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from msgspec.structs import replace

from app import draft as drafts
from app.draft import Draft
from app.models import (
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SupportAnswer,
)
from app.states import Answer, Space, Stays
from app.vocabulary import SERVICE_LISTS


class Located(Protocol):
    """Where a typed place is: grid point in metres, and the locality it is in."""

    @property
    def easting(self) -> float:
        """Metres."""

    @property
    def northing(self) -> float:
        """Metres."""

    @property
    def locality(self) -> str | None:
        """A code of the council's, None outside it."""


class Finder(Protocol):
    """Finds where a postcode or town is."""

    def __call__(self, text: str) -> Located | None:
        """The place, or None when it is not known."""


def draft_of(service: Service) -> Draft:
    """What a service's records say, as a draft."""
    codes = _codes(service)
    return Draft(
        about=drafts.About(
            service.name,
            service.summary,
            service.description,
            service.url,
            codes["break"],
            codes["activity"],
            codes["outcome"],
            tuple(language.name for language in service.languages),
        ),
        who=drafts.Who(
            service.min_age,
            service.max_age,
            codes["need"],
            tuple(area.locality for area in service.areas if area.locality),
        ),
        could=_could_of(service),
        when=drafts.WhenWhere(tuple(_place_of(at) for at in service.places), codes["when"]),
        cost=drafts.Cost(
            tuple(
                drafts.Price(cost.pence, cost.per, cost.whom, cost.note) for cost in service.costs
            ),
            codes["cost"],
            service.cost_note,
            tuple(fund.source for fund in service.funding),
        ),
        joining=drafts.Joining(codes["route"], service.joining),
        contact=drafts.Contacts(tuple(_contact_of(contact) for contact in service.contacts)),
        availability=drafts.Availability(
            Space(service.space), service.wait_weeks, service.space_note, service.space_on
        ),
        staff=drafts.StaffOnly(service.tier, tuple(at.location.withheld for at in service.places)),
    )


def apply_draft(service: Service, draft: Draft, find: Finder) -> None:
    """Write a draft to a service's records; what stays the same keeps its record.

    `find` gives the grid point of a place's postcode or town, so that distances hold.
    """
    about, who, could = draft.about, draft.who, draft.could
    service.name, service.summary = about.name, about.summary
    service.description, service.url = about.description, about.url
    service.min_age, service.max_age = who.min_age, who.max_age
    service.cost_note, service.joining = draft.cost.cost_note, draft.joining.steps
    service.tier = draft.staff.tier
    _apply_could(service, could)
    space = draft.availability
    service.space, service.wait_weeks = space.space, space.wait_weeks
    service.space_note, service.space_on = space.note, space.said
    _apply_codes(service, draft)
    _apply_places(service, draft, find)
    _apply_lists(service, draft)


def _codes(service: Service) -> dict[str, tuple[str, ...]]:
    held: dict[str, list[str]] = {name: [] for name in SERVICE_LISTS}
    for attribute in service.attributes:
        name, _, code = attribute.term_id.partition(":")
        held[name].append(code)
    return {name: tuple(SERVICE_LISTS[name].only_known(codes)) for name, codes in held.items()}


def _could_of(service: Service) -> drafts.Could:
    return drafts.Could(
        tuple(
            drafts.Support(answer.feature, Answer(answer.answer), answer.note, answer.checked_on)
            for answer in sorted(service.answers, key=lambda answer: answer.feature)
        ),
        service.adults,
        service.children,
        service.training,
        service.trial_visit,
        Stays(service.stays),
        service.stays_note,
        service.transport,
        service.regulator,
        service.registration,
        service.send_report_url,
        service.suitability_checked,
    )


def _place_of(at: ServiceAtLocation) -> drafts.Place:
    place = at.location
    return drafts.Place(
        at.id,
        place.name,
        place.address,
        place.town,
        place.postcode,
        place.locality,
        place.directions,
        tuple(_session_of(schedule) for schedule in at.schedules),
    )


def _session_of(schedule: Schedule) -> drafts.Session:
    return drafts.Session(
        schedule.period,
        tuple(day for day in schedule.byday.split(",") if day),
        schedule.opens_at,
        schedule.closes_at,
        schedule.interval,
        schedule.valid_from,
        schedule.valid_to,
        schedule.description,
    )


def _contact_of(contact: Contact) -> drafts.Contact:
    phones = tuple(phone.number for phone in contact.phones)
    return drafts.Contact(contact.name, contact.title, phones, contact.email, contact.hours)


def _apply_could(service: Service, could: drafts.Could) -> None:
    service.adults, service.children = could.adults, could.children
    service.training, service.trial_visit = could.training, could.trial_visit
    service.stays, service.stays_note = could.stays, could.stays_note
    service.transport, service.send_report_url = could.transport, could.send_report_url
    service.regulator, service.registration = could.regulator, could.registration
    service.suitability_checked = could.checked
    held = {answer.feature: answer for answer in service.answers}
    said = {item.feature: item for item in could.support}
    for feature in held.keys() - said.keys():
        service.answers.remove(held[feature])
    for feature, item in said.items():
        answer = held.get(feature)
        if answer is None:
            answer = SupportAnswer(feature=feature)
            service.answers.append(answer)
        answer.answer, answer.note, answer.checked_on = item.answer, item.note, item.checked


def _apply_codes(service: Service, draft: Draft) -> None:
    wanted = {
        f"{name}:{code}"
        for name, codes in (
            ("break", draft.about.breaks),
            ("activity", draft.about.activities),
            ("outcome", draft.about.outcomes),
            ("need", draft.who.needs),
            ("when", draft.when.when),
            ("cost", draft.cost.costs),
            ("route", draft.joining.routes),
        )
        for code in codes
    }
    held = {attribute.term_id: attribute for attribute in service.attributes}
    for term in held.keys() - wanted:
        service.attributes.remove(held[term])
    service.attributes.extend(Attribute(term_id=term) for term in sorted(wanted - held.keys()))


def _apply_places(service: Service, draft: Draft, find: Finder) -> None:
    held = {at.id: at for at in service.places}
    kept = {place.id for place in draft.when.places}
    for key in held.keys() - kept:
        service.places.remove(held[key])
    withheld = draft.staff.withheld
    for position, place in enumerate(draft.when.places):
        at = held.get(place.id)
        if at is None:
            at = ServiceAtLocation(location=Location())
            service.places.append(at)
        at.position = position
        _apply_place(at.location, place, find)
        at.location.withheld = withheld[position] if position < len(withheld) else None
        at.schedules = [_schedule(index, item) for index, item in enumerate(place.sessions)]


def _apply_place(location: Location, place: drafts.Place, find: Finder) -> None:
    """Write a place; the map is asked only when its postcode or town is another."""
    is_moved = (location.postcode, location.town) != (place.postcode, place.town)
    location.name, location.address = place.name, place.address
    location.town, location.postcode = place.town, place.postcode
    location.directions, location.locality = place.directions, place.locality
    if is_moved or location.easting is None:
        found = find(place.postcode) or find(place.town)
        location.easting = round(found.easting) if found else None
        location.northing = round(found.northing) if found else None
        location.locality = (found.locality if found else None) or place.locality


def _schedule(position: int, item: drafts.Session) -> Schedule:
    return Schedule(
        position=position,
        period=item.period,
        byday=",".join(item.days),
        interval=item.every,
        opens_at=item.opens,
        closes_at=item.closes,
        valid_from=item.starts,
        valid_to=item.ends,
        description=item.note,
    )


def _apply_lists(service: Service, draft: Draft) -> None:
    """Short lists (prices, contacts, languages, areas, funding): written anew when they differ."""
    if tuple(area.locality for area in service.areas if area.locality) != draft.who.areas:
        service.areas = [ServiceArea(name=code, locality=code) for code in draft.who.areas]
    if tuple(language.name for language in service.languages) != draft.about.languages:
        service.languages = [Language(name=name) for name in _once(draft.about.languages)]
    if tuple(fund.source for fund in service.funding) != draft.cost.funding:
        service.funding = [Funding(source=source) for source in _once(draft.cost.funding)]
    if draft_of(service).cost.prices != draft.cost.prices:
        service.costs = [
            CostOption(
                position=position,
                pence=price.pence,
                per=price.per,
                whom=price.whom,
                note=price.note,
            )
            for position, price in enumerate(draft.cost.prices)
        ]
    if tuple(_contact_of(contact) for contact in service.contacts) != draft.contact.contacts:
        service.contacts = [
            _contact(position, contact) for position, contact in enumerate(draft.contact.contacts)
        ]


def _contact(position: int, said: drafts.Contact) -> Contact:
    return Contact(
        position=position,
        name=said.name,
        title=said.title,
        email=said.email,
        hours=said.hours,
        phones=[Phone(position=index, number=number) for index, number in enumerate(said.phones)],
    )


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def mark_checked(draft: Draft, day: date) -> Draft:
    """The draft with every dated answer checked on a day."""
    support = tuple(replace(item, checked=day) for item in draft.could.support)
    return replace(draft, could=replace(draft.could, support=support, checked=day))
