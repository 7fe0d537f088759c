"""The small parts of signing in: where to go next, whose network it is, what a code looks like."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import factor
from app.accounts.tries import is_this_machine
from app.accounts.where import home_of_role, safe_next
from app.network import network
from app.site import Site
from app.states import Role


@pytest.mark.parametrize("address", ["/provider/", "/services?q=a&age=9", "/staff/people?page=2"])
def test_paths_of_this_site_are_gone_on_to(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [None, "", "provider", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb",
     "/sign-out", "/sign-in/x", "/leave", "/" + "a" * 1000, "javascript:alert(1)", "/a\\b"],
)  # fmt: skip
def test_anything_else_is_not(address: str | None) -> None:
    assert safe_next(address) == ""


@given(st.text(max_size=40))
def test_nothing_that_is_gone_on_to_leaves_the_site(text: str) -> None:
    found = safe_next(text)
    assert found == "" or (found.startswith("/") and not re.match(r"[/\\]{2}", found))


def test_homes() -> None:
    homes = {role: home_of_role(role) for role in Role}
    assert homes == {"provider": "/provider/", "moderator": "/staff/", "administrator": "/staff/"}


@pytest.mark.parametrize(
    ("address", "shown", "is_here"),
    [
        ("192.0.2.7", "192.0.2.7", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.9.9.9", "127.9.9.9", True),
        ("::1", "::", True),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", False),
        ("nonsense", "nonsense", False),
    ],
)
def test_networks(app: Flask, address: str, shown: str, is_here: bool) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert network() == shown
        assert is_this_machine() is is_here


def test_a_picture_has_no_style_of_its_own(site: Site) -> None:
    secret, _offer = factor.new_offer(site, "1")
    svg = str(factor.qr_code(factor.setup_address(site, "mo@example.org", secret)))
    assert svg.startswith("<svg") and "style" not in svg and "script" not in svg


def test_an_offer_opens_only_for_its_owner(site: Site) -> None:
    secret, offer = factor.new_offer(site, "1")
    assert factor.opened_offer(site, "1", offer) == secret
    assert factor.opened_offer(site, "2", offer) == ""
    assert factor.opened_offer(site, "1", offer[:-4]) == ""
    assert factor.opened_offer(site, "1", "ł") == ""
