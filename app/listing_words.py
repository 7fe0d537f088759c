"""A listing's facts in a family's words, each in one place.

Cards, service pages and print all say a fact with the same sentence. Every function
returns words in the reader's language.
"""

from __future__ import annotations

from datetime import date
from datetime import time as clock_time
from functools import lru_cache

from babel.dates import format_date, format_time
from flask_babel import LazyString
from markupsafe import Markup

from app.languages import gettext, locale_code, ngettext, theirs
from app.languages import lazy_gettext as _l
from app.listing import Availability, Listing, Price, Session
from app.states import Period, Space, Stays
from app.vocabulary import ROUTES

NBSP = "\u00a0"
STALE_DAYS = 183
"""Six months: after this a listing carries a warning (Code of Practice 4.7, derived)."""
WEEKS_A_MONTH = 4.35

DAYS: dict[str, LazyString] = {
    "MO": _l("Mondays"),
    "TU": _l("Tuesdays"),
    "WE": _l("Wednesdays"),
    "TH": _l("Thursdays"),
    "FR": _l("Fridays"),
    "SA": _l("Saturdays"),
    "SU": _l("Sundays"),
}
PERIODS: dict[str, LazyString] = {
    Period.TERM: _l("Term time"),
    Period.HALF_TERM: _l("Half term"),
    Period.EASTER: _l("Easter holidays"),
    Period.SUMMER: _l("Summer holidays"),
    Period.CHRISTMAS: _l("Christmas holidays"),
    Period.ALL_YEAR: _l("All year"),
}
PERIODS_IN_A_LINE: dict[str, LazyString] = {
    Period.TERM: _l("term time"),
    Period.HALF_TERM: _l("half term"),
    Period.EASTER: _l("Easter holidays"),
    Period.SUMMER: _l("summer holidays"),
    Period.CHRISTMAS: _l("Christmas holidays"),
    Period.ALL_YEAR: _l("all year"),
}
PER: dict[str, LazyString] = {
    "session": _l("each time"),
    "visit": _l("each time"),
    "hour": _l("an hour"),
    "half day": _l("for half a day"),
    "day": _l("a day"),
    "night": _l("a night"),
    "week": _l("a week"),
    "term": _l("a term"),
    "year": _l("a year"),
    "course": _l("for the course"),
}
WHOM: dict[str, LazyString] = {
    "child": _l("for each child"),
    "brother or sister": _l("for a brother or sister"),
    "adult": _l("for an adult"),
    "family": _l("for a family"),
}
STAYS: dict[str, LazyString] = {
    Stays.MAY_LEAVE: _l("You can leave"),
    Stays.MAY_STAY: _l("Stay or leave, as you like"),
    Stays.MUST_STAY: _l("You stay too"),
}
STAYS_ANSWER: dict[str, LazyString] = {
    Stays.MAY_LEAVE: _l("You can leave once your child is settled."),
    Stays.MAY_STAY: _l("You can stay or leave. It is up to you."),
    Stays.MUST_STAY: _l("Yes. A parent or carer stays the whole time."),
    Stays.NOT_NEEDED: _l("No. You do not need to be there."),
}
ROUTE_ON_CARD: dict[str, LazyString] = {
    "drop_in": _l("Just turn up."),
    "book_direct": _l("Book with them. No social worker needed."),
    "ask_first": _l("Talk to them first. No social worker needed."),
    "register_card": _l("Register or get a card first."),
    "apply_council": _l("Ask the council. No social worker needed."),
    "professional": _l("A professional who knows your child can ask for you."),
    "early_help": _l("Through Early Help."),
    "social_care": _l("The council looks first at what your family needs."),
    "health": _l("Through the NHS. Ask your nurse or doctor."),
}


def ages(listing: Listing) -> str:
    """ "Ages 8 to 17" or "Age 8", with open ends said in words."""
    low, high = listing.min_age, listing.max_age
    if not low and high is None:
        return gettext("All ages")
    if high is None:
        return _keep(gettext("Age %(low)s and over", low=low))
    if not low:
        return _keep(gettext("Up to age %(high)s", high=high))
    if low == high:
        return _keep(ngettext("Age %(num)s", "Age %(num)s", low))
    return _keep(gettext("Ages %(low)s to %(high)s", low=low, high=high))


def day(moment: date) -> str:
    """ "14 November 2026", kept on one line."""
    return _day(moment, locale_code())


def month(moment: date) -> str:
    """ "March 2026", kept on one line."""
    return _month(moment, locale_code())


@lru_cache(maxsize=2048)
def _day(moment: date, locale: str) -> str:
    return _keep(format_date(moment, "d MMMM y", locale=locale))


@lru_cache(maxsize=512)
def _month(moment: date, locale: str) -> str:
    return _keep(format_date(moment, "LLLL y", locale=locale))


def price(item: Price) -> str:
    """ "£6 each time"; "Free"; or that the price is not known."""
    if item.pence is None:
        return gettext("Ask them the price")
    if item.pence == 0:
        return gettext("Free")
    pounds, pence = divmod(item.pence, 100)
    amount = f"£{pounds:,}.{pence:02}" if pence else f"£{pounds:,}"
    return f"{amount}{NBSP}{PER.get(item.per, item.per)}".rstrip()


def cost_in_short(listing: Listing) -> str:
    """The first price, or what is known without one."""
    first = listing.prices[0] if listing.prices else None
    if first is not None and first.pence:
        return price(first)
    if "assessed_no_charge" in listing.costs:
        return gettext("No charge when it is in your child’s plan")
    if first is not None:
        return price(first)
    if "free" in listing.costs:
        return gettext("Free")
    return gettext("Price not said yet")


def clock(time: str) -> str:
    """ "10am", "2:30pm"; in other languages the form that is usual there."""
    return _clock(time, locale_code())


@lru_cache(maxsize=1024)
def _clock(time: str, locale: str) -> str:
    hour, _, minute = time.partition(":")
    moment = clock_time(int(hour) % 24, int(minute or 0))
    if not locale.startswith("en"):
        return format_time(moment, "short", locale=locale)
    half = "am" if moment.hour < 12 else "pm"
    shown = moment.hour % 12 or 12
    return f"{shown}:{moment.minute:02}{half}" if moment.minute else f"{shown}{half}"


def days(session: Session) -> str:
    """ "Saturdays", "Mondays and Fridays", "Weekdays" or "Every day"."""
    chosen = set(session.days)
    if not chosen or chosen == set(DAYS):
        return gettext("Every day") if chosen else ""
    if chosen == {"MO", "TU", "WE", "TH", "FR"}:
        return gettext("Weekdays")
    first, *others = [str(DAYS[code]) for code in DAYS if code in chosen]
    if not others:
        return first
    *middle, last = map(_within_a_line, others)
    return gettext("%(some)s and %(last)s", some=", ".join([first, *middle]), last=last)


def _within_a_line(name: str) -> str:
    """Only English writes days and feasts with a capital letter after the first word."""
    return name if locale_code().startswith("en") else name.lower()


def how_often(session: Session) -> str:
    """Said only when it is not every week."""
    if session.every == 2:
        return gettext("every two weeks")
    if session.every == 3:
        return gettext("every three weeks")
    return gettext("once a month") if session.every >= 4 else ""


def times(session: Session) -> str:
    """ "10am to 11am"; "5pm to 10am next day" for a night."""
    if not session.opens:
        return ""
    if not session.closes:
        return _keep(gettext("from %(opens)s", opens=clock(session.opens)))
    opens, closes = clock(session.opens), clock(session.closes)
    if session.closes < session.opens:
        return gettext("%(opens)s to %(closes)s next day", opens=opens, closes=closes)
    return _keep(gettext("%(opens)s to %(closes)s", opens=opens, closes=closes))


def session_words(session: Session) -> Markup:
    """Days, how often and hours of one session, without its part of the year."""
    parts = [days(session), how_often(session), times(session), theirs(session.note)]
    return Markup(", ").join(part for part in parts if part)


def when_in_short(listing: Listing) -> Markup:
    """The first session and, when there are more, how many."""
    sessions = [session for place in listing.places for session in place.sessions]
    if not sessions:
        return Markup()
    first = session_words(sessions[0])
    period = sessions[0].period
    after = str(PERIODS_IN_A_LINE.get(period, ""))
    part = _within_a_line(after) if first else str(PERIODS.get(period, ""))
    words = Markup(", ").join(word for word in (first, part) if word)
    more = len({(item.days, item.opens, item.period) for item in sessions}) - 1
    if more > 0:
        words += " " + ngettext("and %(num)s more time", "and %(num)s more times", more)
    return words


def weeks_to_wait(weeks: int) -> str:
    """ "about 3 months"; in weeks when it is less than two months."""
    if weeks < 8:
        return _keep(ngettext("about %(num)s week", "about %(num)s weeks", weeks))
    months = round(weeks / WEEKS_A_MONTH)
    return _keep(ngettext("about %(num)s month", "about %(num)s months", months))


def space_words(availability: Availability) -> str:
    """Whether there are spaces, in bold on every card."""
    if availability.space is Space.SPACES:
        return gettext("Spaces now")
    if availability.space is Space.FULL:
        return gettext("Full now")
    if availability.space is Space.WAITING:
        if availability.wait_weeks:
            return gettext("Waiting list, %(time)s", time=weeks_to_wait(availability.wait_weeks))
        return gettext("Waiting list")
    return gettext("Not known if there are spaces")


def space_said(listing: Listing) -> str:
    """When they said so; empty when it is the day of the last check."""
    said = listing.availability.said
    if said is None or said == listing.assured:
        return ""
    return gettext("said %(day)s", day=day(said))


def miles_words(miles: float) -> str:
    """ "3 miles", halves rounded up; under half a mile is "less than a mile"."""
    if miles < 0.5:
        return _keep(gettext("less than a mile"))
    return _keep(ngettext("%(num)s mile", "%(num)s miles", int(miles + 0.5)))


def is_stale(checked: date | None, today: date) -> bool:
    """More than six months old, or never checked."""
    return checked is None or (today - checked).days > STALE_DAYS


def stale_words(checked: date | None) -> str:
    """What to do about a listing nobody has checked for long."""
    if checked is None:
        return gettext("We do not know when this was checked.")
    return gettext("Not checked since %(month)s.", month=month(checked))


def route_words(listing: Listing) -> str:
    """How a family gets in here, by this listing's own first route."""
    for code in listing.routes:
        if code in ROUTE_ON_CARD:
            return str(ROUTE_ON_CARD[code])
    return gettext("Ask them how to get a place.")


def route_labels(listing: Listing) -> list[str]:
    """Every route of a listing, in the list's own words."""
    return [ROUTES.label(code) for code in listing.routes if code in ROUTES]


def _keep(words: str) -> str:
    """Hold short facts together on one line."""
    return words.replace(" ", NBSP)
