"""Providers' words become a few harmless tags, whatever they pasted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import TAGS, is_web_address, safe_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](data:text/html,<script>1</script>)",
    "[press](vbscript:x)",
    "![picture](https://tracker.example.org/x.png)",
    "<javascript:alert(1)>",
    "<iframe src='https://x.example.org'></iframe>",
    "<a href='https://x.example.org' onclick='x()'>press</a>",
    "<style>body{display:none}</style>",
    "<svg/onload=alert(1)>",
    "<form action='https://x.example.org'><input name=a>",
    "[a](https://ok.example.org \"onmouseover='x()'\")",
    "``` <script>alert(1)</script>",
    "<!--<script>-->",
]


def tags(html: str) -> set[str]:
    return set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html.lower()))


def attributes(html: str) -> set[str]:
    inside = " ".join(re.findall(r"<[a-z0-9]+([^>]*)>", html.lower()))
    return set(re.findall(r"([a-z-]+)\s*=", re.sub(r'"[^"]*"', '""', inside)))


def test_a_providers_paragraphs_lists_and_emphasis_are_kept() -> None:
    html = safe_html("We *swim* and **float**.\n\n- towels\n- snacks\n\n1. Ring\n2. Come")
    assert "<em>swim</em>" in html
    assert "<strong>float</strong>" in html
    assert html.count("<li>") == 4
    assert "<ul>" in html and "<ol>" in html and html.count("<p>") >= 1


def test_a_link_to_the_web_is_kept_and_not_followed_by_search_engines() -> None:
    html = safe_html("[Our page](https://otters.example.org/a?b=1&c=2)")
    assert 'href="https://otters.example.org/a?b=1&amp;c=2"' in html
    assert 'rel="nofollow noopener"' in html


@pytest.mark.parametrize("address", ["mailto:a@example.org", "tel:+441632960000"])
def test_mail_and_telephone_links_are_kept(address: str) -> None:
    assert f'href="{address}"' in safe_html(f"[Ring us]({address})")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_or_fetches_is_left(attack: str) -> None:
    html = safe_html(attack)
    assert tags(html) <= TAGS, html
    assert attributes(html) <= {"href", "rel"}, html
    assert not re.search(r'href="(?!https?:|mailto:|tel:)', html), html


def test_raw_markup_is_shown_as_the_words_it_is() -> None:
    assert safe_html("Ages < 5 & <b>up</b>") == "<p>Ages &lt; 5 &amp; &lt;b&gt;up&lt;/b&gt;</p>\n"


def test_large_headings_do_not_compete_with_the_pages_own() -> None:
    html = safe_html("# Big\n\n## Less\n\n### Small")
    assert "<h1" not in html and "<h2" not in html
    assert "Big" in html and "<h3>Small</h3>" in html


@given(st.text(max_size=400))
def test_any_text_becomes_only_harmless_tags(text: str) -> None:
    html = safe_html(text)
    assert tags(html) <= TAGS
    assert attributes(html) <= {"href", "rel", "start"}


@given(st.text(alphabet="<>[]()!*_`#\"'=&;:/ \nascript", max_size=120))
def test_any_markup_becomes_only_harmless_tags(text: str) -> None:
    html = safe_html(text)
    assert tags(html) <= TAGS
    assert not re.search(r'href="\s*javascript', html.lower())


def test_a_very_deep_text_is_no_trouble() -> None:
    assert safe_html("> " * 5000 + "deep")
    assert safe_html("[" * 5000)
    assert safe_html("*a" * 5000)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://otters.example.org/", True),
        ("http://otters.example.org", True),
        ("javascript:alert(1)", False),
        ("ftp://otters.example.org", False),
        ("//otters.example.org", False),
        ("otters.example.org", False),
        ("", False),
        ("https://otters.example.org/ onclick=x", False),
        (" https://otters.example.org", False),
        ("data:text/html,x", False),
    ],
)
def test_only_ordinary_web_addresses_become_links(address: str, shown: bool) -> None:
    assert is_web_address(address) is shown
