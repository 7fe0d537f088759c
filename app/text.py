"""Provider text made safe: markdown and cleaned HTML through one allow-list."""

from __future__ import annotations

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h3", "h4"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}}
"""Attributes kept on each tag; the star says that no others are kept on any."""
SCHEMES = {"http", "https", "mailto", "tel"}

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False})
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel="nofollow noopener",
    clean_content_tags={"script", "style", "iframe", "object", "noscript", "template"},
)


@lru_cache(maxsize=512)
def safe_html(markdown: str) -> Markup:
    """Provider's markdown as HTML of a few harmless tags; raw HTML in it shows as text."""
    return Markup(_cleaner.clean(_markdown.render(markdown)))  # noqa: S704 - cleaned above


def is_web_address(text: str) -> bool:
    """Whether a link is an ordinary web address that may be shown."""
    return text.startswith(("http://", "https://")) and " " not in text
