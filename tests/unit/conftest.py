"""A site before anything was done for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from tests.conftest import close
from tests.databases import database_url, drop


@pytest.fixture
def bare(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """A site without tables, in its context."""
    folder = tmp_path / "new"
    app = create_app(replace(settings, database_url=database_url(folder, "bare")))
    with app.app_context():
        yield app
    close(app)
    drop(folder, "bare")
