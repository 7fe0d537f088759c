"""What a council's file holds: one unchangeable, typed record for each of its tables.

`app/council.py` reads and checks the files; everyone else imports these names from there. Places
are WGS84 degrees; ages are whole years, both ends included.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from app.council_habits import Moderation, Record, Reminders

Tier = Literal["universal", "targeted", "specialist"]
Country = Literal["england", "wales"]


class Town(Record, frozen=True):
    """A town or village and its middle; `also` holds other names people use for it."""

    name: str
    lat: float
    lon: float
    also: tuple[str, ...] = ()


class Locality(Record, frozen=True):
    """A part of the council's area that families can filter by, usually a district.

    `authority` is the ONS code of the district (or the whole council) it is in; `towns` are where
    the directory's services may be; `villages` are further names the search box knows.
    """

    code: str
    label: str
    authority: str
    lat: float
    lon: float
    outcodes: tuple[str, ...]
    towns: tuple[Town, ...]
    villages: tuple[Town, ...] = ()
    group: str | None = None
    from_april_2027: str | None = None


class NearbyCouncil(Record, frozen=True):
    """A council next door: outcodes that are mostly or partly its own, and some of its towns."""

    council: str
    outcodes: tuple[str, ...]
    country: Country = "england"
    towns: tuple[Town, ...] = ()
    note: str | None = None


class Contact(Record, frozen=True):
    """Someone to ring, write to or read, with where that was read.

    `signposts`: what this contact is the first answer to. `also_for`: shown beside that first
    answer. `verify`: read on an old or incomplete page; a person must check it before go-live.
    `none_found`: no contact of the council was found for the signpost named by `code`, so
    `fallback` (a contact of the council or of `national.toml`) is given instead. `not_offered`: the
    council has no such scheme; never show it.
    """

    code: str
    label: str | None = None
    phone: str | None = None
    url: str | None = None
    email: str | None = None
    hours: str | None = None
    source: str | None = None
    note: str | None = None
    signposts: tuple[str, ...] = ()
    also_for: tuple[str, ...] = ()
    verify: bool = False
    derived: bool = False
    country: Country | None = None
    none_found: bool = False
    fallback: str | None = None
    not_offered: bool = False

    @property
    def dial(self) -> str | None:
        """The number as digits for a `tel:` link, without spaces or words like "(option 1)"."""
        return re.sub(r"\D", "", self.phone.partition("(")[0]) if self.phone else None

    @property
    def serves(self) -> tuple[str, ...]:
        """The signposts this entry answers first; a gap answers the one it is named after."""
        return (self.code,) if self.none_found else self.signposts


class National(Record, frozen=True):
    """What every council shares: signposts, national contacts, fall-backs for other areas.

    `always` are the signposts on every result. `elsewhere` maps a country, then a signpost, to a
    contact's code.
    """

    signposts: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    elsewhere: dict[Country, dict[str, str]] = msgspec.field(default_factory=dict)

    def find_contact(self, code: str) -> Contact | None:
        """Give the national contact with this code, or None."""
        return next((contact for contact in self.contacts if contact.code == code), None)

    def elsewhere_contact(self, country: Country, signpost: str) -> Contact | None:
        """Give whom to send a family to who lives in another council's area, or None."""
        return self.find_contact(self.elsewhere.get(country, {}).get(signpost, ""))


class Ages(Record, frozen=True):
    """Youngest and oldest age for short breaks, and for a social care assessment."""

    short_breaks: tuple[int, int]
    assessment: tuple[int, int]


class Level(Record, frozen=True):
    """What the council itself calls one of our three tiers."""

    tier: Tier
    council: str


class AutoTargetedRule(Record, frozen=True):
    """Ages, and papers (any one), that open targeted help without an assessment."""

    min_age: int
    max_age: int
    evidence_any: tuple[str, ...]
    source: str


class Allowance(Record, frozen=True):
    """A council's own short-breaks money; `amount` (pounds a year) only when published."""

    name: str
    special_circumstances: str
    paid_by: str
    year: str
    not_for: tuple[str, ...]
    source: str
    amount: int | None = None
    amount_note: str | None = None


class HolidayProgramme(Record, frozen=True):
    """The council's free holiday clubs with food: who they are for, and who may come as well."""

    name: str
    core: str
    ages: tuple[int, int]
    source: str
    also: tuple[str, ...] = ()
    ages_note: str | None = None


class ChangingSoon(Record, frozen=True):
    """A change families should know about, in plain words, and where it was read."""

    text: str
    source: str
    note: str | None = None


class Successors(Record, frozen=True):
    """The councils that take over, and the day they do.

    `contacts`: by a successor's name, the contacts that replace those of the same code.
    """

    starts: date
    councils: tuple[str, ...]
    source: str
    note: str
    contacts: dict[str, tuple[Contact, ...]] = msgspec.field(default_factory=dict)


class Statement(Record, frozen=True):
    """What the council has published about its short breaks statement (SI 2011/707, regulation 5).

    What is left out is shown as not published yet. `kept_by`: who keeps it under review.
    """

    source: str
    published: date | None = None
    url: str | None = None
    review: date | None = None
    kept_by: str | None = None
    shaped_by: tuple[str, ...] = ()


class Council(Record, frozen=True):
    """One council, as its file describes it, with the national contacts beside it.

    `area_also` holds other county names people write after a town here.
    """

    code: str
    name: str
    area_name: str
    site_name: str
    ages: Ages
    levels_shown: tuple[Level, ...]
    targeted_routes: tuple[str, ...]
    assessment_criteria_summary: str
    diagnosis_required_for_assessment: bool
    early_help_expected_first: bool
    who_can_ask: tuple[str, ...]
    haf: HolidayProgramme
    contacts: tuple[Contact, ...]
    localities_source: str
    localities_note: str
    localities: tuple[Locality, ...]
    nearby_other_councils: tuple[NearbyCouncil, ...]
    outcode_centres: dict[str, tuple[float, float]]
    area_also: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    reminders: Reminders = Reminders()
    moderation: Moderation = Moderation()
    diagnosis_note: str | None = None
    auto_targeted_rule: AutoTargetedRule | None = None
    allowance: Allowance | None = None
    changing_soon: ChangingSoon | None = None
    successors: Successors | None = None
    statement: Statement | None = None
    national: National = National()

    @property
    def authorities(self) -> frozenset[str]:
        """ONS codes of the districts this council looks after."""
        return frozenset(locality.authority for locality in self.localities)

    def all_towns(self) -> Iterator[Town]:
        """Give every town and village we know: the council's own, then its neighbours'."""
        for locality in self.localities:
            yield from (*locality.towns, *locality.villages)
        for nearby in self.nearby_other_councils:
            yield from nearby.towns

    def locality(self, code: str) -> Locality:
        """Give the locality with this code; raises KeyError when there is none."""
        for locality in self.localities:
            if locality.code == code:
                return locality
        raise KeyError(code)

    def locality_label(self, code: str) -> str:
        """Give the name families see for a locality; raises KeyError when there is none."""
        return self.locality(code).label

    def find_contact(self, code: str) -> Contact | None:
        """Give a contact a family can use, or None when nobody is called this.

        The council's own come first, then the national ones; a gap gives its fall-back.
        """
        gap = next(
            (entry for entry in self.contacts if entry.code == code and entry.none_found),
            None,
        )
        wanted = (gap.fallback or "") if gap else code
        own = (entry for entry in self.contacts if entry.code == wanted and not entry.none_found)
        return next(own, None) or self.national.find_contact(wanted)

    def contact(self, code: str) -> Contact:
        """Give a contact as `find_contact` does; raises KeyError when there is none."""
        contact = self.find_contact(code)
        if contact is None:
            raise KeyError(code)
        return contact

    @property
    def advice(self) -> Contact:
        """The free, private advice service for families (SENDIASS), or the finder of one."""
        return self.find_contact("sendiass") or self.contact("sendiass_finder")

    def signpost_contacts(self, signpost: str) -> tuple[Contact, ...]:
        """Give whom to ask about a signpost: the one that serves it, then those shown beside it."""
        first = [contact.code for contact in self.contacts if signpost in contact.serves]
        beside = [contact.code for contact in self.contacts if signpost in contact.also_for]
        return tuple(self.contact(code) for code in first + beside)

    def offers(self, signpost: str) -> bool:
        """Say whether this council has the scheme a signpost is about."""
        return not any(
            contact.not_offered and signpost in contact.serves for contact in self.contacts
        )
