"""What three people do on the site, step by step, with their own eyes: by labels and words.

Nia runs a club and has a telephone; Sam works for the council at a wide screen; a parent
searches. None of the steps needs a script.
"""

from __future__ import annotations

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.post import PostOffice
from tests.browser.walking import heading

NIA, SAM = "nia@heronclub.example.org", "sam@council.example.org"
CLUB, ORGANISATION = "Heron Saturday Club", "Heron Club"
FIRST = "A club by the water for children who like to build dens."
BETTER = "A small club by the water. We build dens and cook. Autistic children are welcome."
LATER = "A small club by the water. We build rafts now."
COMMENT = "Please say who is welcome."
SOME_ANSWERS = 4
"""Enough to send a listing; its section is still to be finished."""


def press(page: Page, words: str) -> None:
    """Press the button of these words."""
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    """Follow the link of these words in the page itself."""
    page.get_by_role("main").get_by_role("link", name=words).first.click()


def join_the_team(page: Page, post: PostOffice) -> str:
    """Sam accepts his invitation and sets up his second step; gives the key of his app."""
    page.goto(post.read(SAM, "You are invited").link("/invitation/"))
    page.get_by_label("Your name").fill("Sam Okafor")
    press(page, "Yes, join")
    heading(page, "Set up your phone")
    page.get_by_text("I cannot scan it").click()
    key = page.locator("code.key").inner_text()
    page.get_by_label("Code").fill(pyotp.TOTP(key).now())
    press(page, "Go on")
    heading(page, "Keep these ten codes")
    expect(page.locator(".codes code")).to_have_count(10)
    follow(page, "I have kept them. Go on")
    heading(page, "Staff")
    return key


def ask_to_join(page: Page, post: PostOffice) -> None:
    """Nia asks for her club to be added."""
    page.goto("/")
    page.get_by_role("link", name="Add your service").click()
    page.get_by_label("Your organisation or club").fill(ORGANISATION)
    page.get_by_label("What do you offer, and where?").fill("A club on Saturdays, in Exeter.")
    page.get_by_label("Your name").fill("Nia Heron")
    page.get_by_label("Your work email").fill(NIA)
    press(page, "Send")
    heading(page, "Thank you for asking")
    assert "read it" in post.read(NIA, "We have your request").words


def let_in(page: Page) -> None:
    """Sam reads the request and invites her."""
    page.get_by_role("link", name="Requests").first.click()
    follow(page, ORGANISATION)
    expect(page.get_by_text("A club on Saturdays, in Exeter.")).to_be_visible()
    page.get_by_label("A new organisation").check()
    press(page, "Accept and invite")
    expect(page.get_by_role("heading", name="Accepted")).to_be_visible()


def accept(page: Page, post: PostOffice) -> None:
    """Nia says yes by the link in her mail, and is in."""
    mail = post.read(NIA, "You are invited")
    assert "Sam Okafor has invited you to join Heron Club." in mail.words
    page.goto(mail.link("/invitation/"))
    page.get_by_label("Your name").fill("Nia Heron")
    press(page, "Yes, join")
    heading(page, "Your listings")
    expect(page.get_by_text("No listings yet.")).to_be_visible()


def sign_out(page: Page) -> None:
    """Leave by the button."""
    page.get_by_role("link", name="Sign out").click()
    press(page, "Sign out")
    heading(page, "You are signed out")


def ask_for_mail(page: Page, email: str) -> None:
    """Ask for a link and a code."""
    page.goto("/")
    page.get_by_role("link", name="Sign in (providers and staff)").click()
    page.get_by_label("Your email").fill(email)
    press(page, "Send me a link")
    heading(page, "Look at your mail")


def sign_in_by_link(page: Page, post: PostOffice) -> None:
    """Open the link, which signs nobody in, and press its button, which does."""
    ask_for_mail(page, NIA)
    page.goto(post.read(NIA, "Sign in to").link("/sign-in/"))
    heading(page, "Sign in now")
    expect(page.get_by_text(NIA)).to_be_visible()
    press(page, "Sign in")
    heading(page, "Your listings")


def sign_in_by_code(page: Page, post: PostOffice, email: str) -> None:
    """Type the code of the mail in the browser that asked."""
    ask_for_mail(page, email)
    page.get_by_label("Code from the mail").fill(post.read(email, "Sign in to").code)
    press(page, "Sign in")


def write_the_listing(page: Page) -> None:
    """Nia writes her listing, section by section, each saved by itself."""
    follow(page, "Add another service")
    page.get_by_label("What is it called?").fill(CLUB)
    press(page, "Begin")
    heading(page, CLUB)
    _section(page, "About")
    page.get_by_label("Say it in one or two sentences").fill(FIRST)
    page.get_by_label("Saturday or weekend club").check()
    _saved(page, 1)
    _section(page, "Who it is for")
    page.get_by_label("Youngest age").fill("5")
    page.get_by_label("Oldest age").fill("11")
    page.get_by_label("Autism").check()
    _saved(page, 2)
    _could_my_child_go(page)
    _when_and_where(page)
    _section(page, "Cost")
    page.get_by_label("Price in pounds").fill("4.50")
    _saved(page, 4)
    _section(page, "How to get a place")
    page.get_by_label("Book with the provider").check()
    _saved(page, 5)
    _section(page, "Contact")
    page.get_by_label("Phone", exact=True).fill("01632 960777")
    page.get_by_label("Email").fill(NIA)
    _saved(page, 6)
    _section(page, "Spaces")
    page.get_by_label("Spaces now").check()
    _saved(page, 7)


def _section(page: Page, name: str) -> None:
    page.locator(".tasks").get_by_role("link", name=name).click()
    heading(page, name)


def _saved(page: Page, done: int) -> None:
    press(page, "Save")
    heading(page, CLUB)
    expect(page.get_by_text(f"{done} of 8 parts done.")).to_be_visible()


def _could_my_child_go(page: Page) -> None:
    _section(page, "Could my child go?")
    for answers in page.locator(".in-a-row").all()[:SOME_ANSWERS]:
        answers.get_by_text("Ask us", exact=True).click()
    page.get_by_label("I have checked every answer on this page today").check()
    _saved(page, 2)


def _when_and_where(page: Page) -> None:
    _section(page, "When and where")
    follow(page, "Add a place")
    page.get_by_label("Name of the place").fill("Heron Hall")
    page.get_by_label("Street").fill("2 Water Lane")
    page.get_by_label("Town or village").fill("Exeter")
    press(page, "Save and add times")
    follow(page, "Add a time")
    page.get_by_label("Term time").check()
    page.get_by_label("Saturdays").check()
    page.get_by_label("Begins at").fill("10am")
    page.get_by_label("Ends at").fill("12:30")
    press(page, "Save the time")
    expect(page.locator(".own-times")).to_contain_text("Term time: Saturdays, 10am to 12:30pm")
    press(page, "Save the place")
    heading(page, "When and where")
    page.get_by_label("Saturdays").check()
    _saved(page, 3)


def look_ahead_and_send(page: Page) -> None:
    """See the listing as families will, check all answers, send it."""
    follow(page, "See it as families will")
    heading(page, CLUB)
    expect(page.get_by_text("This is a look ahead.")).to_be_visible()
    page.get_by_role("link", name="Your changes").click()
    follow(page, "Check and send")
    press(page, "Send to the council")
    heading(page, "Your changes are sent")


def say_otherwise(page: Page, words: str) -> None:
    """Write other words in one or two sentences, and send them."""
    _section(page, "About")
    page.get_by_label("Say it in one or two sentences").fill(words)
    press(page, "Save")
    heading(page, CLUB)
    follow(page, "Check and send")
    press(page, "Send to the council")
    heading(page, "Your changes are sent")


def find_in_queue(page: Page, title: str) -> None:
    """Sam comes to what waits by the queue."""
    page.get_by_role("link", name="Queue").first.click()
    page.get_by_role("row").filter(has_text=CLUB).get_by_role("link", name=CLUB).click()
    heading(page, title)


def ask_for_changes(page: Page) -> None:
    """Sam writes a comment beside one field, sees what will happen, and does it."""
    row = page.locator(".compare tr").filter(has_text=FIRST)
    row.locator("summary").click()
    row.locator("textarea").fill(COMMENT)
    page.get_by_label("Ask for changes").check()
    press(page, "Go on")
    heading(page, f"Ask for changes to “{CLUB}”?")
    expect(page.get_by_text(COMMENT)).to_be_visible()
    press(page, "Ask for changes now")
    heading(page, f"Sent back for changes: {CLUB}")


def answer_the_comment(page: Page, post: PostOffice) -> None:
    """Nia is told by mail, follows its link, reads the comment at the field, and changes it."""
    mail = post.read(NIA, "Could you change a few things")
    assert COMMENT in mail.words
    page.goto(mail.link("/provider/changes/"))
    expect(page.get_by_text("The council asks for a change here.")).to_be_visible()
    _section(page, "About")
    expect(page.get_by_text(COMMENT)).to_be_visible()
    page.go_back()
    say_otherwise(page, BETTER)


def approve(page: Page) -> None:
    """Sam says yes, sees what will happen, and does it."""
    page.get_by_label("Approve", exact=True).check()
    press(page, "Go on")
    heading(page, f"Approve “{CLUB}”?")
    press(page, "Approve now")
    heading(page, f"Approved: {CLUB}")


def find_by_search(page: Page) -> None:
    """A parent finds the club by what it is, and reads its page."""
    page.goto("/")
    page.get_by_label("What would you like?").fill("dens on Saturdays")
    page.get_by_label("Town or postcode").fill("Exeter")
    press(page, "Search")
    page.get_by_role("link", name=CLUB).click()
    heading(page, CLUB)


def go_back_to(page: Page, version: int) -> None:
    """Sam finds the listing, compares, and goes back to an older version."""
    page.get_by_role("link", name="Find a listing").first.click()
    page.get_by_label("Part of its name").fill(CLUB)
    press(page, "Find")
    page.get_by_role("row").filter(has_text=CLUB).get_by_role("link").click()
    follow(page, "Versions")
    follow(page, f"Go back to version {version}")
    heading(page, f"Go back to version {version}?")
    press(page, f"Go back to version {version} now")
    heading(page, f"Versions of {CLUB}")
    expect(page.get_by_role("cell", name=f"back to version {version}", exact=True)).to_be_visible()
