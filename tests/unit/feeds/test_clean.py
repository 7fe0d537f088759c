"""Text from elsewhere shows as what it says, and nothing in it can do harm."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feeds.clean import LONGEST, clean, line, shorten, tidy
from app.feeds.markup import safe_link
from app.text import safe_html

MARKUP = st.text(
    st.sampled_from(list("ab1 .-*_#`~[](){}<>!&;\\|+=>\n\"'/:@\u200b\xa0é")), max_size=60
)
PIECES = st.lists(
    st.one_of(
        MARKUP,
        st.sampled_from(
            "<p> </p> <b> </b> <ul> <li> </li> </ul> <ol> <br> <h2> </h2> <td> <script> </script> "
            "<a\thref='javascript:alert(1)'> <a\thref='https://a.example/?q=1&b=2'> </a> <!-- --> "
            "<img\tsrc=x\tonerror=alert(1)> <![CDATA[ <style> &nbsp; &lt;b&gt; &amp;amp;".split(" ")
        ),
    ),
    max_size=25,
).map(lambda parts: "".join(parts).replace("\t", " "))


def shown(markdown: str) -> str:
    """The words a family sees of some markdown."""
    html = re.sub(r"<[^>]*>", " ", safe_html(markdown))
    return " ".join(unescape(html).split())


@given(PIECES)
def test_the_markdown_shows_the_plain_words_and_no_others(source: str) -> None:
    cleaned = clean(source)
    expected = "".join(cleaned.plain.split())
    assert "".join(shown(cleaned.markdown).split()) == expected


@given(PIECES)
def test_only_harmless_tags_and_addresses_come_out(source: str) -> None:
    html = str(safe_html(clean(source).markdown))
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"p", "br", "ul", "ol", "li", "strong", "a", "h3", "h4"}
    assert all(
        link.startswith(("http://", "https://", "mailto:", "tel:"))
        for link in re.findall(r'href="([^"]*)"', html)
    )


@given(st.text(max_size=300))
def test_any_text_can_be_cleaned(source: str) -> None:
    for words in (clean(source).markdown, line(source), tidy(source)):
        words.encode()
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]", words)
    assert "\n" not in line(source)


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>One&nbsp;two</p><p>Three<br>four</p>", "One two\n\nThree  \nfour"),
        ("One\ntwo\n\nThree", "One  \ntwo\n\nThree"),
        ("<ul><li>Swim</li><li><p>Dance</p></li></ul>", "- Swim\n- Dance"),
        ("<ol><li>Ring</li><li>Come</li></ol>", "1. Ring\n2. Come"),
        ("• Swim<br>• Dance", "- Swim\n- Dance"),
        ("* Swim\n* Dance", "- Swim\n- Dance"),
        ("<h2>When</h2><p>Mondays</p>", "### When\n\nMondays"),
        ("<h4>A long</h4><h4>sentence</h4>", "A long  \nsentence"),
        ("<b> Where: </b>hall", "**Where:** hall"),
        ("<b>Where:</b>hall", "**Where:** hall"),
        ("<a href='http://a.example/x y'>Look</a>", "[Look](http://a.example/xy)"),
        ("<a href='info@a.example'>Write</a>", "[Write](mailto:info@a.example)"),
        ("Yes!<a href='tel:01392 000000'>ring</a>", r"Yes\![ring](tel:01392000000)"),
        ("2 * 3 * 4 # not a heading", r"2 \* 3 \* 4 # not a heading"),
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("[x](javascript:y) snake_case _em_", r"\[x\](javascript:y) snake_case \_em\_"),
        ("fish &amp;amp; chips, a < b", "fish & chips, a < b"),
        ("&lt;p&gt;Hello&lt;/p&gt;", "Hello"),
        ("<table><tr><td>Monday</td><td>9 to 5</td></tr></table>", "Monday, 9 to 5"),
        ("a<script>alert(1)</script>b<style>p{}</style>", "ab"),
        ("one\u200btwo\x00\x1b[31m", r"onetwo\[31m"),
        ("<p><br></p>", ""),
    ],
)
def test_markup_becomes_a_little_markdown(source: str, markdown: str) -> None:
    assert clean(source).markdown == markdown


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/relative",
        "https://user:secret@a.example/",
        "https://",
        "http://nodot/",
        "http://[::1",
        "mailto:",
        "sms:123",
    ],
)
def test_a_dangerous_or_broken_link_loses_its_address_and_is_told(href: str) -> None:
    assert safe_link(href) == ""
    cleaned = clean(f'<a href="{href}">words</a>')
    assert cleaned.markdown == "words"


def test_what_is_left_out_is_told() -> None:
    told = clean('<img src=x><script>x</script><a href="javascript:x">y</a>').left_out
    assert told == ("a picture", "a script", "a link to “javascript:x”")


def test_very_long_text_is_cut_between_paragraphs() -> None:
    cleaned = clean("<p>word and word</p>" * 5000)
    assert len(cleaned.markdown) <= LONGEST
    assert cleaned.markdown.endswith("word and word")
    assert cleaned.left_out == (f"all after its first {LONGEST} characters",)
    assert len(clean("x" * 300_000).markdown) <= LONGEST


def test_deeply_nested_markup_is_read() -> None:
    assert clean("<div>" * 5000 + "here").markdown == "here"


def test_the_lead_is_whole_sentences_after_the_heading() -> None:
    text = "<h2>About us</h2><p>We swim on Mondays. Everyone may come. " + "Word " * 60 + "</p>"
    assert clean(text).lead == "We swim on Mondays. Everyone may come."
    assert len(clean("word " * 100).lead) <= 160
    assert clean("word " * 100).lead.endswith("word…")


@given(st.text(max_size=80), st.integers(2, 40))
def test_shortened_text_fits(text: str, longest: int) -> None:
    assert len(shorten(text, longest)) <= longest
