"""A test client that checks every page it fetches, whatever the test was about."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import markupever
from flask import g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ERROR = re.compile("^(Error|Błąd|⟦Érrór): ⟧?")
"""How the title of a form with errors begins, in each language and the made-up one."""
XHTML = "{http://www.w3.org/1999/xhtml}"


class StrictClient(FlaskClient):
    """Posts as a browser does, and fails on a page that is not well made."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch; a form comes from this site unless the test says otherwise."""
        if has_app_context():
            for name in ("person", "session_word"):
                g.pop(name, None)
        if kwargs.get("method") == "POST":
            headers = dict(kwargs.pop("headers", None) or {})
            headers.setdefault("Sec-Fetch-Site", "same-origin")
            kwargs["headers"] = headers
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code != 303:
            check_page(response.get_data(as_text=True))
        return response


def parse(html: str) -> Element:
    """The document of a page; raises for markup that is not well formed."""
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(html)
    faults = [code for _place, code, _facts in parser.errors]
    assert not faults, f"markup: {faults}"
    element: Element = document
    return element


def check_page(html: str) -> None:
    """Sound markup, one main heading that begins the title, unique ids, links that reach fields.

    Read by the parser of a browser: it sees the same faults as html5lib, ten times sooner.
    """
    parser = markupever.Parser(markupever.HtmlOptions(exact_errors=True))
    parser.process(html)
    parser.finish()
    assert not (faults := parser.errors()), f"markup: {faults}"
    document = parser.into_dom()
    headings = [_words(item) for item in document.select("h1")]
    assert len(headings) == 1, f"main headings: {headings}"
    title = _words(document.select_one("title"))
    summaries = list(document.select(".govuk-error-summary"))
    has_errors = summaries or any(document.select(".govuk-error-message"))
    start = ERROR.sub("", title) if has_errors else title
    assert start.startswith(headings[0]), f"title “{title}” does not begin with “{headings[0]}”"
    ids = [item.attrs["id"] for item in document.select("[id]") if item.attrs["id"]]
    repeated = [key for key, count in Counter(ids).items() if count > 1]
    assert not repeated, f"ids used twice: {repeated}"
    for summary in summaries:
        for link in summary.select("a"):
            address = link.attrs.get("href")
            assert (address or "#").removeprefix("#") in ids, address


def _words(item: Any) -> str:
    return " ".join(item.text().split())
