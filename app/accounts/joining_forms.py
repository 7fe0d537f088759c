"""The forms of who asks to join, is invited, or decides on that."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.accounts.forms import NameForm, email_field
from app.forms import LONGEST_MESSAGE, BaseForm, Needed, line, words
from app.states import Role

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


def role_field() -> RadioField:
    """What somebody may do."""
    return RadioField(
        _l("What may they do?"),
        choices=[SelectChoice(role, label) for role, label in ROLES.items()],
        validators=[InputRequired(_l("Choose what they may do."))],
    )


def organisation_field(label: LazyString, *checks: Needed) -> StringField:
    """The name of an organisation."""
    return line(label, LONGEST_ORGANISATION, *checks)


def message_field(label: LazyString, needed: LazyString) -> TextAreaField:
    """A few sentences that must be given."""
    return words(label, LONGEST_MESSAGE, Needed(needed))


class ClaimForm(NameForm):
    """Somebody says that a listing is their organisation's."""

    email = email_field(_l("Your work email"))
    phone = line(_l("Your phone number, if we may ring you"), LONGEST_PHONE)
    words = message_field(
        _l("What is your part in it?"), _l("Write a few words, such as “I run the club”.")
    )
    field_order: tuple[str, ...] = ("words", "name", "email", "phone")


class JoinForm(ClaimForm):
    """An organisation wants its services here."""

    organisation = organisation_field(
        _l("Your organisation or club"),
        Needed(_l("Type the name of your organisation or club.")),
    )
    words = message_field(_l("What do you offer, and where?"), _l("Write a few words."))
    field_order = ("organisation", *ClaimForm.field_order)


class ColleagueForm(BaseForm):
    """Somebody to invite to an organisation."""

    email = email_field(_l("Their email"))
    lead = BooleanField(_l("They may invite and remove people too"))


class RoleForm(BaseForm):
    """Another role for somebody."""

    role = role_field()


class InviteForm(BaseForm):
    """Somebody to invite with a role."""

    email = email_field(_l("Their email"))
    role = role_field()
    organisation = organisation_field(_l("Organisation"))


class AcceptForm(BaseForm):
    """Which organisation a request becomes."""

    organisation = RadioField(
        _l("Which organisation is it?"),
        validators=[InputRequired(_l("Choose an organisation, or a new one."))],
    )


class RefuseForm(BaseForm):
    """Why not."""

    reason = message_field(
        _l("Why not? They will read this."), _l("Write the reason: they will read it.")
    )
