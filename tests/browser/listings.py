"""Listings with something unusual to look at, beside the demonstration directory.

Each has an address of its own, so that a test can open it without searching.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.site import Site
from app.vocabulary import ACCESS, BREAKS, NEEDS
from tests.factories import contact, place, published, published_bare, schedule, service, show

RICH, SPARSE, WITHHELD, STALE, LONG = "rich", "sparse", "withheld", "stale", "long-name"
ONLY_ONE = "Quokkaberry"
"""A word in one listing only: a search for it finds one service."""
SECRET_STREET = "77 Bramblethorn Close"
LONG_NAME = (
    "The Saturday and Sunday Adventure, Swimming, Cooking and Storytelling Club for Brothers, "
    "Sisters, Cousins and Friends of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
)
PARAGRAPHS = """We meet in a big light hall with a garden.

- Bring a drink and a towel.
- Come ten minutes early the first time.

Ask for **Priya** when you come, or look at <https://wagtail.example.org/>."""


def add_unusual_listings(site: Site, today: date) -> None:
    """Store and publish one listing of each unusual kind."""
    _rich(site, today)
    published_bare(site, "Club", SPARSE)
    _withheld(site)
    _stale(site, today)
    published(site, LONG_NAME, slug=LONG, summary="W" * 90)


def _rich(site: Site, today: date) -> None:
    """Says something of everything a page can show."""
    answers = dict(zip(ACCESS, ["yes", "ask", "no", "yes"] * len(ACCESS), strict=False))
    answers.popitem()
    weekly = schedule("MO,WE", "15:30", "17:30")
    fortnightly = schedule("SA", interval=2, valid_from=today - timedelta(days=28))
    published(
        site,
        "Otter and Heron Club",
        slug=RICH,
        tier="targeted",
        summary=f"{ONLY_ONE} mornings by the water, with someone to help your child join in.",
        description=PARAGRAPHS,
        url="https://wagtail.example.org/otter",
        min_age=5,
        max_age=17,
        breaks=list(BREAKS)[:3],
        needs=list(NEEDS)[:4],
        routes=["ask_first", "early_help"],
        costs=["direct_payment_ok", "bursary"],
        answers=answers,
        adults=1,
        children=4,
        training="First aid, epilepsy medicine and Makaton.",
        trial_visit="Come and look on any Wednesday.",
        transport="Bus 9 stops at the gate.",
        regulator="ofsted",
        registration="EY100000",
        send_report_url="https://wagtail.example.org/send",
        suitability_checked=today,
        space="waiting",
        wait_weeks=12,
        space_note="Two more places from spring.",
        space_on=today,
        cost_note="The first visit is free.",
        joining="Ring us.\nCome for a visit.\nWe agree what helps.",
        languages=["English", "British Sign Language"],
        funding=["Devon Short Breaks"],
        areas=["exeter"],
        places=[
            place(weekly, fortnightly, directions="Through the blue gate."),
            place(name="Heron Hall", town="Exmouth", postcode="EX8 9CM", locality=""),
        ],
        contacts=[contact("01632 960123", "01632 960124", hours="Monday to Friday, 9am to 5pm")],
    )


def _withheld(site: Site) -> None:
    """Meets where no stranger should come."""
    home = place(name="", address=SECRET_STREET, postcode="EX4 9CM", withheld=True)
    show(site, service("Quiet House", slug=WITHHELD, tier="specialist", places=[home]))


def _stale(site: Site, today: date) -> None:
    """Nobody has looked at it for a year."""
    long_ago = today - timedelta(days=400)
    published(site, "Old Mill Club", slug=STALE, assured_date=long_ago, answers={"hoist": "yes"})
