"""The forms of people who sign in, ask to join or are invited."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import DataRequired, Length

from app.forms import BaseForm, check_email, clean

LONGEST_EMAIL = 254


def email_field(label: str) -> EmailField:
    """A mail address that must be given."""
    return EmailField(
        label,
        filters=[clean],
        validators=[
            DataRequired(_l("Type an email address like name@example.org.")),
            Length(max=LONGEST_EMAIL, message=_l("This email is too long.")),
            check_email,
        ],
    )


class EmailForm(BaseForm):
    """Who wants to sign in."""

    email = email_field(_l("Your email"))
