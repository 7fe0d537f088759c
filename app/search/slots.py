"""The slots of a search: each word or phrase with all that may answer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache

from app.search.ages import AGE_WORDS, NUMBERS
from app.search.files import Phrase
from app.search.meanings import CHILDREN, Meaning
from app.search.spelling import Said
from app.search.text import COMMON, SOFT, STOP, stem, words
from app.search.towns import Spot

ITSELF, OFFICIAL, COMPANION, RESPELT = 1.0, 0.9, 0.5, 0.8
"""How well each kind of alternative answers: what was typed, its official word or code (where no
code tells, another word for it too), another code for the same wish, a neighbour in spelling."""
SAID = 0.15
"""What the very words count for beside the code they stand for."""
NAMED_PLACE = 0.5
"""What naming a place counts for beside being near it."""
HINTING = SOFT | COMMON | CHILDREN | AGE_WORDS.keys() | NUMBERS.keys()
NIGHTS = ("overnight_family", "overnight_residential", "overnight_home")
SHOWN_KINDS = frozenset({"need", "activity", "break", "access", "cost", "when"})


Kin = tuple[tuple[Phrase, float], ...]
"""Stems that must all be there, and how well they answer."""


class Role(IntEnum):
    """What a slot does to a service that does not answer it."""

    MUST = 0
    """It is left out, as long as enough others answer."""
    RAISES = 1
    """It stays, lower; one that says it cannot do this is left out."""
    HINTS = 2
    """It stays: the word says little."""
    NEAR = 3
    """It stays, lower the further away it is."""
    SAID = 4
    """It stays: it has what the words mean, though not the words."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One word or phrase, and its alternatives with their weights."""

    texts: tuple[tuple[Phrase, float], ...]
    """Stems that must all be there."""
    codes: tuple[tuple[tuple[str, str], float], ...] = ()
    """Facet and code."""
    role: Role = Role.MUST
    spot: Spot | None = None
    """The place meant."""
    group: str = ""
    """The facet it is about, if any."""
    kin: Kin = field(default=(), compare=False)
    """Stems that answer where a listing tells nothing of the group by code: there its words must
    tell. They follow from the rest."""
    said: str = field(default="", compare=False)
    """The words it was read from."""

    @property
    def is_detail(self) -> bool:
        """Whether it says when or at what price, rather than what."""
        return bool(self.codes) and self.codes[0][0][0] in {"when", "cost"}

    @property
    def is_of_use_in_a_crisis(self) -> bool:
        """Whether it is a need, a place or a break, and not an activity or a plain word."""
        is_break = bool(self.codes) and self.codes[0][0][0] == "break"
        return self.role is not Role.MUST or is_break

    @property
    def is_a_word(self) -> bool:
        """Whether only one word or phrase answers it, and nothing else."""
        return len(self.texts) == 1 and not (self.codes or self.kin)

    @property
    def is_sure(self) -> bool:
        """Whether it has a meaning, and is not only a word."""
        return bool(self.codes)


@lru_cache(maxsize=8192)
def meant(phrase: Phrase, found: tuple[Meaning, ...]) -> Slot:
    """The slot of a phrase with a meaning. Pure information is never required of a service.

    Money is a fact, not a word: a description may well say "feel free".
    """
    texts: dict[Phrase, float] = {}
    for text, weight in ((phrase, ITSELF), *((words(m.means), OFFICIAL) for m in found)):
        kept = tuple(dict.fromkeys(stem(word) for word in text if word not in STOP))
        if kept:
            texts.setdefault(kept, weight)
    codes, said = _codes(found), " ".join(phrase)
    return Slot(
        tuple(texts.items()),
        codes,
        _role(phrase, found),
        group=codes[0][0][0] if codes else "",
        kin=tuple((kin, OFFICIAL) for each in found for kin in each.kin) if codes else (),
        said=said,
    )


def _role(phrase: Phrase, found: tuple[Meaning, ...]) -> Role:
    """A need or a feature raises, a wish must be met, and what says little only hints."""
    is_anything = (found[0].kind, found[0].code) == ("need", "any_send")
    if is_anything or found[0].is_vague(phrase) or all(word in SOFT for word in phrase):
        return Role.HINTS
    if found[0].kind in {"need", "access"}:
        return Role.RAISES
    return Role.MUST if _codes(found) or found[0].kind == "place" else Role.HINTS


WHO_LISTENS = tuple(
    (tuple(map(stem, phrase.split())), OFFICIAL)
    for phrase in (
        "suicide",
        "samaritans",
        "helpline",
        "crisis",
        "self harm",
        "mental health",
        "counselling",
        "listening",
        "distress",
    )
)
"""Words of those who listen in a crisis, where no code tells of it."""
IN_CRISIS = Slot(
    texts=(),
    group="break",
    kin=WHO_LISTENS,
    codes=(
        (("break", "parent_support"), ITSELF),
        (("activity", "carer_group"), ITSELF),
        (("break", "home_support"), RESPELT),
        *((("break", night), COMPANION) for night in NIGHTS),
        (("access", "behaviour_trained"), COMPANION),
    ),
)
"""What is looked for beside the card of help at once: people who support."""
CHILD_IN_CRISIS = Slot(
    texts=(),
    group="break",
    kin=WHO_LISTENS,
    codes=(
        (("need", "mental_health"), OFFICIAL),
        (("break", "youth_club"), COMPANION),
        (("activity", "youth_social"), COMPANION),
    ),
)
"""The same for a child or young person who types it."""


@lru_cache(maxsize=8192)
def literal(phrase: Phrase, group: str) -> tuple[Slot, ...]:
    """The slot of the very words of a phrase with a meaning: who has them comes first."""
    kept = tuple(dict.fromkeys(stem(word) for word in phrase if word not in STOP))
    if not kept:
        return ()
    said = " ".join(phrase)
    return (Slot(((kept, SAID),), (), Role.SAID, group=group, kin=((kept, ITSELF),), said=said),)


def placed(spot: Spot, said: str) -> Slot:
    """The slot of a place."""
    name = tuple(dict.fromkeys(stem(word) for word in words(spot.name)))
    return Slot(((name, NAMED_PLACE),), (), Role.NEAR, spot, said=said)


def _codes(found: tuple[Meaning, ...]) -> tuple[tuple[tuple[str, str], float], ...]:
    """Every facet code that answers these meanings, with its best weight.

    Where support for a need can be stated, stating it says more than welcoming the need.
    """
    codes: dict[tuple[str, str], float] = {}
    for meaning in found:
        own = (meaning.kind, meaning.code)
        if meaning.code and meaning.kind in SHOWN_KINDS:
            is_vague = meaning.kind == "need" and any(
                kind == "access" for kind, _ in meaning.equally
            )
            codes[own] = COMPANION if is_vague else OFFICIAL
        codes |= dict.fromkeys(meaning.equally, OFFICIAL)
        for companion in meaning.also:
            codes.setdefault(companion, COMPANION)
    return tuple(codes.items())


def plain(said: Said, *, may_miss: bool = False) -> Slot:
    """The slot of a word without a meaning, with what else it may be.

    Listings are in English: a word of another language that is not understood `may_miss`, and so
    may the name of a condition. Hours and other figures only help to order.
    """
    soft = may_miss or said.word in HINTING or said.word[0].isdigit()
    others = tuple(((stem(other),), RESPELT) for other in said.others)
    texts = (((stem(said.word),), ITSELF), *others)
    return Slot(texts, (), Role.HINTS if soft else Role.MUST, said=said.word)


def told(slots: Sequence[Slot]) -> list[Slot]:
    """What is left to ask for when a child was told of: beside needs alone no plain word must be.

    One with the words still comes first.
    """
    must = {slot.is_sure for slot in slots if slot.role is Role.MUST}
    if True in must or all(slot.role is not Role.RAISES for slot in slots):
        return list(slots)
    return [replace(each, role=max(each.role, Role.RAISES)) for each in slots]


def merged(slots: Iterable[Slot]) -> list[Slot]:
    """The slots without repeats: two ways to say the same thing are one wish."""
    merged: dict[object, Slot] = {}
    for slot in slots:
        same = slot.codes[0][0] if slot.codes else slot.texts
        earlier = merged.get(same)
        if earlier is None:
            merged[same] = slot
        else:
            texts = {**dict(slot.texts), **dict(earlier.texts)}
            codes = {**dict(slot.codes), **dict(earlier.codes)}
            kin = tuple({**dict(slot.kin), **dict(earlier.kin)}.items())
            role = min(slot.role, earlier.role)
            merged[same] = replace(
                earlier, texts=tuple(texts.items()), codes=tuple(codes.items()), role=role, kin=kin
            )
    return list(merged.values())
