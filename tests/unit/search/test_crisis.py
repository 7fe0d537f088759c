"""Cries for help are heard in the words people use, and what only sounds like one is none."""

from __future__ import annotations

import pytest

from app.search.crisis import load_crisis
from app.search.files import ENGLISH, every_way, read_file
from app.search.slots import CHILD_IN_CRISIS, IN_CRISIS
from app.search.text import plain
from app.search.words import understand, understand_exactly
from tests.unit.search.test_words_polish import LISTINGS, POLISH, spread

CRISES = """
he hits me
I can’t cope
cant cope
self-harm
my son wants to die please
police cadets for a boy who hits me
my son 14 has got a knife
cant take no more
I wish I was dead
she says better off without me
he tried to strangle his brother
hes smashing up the house
punched me in the face
dont feel safe at home
end of my tether
we are being evicted
ive not slept in 3 days
feel like running away from it all
thinking of giving her up to social services
my son has locked himself in the bathroom with scissors
i urgently need help
i dont trust myself with him
syn zamknął się w łazience z nożem
mój syn bije swoją młodszą siostrę
on mnie ciągle bije
syn rzuca się na mnie z pięściami
nie daje juz rady
Nie dajemy sobie rady z synem
NIE MOGĘ JUŻ TAK DŁUŻEJ
córka nie chce żyć
syn mowi ze chce umrzec
corka tnie sie zyletka
boję się własnego syna
boje sie ze zrobie mu krzywde
syn uciekł z domu
zaginęła moja córka
wezwaliśmy wczoraj policję
ma nóż
w domu nie jest bezpiecznie
jestem totalnie wykończona
nie śpię od miesięcy
mąż bije dzieci
uderzyłam dziecko
wyrzucili nas z domu
dotykał ją niestosownie
przedawkowała leki
to nagły wypadek
nie wiem gdzie jest moje dziecko
bije rekordy w pływaniu, ale syn bije brata
I don't want to be here anymore
dont want to be here any more
i don’t want to be here anymore
do not want to be here anymore
can't do this anymore
cant do this any more
i cannot take anymore
cant carry on
can not carry on
couldnt cope
could not cope
it isnt safe
it is not safe
im exhausted
I am exhausted
"""
INNOCENT = """
greatest hits disco
police cadets
suicide squad
hit the gym
help me find a club
knife skills cooking
bored to death
on the edge of town
this heat is killing me need a pool
he cant cope with crowds
she can't cope with loud noise any swimming
cant cope with phonics homework
craft group he struggles with scissors
zabije mnie ten upał basen
umieram z nudów co robić
bije rekordy w pływaniu
jak zabić czas w wakacje
syn kopie w piłkę
nie mogę się już doczekać wakacji
komputer się tnie
boi się psów i hałasu
komunikacja bez przemocy warsztaty
dzień otwarty policji
zaginiony świat film
uciekł mi autobus
nie dam rady przyjść w sobotę
kurs pierwszej pomocy w nagłych wypadkach
gol samobójczy
jeść nożem i widelcem
szukam opieki wytchnieniowej, syn ucieka
cannot go on the bus
can not run away
cant go on trips
"""


def is_helped(text: str) -> bool:
    """Whether help at once comes before all else, beside a directory, with its accents or not."""
    helped = [understand(each, LISTINGS).help_cards[:1] for each in (text, plain(text))]
    assert helped[0] == helped[1]
    return helped[0] == ("get_help",)


@pytest.mark.parametrize("text", CRISES.strip().splitlines())
def test_a_crisis_is_heard_in_the_words_people_use(text: str) -> None:
    assert is_helped(text)


@pytest.mark.parametrize("text", INNOCENT.strip().splitlines())
def test_what_only_sounds_like_a_crisis_is_none(text: str) -> None:
    assert not is_helped(text)


def test_every_crisis_phrase_shows_help_and_no_innocent_one_does() -> None:
    crisis = load_crisis()
    for phrase in crisis.phrases:
        assert "get_help" in understand_exactly(" ".join(phrase)).help_cards, phrase
    for phrase in crisis.innocent:
        assert "get_help" not in understand_exactly(" ".join(phrase)).help_cards, phrase


def test_a_child_in_crisis_is_not_sent_to_a_group_for_parents() -> None:
    children = ("i dont want to be here any more im 15", "mam 15 lat i nie chcę żyć")
    parents = ("i dont want to be here any more", "i dont want to be here any more im 24")
    for text in (*children, *parents):
        found = understand(text)
        assert found.help_cards[0] == "get_help"
        assert found.slots[0] == (CHILD_IN_CRISIS if text in children else IN_CRISIS), text


def test_in_a_crisis_support_is_found_and_activities_are_let_go() -> None:
    found = understand("cant take no more need respite he loves swimming autistic")
    assert found.slots[0] == IN_CRISIS
    kinds = {slot.codes[0][0][0] for slot in found.slots[1:] if slot.codes}
    assert {"need", "break"} <= kinds
    assert ("activity", "swimming") not in {code for slot in found.slots for code, _ in slot.codes}


@pytest.mark.parametrize("kind", ["phrases", "innocent"])
def test_so_is_every_polish_phrase_within_a_sentence(kind: str) -> None:
    for line in read_file(POLISH)["crisis"][kind]:
        for phrase in spread(list(every_way([line])), 3):
            said = f"dzień dobry, {phrase}, szukam zajęć na basenie dla syna 7 lat"
            assert is_helped(said) is (kind == "phrases"), phrase


def test_english_crisis_phrases_are_heard_as_without_polish() -> None:
    english = load_crisis((ENGLISH,))
    assert english.phrases <= load_crisis().phrases
    for phrase in english.innocent:
        assert "get_help" not in understand_exactly(" ".join(phrase)).help_cards
