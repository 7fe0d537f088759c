"""The filter panel as ready HTML: of a hundred tick boxes only the counts change.

Each tick box and the frame round each group are rendered once, with gaps, for each language
and each state they can be in.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import LazyString
from markupsafe import Markup, escape

from app.council import Council
from app.directory.asked import GROUPS, KNOWN, Asked
from app.labels import label_of
from app.languages import current_words
from app.languages import lazy_gettext as _l
from app.search.criteria import Results
from app.site import current_site
from app.vocabulary import AGE_BAND_BY_CODE, FILTER_LISTS

HEADINGS: dict[str, LazyString] = {
    "tier": _l("How you get in"),
    "when": _l("When"),
    "access": _l("What your child needs there"),
    "cost": _l("Cost"),
    "age": _l("Age"),
    "need": _l("Kind of need"),
    "break": _l("Kind of break"),
    "activity": _l("Activity"),
    "locality": _l("Area"),
}
OPEN_GROUPS = frozenset({"tier", "when", "access", "cost"})
SHOWN_FIRST = 8
GAP = "\ue000"
"""Stands in the gaps: a letter for private use, which no label has."""


def panel_html(asked: Asked, results: Results) -> Markup:
    """Every group that has something to tick, in the language of the request."""
    facets = results.facets
    groups = (group_html(group, asked.ticked(group), facets.get(group, {})) for group in GROUPS)
    return Markup("".join(groups))  # noqa: S704 - our own templates


def group_html(group: str, ticked: tuple[str, ...], counts: Mapping[str, int]) -> str:
    """One group: chosen and most useful values first, the rest folded away."""
    words = current_words()
    found = [(code, counts.get(code, 0)) for code, _ in labels(group, words)]
    values = [value for value in found if value[1] or value[0] in ticked]
    if not values:
        return ""
    if len(values) > SHOWN_FIRST:
        values.sort(key=lambda value: (value[0] not in ticked, -value[1]))
    boxes = [
        _box(group, code, not count, code in ticked, words).replace(GAP, str(count))
        for code, count in values
    ]
    first = max(SHOWN_FIRST, len(ticked))
    frame = _frame(group, len(ticked), len(boxes[first:]), words)
    filled = ("".join(boxes[:first]), "".join(boxes[first:]), "")
    return "".join(part + boxes for part, boxes in zip(frame, filled, strict=False))


@lru_cache(maxsize=2048)
def _box(group: str, code: str, is_none: bool, is_ticked: bool, words: Hashable) -> str:
    """A tick box, with a gap for its count: what the family would get on ticking it."""
    label = dict(labels(group, words))[code]
    return str(_macros().box(group, code, label, GAP, is_none, is_ticked))


@lru_cache(maxsize=2048)
def _frame(group: str, chosen: int, more: int, words: Hashable) -> tuple[str, ...]:
    """What stands round the boxes of a group, cut where they go: the first ones, and more."""
    is_open = group in OPEN_GROUPS or chosen > 0
    html = _macros().frame(heading_of(group, words), chosen, more, is_open, GAP)
    return tuple(str(html).split(GAP))


def _macros() -> Any:
    """The panel's templates."""
    return current_app.jinja_env.get_template("directory/_panel.html").module


@lru_cache(maxsize=256)
def heading_of(group: str, _words: Hashable) -> str:
    """The heading of a group; `_words` keeps languages apart."""
    return str(HEADINGS[group])


@lru_cache(maxsize=256)
def labels(group: str, _words: Hashable) -> tuple[tuple[str, Markup], ...]:
    """Each code of a group with its words, safe to show; `_words` keeps languages apart."""
    council = current_site().council
    label = label_of(council)
    return tuple((code, escape(label(group, code))) for code in _codes(group, council))


def _codes(group: str, council: Council) -> list[str]:
    if group == "locality":
        return [locality.code for locality in council.localities]
    if group == "age":
        return list(AGE_BAND_BY_CODE)
    return [code for code in FILTER_LISTS[group].codes if code in KNOWN[group]]
