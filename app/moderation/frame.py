"""What all views of staff's pages share: the guard, words for days, and losing a race kindly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.access import current_person, guard, person_here
from app.extensions import db
from app.listing_words import day
from app.models import Revision
from app.moderation.actions import GoneError, SentAgainError
from app.moderation.deeds import words_of
from app.moderation.fields import label_of
from app.moderation.forms import COMMENT, TEXT
from app.moderation.listing_actions import CannotError
from app.moderation.records import names_of
from app.moments import hour, moment
from app.reviewing import TakenError, WrongStateError
from app.states import Role
from app.versions import StaleError
from app.vocabulary import MARKS, TIERS, WRONG

Given = ParamSpec("Given")
View = Callable[Given, ResponseReturnValue]
TYPED, TYPED_FOR_EACH = {"note", "reason"}, (COMMENT, TEXT)
"""Names of fields in which staff write sentences: whole ones, and how others begin."""


def staff_blueprint(name: str, module: str, prefix: str) -> Blueprint:
    """A blueprint for staff alone, whose pages can say days and deeds in words."""
    blueprint = Blueprint(name, module, url_prefix=prefix)
    guard(blueprint, Role.MODERATOR)
    blueprint.context_processor(
        lambda: {
            "person": current_person(),
            "moment": moment,
            "hour": hour,
            "label_of": label_of,
            "deed": words_of,
            "form_tier": TIERS.label,
            "mark_words": MARKS.label,
            "day_words": day,
            "today": date.today,
            "wrong": WRONG,
        }
    )
    return blueprint


def database() -> Session:
    """What a view hands to a query."""
    return db.session()


def told(view: View[Given]) -> View[Given]:
    """Tell who was first, or what changed, when what was asked can no longer be done."""

    @wraps(view)
    def try_it(*args: Given.args, **values: Given.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **values)
        except GoneError:
            abort(404)
        except TakenError as error:
            return _beaten("taken", by=_name(error.by))
        except WrongStateError as error:
            return _beaten("decided", **_decided(error.revision))
        except SentAgainError:
            return _beaten("again")
        except StaleError as error:
            return _beaten("stale", fields=[label_of(name) for name in error.fields])
        except CannotError as error:
            return _beaten(error.code, by=_name(error.by), mine=error.by == person_here().id)

    return try_it


def _beaten(why: str, **facts: object) -> ResponseReturnValue:
    facts = {"by": "", "fields": [], "mine": False, "status": "", "key": "", **facts}
    return render_template("moderation/beaten.html", why=why, typed=_typed(), **facts), 409


def _typed() -> list[str]:
    """The sentences of the form that came to nothing, to be shown for copying."""
    return [
        words.strip()
        for name, words in request.form.items(multi=True)
        if words.strip() and (name in TYPED or name.startswith(TYPED_FOR_EACH))
    ]


def _decided(revision: Revision) -> dict[str, object]:
    by = revision.decided_by or ""
    return {
        "by": _name(by),
        "mine": by == person_here().id,
        "status": revision.status,
        "key": revision.id,
    }


def _name(key: str) -> str:
    return names_of(db.session(), key).get(key, "")
