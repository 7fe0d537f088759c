"""What was understood is shown as chips: taking one out leaves the others as they were."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.criteria import Understood
from app.search.words import understand
from tests.unit.search.test_everyday import SAID
from tests.unit.search.test_words import PLACES

TOLD = """
im autistic 15 | need:autism im 15 | age:15 autistic
autistic, 15 | need:autism age 15 | age:15 autistic
he is 9 autistic | need:autism he is 9 | age:9 autistic
im 15 and autistic | need:autism im 15 | age:15 autistic
i am deaf 12 | need:sensory age 12 | age:12 i am deaf
15yo asd | need:autism 15yo | age:15 asd
in bed all day 15 depressed | need:mental_health in bed all day age 15
non verbal 5 | need:communication age 5 | age:5 non verbal
14 year old girl | age:14 girl
my son is 7 and a half | age:7
swimming aged 7½ near Exeter | age:7 swimming near Exeter
deaf twins 8 | access:siblings_welcome deaf 8 | age:8 deaf twins
twins 6 and 8 | access:siblings_welcome age 6 and 8 | age:6 twins | age:8 twins
school refuser 13 | need:mental_health age 13 | age:13 school refuser
not talking at 5 | need:communication at age 5 | age:5 not talking
asd 16+ club | need:autism 16 plus club
he is 7 years old, swimming | age:7 swimming
swimming and football | activity:swimming football | activity:football swimming
swimming at weekends | when:saturday swimming | when:sunday swimming
trips under £5 | cost:free trips under
half-term, swimming | when:half_term swimming
mój syn ma 9 lat | age:9
autystyczny syn 7 i pół roku | age:7 autystyczny
córka 9 lat z autyzmem | age:9 z autyzmem | need:autism córka 9 lat
dziecko autystyczne 9 | age:9 dziecko autystyczne | need:autism dziecko 9
"""
AGES = """im 15/he is 9/my son is 7 and a half/15yo/aged 9/under 5s/twins 6 and 8/boys 6 and 8/16+
14 year old girl/age 5 to 8/9/turning 11/syn 9 lat/mam 15 lat/7-letnia córka/refuser 13/i am 12
mój syn ma 7 i pół roku/toddler/key stage 2/not talking at 5/year 9 boy/siedmiolatek/ds 4"""
NEEDS = """autistic/asd/adhd/deaf/wheelchair/non verbal/down syndrome/autyzm/z autyzmem/blind
niepełnosprawne/i am deaf/im autistic/learning disability/epilepsy"""
WISHES = """swimming/saturday/near exeter/in newton abbot/free/one to one/respite/after school
plywanie/w soboty/and football/someone to take him out/,"""


def understood(text: str) -> tuple[Understood, ...]:
    return understand(text, PLACES).understood


def upset(text: str) -> Iterator[tuple[str, str]]:
    """What is taken out of a text, and the rest, where it is there still or others are gone."""
    all_of_it = understood(text)
    for taken in all_of_it:
        others = {(other.kind, other.code) for other in all_of_it if other.rest != taken.rest}
        left = {(other.kind, other.code) for other in understood(taken.rest)}
        if not others <= left or (taken.kind, taken.code) in left:
            yield f"{taken.kind}:{taken.code}", taken.rest


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_what_is_left_without_it(line: str) -> None:
    text, *told = line.split(" | ")
    rests = {f"{item.kind}:{item.code}": item.rest for item in understood(text)}
    for code, _, rest in (each.partition(" ") for each in told):
        assert rests[code] == rest
    assert not list(upset(text))


def test_all_of_a_childs_age_and_no_more_is_the_age() -> None:
    (age,) = (item for item in understood("im autistic 15") if item.kind == "age")
    assert age.text == "im 15"
    (age,) = (item for item in understood("school refuser 13") if item.kind == "age")
    assert age.text == "age 13", "alone, the number would say nothing"


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_taking_one_out_of_what_parents_type_leaves_the_others(line: str) -> None:
    assert not list(upset(line.partition(" | ")[0]))


def parts(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.split("/")]


@given(
    st.sampled_from(parts(AGES)),
    st.lists(st.sampled_from(parts(NEEDS)), max_size=2, unique=True),
    st.lists(st.sampled_from(parts(WISHES)), max_size=2, unique=True),
    st.randoms(use_true_random=False),
)
def test_taking_one_out_of_any_wishes_leaves_the_others(
    age: str, needs: list[str], wishes: list[str], order: Random
) -> None:
    said = [age, *needs, *wishes]
    order.shuffle(said)
    text = " ".join(said)
    assert not list(upset(text)), text
