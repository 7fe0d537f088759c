"""Who is signed in, in the browser that tests use for everything else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.states import Role
from tests.people import sign_in_as


@pytest.mark.parametrize("role", list(Role))
def test_somebody_signed_in_is_known(client: FlaskClient, role: Role) -> None:
    account = sign_in_as(client, role)
    page = client.get("/sign-out")
    assert account.email in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"


def test_nobody_is_known_in_another_browser(app: Flask, client: FlaskClient) -> None:
    sign_in_as(client)
    assert "You are signed out" in app.test_client().get("/sign-out").get_data(as_text=True)
    assert "You are signed out" not in client.get("/sign-out").get_data(as_text=True)
