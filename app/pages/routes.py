"""Pages of words about the site, and the form for telling the council what you think of it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("pages", __name__)
