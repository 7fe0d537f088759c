"""The forms of who asks to join, is invited, or decides on that."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.accounts.forms import NameForm, email_field
from app.forms import LONGEST_MESSAGE, BaseForm, clean
from app.vocabulary import Role

LONGEST_ORGANISATION, LONGEST_PHONE = 255, 50
ROLES = {
    Role.PROVIDER: _l("Provider: keeps the services of an organisation true"),
    Role.MODERATOR: _l("Moderator: checks and publishes services"),
    Role.ADMINISTRATOR: _l("Administrator: a moderator who also looks after people"),
}
ROLE_NAMES = {
    Role.PROVIDER: _l("Provider"),
    Role.MODERATOR: _l("Moderator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
NEW_ORGANISATION = "new"


def words_field(label: str, error: str) -> TextAreaField:
    """A few sentences that must be given."""
    return TextAreaField(
        label,
        filters=[clean],
        validators=[
            DataRequired(error),
            Length(max=LONGEST_MESSAGE, message=_l("Write at most 3,000 letters.")),
        ],
    )


class ClaimForm(NameForm):
    """Somebody says that a listing is their organisation's."""

    email = email_field(_l("Your work email"))
    phone = TelField(
        _l("Your phone number, if we may ring you"),
        filters=[clean],
        validators=[Optional(), Length(max=LONGEST_PHONE, message=_l("This number is too long."))],
    )
    words = words_field(
        _l("What is your part in it?"), _l("Write a few words, such as “I run the club”.")
    )


class JoinForm(ClaimForm):
    """An organisation wants its services here."""

    organisation = StringField(
        _l("Your organisation or club"),
        filters=[clean],
        validators=[
            DataRequired(_l("Type the name of your organisation or club.")),
            Length(max=LONGEST_ORGANISATION, message=_l("Use at most 255 letters.")),
        ],
    )
    words = words_field(_l("What do you offer, and where?"), _l("Write a few words."))
    field_order = ("organisation", "words", "name", "email", "phone")


class ColleagueForm(BaseForm):
    """Somebody to invite to an organisation."""

    email = email_field(_l("Their email"))
    lead = BooleanField(_l("They may invite and remove people too"))


class InviteForm(BaseForm):
    """Somebody to invite with a role."""

    email = email_field(_l("Their email"))
    role = RadioField(
        _l("What may they do?"),
        choices=[SelectChoice(role, label) for role, label in ROLES.items()],
        validators=[InputRequired(_l("Choose what they may do."))],
    )
    organisation = StringField(
        _l("Organisation"),
        filters=[clean],
        validators=[Length(max=LONGEST_ORGANISATION, message=_l("Use at most 255 letters."))],
    )


class RoleForm(BaseForm):
    """Another role for somebody."""

    role = RadioField(
        _l("What may they do?"),
        choices=[SelectChoice(role, label) for role, label in ROLES.items()],
        validators=[InputRequired(_l("Choose what they may do."))],
    )


class AcceptForm(BaseForm):
    """Which organisation a request becomes."""

    organisation = RadioField(
        _l("Which organisation is it?"),
        validators=[InputRequired(_l("Choose an organisation, or a new one."))],
    )


class RefuseForm(BaseForm):
    """Why not."""

    reason = words_field(
        _l("Why not? They will read this."), _l("Write the reason: they will read it.")
    )
