"""What is promised of words and contacts: nothing turns a family away, somebody can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.council import load_council
from app.criteria.contacts import Reach, contacts_for, is_elsewhere
from app.criteria.criteria import Criteria
from app.criteria.facts import Facts, read_facts
from app.criteria.proof.counter import CounterExample
from app.criteria.proof.promises import RIGHTS
from app.criteria.proof.worlds import HOME, Walk
from app.criteria.rules import evaluate
from app.criteria.wording import Saying, find_sayings

WORDS: Final = "No words say or mean that a family may not ask, or that it will get something."
REACHED: Final = "Every signpost has a contact with a source, or says what stands in for one."
NEVER_SAID: Final = tuple(
    re.compile(rf"\b{phrase}\b", re.IGNORECASE)
    for phrase in (
        # The phrases that no page may say.
        r"not eligible",
        r"does not qualify",
        r"you are entitled",
        r"you will get this",
        r"you have no rights",
        # What means the same.
        r"(in)?eligib\w+",
        r"(dis)?qualif\w+",
        r"(un)?entitle\w*",
        r"(you|they|we|child|family|families) will (get|receive|be given|be offered)",
        r"no rights?",
        r"(can't|cannot|can not|may not|must not|should not) (ask|apply|get|have|claim|use)",
        r"not allowed",
        r"(have|has) no claim",
        r"(refused?|rejected|turned (down|away)|turn (you|them) (down|away))",
        r"(do|does|did) not (meet|reach) (the|our|any)",
        r"not (severe|serious|disabled|bad|high) enough",
        r"(?<!no child is )too (mild|low|old|young)",
        r"(cannot|can't|do not|don't|will not|won't) help (you|them|your|the family)",
        r"not for (you|your child|your family|families like)",
        r"(do|does) not need (help|a break|an assessment|support)",
        r"nothing (here )?(for you|we can do)",
        r"guarantee\w*",
    )
)
"""What no sentence of the criteria says, whoever it is said to."""


def find_forbidden(criteria: Criteria) -> Iterator[CounterExample]:
    """Every sentence in every voice."""
    for where, saying in every_saying(criteria):
        for said in saying:
            plain = said.replace("’", "'")
            found = next(filter(None, (form.search(plain) for form in NEVER_SAID)), None)
            if found is not None:
                yield CounterExample(WORDS, f"{where} says “{found[0]}”: {said}")


def every_saying(criteria: Criteria) -> Iterator[tuple[str, Saying]]:
    """Each sentence for families, with the file and the table in which it stands."""
    tables: list[tuple[str, Iterable[object]]] = [
        ("rules.toml", [rule.row for rule in criteria.rules]),
        ("signposts.toml", [rule.row for rule in criteria.signposts]),
        ("questions.toml", [question.row for question in criteria.questions]),
        ("outcomes.toml", criteria.outcomes),
        ("steps.toml", [step.row for step in criteria.steps.values()]),
        ("rights.toml", criteria.rights),
        ("guide.toml", [criteria.guide]),
    ]
    for file, rows in tables:
        for row in rows:
            name = getattr(row, "id", None) or getattr(row, "code", None)
            for saying in find_sayings(row):
                yield f"{file}: {name}" if name else file, saying


def can_ask(criteria: Criteria) -> Iterator[CounterExample]:
    """The rights box of each country and age says that needs are looked at, and how to complain."""
    for country, age in (("england", "child"), ("england", "adult"), ("wales", "child")):
        said = " ".join(
            right.say.to("child")
            for right in criteria.rights
            if right.country == country and right.ages in (age, "any")
        )
        for word in ("assessment|look at", "complaints"):
            if not re.search(word, said):
                what = "complain" if word == "complaints" else "ask for an assessment"
                says = (
                    f"The rights box of {country.capitalize()} ({age}) does not say how to {what}."
                )
                yield CounterExample(RIGHTS, says)


@dataclass(frozen=True, slots=True)
class Gap:
    """A signpost for which a council has published no contact, and what stands in for one."""

    council: str
    signpost: str
    stand_in: str


def find_gaps(walked: Walk, day: date) -> Iterator[CounterExample | Gap]:
    """Try each signpost in each district on a day; elsewhere those that can be shown there."""
    for home in walked.world.homes:
        for facts in _families(walked.criteria, walked.world.council, home, day):
            for code in walked.signposts if is_elsewhere(facts) else walked.criteria.steps:
                found = evaluate(walked.criteria, facts, walked.world.council)
                reach = contacts_for(facts, found, code)
                yield from _reached(f"{walked.world.council}, home {home}, {day}", code, reach)
                if reach.is_gap and reach.contacts:
                    yield Gap(walked.world.council, code, _called(reach))


def _families(criteria: Criteria, council: str, home: str, day: date) -> Iterator[Facts]:
    """One family for each district, and one whose district is not known."""
    places = load_council(council).localities if home == council else ()
    for district in (None, *(place.code for place in places)):
        raw = {HOME: home, "district": district, "on": day.isoformat()}
        yield read_facts(criteria, raw)


def _reached(where: str, code: str, reach: Reach) -> Iterator[CounterExample]:
    if not reach.contacts:
        says = f"The signpost {code} has no contact, and nothing stands in for one."
        yield CounterExample(REACHED, says, where)
    for contact in reach.contacts:
        if not contact.source:
            says = f"The signpost {code}: it is not said where {contact.code!r} was read."
            yield CounterExample(REACHED, says, where)


def _called(reach: Reach) -> str:
    first = reach.contacts[0]
    return f"{first.label or first.code} ({first.phone or first.url or 'no number or page'})"
