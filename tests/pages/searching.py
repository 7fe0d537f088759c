"""What a results page says, read off its HTML."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

CARD = r'.*?<h3[^>]*><a href="[^"]+">(.*?)</a></h3>'
CHIP = re.compile(r'<a class="chip" href="([^"]+)"><span><span[^>]*>.*?</span>(.*?)</span>')
OFFER = re.compile(r'<a class="row" href="(/services[^"]*)"><span><b>(.*?)</b><span>(\d+) ')


def page(client: FlaskClient, **query: object) -> str:
    response = client.get("/services", query_string=query)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def total(html: str) -> int:
    return int(re.findall(r'data-total="(\d+)"', html)[0])


def names(html: str) -> list[str]:
    """The names of the services found, in order."""
    return _named(html, "service")


def close(html: str) -> list[str]:
    """The names of those that only come close."""
    return _named(html, "close")


def _named(html: str, mark: str) -> list[str]:
    """The names of the cards that bear a mark."""
    found = re.findall(rf'data-{mark}="[^"]+"{CARD}', html, re.S)
    return [unescape(re.sub("<[^>]+>", "", name)) for name in found]


def counts(html: str) -> dict[str, int]:
    found = re.findall(r'data-facet="([^"]+)" data-count="(\d+)"', html)
    return {facet: int(count) for facet, count in found}


def notes(html: str) -> str:
    return " ".join(re.findall(r'<div class="note">(.*?)</div>', html, re.S))


def index(app: Flask) -> None:
    app.extensions["search"].rebuild()


def chips(html: str) -> dict[str, str]:
    """The words of each chip, with the address that takes it off."""
    return {unescape(words): unescape(url) for url, words in CHIP.findall(html)}


def offers(html: str) -> list[tuple[str, str, int]]:
    """What may be changed: its words, its address and the number it promises."""
    return [(unescape(words), unescape(url), int(n)) for url, words, n in OFFER.findall(html)]


def link(html: str, words: str) -> str:
    """The address of the link with these words."""
    (found,) = re.findall(rf'<a[^>]* href="([^"]+)"[^>]*>{re.escape(words)}</a>', html)
    return unescape(found)


def cards_of_help(html: str) -> list[str]:
    """The codes of the help cards, in order."""
    return re.findall(r'data-help="(\w+)"', html)
