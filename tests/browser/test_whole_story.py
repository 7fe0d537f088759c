"""One listing from asking to join to an older version, by three people and a real post office.

Once with scripts and once without: whatever scripts add, nobody needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app import create_app
from app.database import write
from app.freshness.stages import months_before
from app.models import Service
from app.publishing import publish
from app.site import current_site
from tests.browser import story
from tests.browser.conftest import LONGEST_WAIT, PHONE
from tests.browser.live import serving
from tests.browser.post import PostOffice, post_office
from tests.browser.story import BETTER, CLUB, LATER, NIA, SAM
from tests.browser.walking import heading
from tests.conftest import close, settings_in
from tests.databases import Template
from tests.factories import published

DESK = {"width": 1280, "height": 900}


@dataclass
class Town:
    """A site with one listing and nobody to look after it, and its post office."""

    app: Flask
    address: str
    post: PostOffice

    def command(self, *words: str) -> str:
        """Run an administrator's command."""
        result = self.app.test_cli_runner().invoke(args=words)
        assert result.exit_code == 0, result.output
        return result.output

    def grow_old(self, months: int) -> None:
        """Let the club be last checked so many months and a day ago."""
        site = current_site()
        with write() as database:
            service = database.scalars(select(Service).where(Service.name == CLUB)).one()
            service.assured_date = months_before(date.today(), months)
            publish(database, service, site.centre_of)


@pytest.fixture
def town(chromium: str, tmp_path: Path, empty_database: Template) -> Iterator[Town]:
    """The site is served by its own server; commands run beside it, as a council runs them."""
    empty_database.copy_to(tmp_path)
    with post_office() as post:
        app = create_app(settings_in(tmp_path, mail_url=post.address), testing=True)
        with app.app_context():
            published(current_site(), "Otter Club")
            app.extensions["search"].rebuild()
            with serving(tmp_path, MAIL_URL=post.address) as address:
                yield Town(app, address, post)
        close(app)


@dataclass
class Screens:
    """What each of them has in front of them."""

    phone: Page
    tablet: Page
    wide: Page
    parent: Page


@pytest.fixture(
    params=[True, pytest.param(False, marks=pytest.mark.slow)],
    ids=["with scripts", "without scripts"],
)
def screens(request: pytest.FixtureRequest, browser: Browser, town: Town) -> Iterator[Screens]:
    """Nia's phone and tablet, Sam's desk, and a parent's phone; scripts run on all or on none."""
    pages = []
    for size in (PHONE, PHONE, DESK, PHONE):
        context = browser.new_context(
            base_url=town.address,
            locale="en-GB",
            viewport=size,
            java_script_enabled=request.param,
        )
        page = context.new_page()
        page.set_default_timeout(LONGEST_WAIT)
        pages.append(page)
    yield Screens(*pages)
    for page in pages:
        page.context.close()


def test_a_club_joins_is_found_is_asked_and_goes_back(town: Town, screens: Screens) -> None:
    post, nia, sam, parent = town.post, screens.phone, screens.wide, screens.parent
    town.command("people", "invite", SAM, "--role", "moderator")
    story.join_the_team(sam, post)
    story.ask_to_join(nia, post)
    story.let_in(sam)
    story.accept(nia, post)
    story.sign_out(nia)
    story.sign_in_by_link(nia, post)

    story.write_the_listing(nia)
    story.look_ahead_and_send(nia)
    story.find_in_queue(sam, f"New service: {CLUB}")
    story.ask_for_changes(sam)
    story.answer_the_comment(nia, post)
    story.find_in_queue(sam, f"New service: {CLUB}")
    story.approve(sam)
    public = post.read(NIA, "We have looked at").link("/services/")

    story.find_by_search(parent)
    assert parent.url.removeprefix(town.address).partition("?")[0] == public
    expect(parent.get_by_text(BETTER)).to_be_visible()

    town.grow_old(7)
    parent.goto(public)
    expect(parent.get_by_text("Not checked since")).to_be_visible()
    assert "Mails queued: 1, about 1 listings." in town.command("reminders", "send")
    still_right(town, parent, public)

    story.sign_in_by_code(screens.tablet, post, NIA)
    follow_the_listing(screens.tablet)
    story.say_otherwise(screens.tablet, LATER)
    story.find_in_queue(sam, f"Changes to {CLUB}")
    story.approve(sam)
    parent.goto(public)
    expect(parent.get_by_text(LATER)).to_be_visible()
    story.go_back_to(sam, 1)
    parent.goto(public)
    expect(parent.get_by_text(BETTER)).to_be_visible()
    expect(parent.get_by_text(LATER)).to_have_count(0)
    assert "entries, whole." in town.command("audit", "verify")


def still_right(town: Town, somebody: Page, public: str) -> None:
    """Whoever has the mail presses one button, without signing in; families see the day."""
    mail = town.post.read(NIA, f"Is “{CLUB}” still right?")
    somebody.context.clear_cookies()
    somebody.goto(mail.link("/still-right/"))
    heading(somebody, "Is this still right?")
    expect(somebody.get_by_text("10am to 12:30pm")).to_be_visible()
    story.press(somebody, "Yes, this is still right")
    heading(somebody, "Thank you")
    somebody.goto(public)
    expect(somebody.get_by_text("Not checked since")).to_have_count(0)
    assert somebody.context.cookies() == []


def follow_the_listing(page: Page) -> None:
    """From the list of listings to the changes of the club."""
    heading(page, "Your listings")
    story.follow(page, CLUB)
    story.press(page, "Change your listing")
    heading(page, CLUB)
