"""The forms of people who sign in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from app.forms import BaseForm, check_email, clean

LONGEST_EMAIL, LONGEST_CODE, LONGEST_NAME = 254, 60, 120


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


class CodeForm(BaseForm):
    """The code of the mail."""

    code = StringField(
        _l("Code from the mail"),
        filters=[clean],
        validators=[
            DataRequired(_l("Type the six numbers of the mail.")),
            Length(max=LONGEST_CODE, message=_l("Type the six numbers of the mail.")),
        ],
    )

    @property
    def digits(self) -> str:
        """The numbers alone, without spaces between."""
        return "".join(letter for letter in self.code.data or "" if letter in "0123456789")

    def complain(self, words: str) -> None:
        """Say what is wrong with a code that had the right form. It is to be typed anew."""
        self.code.errors = [words]
        self.code.data = ""


class FactorForm(CodeForm):
    """A code of the app or of the recovery codes; at set-up with the sealed offer."""

    code = StringField(
        _l("Code"),
        filters=[clean],
        validators=[
            DataRequired(_l("Type the code.")),
            Length(max=LONGEST_CODE, message=_l("Type the code.")),
        ],
    )
    offer = HiddenField()


class NameForm(BaseForm):
    """How somebody is called."""

    name = StringField(
        _l("Your name"),
        filters=[clean],
        validators=[
            DataRequired(_l("Type your name.")),
            Length(max=LONGEST_NAME, message=_l("Use at most 120 letters.")),
        ],
    )
