"""What the code itself decides by: who somebody is, where a thing stands, what was answered.

Each is stored by its value. The lists of words that families see and providers choose from
are in `app/vocabulary.py`.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a service stands. Families see only what is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"


class Role(StrEnum):
    """What a person may do: their own organisations' listings, everybody's, or people too."""

    PROVIDER = "provider"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


STAFF_ROLES = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})


class RevisionStatus(StrEnum):
    """Where proposed content stands. Only what is submitted reaches staff."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What a provider says of one support feature."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


class Space(StrEnum):
    """Whether a place can be had."""

    SPACES = "spaces"
    WAITING = "waiting"
    FULL = "full"
    UNKNOWN = "unknown"


class Stays(StrEnum):
    """Whether the parent or carer stays with the child."""

    MAY_LEAVE = "may_leave"
    MAY_STAY = "may_stay"
    MUST_STAY = "must_stay"
    NOT_NEEDED = "not_needed"
    UNKNOWN = "unknown"


class Period(StrEnum):
    """The part of the year in which a session runs."""

    TERM = "term"
    HALF_TERM = "half_term"
    EASTER = "easter"
    SUMMER = "summer"
    CHRISTMAS = "christmas"
    ALL_YEAR = "all_year"
