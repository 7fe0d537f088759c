"""PDFs are made from our own files, and only where their maker is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from app.pdf import MAKER, STATIC, make_pdf, pdf_available, read_static

BASE = "https://offer.example.org/about/short-breaks-statement"


@pytest.fixture(autouse=True)
def ask_anew() -> Iterator[None]:
    """What was found out once is forgotten."""
    pdf_available.cache_clear()
    yield
    pdf_available.cache_clear()


def test_without_the_extra_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, MAKER, None)
    assert pdf_available() is False
    with pytest.raises(ImportError):
        make_pdf("<!doctype html><title>x</title>", BASE)


def test_our_own_files_are_read_from_disk() -> None:
    sheet = read_static(BASE, "https://offer.example.org/static/app.css?v=1")
    assert sheet == (STATIC / "app.css").read_bytes()


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example.org/static/app.css",
        "http://offer.example.org/static/app.css",
        "https://offer.example.org/services",
        "https://offer.example.org/static/../config.py",
        "https://offer.example.org/static/%2e%2e/config.py",
        "https://offer.example.org/static/none.css",
        "https://offer.example.org/static/",
        "file:///etc/hostname",
        "data:text/css,p{}",
    ],
)
def test_nothing_else_is_read(address: str) -> None:
    with pytest.raises(ValueError, match="own static files"):
        read_static(BASE, address)


def test_a_pdf_is_made_with_the_extra() -> None:
    if not pdf_available():
        pytest.skip("the extra `pdf` is not installed")
    page = '<!doctype html><title>x</title><link rel="stylesheet" href="/static/app.css"><h1>x</h1>'
    assert make_pdf(page, BASE).startswith(b"%PDF")
