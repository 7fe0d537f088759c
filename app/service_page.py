"""The page of one service, in the order a parent asks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, time

import phonenumbers
from dateutil.rrule import WEEKLY, rrule
from markupsafe import Markup

from app import listing_words as wording
from app.council import Council
from app.grid import to_lat_lon
from app.labels import label_of
from app.languages import gettext, theirs, with_theirs
from app.listing import Cancelled, Contact, Listing, Place, Price, Session
from app.listing_places import area_name, area_names
from app.pebbles import pebble_of
from app.service_views import (
    AnswerRow,
    ContactView,
    PlaceView,
    ServicePage,
    SessionGroup,
)
from app.states import Answer
from app.text import is_web_address, safe_html
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, MARKS, NEEDS, OUTCOMES, TIERS, Terms

SHOWN_ANSWERS = 7
RANK = {Answer.YES: 0, Answer.ASK: 1, Answer.NO: 2}
REGULATORS = {"ofsted": "Ofsted", "cqc": "CQC"}
PAYMENT_CODES = (
    "direct_payment_ok",
    "tsb_allowance",
    "personal_health_budget",
    "council_funded",
    "haf_free",
    "bursary",
    "carer_free",
    "max_card",
    "childcare_funding",
    "assessed_no_charge",
    "donation",
)
_NUMBER = re.compile(r"[+(]*\d[\d\s().-]*")
"""The part of a number that can be dialled, without words such as "ext 3" or "(mornings)"."""
DAY_NUMBERS = {code: number for number, code in enumerate(wording.DAYS)}


def service_page(listing: Listing, council: Council, today: date, back: str) -> ServicePage:
    """All that is shown of one listing, in the reader's language."""
    rows = answer_rows(listing, today)
    stale = wording.is_stale(listing.assured, today)
    label = label_of(council)
    checked = listing.suitability_checked or listing.assured
    days_off = {day.on for day in listing.cancelled}
    return ServicePage(
        id=listing.id,
        slug=listing.slug,
        name=listing.name,
        summary=listing.summary,
        description=safe_html(listing.description),
        run_by=_run_by(listing),
        tier=listing.tier,
        tier_words=TIERS.label(listing.tier),
        route_words=wording.route_words(listing),
        routes=tuple(wording.route_labels(listing)),
        pebble=pebble_of(listing),
        stale=wording.stale_words(listing.assured) if stale else "",
        checked=wording.day(listing.assured) if listing.assured else "",
        closed=_closed(listing, today),
        cancelled=tuple((wording.day(day.on), day.note) for day in _to_come(listing, today)),
        marks=_marks(listing, today),
        space=listing.availability.space,
        space_words=wording.space_words(listing.availability),
        space_said=wording.space_said(listing),
        space_note=listing.availability.note,
        ages=wording.ages(listing),
        needs=_labels(NEEDS, _needs(listing)),
        answers=rows[:SHOWN_ANSWERS],
        more_answers=rows[SHOWN_ANSWERS:],
        unsaid=_unsaid(listing),
        staff=_staff(listing),
        training=listing.training,
        stays=str(wording.STAYS_ANSWER.get(listing.stays, "")),
        stays_note=listing.stays_note,
        trial_visit=listing.trial_visit,
        transport=listing.transport,
        suitability_checked=wording.day(checked) if checked else "",
        is_suitability_stale=wording.is_stale(checked, today),
        registration=_registration(listing),
        send_report_url=_link(listing.send_report_url),
        activities=_labels(ACTIVITIES, listing.activities),
        breaks=_labels(BREAKS, listing.breaks),
        outcomes=_labels(OUTCOMES, listing.outcomes),
        languages=listing.languages,
        places=tuple(place_view(place, council, today, days_off) for place in listing.places),
        areas=area_names(listing, council),
        prices=tuple((wording.price(item), _price_note(item)) for item in listing.prices),
        payments=tuple(label("cost", code) for code in PAYMENT_CODES if code in listing.costs),
        cost_note=listing.cost_note,
        funding=listing.funding,
        joining=listing.joining,
        contacts=tuple(contact_view(contact) for contact in listing.contacts),
        website=_link(listing.url),
        back=back,
    )


def answer_rows(listing: Listing, today: date) -> tuple[AnswerRow, ...]:
    """Each answered support feature: yes first, then ask us, then no."""
    said = sorted(listing.support, key=lambda item: RANK[item.answer])
    return tuple(
        AnswerRow(
            feature=ACCESS.label(item.feature),
            answer=item.answer,
            note=item.note,
            checked=wording.day(item.checked) if item.checked else "",
            is_stale=item.checked is not None and wording.is_stale(item.checked, today),
        )
        for item in said
        if item.feature in ACCESS
    )


def _closed(listing: Listing, today: date) -> str:
    if listing.closed_until is None or listing.closed_until <= today:
        return ""
    return gettext("Closed now. It opens again on %(day)s.", day=wording.day(listing.closed_until))


def _to_come(listing: Listing, today: date) -> list[Cancelled]:
    return [day for day in listing.cancelled if day.on >= today]


def _marks(listing: Listing, today: date) -> tuple[tuple[str, str], ...]:
    """The marks that hold today: one that has ended is not shown."""
    return tuple(
        (MARKS.label(mark.kind), gettext("since %(day)s", day=wording.day(mark.given)))
        for mark in listing.marks
        if mark.kind in MARKS and mark.given <= today and (mark.ends is None or mark.ends >= today)
    )


def _needs(listing: Listing) -> tuple[str, ...]:
    """The needs to name: of one that takes any need, not each by itself again."""
    if "any_send" not in listing.needs:
        return listing.needs
    return tuple(code for code in listing.needs if code in {"any_send", "no_diagnosis"})


def _labels(terms: Terms, codes: Iterable[str]) -> tuple[str, ...]:
    """The words of codes, without those that an earlier version stored and no list has now."""
    return tuple(terms.label(code) for code in codes if code in terms)


def _unsaid(listing: Listing) -> tuple[str, ...]:
    said = {item.feature for item in listing.support}
    return tuple(ACCESS.label(code) for code in ACCESS if code not in said)


def _run_by(listing: Listing) -> str:
    if not listing.organisation:
        return ""
    if listing.organisation_kind:
        sentence = gettext("Run by %(name)s, %(kind)s")
        return with_theirs(sentence, name=listing.organisation, kind=listing.organisation_kind)
    return with_theirs(gettext("Run by %(name)s"), name=listing.organisation)


def _link(address: str) -> str:
    """A provider's address when it is one of the web; nothing a browser would run."""
    return address if is_web_address(address) else ""


def _staff(listing: Listing) -> str:
    if not listing.adults or not listing.children:
        return ""
    if listing.children == 1:
        if listing.adults == 1:
            return gettext("One adult to each child.")
        return gettext("%(adults)s adults to each child.", adults=listing.adults)
    if listing.adults == 1:
        return gettext("One adult to %(children)s children.", children=listing.children)
    return gettext(
        "%(adults)s adults to %(children)s children.",
        adults=listing.adults,
        children=listing.children,
    )


def _registration(listing: Listing) -> str:
    if not listing.registration:
        return ""
    name = REGULATORS.get(listing.regulator)
    if name is None:
        return listing.registration
    return gettext("%(regulator)s number %(number)s", regulator=name, number=listing.registration)


def _price_note(item: Price) -> str:
    whom = str(wording.WHOM.get(item.whom, item.whom)) if item.pence else ""
    parts = (whom.rstrip("."), theirs(item.note.rstrip(".")))
    return Markup(". ").join(part for part in parts if part)


def place_view(
    place: Place, council: Council, today: date, but: Collection[date] = ()
) -> PlaceView:
    """One place: where it is, when it runs (`but` not on these days), and how to get there."""
    lines = [place.name, *place.address, place.town, place.postcode]
    return PlaceView(
        lines=() if place.withheld else tuple(line for line in lines if line),
        area=area_name(place.locality, council),
        is_withheld=place.withheld,
        directions=place.directions,
        map_url=_map_url(place),
        groups=_session_groups(place.sessions),
        next_dates=tuple(
            wording.day(moment) for moment in next_dates(place.sessions, today, but=but)
        ),
    )


def _map_url(place: Place) -> str:
    if place.withheld or place.easting is None or place.northing is None:
        return ""
    latitude, longitude = to_lat_lon(place.easting, place.northing)
    point = f"{latitude:.5f}/{longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}#map=16/{point}"


def _session_groups(sessions: Iterable[Session]) -> tuple[SessionGroup, ...]:
    lines: dict[str, list[str]] = {}
    for session in sessions:
        lines.setdefault(session.period, []).append(wording.session_words(session))
    return tuple(
        SessionGroup(str(words), tuple(line for line in lines[period] if line))
        for period, words in wording.PERIODS.items()
        if period in lines
    )


def next_dates(
    sessions: Iterable[Session], today: date, most: int = 3, but: Collection[date] = ()
) -> list[date]:
    """The next dates of sessions that do not run every week, where their start is known."""
    found: set[date] = set()
    for session in sessions:
        if session.every < 2 or session.starts is None or not session.days:
            continue
        rule = rrule(
            WEEKLY,
            interval=session.every,
            byweekday=[DAY_NUMBERS[day] for day in session.days if day in DAY_NUMBERS],
            dtstart=datetime.combine(session.starts, time()),
            until=datetime.combine(session.ends, time()) if session.ends else None,
        )
        found |= {
            moment.date()
            for moment in rule.xafter(
                datetime.combine(today, time()), count=most + len(but), inc=True
            )
        }
    return sorted(found - set(but))[:most]


def contact_view(contact: Contact) -> ContactView:
    """A contact with numbers that a phone can dial."""
    who = ", ".join(part for part in (contact.name, contact.title) if part)
    return ContactView(
        who=who,
        hours=contact.hours,
        phones=tuple((_dialled(number), number) for number in contact.phones),
        email=contact.email,
    )


def _dialled(number: str) -> str:
    digits = _NUMBER.search(number)
    try:
        parsed = phonenumbers.parse(digits[0] if digits else "", "GB")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
