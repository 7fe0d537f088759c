"""The forms of staff's pages: a decision, reasons, marks, what to keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    Form,
    RadioField,
    SelectChoice,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.flags import PROSE
from app.forms import LONGEST_MESSAGE, clean
from app.moderation.actions import Decision
from app.moderation.fields import is_row, label_of
from app.vocabulary import MARKS, TIERS

COMMENT, WITHHELD, TEXT = "comment-", "withheld-", "text-"
"""How the names of fields begin that are made for each field or place of a listing."""
WITHHELD_CHOICES: dict[str, bool | None] = {"usual": None, "withhold": True, "show": False}
LONGEST_NOTE = 255
TOO_LONG = _l("Write at most 3,000 letters.")
MOST_PLACES = 60
LONGEST_TEXT = {
    "about.name": 255,
    "about.summary": 500,
    "about.description": 12_000,
    "joining.steps": 5_000,
    "availability.note": 255,
}
LONGEST_OTHER = 500
NEEDED = frozenset({"about.name", "about.summary"})
"""Texts that no listing can do without."""


class StaffForm(Form):
    """A form that can say what is wrong in the order of the page."""

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pairs of a field's id and its first error."""
        return [(field.id, str(next(iter(field.errors)))) for field in self if field.errors]


class DecisionForm(StaffForm):
    """How a revision is decided, and a note to who sent it."""

    decision = RadioField(
        _l("Your decision"),
        choices=[
            SelectChoice("approve", _l("Approve")),
            SelectChoice("edits", _l("Approve with small edits")),
            SelectChoice("changes", _l("Ask for changes")),
            SelectChoice("reject", _l("Reject, with a reason")),
        ],
        validators=[InputRequired(_l("Choose what you decide."))],
    )
    tier = RadioField(
        _l("How you get in"),
        choices=[SelectChoice(code, TIERS[code].label) for code in TIERS],
        validators=[Optional()],
    )
    note = TextAreaField(
        _l("Note"),
        filters=[clean],
        validators=[Length(max=LONGEST_MESSAGE, message=TOO_LONG)],
    )

    def validate_note(self, field: Field) -> None:
        """A reason must be given for a no, and for asking for changes a word somewhere."""
        if self.decision.data == "reject" and not field.data:
            raise ValidationError(gettext("Say why. They will read it."))
        if self.decision.data == "changes" and not field.data and not self.comments:
            raise ValidationError(gettext("Say what to change, here or beside a field."))

    comments: Mapping[str, str] = {}
    """What is asked of each field of the draft."""
    asked: Collection[str] = ()
    """Rows with a comment."""
    too_long: frozenset[str] = frozenset()
    """Rows whose comment is longer than can be kept."""

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Also that no comment is too long: none is cut in silence."""
        return super().validate(extra_validators) and not self.too_long

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Those of fields, then of comments."""
        long = [(COMMENT + key, str(TOO_LONG)) for key in sorted(self.too_long)]
        return [*super().problems, *long]


def decision_form(values: Mapping[str, str], tier: str) -> DecisionForm:
    """The form as it was sent; the tier as it stands until staff choose another."""
    form = DecisionForm(values or None, data={"tier": tier})
    said = read_comments(values)
    form.comments, form.asked = _by_field(said), [*said]
    form.too_long = frozenset(key for key, words in said.items() if len(words) > LONGEST_MESSAGE)
    return form


def read_comments(values: Mapping[str, str]) -> dict[str, str]:
    """What is asked, by the row of the comparison; rows there are not are left out."""
    found = {
        name.removeprefix(COMMENT): clean(typed) or ""
        for name, typed in values.items()
        if name.startswith(COMMENT)
    }
    return {key: words for key, words in found.items() if words and is_row(key)}


def _by_field(said: Mapping[str, str]) -> dict[str, str]:
    """Comments by the draft's field; one on a part of a field says of which part it is."""
    found: dict[str, str] = {}
    for key, words in said.items():
        field, _, part = key.partition("-")
        line = f"{label_of(key)}: {words}" if part else words
        found[field] = f"{found[field]}\n{line}" if field in found else line
    return found


def read_withheld(values: Mapping[str, str]) -> tuple[bool | None, ...]:
    """What staff chose for each place, in order."""
    chosen: list[bool | None] = []
    while len(chosen) < MOST_PLACES and f"{WITHHELD}{len(chosen)}" in values:
        chosen.append(WITHHELD_CHOICES.get(values[f"{WITHHELD}{len(chosen)}"]))
    return tuple(chosen)


def read_texts(values: Mapping[str, str]) -> dict[str, str]:
    """Staff's own words for the text fields that were on the page."""
    return {
        name: clean(values[TEXT + name].replace("\r\n", "\n")) or ""
        for name in PROSE
        if TEXT + name in values
    }


def edit_problems(texts: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with staff's own words, by the field: nothing is cut, no name taken away."""
    found = {}
    for name, words in texts.items():
        if len(words) > longest(name):
            found[name] = gettext("Write at most %(num)s letters.", num=longest(name))
        elif name in NEEDED and not words:
            found[name] = gettext("This cannot be empty.")
    return found


def longest(name: str) -> int:
    """How many letters a text field holds."""
    return LONGEST_TEXT.get(name, LONGEST_OTHER)


def to_decision(form: DecisionForm, values: Mapping[str, str]) -> Decision:
    """The whole decision as it was sent."""
    saved = values.get("saved", "")
    return Decision(
        kind=form.decision.data,
        saved=int(saved) if saved.isascii() and saved.isdigit() and len(saved) < 10 else 0,
        note=form.note.data or "",
        comments=form.comments,
        tier=form.tier.data or "",
        withheld=read_withheld(values),
        texts=read_texts(values) if form.decision.data == "edits" else {},
    )


class ReasonForm(StaffForm):
    """Why something is done; only staff read it."""

    reason = TextAreaField(
        _l("Why"),
        filters=[clean],
        validators=[
            DataRequired(_l("Say why. It is kept in the log.")),
            Length(max=LONGEST_MESSAGE, message=TOO_LONG),
        ],
    )


class DealtForm(StaffForm):
    """What staff did about a message; may be left empty where there was nothing to do."""

    reason = TextAreaField(
        _l("What did you do?"),
        filters=[clean],
        validators=[Length(max=LONGEST_MESSAGE, message=TOO_LONG)],
    )


class SettleForm(StaffForm):
    """What staff did about reports on a listing."""

    reason = TextAreaField(
        _l("What did you do?"),
        filters=[clean],
        validators=[
            DataRequired(_l("Say what you did. It is kept in the log.")),
            Length(max=LONGEST_MESSAGE, message=TOO_LONG),
        ],
    )


class OffForm(ReasonForm):
    """Taking a listing off the site, and whether its people are told by mail."""

    tell = BooleanField(_l("Tell the people of the organisation by mail, without the reason"))


class MergeForm(StaffForm):
    """What else moves to the listing that stays."""

    people = BooleanField(_l("Let these people change the one that stays"))
    marks = BooleanField(_l("Move its quality marks"))


class MarkForm(StaffForm):
    """A quality mark."""

    kind = RadioField(
        _l("Which mark?"),
        choices=[SelectChoice(code, MARKS[code].label) for code in MARKS],
        validators=[InputRequired(_l("Choose a mark."))],
    )
    given_on = DateField(
        _l("Given on"), validators=[InputRequired(_l("Type the day it was given."))]
    )
    ends_on = DateField(_l("Ends on, if it ends"), validators=[Optional()])
    note = TextAreaField(
        _l("Note for staff"),
        filters=[clean],
        validators=[Length(max=LONGEST_NOTE, message=_l("Write at most 255 letters."))],
    )

    def validate_given_on(self, field: Field) -> None:
        """Nothing is given in days to come."""
        if field.data and field.data > date.today():
            raise ValidationError(gettext("This day is still to come."))

    def validate_ends_on(self, field: Field) -> None:
        """The end comes after the beginning."""
        if field.data and self.given_on.data and field.data <= self.given_on.data:
            raise ValidationError(gettext("The end must be after the day it was given."))
