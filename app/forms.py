"""What every form of the site shares. No tokens: see `app/security.py` for why."""

from __future__ import annotations

import re
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, Form, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

LONGEST_MESSAGE = 3000
NOT_IN_A_PAGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control letters but tab and line end, halves of letters, and what is no letter at all."""


def clean(value: str | None) -> str | None:
    """Text without outer spaces and without letters that no page can hold."""
    return NOT_IN_A_PAGE.sub("", value).strip() if value else value


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
