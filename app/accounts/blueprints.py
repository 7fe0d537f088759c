"""All addresses of accounts, for the application to register."""

from __future__ import annotations

from app.accounts.colleague_routes import blueprint as colleagues
from app.accounts.joining_routes import blueprint as joining
from app.accounts.own_routes import blueprint as own
from app.accounts.people_routes import blueprint as people
from app.accounts.request_routes import blueprint as requests
from app.accounts.routes import blueprint as accounts

BLUEPRINTS = (accounts, own, joining, colleagues, people, requests)
