"""The public facts of one service, typed: what is shown, searched and exported.

A `Listing` is composed from the records once, when a service is published
(`app/publishing.py`), and stored as JSON. Pages, the index and the open data read it and
nothing else.
"""

from __future__ import annotations

from datetime import date

import msgspec

from app.states import Answer, Space, Stays


class Support(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the provider says of one support feature."""

    feature: str
    answer: Answer
    note: str = ""
    checked: date | None = None


class Price(msgspec.Struct, frozen=True, omit_defaults=True):
    """A price in pence (None: not known), per what and for whom."""

    pence: int | None
    per: str = ""
    whom: str = ""
    note: str = ""


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """When a service runs: days are RFC 5545 codes, times `HH:MM`, every n weeks."""

    period: str
    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    every: int = 1
    starts: date | None = None
    ends: date | None = None
    note: str = ""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in metres of the British National Grid.

    When `withheld`, there is no name, address or postcode and the point is the centre of
    the locality: the true one is not in here at all.
    """

    id: str
    locality: str = ""
    name: str = ""
    address: tuple[str, ...] = ()
    town: str = ""
    postcode: str = ""
    easting: int | None = None
    northing: int | None = None
    directions: str = ""
    withheld: bool = False
    sessions: tuple[Session, ...] = ()


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person or desk to reach."""

    name: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    hours: str = ""


class Availability(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether there are spaces, and who said so when."""

    space: Space = Space.UNKNOWN
    wait_weeks: int | None = None
    note: str = ""
    said: date | None = None


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the council says of a service, since when and until when."""

    kind: str
    given: date
    ends: date | None = None


class Cancelled(msgspec.Struct, frozen=True, omit_defaults=True):
    """A day on which it does not run."""

    on: date
    note: str = ""


class Listing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One published service."""

    id: str
    slug: str
    name: str
    tier: str
    summary: str = ""
    description: str = ""
    url: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    organisation_url: str = ""
    min_age: int | None = None
    max_age: int | None = None
    breaks: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    support: tuple[Support, ...] = ()
    adults: int | None = None
    children: int | None = None
    training: str = ""
    trial_visit: str = ""
    stays: Stays = Stays.UNKNOWN
    stays_note: str = ""
    transport: str = ""
    regulator: str = ""
    registration: str = ""
    send_report_url: str = ""
    suitability_checked: date | None = None
    availability: Availability = Availability()
    places: tuple[Place, ...] = ()
    areas: tuple[str, ...] = ()
    """Locality codes whose families the service takes, wherever it meets."""
    prices: tuple[Price, ...] = ()
    cost_note: str = ""
    joining: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    languages: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    assured: date | None = None
    closed_until: date | None = None
    """The first day it is open again."""
    cancelled: tuple[Cancelled, ...] = ()
    marks: tuple[Mark, ...] = ()
    source: str = ""

    @property
    def access(self) -> tuple[str, ...]:
        """The support features the provider says yes to."""
        return tuple(item.feature for item in self.support if item.answer is Answer.YES)

    @property
    def refused(self) -> tuple[str, ...]:
        """The support features the provider says no to."""
        return tuple(item.feature for item in self.support if item.answer is Answer.NO)

    @property
    def localities(self) -> tuple[str, ...]:
        """Every locality it meets in or takes families from, without repeats."""
        met = [place.locality for place in self.places if place.locality]
        return tuple(dict.fromkeys([*met, *self.areas]))

    def takes_age(self, low: int, high: int) -> bool:
        """Whether some age from `low` to `high` (whole years) is taken; open ends count."""
        youngest = 0 if self.min_age is None else self.min_age
        oldest = 199 if self.max_age is None else self.max_age
        return youngest <= high and low <= oldest


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Listing)


def to_json(listing: Listing) -> str:
    """The listing as it is stored."""
    return _encoder.encode(listing).decode()


def from_json(text: str | bytes) -> Listing:
    """A stored listing. Raises `msgspec.ValidationError` when it is not one."""
    return _decoder.decode(text)
