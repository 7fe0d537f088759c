"""How many families saw a listing, and what they look for that it lacks."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.database import write
from app.models import DayCount, WishCount
from app.site import Site
from tests.pages.provider_pages import Provider, provider_of


@pytest.fixture
def provider(app: Flask, site: Site, client: FlaskClient) -> Provider:
    return provider_of(app, site, client, answers={"hoist": "yes", "makaton": "no"})


def test_numbers_are_noughts_until_something_is_counted(provider: Provider) -> None:
    path = f"{provider.listing_url}/numbers"
    assert provider.read(path).count("<td>0</td>") == 36
    with write() as database:
        counted = DayCount(
            service_id=provider.service.id, day=date.today(), shown=31, opened=7, contacted=2
        )
        database.add(counted)
    html = provider.read(path)
    assert "<td>31</td><td>7</td><td>2</td>" in html


def test_what_families_look_for_is_told_in_fives_and_never_under_ten(provider: Provider) -> None:
    month = date.today().replace(day=1)
    wishes = {
        "access:changing_places": 213,
        "access:hoist": 90,
        "access:quiet_space": 9,
        "access:makaton": 11,
        "need:autism": 50,
        "access:no_longer_known": 60,
        "age:1-99": 60,
        "no_longer_a_facet:thing": 60,
    }
    path = f"{provider.listing_url}/looked-for"
    assert "There is nothing to show yet." in provider.read(path)
    with write() as database:
        for wish, times in wishes.items():
            database.add(WishCount(month=month, locality="exeter", wish=wish, times=times))
        database.add(WishCount(month=month, locality="torridge", wish="access:bsl", times=500))
    html = provider.read(path)
    assert "Changing Places" in html and "215 times" in html
    assert "Makaton" in html and "10 times" in html
    assert "Quiet space" not in html, "nine could be one family"
    assert ">Hoist<" not in html, "the listing says it has one"
    assert "Autism" not in html, "it takes any need"
    assert "British Sign Language" not in html, "another area"
    assert "60 times" not in html, "codes that the lists have no more are left out"
    assert "looked 215 times" in provider.read(provider.listing_url)


def test_hard_words_are_advised_on_and_sent_all_the_same(provider: Provider) -> None:
    changes = provider.begin()
    hard = (
        "Multidisciplinary practitioners facilitate individualised therapeutic interventions "
        "incorporating sensory regulation methodologies throughout the residential provision."
    )
    assert "Could it be easier to read?" not in provider.read(f"{changes}/about")
    assert provider.send(f"{changes}/about", summary=hard).status_code == 303
    assert "Could it be easier to read?" in provider.read(f"{changes}/about")
    assert "Shorter words help more families." in provider.read(f"{changes}/check-answers")
    assert provider.client.post(f"{changes}/submit").location == f"{changes}/sent"
