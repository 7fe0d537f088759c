"""How a council works with its site: when it reminds, and how it looks at what is sent.

`app/council_records.py` holds what families are told; this holds the habits behind it,
and the shape of every table of a council's file.
"""

from typing import Literal

import msgspec

SafeField = Literal[
    "about.summary",
    "about.description",
    "about.activities",
    "about.outcomes",
    "about.languages",
    "could.training",
    "could.trial_visit",
    "could.stays",
    "could.stays_note",
    "could.transport",
    "when.when",
    "cost.prices",
    "cost.costs",
    "cost.cost_note",
    "cost.funding",
    "joining.steps",
    "availability.space",
    "availability.wait_weeks",
    "availability.note",
]
"""What a council may let publish itself: no name, age, place, contact or promise of support."""


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a council's file: unchangeable, and a misspelt key is an error."""


class Reminders(Record, frozen=True):
    """After how many months without a check a provider is reminded that a listing needs one.

    `unpublish_after_months`: when families stop seeing a listing that nobody checked in spite of
    all reminders; never, when it is left out.
    """

    months: tuple[int, ...] = (6, 9, 12)
    unpublish_after_months: int | None = None


class Moderation(Record, frozen=True):
    """How staff look at what providers send.

    `target_days`: in how many days each is to be decided. `self_publish`: the fields of a listing
    (`section.field`) whose changes need nobody to look first.
    """

    target_days: int = 5
    self_publish: tuple[SafeField, ...] = ()
