"""The result page: what a family's answers mean, why, and what it can do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from babel.dates import format_date

from app.council import load_council
from app.criteria.conditions import keys_read, read_condition
from app.criteria.facts import Facts
from app.criteria.load import load_criteria
from app.criteria.records import OutcomeWords, Right
from app.criteria.rules import Evaluation, evaluate
from app.criteria.wording import Voice
from app.languages import gettext, locale_code, ngettext
from app.selfcheck.bridge import Bridge, services_for
from app.selfcheck.next_steps import NextStep, next_steps
from app.selfcheck.reasons import LeftOpen, Reason, Way, other_ways, reasons, what_is_open
from app.selfcheck.told import Told
from app.site import Site

ADULT = 18
RIGHTS, COMPLAINT = "rights_box", "complaint"
PLACE_ALONE = frozenset({"lives_in"})


@dataclass(frozen=True)
class ResultPage:
    """The result as its page shows it. What a page does not show is not worked out."""

    told: Told
    site: Site

    @property
    def facts(self) -> Facts:
        """The answers."""
        return self.told.facts

    @property
    def evaluation(self) -> Evaluation:
        """What they mean."""
        return self.told.evaluation

    @property
    def voice(self) -> Voice:
        """Whether the page speaks of “your child”, of “you” or of “the child”."""
        return self.told.voice

    @cached_property
    def words(self) -> OutcomeWords:
        """The words of the outcome; `badge` is its shape."""
        return self.told.criteria.words_of(self.evaluation.outcome, self.evaluation.country)

    @cached_property
    def heading(self) -> str:
        """The main heading."""
        return self.told.say(self.words.heading)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What stands under it."""
        return self.told.say_all(self.words.lines)

    @cached_property
    def place_notes(self) -> tuple[str, ...]:
        """Whose rules and numbers these are, where a family might wonder."""
        return tuple(_place_notes(self.told))

    @cached_property
    def safety(self) -> tuple[NextStep, ...]:
        """Before all else, when someone may be in danger."""
        return next_steps(self.told, "safety")

    @cached_property
    def steps(self) -> tuple[NextStep, ...]:
        """What to do next, in order."""
        return next_steps(self.told, "step")

    @cached_property
    def notes(self) -> tuple[NextStep, ...]:
        """Signposts that are no steps."""
        return next_steps(self.told, "note")

    @cached_property
    def rights(self) -> tuple[NextStep, ...]:
        """The parts of the rights box: the rights, free advice, the complaint route."""
        return next_steps(self.told, "rights")

    @cached_property
    def points(self) -> tuple[str, ...]:
        """The rights of the country's law for the age."""
        return self.told.say_all(right.say for right in self._law if not _is_last(right))

    @cached_property
    def to_complain(self) -> tuple[str, ...]:
        """What to do when the family does not agree."""
        return self.told.say_all(right.say for right in self._law if _is_last(right))

    @cached_property
    def guide_words(self) -> tuple[str, ...]:
        """That this is a guide and no decision: it stands with the heading."""
        return next((part.lines for part in self.rights if part.code == RIGHTS), ())

    @property
    def _law(self) -> list[Right]:
        age = self.facts.values["age"]
        ages = {"any", "adult" if isinstance(age, int) and age >= ADULT else "child"}
        rights = self.told.criteria.rights
        return [
            right
            for right in rights
            if right.country == self.evaluation.country and right.ages in ages
        ]

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Every rule that decided."""
        return reasons(self.told)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """What other answers would change."""
        return other_ways(self.told)

    @cached_property
    def left_open(self) -> tuple[LeftOpen, ...]:
        """What skipped answers leave open."""
        return what_is_open(self.told)

    @cached_property
    def skipped_words(self) -> str:
        """That answers are missing; empty when none is."""
        if not self.told.skipped:
            return ""
        count = len(self.told.skipped)
        return ngettext(
            "Some answers are missing: you skipped %(num)s question.",
            "Some answers are missing: you skipped %(num)s questions.",
            count,
        )

    @cached_property
    def have_ready(self) -> tuple[str, ...]:
        """The first is a warning, the others are things to find."""
        guide = self.told.criteria.guide
        return self.told.say_all(line.say for line in self.told.holding(guide.have_ready))

    @cached_property
    def while_you_wait(self) -> tuple[str, ...]:
        """What to do in the meantime."""
        guide = self.told.criteria.guide
        return self.told.say_all(line.say for line in self.told.holding(guide.while_you_wait))

    @cached_property
    def good_to_know(self) -> tuple[str, ...]:
        """Sentences for families whose case is not the common one."""
        return tuple(_guide_notes(self.told, of_place=False))

    @cached_property
    def bridge(self) -> Bridge | None:
        """Services for now; None for a family that belongs to another council."""
        return services_for(self.told, self.site)


def result_view(site: Site, facts: Facts) -> ResultPage:
    """The result of a family's answers on this council's site."""
    criteria = load_criteria()
    evaluation = evaluate(criteria, facts, site.council.code)
    return ResultPage(Told(criteria, facts, evaluation, site.council.code), site)


def _is_last(right: Right) -> bool:
    """Whether a point of the rights box is the way to complain."""
    return right.id.endswith(COMPLAINT)


def _guide_notes(told: Told, *, of_place: bool) -> Iterator[str]:
    """The guide's notes that hold: those about the place alone, or all others."""
    for line in told.holding(told.criteria.guide.notes):
        condition = read_condition(line.when, told.criteria.keys)
        if (keys_read(condition) == PLACE_ALONE) is of_place:
            yield told.say(line.say)


def _place_notes(told: Told) -> Iterator[str]:
    yield from _guide_notes(told, of_place=True)
    if told.is_neighbour:
        yield gettext(
            "We used the rules and phone numbers of %(council)s. "
            "The clubs on this site are in %(area)s, so we show none here.",
            council=told.home.council.name,
            area=load_council(told.site).area_name,
        )
    if not told.is_elsewhere:
        yield from _change_notes(told)


def _change_notes(told: Told) -> Iterator[str]:
    """That other councils take over on a day, or have taken over."""
    change = load_council(told.evaluation.council).successors
    if change is None:
        return
    day = format_date(change.starts, "d MMMM y", locale=locale_code()).replace(" ", "\xa0")
    gaps = {"day": day, "council": told.home.council.name}
    new = told.home.successor or _names(change.councils)
    if told.facts.on < change.starts:
        yield gettext(
            "On %(day)s this changes: %(new)s will take over from %(council)s. "
            "Numbers may change then.",
            new=new,
            **gaps,
        )
    elif told.home.kept:
        yield gettext(
            "On %(day)s %(new)s took over from %(council)s. "
            "We do not have the new numbers yet. These are the old ones.",
            new=new,
            **gaps,
        )
    else:
        yield gettext("On %(day)s %(new)s took over from %(council)s.", new=new, **gaps)


def _names(names: tuple[str, ...]) -> str:
    one, *others = names
    for other in others:
        one = gettext("%(one)s and %(other)s", one=one, other=other)
    return one
