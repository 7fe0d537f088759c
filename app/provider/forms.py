"""The forms of the first sections, and what the form of every section can do.

A form is made from a section of a draft and gives a section back. What stands in no field (a
code of an older list, a date of staff) is carried over from the section that is stored.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from datetime import date
from typing import Any, ClassVar, Self

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, FormField, StringField
from wtforms.form import FormMeta

from app import draft as drafts
from app.council import Council
from app.draft import Part
from app.forms import BaseForm, Needed, line, tidy_line, words
from app.languages import gettext
from app.provider.fields import ChooseSome, Lines, Whole, choices, some_of, tidy_lines, web_address
from app.vocabulary import ACTIVITIES, BREAKS, NEEDS, OLDEST, OUTCOMES, ROUTES

Sent = MultiDict[str, str]
LONG_TEXT, MEDIUM_TEXT, LINE, ADDRESS = 5000, 500, 255, 500
"""Letters: as many as the records hold, but for the longest."""


class SectionForm(BaseForm):
    """A form that begins with what is stored. `mark` tells whether others changed that since."""

    rows: ClassVar[tuple[str, ...]] = ()
    """The lists of the section that can have one more row."""
    mark = StringField(filters=[tidy_line])

    old: Any
    """The section as it is stored."""
    council: Council
    today: date

    @classmethod
    def begin(cls, old: Any, council: Council, sent: Sent | None = None) -> Self:
        """The form of a section as it is stored, or as it was sent."""
        form = cls(sent, data=cls.values(old))
        form.old, form.council, form.today = old, council, date.today()
        form.settle()
        return form

    @staticmethod
    def values(part: Any) -> dict[str, Any]:
        """A section as the data of the fields."""
        return {name: getattr(part, name) for name in part.__struct_fields__}

    def settle(self) -> None:
        """Offer what the council, or the section as it is stored, brings with it."""

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pairs of a field's id and its first error, rows of lists one by one."""
        return [pair for field in self for pair in _problems(field)]


class AbstractFormMeta(FormMeta, ABCMeta):
    """Makes forms of which no one is made before all that is promised is there."""


class PartForm(SectionForm, metaclass=AbstractFormMeta):
    """The form of a whole section of a draft, which gives the section back."""

    @abstractmethod
    def part(self) -> Part:
        """The section that was typed."""


def _problems(field: Field) -> list[tuple[str, str]]:
    if isinstance(field, FieldList):
        return [pair for entry in field for pair in _problems(entry)]
    if isinstance(field, FormField):
        return [pair for inner in field.form for pair in _problems(inner)]
    return [(field.id, str(field.errors[0]))] if field.errors else []


def known_first(sent: list[str] | None, old: tuple[str, ...], known: Any) -> tuple[str, ...]:
    """The chosen codes in the list's order, and the stored ones that no list has any more."""
    chosen = set(sent or ())
    return (*(code for code in known if code in chosen), *(c for c in old if c not in known))


def _list_of(label: LazyString, most: int, longest: int) -> Any:
    return words(label, most * (longest + 1), Lines(most, longest))


class AboutForm(PartForm):
    """What it is."""

    name = line(_l("What is it called?"), LINE, Needed(_l("Type its name.")))
    summary = words(_l("Say it in one or two sentences"), MEDIUM_TEXT)
    breaks = some_of(_l("What kind of break is it?"), BREAKS)
    activities = some_of(_l("What do children do there?"), ACTIVITIES)
    description = words(_l("Tell families more"), LONG_TEXT)
    url = line(_l("Web page"), ADDRESS, web_address)
    languages = _list_of(_l("Languages that staff speak or sign"), 20, 80)
    outcomes = some_of(_l("What is it for?"), OUTCOMES)

    @staticmethod
    def values(part: drafts.About) -> dict[str, Any]:
        """One language a line."""
        return {**SectionForm.values(part), "languages": "\n".join(part.languages)}

    def part(self) -> drafts.About:
        """The section that was typed."""
        return drafts.About(
            self.name.data,
            self.summary.data,
            self.description.data,
            self.url.data,
            known_first(self.breaks.data, self.old.breaks, BREAKS),
            known_first(self.activities.data, self.old.activities, ACTIVITIES),
            known_first(self.outcomes.data, self.old.outcomes, OUTCOMES),
            same_or(self.old.languages, tidy_lines(self.languages.data)),
        )


def same_or(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """The stored order when nothing but the order differs: records keep none."""
    return old if sorted(old) == sorted(new) else new


class WhoForm(PartForm):
    """Who it is for."""

    min_age = Whole(_l("Youngest age"), 0, OLDEST)
    max_age = Whole(_l("Oldest age"), 0, OLDEST)
    needs = some_of(_l("Which children can you welcome?"), NEEDS)
    areas = ChooseSome(_l("Do you only take families from some areas?"))

    def settle(self) -> None:
        """Offer the council's areas."""
        self.areas.choices = choices((area.code, area.label) for area in self.council.localities)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also the youngest age is not above the oldest."""
        is_right = super().validate(extra_validators)
        low, high = self.min_age.data, self.max_age.data
        if low is not None and high is not None and low > high:
            self.max_age.errors = [gettext("The oldest age must not be below the youngest.")]
            return False
        return bool(is_right)

    def part(self) -> drafts.Who:
        """The section that was typed."""
        offered = [str(choice.value) for choice in self.areas.choices]
        areas = known_first(self.areas.data, self.old.areas, offered)
        return drafts.Who(
            self.min_age.data,
            self.max_age.data,
            known_first(self.needs.data, self.old.needs, NEEDS),
            same_or(self.old.areas, areas),
        )


class JoiningForm(PartForm):
    """How to get a place."""

    routes = some_of(_l("How do families get a place?"), ROUTES)
    steps = words(_l("What should a family do, step by step?"), 3000, Lines(12, 400))

    def part(self) -> drafts.Joining:
        """The section that was typed; empty lines are no steps."""
        steps = "\n".join(row for row in self.steps.data.split("\n") if row.strip())
        return replace(
            self.old, routes=known_first(self.routes.data, self.old.routes, ROUTES), steps=steps
        )
