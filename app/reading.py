"""How hard a sentence is to read: the Flesch-Kincaid grade, a school year in America.

Grade 4 is an age of about nine. Names and numbers are left out, because nobody can choose
a shorter word for them. Syllables are the places where pyphen would divide a word; it
never divides some short words, so a word has at least one syllable for each group of vowels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyphen import Pyphen

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>")
SENTENCE_ENDS = re.compile(r"(?<=[.?!:])\s+")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy])le$|(?<=[^aeioutdy])ed$|(?<=[^aeiouyscxzgh])es$"
)
NAMES = frozenset({"Makaton", "Lego", "Ofsted", "Tabler", "Atkinson", "Polish", "English"})
"""Names that can begin a sentence, where a capital letter does not show them."""
_dictionary = Pyphen(lang="en_GB")


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """One sentence: its grade and how many words it has, names included."""

    grade: float
    words: int
    sentence: str


def readings(message: str) -> list[Reading]:
    """Each sentence of a message that has a word to count."""
    text = PLACEHOLDER.sub("%", message)
    parts = (part.strip() for part in SENTENCE_ENDS.split(text))
    return [Reading(grade(part), count_words(part), part) for part in parts if own_words(part)]


def count_words(sentence: str) -> int:
    """How many words a reader meets: names, numbers and placeholders count as one each."""
    return sum(1 for piece in sentence.split() if re.search(r"[\w%]", piece))


def own_words(sentence: str) -> list[str]:
    """The words of a sentence that somebody could have chosen otherwise."""
    found = WORD.findall(sentence)
    return [word for place, word in enumerate(found) if not is_name(word, first=place == 0)]


def is_name(word: str, *, first: bool) -> bool:
    """A name or an abbreviation: in capitals, or with one capital inside a sentence."""
    if word == "I" or word.startswith(("I’", "A-")):
        return False
    return word in NAMES or (len(word) > 1 and word.isupper()) or (word[0].isupper() and not first)


def grade(sentence: str) -> float:
    """The Flesch-Kincaid grade of one sentence without its names."""
    words = own_words(sentence)
    return 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def passage_grade(message: str) -> float:
    """The grade of several sentences read together, such as a question and its hint."""
    parts = [found for part in SENTENCE_ENDS.split(message) if (found := own_words(part))]
    words = [word for part in parts for word in part]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, at least one for each of its parts."""
    return sum(_in_part(part) for part in re.split(r"[’'-]", word.lower()) if len(part) > 1) or 1


def _in_part(part: str) -> int:
    sounded = len(VOWELS.findall(SILENT.sub("", part)))
    return max(len(_dictionary.positions(part)) + 1 if len(part) > 3 else 1, sounded, 1)


AIM = 6.0
"""The grade above which a provider is told: an age of about eleven, kind to names of things."""
MOST_WORDS = 25
AIM_AGE = 11
"""The reading age above which a text is advised on: the site itself aims for nine."""


def hard_sentences(text: str) -> list[Reading]:
    """The sentences of a text that are long or hard, hardest first: advice, never a bar."""
    found = [item for line in text.splitlines() for item in readings(line.strip("-*# "))]
    return sorted(
        (
            item
            for item in found
            if item.words > MOST_WORDS or (item.words > 4 and item.grade > AIM + 3)
        ),
        reverse=True,
    )


def age_of(text: str) -> int | None:
    """The age at which most children can read a text: the middle grade of its sentences and five.

    None when it has too little to measure.
    """
    grades = sorted(
        item.grade for line in text.splitlines() for item in readings(line) if item.words > 4
    )
    return max(5, round(grades[len(grades) // 2]) + 5) if grades else None
