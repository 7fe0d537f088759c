"""The forms of people who sign in."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from app.forms import BaseForm, Needed, check_email, line

LONGEST_EMAIL, LONGEST_CODE, LONGEST_NAME = 254, 60, 120


def email_field(label: LazyString) -> StringField:
    """A mail address that must be given."""
    needed = Needed(_l("Type an email address like name@example.org."))
    return line(label, LONGEST_EMAIL, needed, check_email)


def code_field(label: LazyString, what: LazyString) -> StringField:
    """A code that must be typed; `what` says which."""
    return line(label, LONGEST_CODE, Needed(what))


class EmailForm(BaseForm):
    """Who wants to sign in."""

    email = email_field(_l("Your email"))


class CodeForm(BaseForm):
    """The code of the mail."""

    code = code_field(_l("Code from the mail"), _l("Type the six numbers of the mail."))

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

    code = code_field(_l("Code"), _l("Type the code."))
    offer = HiddenField()


class NameForm(BaseForm):
    """How somebody is called."""

    name = line(_l("Your name"), LONGEST_NAME, Needed(_l("Type your name.")))
