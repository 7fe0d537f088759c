"""The page of one service: could my child go, when, what it costs, how to get in, who to ring."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import write
from app.models import CostOption
from app.site import Site
from app.states import Space, Stays
from app.vocabulary import ACCESS, TIERS
from tests import factories


def page(client: FlaskClient, address: str = "/services/otters", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.get_data(as_text=True).replace("\xa0", " ")


def publish(site: Site, **facts: object) -> None:
    factories.published(site, "Otter Club", slug="otters", **facts)


def test_a_parent_reads_in_the_order_they_ask(app: Flask, site: Site, client: FlaskClient) -> None:
    publish(site, description="We float about.", joining="Ring us.\nCome along.")
    html = page(client)
    order = [
        "<h1>Otter Club</h1>",
        "Run by Wagtail Trust, a charity",
        "Could my child go?",
        "When and where",
        "What it costs",
        "How to get a place",
        "Contact",
        "More about it",
    ]
    places = [html.index(words, html.index("<main")) for words in order]
    assert places == sorted(places)


def test_every_fact_that_is_known_is_on_the_page(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    publish(
        site, summary="Swim on Saturdays.", tier="targeted", min_age=8, max_age=17,
        needs=["autism"], breaks=["saturday_club"], activities=["swimming"], outcomes=["2"],
        answers={"hoist": "yes", "medicine": "ask", "nurse_on_site": "no"},
        adults=1, children=3, training="Everyone knows first aid.", trial_visit="Come and watch.",
        stays=Stays.MAY_LEAVE, stays_note="After a week.", transport="A minibus from the station.",
        regulator="ofsted", registration="EY123", space=Space.WAITING, wait_weeks=6,
        space_note="For Tuesdays too.", prices=[CostOption(pence=650, per="session", whom="child")],
        costs=["direct_payment_ok", "bursary"], cost_note="Ask about a free place.",
        languages=["Makaton"], funding=["A council grant"], url="https://otters.example.org/",
        send_report_url="https://otters.example.org/send", areas=["exeter"],
        places=[factories.place(directions="Ring the bell.")],
        contacts=[factories.contact("01632 960123", hours="Mornings")],
    )  # fmt: skip
    html = page(client)
    for words in (
        "Swim on Saturdays.", "Extra help", "Ages 8 to 17", "Autism", "Saturday or weekend club",
        "Swimming", "Hoist", "Staff can give medicine", "Nurse on site",
        "One adult to 3 children.", "Everyone knows first aid.", "Come and watch.",
        "You can leave once your child is settled.", "After a week.", "A minibus from the station.",
        "Ofsted number EY123", "Waiting list, about 6 weeks", "For Tuesdays too.",
        "£6.50 each time",
        "for each child", "Direct payment accepted", "Help with the cost",
        "Ask about a free place.",
        "Makaton", "A council grant", "Catkin Hall", "4 Chapel Lane", "Ring the bell.",
        "Saturdays, 10am to 11am", "01632 960123", 'href="tel:+441632960123"', "Ask for Priya",
        "Mornings", 'href="mailto:hello@wagtail.example.org"', 'href="https://otters.example.org/"',
        'href="https://otters.example.org/send"', "openstreetmap.org", "Exeter",
    ):  # fmt: skip
        assert words in html, words


def test_each_answer_has_words_and_a_shape_not_a_colour_alone(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    publish(site, answers={"hoist": "yes", "medicine": "ask", "nurse_on_site": "no"})
    html = page(client)
    rows = re.findall(
        r"<li><span>(<svg.*?#(\w+)\".*?</svg>)(.*?)</span>\s*<div>(.*?)</div>", html, re.S
    )
    assert [(shape, words.strip(), feature.strip()) for _, shape, words, feature in rows] == [
        ("yes", "Yes", "Hoist"),
        ("ask", "Ask us", "Staff can give medicine"),
        ("no", "No", "Nurse on site"),
    ]
    assert "Not said yet" in html
    unsaid = html[html.index("Not said yet") :]
    assert ACCESS.label("quiet_space") in unsaid


def test_a_bare_service_says_plainly_what_nobody_has_said(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    publish(site, summary="", needs=[], routes=[], breaks=[], prices=[], places=[], contacts=[],
            assured_date=None)  # fmt: skip
    html = page(client)
    for words in ("All ages", "Not known if there are spaces", "Price not said yet",
                  "They have not said yet what help they can give.",
                  "They have not given a phone number or email yet.",
                  "We do not know when this was checked.", "Ring before you go."):  # fmt: skip
        assert words in html, words


def test_a_person_without_number_or_email_is_named_and_that_is_said(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    silent = factories.contact(name="Priya", title="", email="", hours="On Mondays")
    silent.phones.clear()
    publish(site, contacts=[silent])
    html = page(client)
    assert "Ask for Priya. On Mondays" in html
    assert "They have not given a phone number or email yet." in html


@pytest.mark.parametrize(("days", "warned"), [(0, False), (183, False), (184, True)])
def test_an_old_listing_warns_before_a_family_travels(
    app: Flask, site: Site, client: FlaskClient, days: int, warned: bool
) -> None:
    publish(site, assured_date=date.today() - timedelta(days=days))
    html = page(client)
    assert ("Ring before you go." in html) is warned
    assert ("Checked " in html) is not warned


@pytest.mark.parametrize("tier", [*TIERS])
def test_the_tier_is_marked_and_worded(
    app: Flask, site: Site, client: FlaskClient, tier: str
) -> None:
    publish(site, tier=tier)
    html = page(client)
    assert f'data-tier="{tier}"' in html
    assert TIERS.label(tier) in html
    assert ("How to ask" in html) is (tier == "specialist")


def test_the_way_back_is_the_search_the_family_came_from(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    publish(site)
    came = page(client, Referer="http://localhost/services?q=swim&need=autism&page=2")
    assert 'class="govuk-back-link" href="/services?q=swim&amp;need=autism&amp;page=2"' in came
    assert "Back to your search" in came
    straight = page(client, Referer="http://elsewhere.example.org/services?q=swim")
    assert 'class="govuk-back-link" href="/services"' in straight


def test_what_a_provider_pasted_is_shown_and_never_run(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    publish(
        site, summary=evil, description=f"{evil}\n\n[press](javascript:alert(1))", training=evil,
        joining=evil, cost_note=evil, space_note=evil, url="javascript:alert(1)",
        send_report_url="javascript:alert(1)", languages=[evil], funding=[evil],
        organisation=factories.organisation(evil, kind=evil),
        places=[factories.place(name=evil, address=evil, town=evil, directions=evil)],
        contacts=[factories.contact(evil[:40], name=evil, title=evil, hours=evil,
                                    email='"><script>@x.org')],
    )  # fmt: skip
    for address in ("/services/otters", "/services?q=otter", "/browse/o", "/services/otters/wrong"):
        html = page(client, address)
        assert (
            "<script>" not in html
            and "<img" not in html
            and "onerror" not in re.sub(r"&lt;.*?&gt;", "", html)
        ), address
        assert 'href="javascript:' not in html, address


def test_an_address_that_is_not_there_is_a_plain_page(client: FlaskClient) -> None:
    for address in (
        "/services/not-there",
        "/services/not-there/wrong",
        "/services/x/wrong/thank-you",
    ):
        response = client.get(address)
        assert response.status_code == 404
        assert 'name="q"' in response.get_data(as_text=True), "with a search to go on"


def test_a_draft_cannot_be_opened(app: Flask, site: Site, client: FlaskClient) -> None:
    with write() as database:
        database.add(factories.service("Draft", slug="draft"))
    assert client.get("/services/draft").status_code == 404


def test_paper_says_when_and_from_where_it_was_printed(
    app: Flask, site: Site, client: FlaskClient
) -> None:
    publish(site)
    assert "http://localhost/services/otters" in page(client)
