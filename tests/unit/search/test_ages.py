"""A child's age is heard however it is said, and not every number is one."""

from __future__ import annotations

import pytest

from app.search.ages import hear_age
from app.search.text import words
from app.search.words import legible, understand
from tests.unit.search.test_words_polish import LISTINGS

SAID = """
clubs for a 6 year old | 6-6
aged 12 adhd | 12-12
9yo swimming | 9-9
under 5s | 0-4
over 16s | 16-25
sensory play for toddlers | 1-3
teenager football | 13-17
club 99 | none
my seven year old | 7-7
he is 7 | 7-7
daughter 14 football | 14-14
8-11 year olds | 8-11
7 and 9 year old | 7-9
age 5 to 8 | 5-8
16+ club | 16-25
up to 11 | 0-11
18 months old | 1-1
year 9 boy | 13-14
turning 18 | 18-18
my son 1 to 1 support | none
1:1 support | none
one to one | none
turn 0 99999 years | none
im autistic 15 | 15-15
im autistic and 15 | 15-15
pda 9 | 9-9
aged 7 and a half | 7-7
between the ages of 5 and 9 | 5-9
autistic 16+ | 16-25
club for over 50s | none
I am 38 years old mum with autistic son | none
im 41 and my daughter is 9 | 9-9
5 lat | 5-5
5-letni syn | 5-5
5letni | 5-5
pięcioletnia córka | 5-5
siedmiolatek | 7-7
5-latek | 5-5
zajęcia dla 12 latki | 12-12
siedem lat | 7-7
mój syn ma dziewięć | 9-9
syn ma 7 lat | 7-7
w wieku 5 lat | 5-5
w wieku od 5 do 8 lat | 5-8
od 5 do 8 lat | 5-8
5-8 lat | 5-8
7 i 9 lat | 7-9
do 5 lat | 0-5
do lat 5 | 0-5
poniżej 5 lat | 0-4
młodsze niż 5 lat | 0-4
powyżej 16 lat | 16-25
od 16 lat | 16-25
16 lat i więcej | 16-25
16+ lat | 16-25
18 miesięcy | 1-1
1 rok | 1-1
roczek | 1-1
niemowlę | 0-1
dla maluchów | 1-3
przedszkolak | 3-6
nastolatka | 13-17
mam 2 dzieci | none
ma 2 synów | none
od 9 do 15 | none
jeden na jeden | none
dwa na jeden | none
under 10 miles | none
autistic 1:1 | none
2 autistic boys | none
2 yr wait for adhd | none
15 depressed | 15-15
between 4 and 6 on tuesday | none
under £5 | none
adhd 2 hours | none
18-25 social club | 18-25
youth group 11-16 | 11-16
5-11s football | 5-11
0-5 stay and play | 0-5
open 9-5 | none
saturday 10-12 | none
1-1 support | none
2-1 | none
10-15 miles away | none
year 8 | 12-13
yr8 | 12-13
y6 leaver | 10-11
chłopak lat 16 | 16-16
"""


@pytest.mark.parametrize("line", SAID.strip().splitlines())
def test_ages_are_heard(line: str) -> None:
    text, _, told = line.partition(" | ")
    ages = None if told == "none" else tuple(map(int, told.split("-")))
    assert understand(text, LISTINGS).ages == ages
    heard = hear_age(words(legible(text)))
    assert (heard and (heard.low, heard.high)) == ages


@pytest.mark.parametrize(
    ("text", "ages", "are_two"),
    [
        ("my 4 and 6 yr old", (4, 6), True),
        ("ages 9 and 5", (5, 9), True),
        ("between 4 and 6 years", (4, 6), False),
        ("ages 4 to 6", (4, 6), False),
        ("between the ages of 4 and 6", (4, 6), False),
        ("4 i 6 lat", (4, 6), True),
        ("my older one is 14 and my little one is 5", (5, 14), True),
        ("8 year old with autism and a 5 year old", (5, 8), True),
        ("my son is 10 and my daughter is 7", (7, 10), True),
        ("syn 10 lat i córka 5 lat", (5, 10), True),
        ("he is 7 and 2 years on a list", (7, 7), False),
        ("he is 17 and nearly 18", (17, 17), False),
        ("im 24 and my son is 3", (24, 24), False),
    ],
)
def test_two_children_are_no_range(text: str, ages: tuple[int, int], *, are_two: bool) -> None:
    found = understand(text)
    assert (found.ages, found.are_two) == (ages, are_two)
    shown = [item.code for item in found.understood if item.kind == "age"]
    assert (shown == [str(age) for age in ages]) is are_two


def test_what_a_child_does_not_do_yet_at_an_age_is_no_time_of_day() -> None:
    assert understand("not talking at 5").ages == understand("in nappies at 5").ages == (5, 5)
    assert understand("swimming at 5").ages is None
