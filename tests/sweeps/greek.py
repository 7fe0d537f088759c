"""A small directory whose own words are all in Greek letters.

So on its pages a Latin letter can only come from the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from app.models import Contact, CostOption, Schedule, ServiceAtLocation
from app.site import Site, current_site
from app.states import Period
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, COSTS, NEEDS, OUTCOMES, ROUTES
from tests.conftest import close, settings_in
from tests.databases import Template
from tests.factories import (
    contact,
    organisation,
    place,
    published,
    published_bare,
    schedule,
    service,
    show,
)
from tests.strict import StrictClient

HOST = "a.example.org"
POSTCODE = "EX4 9CM"


@contextmanager
def greek_site(folder: Path, empty_database: Template) -> Iterator[Flask]:
    """A site with that directory, its files in a folder, seen through strict browsers."""
    empty_database.copy_to(folder)
    app = create_app(settings_in(folder), testing=True)
    app.test_client_class = StrictClient
    with app.app_context():
        fill_with_greek(current_site())
        app.extensions["search"].rebuild()
    yield app
    close(app)


def fill_with_greek(site: Site) -> None:
    """Publish listings that say everything, nothing, and each state between."""
    _rich(site)
    published_bare(site, "Μμ", "sparse")
    _withheld(site)
    _others(site)


def _rich(site: Site) -> None:
    """Says something of everything, in Greek letters."""
    fortnightly = schedule("SA", interval=2, dtstart=date.today() - timedelta(days=28))
    sessions = [schedule("MO,TU", period=period, description="Ρρ") for period in Period]
    published(
        site,
        "Αβγ",
        slug="rich",
        tier="targeted",
        summary="Δεζ ηθι.",
        description="Κλμ νξο.",
        organisation=organisation("Πρσ", kind="τυφ"),
        url=f"https://{HOST}",
        send_report_url=f"https://{HOST}/1",
        min_age=5,
        max_age=17,
        breaks=[code for code in BREAKS if "overnight" not in code and code != "home_support"],
        activities=list(ACTIVITIES),
        needs=list(NEEDS),
        routes=list(ROUTES),
        costs=list(COSTS),
        outcomes=list(OUTCOMES),
        answers=dict(zip(list(ACCESS)[:-2], ["yes", "ask", "no"] * len(ACCESS), strict=False)),
        adults=2,
        children=5,
        training="Χψω.",
        trial_visit="Αα.",
        stays="may_stay",
        stays_note="Ββ.",
        transport="Γγ.",
        regulator="ofsted",
        registration="100000",
        suitability_checked=date.today() - timedelta(days=300),
        space="waiting",
        wait_weeks=12,
        space_note="Δδ.",
        space_on=date.today() - timedelta(days=9),
        cost_note="Εε.",
        joining="Ζζ.\nΗη.",
        languages=["Θθ"],
        funding=["Ιι"],
        areas=[locality.code for locality in site.council.localities],
        places=[_place(*sessions, fortnightly), _place(schedule("SA", "19:00", "07:00"))],
        prices=[_price(0), _price(650)],
        contacts=[_contact("01632 960123", hours="Λλ")],
    )


def _withheld(site: Site) -> None:
    """Meets where no stranger should come."""
    home = _place(withheld=True)
    made = service("Νν", slug="withheld", tier="specialist", summary="", places=[home])
    made.organisation.name = made.organisation.kind = "Ξξ"
    show(site, made)


def _others(site: Site) -> None:
    """A stale listing, a full one, and enough for a second page."""
    old = date.today() - timedelta(days=400)
    _show(
        site, "Σσ", slug="stale", assured_date=old, answers={"hoist": "yes"}, adults=1, children=1
    )
    _show(site, "Ττ", slug="full", space="full", min_age=11, stays="must_stay", regulator="cqc")
    for number in range(22):
        _show(site, f"Υυ {number}", space="spaces", max_age=number + 1, places=[_place()])


def _show(site: Site, name: str, **facts: Any) -> None:
    usual = {"places": [], "contacts": [], "summary": "Οο."}
    published(site, name, organisation=organisation("Φφ", kind=""), **{**usual, **facts})


def _place(*sessions: Schedule, **facts: Any) -> ServiceAtLocation:
    usual = {"name": "Χχ", "address": "Ψψ", "town": "Exeter", "postcode": POSTCODE}
    return place(*sessions, **{**usual, "directions": "Ωω.", **facts})


def _contact(*numbers: str, **facts: Any) -> Contact:
    return contact(*numbers, name="Αω", title="Βω", email=f"ask@{HOST}", **facts)


def _price(pence: int) -> CostOption:
    return CostOption(pence=pence, per="session", whom="child", note="Κκ.")
