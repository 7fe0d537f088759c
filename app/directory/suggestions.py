"""Suggestions while a family types, as JSON for the search box's script."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString

from app.directory import queries
from app.directory.asked import LONGEST_TEXT, clean_text
from app.languages import current_language
from app.languages import lazy_gettext as _l

KINDS: dict[str, LazyString] = {
    "activity": _l("Activity"),
    "break": _l("Kind of break"),
    "need": _l("Kind of need"),
    "access": _l("Support"),
    "place": _l("Place"),
    "service": _l("Service"),
}


def suggestions(typed: str) -> list[dict[str, Any]]:
    """For each suggestion the whole text it gives, and its kind in the reader's language."""
    languages = tuple(dict.fromkeys(("en", current_language().code)))
    found = queries.search_engine().suggest(clean_text(typed[:LONGEST_TEXT]), languages)
    names = queries.find_names([item.service for item in found if item.service])
    made = [(item, names.get(item.service, item.words)) for item in found]
    return [
        {"words": f"{item.before} {words}".strip(), "kind": str(KINDS[item.kind])}
        for item, words in made
        if words
    ]
