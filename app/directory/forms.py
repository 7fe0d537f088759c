"""The form on which anyone can say that a listing is wrong."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from app.forms import MessageForm
from app.vocabulary import WRONG


class ReportForm(MessageForm):
    """What is wrong, in which way, and who to answer."""

    about = RadioField(
        _l("What is wrong?"),
        choices=[SelectChoice(code, label) for code, label in WRONG.items()],
        validators=[InputRequired(_l("Choose what is wrong."))],
    )
    field_order = ("about", "words", "reply_to")
