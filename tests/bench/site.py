"""What gunicorn serves for the bench: the site, and one empty page."""

from __future__ import annotations

from app import create_app
from tests.bench.empty import add_empty_page

app = add_empty_page(create_app())
