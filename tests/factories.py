"""Small makers of records with sensible defaults: a test states only what it is about.

`service` gives records that are not stored yet; `published` stores one and shows it to
families, as staff would. `listing` gives the public facts alone, without a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import inspect

from app.database import write
from app.directory.routes import blueprint as directory
from app.extensions import babel
from app.languages import locale_code
from app.listing import Listing
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
from app.publishing import publish, slugify
from app.site import Site

LISTS = {
    "breaks": "break",
    "activities": "activity",
    "needs": "need",
    "routes": "route",
    "costs": "cost",
    "when": "when",
    "outcomes": "outcome",
}
"""Words of the factory for the closed lists that a service carries as attributes."""

_numbers = count(1)


def organisation(name: str = "Wagtail Trust", **facts: Any) -> Organisation:
    """A charity that runs services."""
    return Organisation(name=name, **{"kind": "a charity", **facts})


def schedule(
    days: str = "SA", opens: str = "10:00", closes: str = "11:00", **facts: Any
) -> Schedule:
    """A session: Saturday mornings in term time unless told."""
    return Schedule(byday=days, opens_at=opens, closes_at=closes, **facts)


def place(*sessions: Schedule, **facts: Any) -> ServiceAtLocation:
    """A hall in the middle of Exeter, in use on Saturday mornings unless told."""
    usual = {
        "name": "Catkin Hall",
        "address": "4 Chapel Lane",
        "town": "Exeter",
        "postcode": "EX1 9CM",
        "easting": 292000,
        "northing": 92500,
        "locality": "exeter",
    }
    return ServiceAtLocation(
        location=Location(**{**usual, **facts}), schedules=list(sessions) or [schedule()]
    )


def contact(*numbers: str, **facts: Any) -> Contact:
    """Somebody to ring."""
    usual = {"name": "Priya", "title": "bookings", "email": "hello@wagtail.example.org"}
    known = enumerate(numbers or ("01632 960123",))
    phones = [Phone(number=number, position=place) for place, number in known]
    return Contact(phones=phones, **{**usual, **facts})


def service(name: str = "", **facts: Any) -> Service:
    """A club for any child, with one place, one price and one person to ring.

    The words of `LISTS` take codes; `answers` maps a support feature to its answer;
    `places`, `prices` and `contacts` take records; `areas` takes locality codes.
    """
    number = next(_numbers)
    name = name or f"Otter Club {number}"
    lists = {"breaks": ["saturday_club"], "needs": ["any_send"], "routes": ["book_direct"]}
    codes = {word: facts.pop(word, lists.get(word, [])) for word in LISTS}
    made = Service(
        name=name,
        slug=facts.pop("slug", "") or f"{slugify(name)}-{number}",
        organisation=facts.pop("organisation", None) or organisation(),
        attributes=_attributes(codes),
        answers=_answers(facts.pop("answers", {})),
        places=_in_order(facts.pop("places", None), place),
        contacts=_in_order(facts.pop("contacts", None), contact),
        costs=_in_order(facts.pop("prices", None), _price),
        areas=[ServiceArea(name=code, locality=code) for code in facts.pop("areas", ())],
        languages=[Language(name=word) for word in facts.pop("languages", ())],
        funding=[Funding(source=word) for word in facts.pop("funding", ())],
    )
    usual = {"summary": "A club on Saturdays.", "assured_date": date.today()}
    for field, value in {**usual, **facts}.items():
        assert hasattr(made, field), f"a service has no {field}"
        setattr(made, field, value)
    _fill_in(made)
    return made


def published(site: Site, name: str = "", **facts: Any) -> Service:
    """A service that families see."""
    made = service(name, **facts)
    show(site, made)
    return made


def published_bare(site: Site, name: str, slug: str) -> Service:
    """One that says nothing that need not be said."""
    nothing = {word: [] for word in ("breaks", "needs", "routes", "places", "contacts", "prices")}
    return published(site, name, slug=slug, summary="", assured_date=None, **nothing)


def show(site: Site, *services: Service) -> None:
    """Store services and publish each of them."""
    with write() as database:
        for made in services:
            database.add(made)
            database.flush()
            publish(database, made, site.centre_of)


def listing(name: str = "Otter Club", **facts: Any) -> Listing:
    """The public facts of a service, without a database."""
    usual = {"id": f"0000-{slugify(name)}", "slug": slugify(name), "tier": "universal"}
    return Listing(name=name, **{**usual, **facts})


def speaking_app() -> Flask:
    """An application that can only put words in languages and make addresses: quick to make."""
    app = Flask("app")
    babel.init_app(app, locale_selector=locale_code)
    app.register_blueprint(directory)
    return app


def _fill_in(made: Service) -> None:
    """Give a service and all that hangs on it their defaults now, as storing them would."""
    state = inspect(made)
    for record in [
        made,
        *(item[0] for item in state.mapper.cascade_iterator("save-update", state)),
    ]:
        for attribute in inspect(type(record)).column_attrs:
            default = attribute.columns[0].default
            if default is not None and getattr(record, attribute.key) is None:
                value = default.arg(None) if default.is_callable else default.arg
                setattr(record, attribute.key, value)


def _price() -> CostOption:
    return CostOption(pence=600, per="session", whom="child")


def _in_order(records: Iterable[Any] | None, usual: Any) -> list[Any]:
    made = [usual()] if records is None else list(records)
    for position, record in enumerate(made):
        if hasattr(record, "position"):
            record.position = position
    return made


def _attributes(codes: Mapping[str, Iterable[str]]) -> list[Attribute]:
    return [Attribute(term_id=f"{LISTS[word]}:{code}") for word in codes for code in codes[word]]


def _answers(said: Mapping[str, str]) -> list[SupportAnswer]:
    return [
        SupportAnswer(feature=feature, answer=answer, checked_on=date.today())
        for feature, answer in said.items()
    ]
