"""One family's result, and the voice in which its pages tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.council import Contact
from app.criteria.conditions import read_condition
from app.criteria.contacts import Home, contacts_for, home_of, is_elsewhere
from app.criteria.criteria import Criteria
from app.criteria.facts import Facts
from app.criteria.keys import COUNCIL, Value
from app.criteria.records import Line, Question
from app.criteria.rules import Evaluation
from app.criteria.wording import Saying, Voice, voice_of
from app.languages import gettext

FRONT_DOOR = "safeguarding_front_door"


@dataclass(frozen=True)
class Told:
    """Answers and what they mean, with all that is needed to say it in words."""

    criteria: Criteria
    facts: Facts
    evaluation: Evaluation
    site: str
    """The code of the site's council."""

    @cached_property
    def voice(self) -> Voice:
        """Whether the page speaks of “your child”, of “you” or of “the child”."""
        return voice_of(str(self.facts.values["who"]))

    @cached_property
    def home(self) -> Home:
        """The council whose rules were used, as it is on the day of the answers."""
        return home_of(self.facts, self.evaluation)

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether the family belongs to a council that is none of ours."""
        return is_elsewhere(self.facts)

    @property
    def is_neighbour(self) -> bool:
        """Whether the family belongs to another of our councils than the site's."""
        return not self.is_elsewhere and self.evaluation.council != self.site

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every answer as conditions read it."""
        return {**self.facts.values, COUNCIL: self.evaluation.council}

    @cached_property
    def path(self) -> tuple[Question, ...]:
        """The questions this family was asked."""
        asked = self.criteria.questions
        return tuple(item for item in asked if item.shown_when.holds(self.values))

    @cached_property
    def skipped(self) -> frozenset[str]:
        """The ids of the questions it skipped."""
        return frozenset(item.id for item in self.path if item.row.keys[0] in self.facts.skipped)

    def say(self, saying: Saying, **gaps: str) -> str:
        """A sentence in the reader's language and the family's voice, its gaps filled."""
        words = gettext(saying.to(self.voice))
        return words % {**self._gaps, **gaps} if "%(" in words else words

    def say_all(self, sayings: Iterable[Saying]) -> tuple[str, ...]:
        """Several sentences."""
        return tuple(self.say(saying) for saying in sayings)

    def holding(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines whose condition these answers meet."""
        for line in lines:
            if read_condition(line.when, self.criteria.keys).holds(self.values):
                yield line

    @cached_property
    def _gaps(self) -> dict[str, str]:
        return {"council": self.home.council.area_name, "front_door": self._front_door()}

    def _front_door(self) -> str:
        """Whom to ring about a child's safety, with the number, to stand in a sentence."""
        contacts = contacts_for(self.facts, self.evaluation, FRONT_DOOR).contacts
        if self.is_elsewhere or not contacts:
            return gettext("your own council")
        return name_and_number(contacts[0])


def name_and_number(contact: Contact) -> str:
    """ "Children’s Front Door on 0345 155 1071", without what stands in brackets."""
    name = (contact.label or "").partition(" (")[0]
    if not contact.phone:
        return name
    return gettext("%(name)s on %(number)s", name=name, number=contact.phone.replace(" ", "\xa0"))
