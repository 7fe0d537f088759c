"""What a family can do next, in order, with whom to ring about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.council import Contact
from app.criteria.contacts import Reach, contacts_for
from app.criteria.records import Step
from app.languages import gettext
from app.selfcheck.told import Told

HELPLINES: Final = {
    "safeguarding_front_door": ("nhs_111_mental_health", "childline", "nspcc", "police_101"),
    "urgent_front_door": ("emergency_999", "nhs_111_mental_health"),
}
"""National numbers that stand beside a signpost's own."""
NATIONAL: Final = frozenset({"safeguarding_999", "other_council_offer"})
"""Signposts that no council has a number of its own for: nothing to excuse."""
ADULT_RIGHTS: Final = {"rights_box": "adult_social_care"}
"""Whom an adult asks in place of the front door for children."""
SAFETY: Final = "safety"
OWN_WORKER: Final = "tell_social_worker"
LISTS: Final = frozenset({"directory_universal", "directory_targeted"})
"""Signposts that this site's own listings answer."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One signpost: what it is, what to say, whom to ring."""

    code: str
    title: str
    lines: tuple[str, ...]
    gap: str
    """A plain sentence before the contacts when the council has published none."""
    contacts: tuple[Contact, ...]
    also: tuple[Contact, ...]
    """National numbers, for when it cannot wait."""
    has_list: bool
    """Whether this site's own services answer it."""
    is_safety: bool


def next_steps(told: Told, place: str) -> tuple[NextStep, ...]:
    """The signposts of one place of the page (`safety`, `step`, `note` or `rights`), in order."""
    chosen = [told.criteria.steps[code] for code in told.evaluation.signposts]
    here = [step for step in chosen if step.row.place == place]
    return tuple(_next_step(told, step) for step in sorted(here, key=lambda step: step.row.rank))


def _next_step(told: Told, step: Step) -> NextStep:
    code = step.row.code
    asked = ADULT_RIGHTS.get(code, code) if told.evaluation.outcome == "adult" else code
    reach = contacts_for(told.facts, told.evaluation, asked)
    national = told.home.council.national
    beside = (national.find_contact(name) for name in HELPLINES.get(code, ()))
    return NextStep(
        code,
        told.say(step.row.title),
        tuple(_lines(told, step)),
        _gap_words(told, code, reach),
        reach.contacts,
        tuple(contact for contact in beside if contact and contact not in reach.contacts),
        has_list=code in LISTS and not told.is_neighbour,
        is_safety=step.row.place == SAFETY,
    )


def _lines(told: Told, step: Step) -> Iterator[str]:
    """Its sentences, with those that these answers add."""
    yield from told.say_all(step.row.lines)
    for condition, also in step.also:
        fits = not also.tiers or told.evaluation.outcome in also.tiers
        if fits and condition.holds(told.values):
            yield from told.say_all(also.lines)


def _gap_words(told: Told, code: str, reach: Reach) -> str:
    """That nobody has published a contact for this, and what stands in; else nothing."""
    if not reach.is_gap or code in NATIONAL:
        return ""
    if code == OWN_WORKER:
        return gettext("If you cannot reach them, you can ring:")
    council = told.home.council.name
    if any(contact.phone for contact in reach.contacts):
        return gettext(
            "%(council)s has not published a contact for this. You can ring:", council=council
        )
    if any(contact.url for contact in reach.contacts):
        return gettext(
            "%(council)s has not published a contact for this. You can look at:", council=council
        )
    return gettext("%(council)s has not published a contact for this.", council=council)
