"""Whatever happened to the index, families get their pages, and search that says it is limited."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.models import Service
from app.search.engine import Search
from app.search.state import CURRENT, read_state
from app.site import Site
from tests import factories

ROUGH = "Our search is resting"
PAGES = (
    "/",
    "/services",
    "/services?q=swiming",
    "/services?need=autism&near=exeter",
    "/services/otters",
    "/browse",
    "/browse/o",
    "/suggest?q=swi",
    "/what-is-hard",
)
pytestmark = [
    pytest.mark.usefixtures("swept"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "all of it deleted": ("", shutil.rmtree),
    "the build deleted": ("build-*", shutil.rmtree),
    "its state flipped": (CURRENT, flip),
    "its state cut short": (CURRENT, cut),
    "contents deleted": ("build-*/*.toc", Path.unlink),
    "contents flipped": ("build-*/*.toc", flip),
    "terms cut short": ("build-*/*.trm", cut),
    "terms flipped": ("build-*/*.trm", flip),
    "postings cut short": ("build-*/*.pst", cut),
    "postings flipped": ("build-*/*.pst", flip),
    "facts flipped": ("build-*/*facts.col", flip),
    "facts cut short": ("build-*/*facts.col", cut),
    "arrays flipped": ("build-*/*.arr", flip),
    "arrays cut short": ("build-*/*.arr", cut),
    "arrays deleted": ("build-*/*.arr", Path.unlink),
}


@pytest.fixture
def club(site: Site) -> Service:
    """A club that is found by three words."""
    return factories.published(site, "Otter Swim", slug="otters", activities=["swimming"])


@pytest.mark.parametrize("kind", DAMAGE)
def test_every_page_is_answered(app: Flask, client: FlaskClient, club: Service, kind: str) -> None:
    search: Search = app.extensions["search"]
    search.rebuild()
    pattern, damage = DAMAGE[kind]
    (path,) = search._folder.glob(pattern) if pattern else [search._folder]
    damage(path)
    assert {client.get(page).status_code for page in PAGES} == {200}
    shown = client.get("/services?q=otter").get_data(as_text=True)
    assert ROUGH in shown and club.id in shown
    assert search.differences()
    search._check_at = 0.0
    search._keep_up()
    search._look_after = 0.0
    shown = client.get("/services?q=otter").get_data(as_text=True)
    assert ROUGH not in shown and club.id in shown
    assert search.differences() == [] and read_state(search._folder)
