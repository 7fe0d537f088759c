"""The filter panel as ready HTML: of a hundred tick boxes only the counts change.

Each tick box and the frame round each group are rendered once, with gaps, for each language
and each state they can be in.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from gettext import NullTranslations
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


def panel_html(asked: Asked, results: Results) -> bytes:
    """Every group that has something to tick, in the language of the request."""
    words, facets = current_words(), results.facets
    return b"".join(
        [group_html(group, asked.ticked(group), facets.get(group, {}), words) for group in GROUPS]
    )


def group_html(
    group: str, ticked: tuple[str, ...], counts: Mapping[str, int], words: NullTranslations
) -> bytes:
    """One group: chosen and most useful values first, the rest folded away."""
    boxes = _boxes(group, words)
    found = {code: counts.get(code, 0) for code in boxes.codes if code in counts or code in ticked}
    if not found:
        return b""
    codes = _in_order(found, ticked) if len(found) > SHOWN_FIRST else found
    filled = [
        (b"%d" % found[code]).join(boxes[code, not found[code], code in ticked]) for code in codes
    ]
    first = max(SHOWN_FIRST, len(ticked))
    frame = _frame(group, len(ticked), len(filled[first:]), words)
    parts = (b"".join(filled[:first]), b"".join(filled[first:]), b"")
    return b"".join([part + boxes for part, boxes in zip(frame, parts, strict=False)])


def _in_order(found: Mapping[str, int], ticked: tuple[str, ...]) -> list[str]:
    """Ticked values first, and in both halves those that most services have."""
    codes = sorted(found, key=found.__getitem__, reverse=True)
    return sorted(codes, key=lambda code: code not in ticked) if ticked else codes


class Boxes(dict[tuple[str, bool, bool], list[bytes]]):
    """The tick boxes of a group by code, whether they find none and whether they are ticked.

    Each is rendered when first asked for, and cut at its gaps: its count is to join it there.
    """

    def __init__(self, group: str, words: NullTranslations) -> None:
        super().__init__()
        self.group, self.labels = group, dict(labels(group, words))
        self.codes = tuple(self.labels)

    def __missing__(self, state: tuple[str, bool, bool]) -> list[bytes]:
        code, is_none, is_ticked = state
        html = _macros().box(self.group, code, self.labels[code], GAP, is_none, is_ticked)
        box = self[state] = _cut(html)
        return box


@lru_cache(maxsize=256)
def _boxes(group: str, words: NullTranslations) -> Boxes:
    """The boxes of a group in a language, kept."""
    return Boxes(group, words)


@lru_cache(maxsize=2048)
def _frame(group: str, chosen: int, more: int, words: Hashable) -> list[bytes]:
    """What stands round the boxes of a group, cut where they go: the first ones, and more."""
    is_open = group in OPEN_GROUPS or chosen > 0
    html = _macros().frame(heading_of(group, words), chosen, more, is_open, GAP)
    return _cut(html)


def _cut(html: Markup) -> list[bytes]:
    """A template's part as bytes, cut at its gaps."""
    return html.encode().split(GAP.encode())


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
