"""What every form of the site shares: text made tidy, its fields, kind words for what is wrong.

Letters that nobody can see (of no width, or turning the direction of writing) are taken out:
they can make a name look like another's. Markup and formulas are kept as plain text. No tokens:
see `app/security.py` for why.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, Form, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

LONGEST_MESSAGE = 3000
NOT_IN_A_PAGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control letters but tab and line end, halves of letters, and what is no letter at all."""
UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MANY_EMPTY_LINES = re.compile(r"\n{3,}")
SPACES = re.compile(r"\s+")


def clean(value: str | None) -> str | None:
    """Text without outer spaces and without letters that nobody sees or no page can hold."""
    return UNSEEN.sub("", NOT_IN_A_PAGE.sub("", value)).strip() if value else value


def tidy(value: str | None) -> str:
    """Text of several lines as it is kept: each letter in one form, no line end but `\\n`."""
    text = LINE_ENDS.sub("\n", unicodedata.normalize("NFC", value or "")).replace("\t", " ")
    lines = [line.rstrip() for line in (clean(text) or "").split("\n")]
    return MANY_EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def tidy_line(value: str | None) -> str:
    """The same in one line."""
    return SPACES.sub(" ", tidy(value)).strip()


class AtMost:
    """At most so many letters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise `ValidationError` with how many are too many."""
        over = len(field.data or "") - self.most
        if over > 0:
            raise ValidationError(
                gettext(
                    "Write at most %(most)s letters. You have %(over)s too many.",
                    most=f"{self.most:,}",
                    over=f"{over:,}",
                )
            )


class Needed:
    """Something must be typed or chosen; `words` say what."""

    def __init__(self, words: LazyString) -> None:
        self.words = words

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise `ValidationError` with the words when there is nothing."""
        if not field.data:
            raise ValidationError(str(self.words))


def line(label: LazyString, most: int, *checks: Any) -> StringField:
    """A field for one line."""
    return StringField(label, filters=[tidy_line], validators=[AtMost(most), *checks])


def words(label: LazyString, most: int, *checks: Any) -> TextAreaField:
    """A field for several lines."""
    return TextAreaField(label, filters=[tidy], validators=[AtMost(most), *checks])


def is_email(text: str) -> bool:
    """Whether a mail address has the right form; whether it exists is not asked."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def check_email(_form: Form, field: Field) -> None:
    """A mail address whose form is right."""
    if not is_email(field.data):
        raise ValidationError(gettext("Type an email address like name@example.org."))


class BaseForm(Form):
    """A form that can list its problems in the order of the page."""

    field_order: tuple[str, ...] = ()
    """Names of the fields in page order, where it is not the order they are declared in."""

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pairs of a field's id and its first error, in page order, for the error summary."""
        names = (*self.field_order, *(field.name for field in self))
        fields = [self[name] for name in dict.fromkeys(names)]
        return [(field.id, _first(field.errors)) for field in fields if field.errors]


class MessageForm(BaseForm):
    """Words to the council, and an address for an answer if one is wanted."""

    words = TextAreaField(
        _l("Tell us more"),
        filters=[clean],
        validators=[
            DataRequired(_l("Write a few words.")),
            Length(
                max=LONGEST_MESSAGE,
                message=_l("Write at most 3,000 letters."),
            ),
        ],
    )
    reply_to = EmailField(
        _l("Your email, if you want an answer"),
        filters=[clean],
        validators=[
            Optional(),
            Length(max=254, message=_l("This email is too long.")),
            check_email,
        ],
    )


def _first(errors: Any) -> str:
    return str(next(iter(errors)))
