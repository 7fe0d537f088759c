"""Reads what was sent with a question, and says kindly what is wrong with it.

The questions are data, so their forms are read by kind. A field is named by its key and its
values are codes. Nothing raises: a reply holds either answers to keep, or one problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.criteria.keys import Code, Key
from app.criteria.records import Answer, Question
from app.forms import clean
from app.languages import gettext
from app.selfcheck.answers import Said
from app.selfcheck.place import Home, OnABorder, find_home

TYPED = "place"
"""The field for a postcode or town."""
LONGEST = 200
"""Letters of a typed answer that are looked at and shown again."""
NOT_KNOWN = "unsure"
WHOLE = re.compile(r"[0-9]{1,4}")
PARTS = re.compile(r"[0-9]+[.,][0-9]*")
BELOW = re.compile(r"[-−–][0-9]+")

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a form said: `values` to keep when there is no `problem`; else what to show again."""

    values: Mapping[str, Said]
    problem: str = ""
    chosen: frozenset[tuple[str, str]] = frozenset()
    """Pairs of a key and a value of a radio or tick box."""
    typed: str = ""
    is_typed_wrong: bool = False
    """Whether the problem is in the field for typing, not in the choices beside it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked of a family: of which council, on whose site."""

    question: Question
    keys: Mapping[str, Key]
    council: str
    site: str
    said: Mapping[str, Said]

    @property
    def offered(self) -> tuple[Answer, ...]:
        """The answers on the page."""
        return tuple(item for item in self.question.row.answers if item.is_for(self.council))


def value_of(code: Code) -> str:
    """A code as the value of a form's control."""
    if isinstance(code, bool):
        return "true" if code else "false"
    return code


def read_reply(asked: Asked, form: Form) -> Reply:
    """What was sent with a question."""
    kind = asked.question.row.kind
    if kind == "number":
        return _read_number(asked, form)
    if kind == "place":
        return _read_place(asked, form)
    chosen, problem = _chosen(asked, form)
    if not problem and not chosen and not asked.question.row.may_be_none:
        problem = _missing(kind)
    if not problem and kind == "many":
        problem = _too_much(asked, chosen)
    return Reply(_values(asked, chosen), problem, chosen)


def _missing(kind: str) -> str:
    if kind == "danger":
        return gettext("Choose an answer.")
    return gettext("Choose an answer, or skip this question.")


def _chosen(asked: Asked, form: Form) -> tuple[frozenset[tuple[str, str]], str]:
    """The known values that were sent, and what is wrong with all that was sent."""
    keys = [key for key in asked.question.row.keys if key in asked.keys]
    known = {(answer.key, value_of(answer.code)) for answer in asked.offered}
    not_ticked = {(key, "false") for key in keys if asked.keys[key].kind == "yes_no"}
    sent = [(key, value) for key in keys for value in form.getlist(key) if value]
    right = frozenset(pair for pair in sent if pair in known | not_ticked)
    if len(right) < len(sent):
        return right, gettext("Choose only from the answers on this page.")
    if asked.question.row.kind != "many" and len(right) > 1:
        return frozenset(), gettext("Choose one answer only.")
    return right, ""


def _too_much(asked: Asked, chosen: frozenset[tuple[str, str]]) -> str:
    alone = [item for item in asked.offered if item.alone]
    for answer in alone:
        beside = [value for key, value in chosen if key == answer.key]
        if value_of(answer.code) in beside and len(beside) > 1:
            return gettext("You chose an answer that says “none”, and others too. Choose again.")
    most = asked.question.row.max_chosen
    if most and len(chosen) > most:
        return gettext("Choose %(num)s at most.", num=most)
    return ""


def _values(asked: Asked, chosen: Iterable[tuple[str, str]]) -> dict[str, Said]:
    """The answers to keep, in the order of the page."""
    pairs = set(chosen)
    return {
        key: _value(
            asked.keys[key].kind,
            [
                item.code
                for item in asked.offered
                if item.key == key and (key, value_of(item.code)) in pairs
            ],
        )
        for key in asked.question.row.keys
    }


def _value(kind: str, codes: list[Code]) -> Said:
    """The chosen codes of one key as its kind of answer."""
    if kind == "many":
        return [code for code in codes if isinstance(code, str)]
    return bool(codes) if kind == "yes_no" else next(iter(codes), None)


def _read_number(asked: Asked, form: Form) -> Reply:
    key = asked.keys[asked.question.row.keys[0]]
    typed = _typed(form, key.name)
    digits = "".join(_digit(letter) for letter in typed)
    problem = _number_problem(key, digits, len(form.getlist(key.name)))
    values: dict[str, Said] = {} if problem else {key.name: int(digits)}
    return Reply(values, problem, typed=typed, is_typed_wrong=bool(problem))


def _number_problem(key: Key, typed: str, count: int) -> str:
    if not typed:
        return gettext("Type an age, or skip this question.")
    if BELOW.fullmatch(typed):
        return gettext("An age cannot be below 0.")
    if PARTS.fullmatch(typed):
        return gettext("Type the age in whole years, like 7.")
    if count > 1 or not typed.isdecimal():
        return gettext("Type the age as one number, like 7.")
    if not WHOLE.fullmatch(typed) or not key.youngest <= int(typed) <= key.oldest:
        span = {"low": key.youngest, "high": key.oldest}
        return gettext("Type an age from %(low)s to %(high)s.", **span)
    return ""


def _digit(letter: str) -> str:
    """A digit of any alphabet as 0 to 9."""
    return str(int(letter)) if letter.isdecimal() else letter


def _typed(form: Form, name: str) -> str:
    return (clean(form.get(name, "")) or "")[:LONGEST]


def _read_place(asked: Asked, form: Form) -> Reply:
    """Where a family lives: typed, chosen or both."""
    typed = _typed(form, TYPED)
    chosen, problem = _chosen(asked, form)
    if problem:
        return Reply({}, problem, chosen, typed)
    radio = next((value for _, value in chosen), "")
    home = find_home(typed, asked.site) if typed else None
    if isinstance(home, Home):
        return _found(home, radio, chosen, typed)
    if radio and (not typed or radio != NOT_KNOWN):
        return Reply(_chosen_home(asked, radio), "", chosen)
    return Reply({}, _place_problem(typed, home), chosen, typed, is_typed_wrong=True)


def _found(home: Home, radio: str, chosen: frozenset[tuple[str, str]], typed: str) -> Reply:
    """A place that is on a map; a choice that says otherwise is asked about."""
    if radio in {"", NOT_KNOWN, home.lives_in}:
        return Reply({"lives_in": home.lives_in, "district": home.district}, "", chosen)
    problem = gettext("The place you typed is not in the answer you chose. Change one of them.")
    return Reply({}, problem, chosen, typed, is_typed_wrong=True)


def _chosen_home(asked: Asked, radio: str) -> dict[str, Said]:
    """A council without a place; a district that was found before stays with its council."""
    same = asked.said.get("lives_in") == radio
    return {"lives_in": radio, "district": asked.said.get("district") if same else None}


def _place_problem(typed: str, home: OnABorder | None) -> str:
    if not typed:
        return gettext("Type a postcode or town, choose an answer, or skip this question.")
    if home is not None:
        return gettext("Two councils share that half of a postcode. Type all of it.")
    return gettext("We do not know that place. Check it, or choose an answer below.")
