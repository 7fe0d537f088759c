"""Two contents of a listing side by side, field by field, with the changed words marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from app.council import Council
from app.draft import Draft
from app.languages import gettext
from app.moderation.fields import Field, all_fields

MOST_PIECES = 3000
"""Texts of more words than this are marked as a whole: finding their differences takes long."""
CONTACT_FIELDS = frozenset({"contact.contacts-phones", "contact.contacts-email", "about.url"})
_HIDDEN = '<span class="govuk-visually-hidden">{hidden} </span>{line}'
DELETED = Markup(f"<del>{_HIDDEN}</del>")  # noqa: S704 - words of our own
INSERTED = Markup(f"<ins>{_HIDDEN}</ins>")  # noqa: S704 - words of our own
_PIECE = re.compile(r"\S+|[^\S\n]+|\n")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it says in each of two contents, ready to be shown."""

    key: str
    field: str
    label: str
    old: Markup
    new: Markup
    is_changed: bool
    is_contact: bool
    """Whether it is a way to reach the provider that was another before."""


def compare(
    old: Draft | None, new: Draft, council: Council, lacking: Collection[str] = ()
) -> list[FieldChange]:
    """Every field that says something in either content, in the order of the form.

    Fields of `lacking` are there even when they say nothing, so that staff can comment on them.
    """
    before = old or Draft()
    fields = all_fields([before, new])
    rows = (_row(field, before, new, council, is_new=old is None) for field in fields)
    return [row for row in rows if row.old or row.new or row.field in lacking]


def _row(field: Field, old: Draft, new: Draft, council: Council, *, is_new: bool) -> FieldChange:
    said = "" if is_new else "\n".join(field.words(old, council))
    says = "\n".join(field.words(new, council))
    is_changed = said != says
    marked = mark_changes(said, says) if is_changed and not is_new else (_lines(said), _lines(says))
    is_contact = is_changed and bool(said) and field.key in CONTACT_FIELDS
    return FieldChange(field.key, field.field, field.label, *marked, is_changed, is_contact)


def mark_changes(old: str, new: str) -> tuple[Markup, Markup]:
    """Both texts, the words taken out of one and put into the other marked.

    The marks are said in hidden words too, for those who do not see them.
    """
    one, other = _PIECE.findall(old), _PIECE.findall(new)
    left, right = Markup(), Markup()
    for kind, low, high, start, end in _steps(one, other):
        if kind == "equal":
            left += _lines("".join(one[low:high]))
            right += _lines("".join(other[start:end]))
        else:
            left += _marked(DELETED, gettext("Taken out:"), "".join(one[low:high]))
            right += _marked(INSERTED, gettext("Put in:"), "".join(other[start:end]))
    return left, right


def _steps(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """What to keep and what to change, changes joined when only a space lies between them."""
    if len(one) + len(other) > MOST_PIECES:
        return [("replace", 0, len(one), 0, len(other))]
    steps: list[tuple[str, int, int, int, int]] = []
    for step in SequenceMatcher(None, one, other).get_opcodes():
        kind, low, high, start, end = step
        goes_on = bool(steps) and steps[-1][0] != "equal"
        if goes_on and (kind != "equal" or one[low:high] == [" "]):
            steps[-1] = ("replace", steps[-1][1], high, steps[-1][3], end)
        else:
            steps.append(step if kind == "equal" else ("replace", low, high, start, end))
    return steps


def _marked(mark: Markup, hidden: str, text: str) -> Markup:
    """Words that were changed; line ends stay outside, so that each line is marked by itself."""
    return Markup("<br>").join(_marked_line(mark, hidden, line) for line in text.split("\n"))


def _marked_line(mark: Markup, hidden: str, line: str) -> Markup:
    """The words of a line in their mark, the spaces round them outside it."""
    words = line.strip()
    if not words:
        return escape(line)
    before, _, after = line.partition(words)
    return escape(before) + mark.format(hidden=hidden, line=words) + escape(after)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
