"""Hears the age of a child among a family's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import digits
from typing import NamedTuple

from app.vocabulary import AGE_BANDS, OLDEST

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
    if number > 1
}
"""`one` and `zero` are rather said of other things (`one to one`)."""
NUMBERS |= {
    word: str(number)
    for number, forms in enumerate(
        """dwa/dwoje/dwu/dwoch trzy/troje/trzech cztery/czworo/czterech piec/pieciu szesc/szesciu
        siedem/siedmiu osiem/osmiu dziewiec/dziewieciu dziesiec/dziesieciu jedenascie/jedenastu
        dwanascie/dwunastu trzynascie/trzynastu czternascie/czternastu pietnascie/pietnastu
        szesnascie/szesnastu siedemnascie/siedemnastu osiemnascie/osiemnastu
        dziewietnascie/dziewietnastu dwadziescia/dwudziestu""".split(),
        2,
    )
    for word in forms.split("/")
}
"""Polish, as it is read: without accents."""
JOINED = {
    start: str(number)
    for number, start in enumerate(
        """dwu trzy cztero piecio szescio siedmio osmio dziewiecio
        dziesiecio jedenasto dwunasto trzynasto czternasto pietnasto szesnasto siedemnasto
        osiemnasto dziewietnasto dwudziesto""".split(),
        2,
    )
}
"""How a Polish word begins that says an age by itself (`pięcioletni`, `pięciolatek`)."""
ONE_WORD = re.compile(rf"\A(?:{'|'.join(JOINED)})(?=lat|let)")
AGE_WORDS = {
    **dict.fromkeys(("baby", "babies", "newborn", "newborns"), (0, 1)),
    **dict.fromkeys(("toddler", "toddlers", "tot", "tots"), (1, 3)),
    **dict.fromkeys(("preschool", "preschooler", "preschoolers"), (2, 4)),
    "reception": (4, 5),
    **dict.fromkeys(("sixthform", "sixthformer"), (16, 18)),
    **dict.fromkeys(("tween", "tweens", "preteen", "preteens"), (9, 12)),
    **dict.fromkeys(("teen", "teens", "teenage", "teenager", "teenagers", "teenaged"), (13, 17)),
}
AGE_WORDS |= {
    word: span
    for span, said in {
        (0, 1): """niemowle niemowlat niemowleta niemowlecia niemowleciem niemowlak niemowlaka
            niemowlaki niemowlakow niemowlakiem noworodek noworodka noworodki noworodkow""",
        (0, 0): "polroczne polroczny polroczna polrocznego polrocznej polrocznym",
        (1, 1): """roczek roczne roczny roczna rocznego rocznej rocznym roczniak roczniaka""",
        (1, 3): "maluch malucha maluchem maluchy maluchow maluszek maluszka maluszki maluszkow",
        (3, 6): """przedszkolak przedszkolaka przedszkolakiem przedszkolakowi przedszkolaki
            przedszkolakow przedszkolakom""",
        (13, 17): """nastolatek nastolatka nastolatki nastolatkow nastolatkiem nastolatkowi
            nastolatke nastolatce nastolatkom nastolatkami nastoletni nastoletnia nastoletniej
            nastoletniego nastoletnim nastoletnie nastoletnich mlodziez mlodziezy mlodzieza""",
    }.items()
    for word in said.split()
}
AGE_PHRASES = {
    phrase: span
    for span, said in {
        (0, 4): "under fives/nursery age/nursery aged/pre school",
        (4, 11): "primary school/primary age/primary aged/primary schools",
        (4, 7): "infant school/infants school",
        (5, 7): "key stage 1/ks1",
        (7, 11): "key stage 2/ks2/junior school/juniors school",
        (11, 14): "key stage 3/ks3",
        (11, 16): "secondary school/secondary age/secondary aged/high school/senior school",
        (14, 16): "key stage 4/ks4/gcse age",
        (16, 18): "sixth form/sixth former/sixth formers/6th form/6th former/6th formers/a levels",
        (18, 25): "young adult/young adults",
        (19, 25): "post 19",
    }.items()
    for phrase in said.split("/")
}
"""Ages that are said by the stage of school or of life."""
OLDEST_CHILD = 17
"""Whoever tells an age of their own and is older is a parent rather."""
FIRST_SCHOOL_YEAR = 4
"""A child in school year N turns N + 5 in it, so is N + 4 or N + 5."""
_N = r"(?P<{}>\d{{1,2}})"
_LAT = r"(?:lat|lata|latek|lat(?:k|c)\w*|letni\w*|roku|rok|roczek)"
"""`years` and `year-old` in the forms of Polish."""
_YEARS = rf"(?:(?:years?|yrs?|yo|yos|y o)(?: olds?)?|{_LAT})"
_HALF = "(?: and a half| i pol)?"
_UNIT = rf"{_HALF}(?: ?{_YEARS})?"
"""What may come after a number of years and belongs to it."""
_IS = "(?:(?:im|i am|hes|shes|theyre|(?:he|she) is|they are) )?"
_CHILD = (
    "(?:(?:grand|step|foster )?(?:son|daughter|child)|brother|sister|boy|girl"
    "|he|she|hes|shes|theyre|im|i am|kid|lad|lass|nephew|niece"
    "|(?:lil|little|wee|young|older|big|middle) one|youngest|eldest|oldest|bub|dd|ds|lo|twins?"
    "|triplets|grandkid|teen|teenager|toddler|(?:young )?adults?|cousin|refuser|kiddo"
    "|(?:(?:im|i am) )?(?:autis(?:tic|m)|aspergers?|asd|asc|pda|adhd|downs|downs? syndrome"
    "|disabled|non ?verbal|deaf|blind|epileptic|epilepsy|cp|cerebral palsy|wheelchair"
    "|autyzm|autyzmem|autystyczn[yae]|autystyk|niepelnosprawn[yae])(?: and)?)"
)
"""Whose age a number after it is. What the words mean of their own is heard as well."""
_WITH = "(?:autistic|asd|adhd|downs|nonverbal|non verbal|anxious|depressed|deaf|blind)"
_PEOPLE = "(?:kids?|child|children|boys|girls|sons|daughters|people|teens|adults|lads)"
"""What a number before it makes an age, if it is not how many there are."""
_CHILDREN = (
    "(?:boys|girls|kids|children|sons|daughters|lads|brothers|sisters|siblings|grandkids"
    "|grandchildren|grandsons|granddaughters|twins|teens|dds|dss)"
    "(?: (?:are|is|aged?|ages|both|of))*"
)
_NO_AMOUNT = (
    r"(?! (?:to|am|pm|oclock|miles?|mins?|minutes?|hours?|hrs?|days?|times?|weeks?|wks?|months?"
    r"|nights?|pounds?|quid|percent|plus|1|2|kids|children|boys|girls|carers?|adults?|staff)\b)"
)
"""What comes after a number that is no age."""
_NOT_LONG = "(?<!list )(?<!waiting for )(?<!last )(?<!past )(?<!waiting )"
"""Two years on a waiting list are no age."""
_DZIECKO = "(?:syn|synek|corka|coreczka|dziecko|chlopiec|chlopak|dziewczynka|dziewczyna|ona)"
_TO = "(?:to|and|or|do|i|lub|albo)"
_NOT_YET = "|".join(
    f"(?<={word} )"
    for word in """nappies pads sitting sleeping speaking talking trained verbal walking
    words""".split()
)
"""What a child may not do yet, or does still: then `at 5` is no time of day."""
AND = frozenset({"and", "i"})
BETWEEN = frozenset({"between", "miedzy", "pomiedzy"})
OWN = ("im ", "i am ", "mam ")
_AGED = "(?:ages?|aged|turning|turned|nearly|almost|wiek|wieku|prawie|konczy|skonczyl|skonczyla)"
PATTERNS = (
    r"(?:between (?:the )?)?(?:ages?|aged|wiek|wieku)(?: od| of| from| between)?"
    rf" {_N.format('low')} {_TO} {_N.format('high')}",
    rf"od {_N.format('low2')}(?: {_LAT})? do {_N.format('high2')} ?{_LAT}",
    rf"(?:ages?|aged|{_CHILDREN}) {_N.format('low3')}(?: \d{{1,2}})*(?: {_TO})?"
    rf" {_N.format('high3')}{_NO_AMOUNT}",
    rf"{_N.format('low1')}(?: {_TO})? {_N.format('high1')} ?{_YEARS}",
    rf"(?:powyzej|ponad|starsz\w+ niz|od) {_N.format('over1')} ?{_LAT}",
    rf"(?:ponizej|mlodsz\w+ niz|przed) {_N.format('under1')} ?{_LAT}",
    rf"do(?: {_N.format('most1')} ?{_LAT}| lat {_N.format('most2')})",
    rf"{_IS}{_AGED} {_N.format('at')}(?! plus){_UNIT}",
    rf"mam {_N.format('at4')} lat",
    rf"lat {_N.format('at6')}",
    rf"(?<!\d ){_N.format('low4')} to (?P<high4>1[3-9]|2[0-5]){_NO_AMOUNT}",
    rf"(?<!\d )(?P<low5>0|[4-8](?= to 1[12]\b)) to {_N.format('high5')}{_NO_AMOUNT}",
    rf"{_N.format('from1')} ?{_LAT} (?:i wiecej|i wyzej|wzwyz|lub wiecej|plus)",
    rf"{_NOT_LONG}{_N.format('at1')}{_HALF} ?{_YEARS}(?! (?:ago|wait|waiting|queue)\b)",
    rf"{_N.format('months')} ?(?:months?|mths?|mies|miesi\w+)(?: olds?)?",
    rf"(?:under|below) {_N.format('under')}s?{_NO_AMOUNT}",
    rf"up to {_N.format('most')}{_NO_AMOUNT}",
    rf"(?:over|above) {_N.format('over')}s?{_NO_AMOUNT}",
    rf"(?:{_AGED} )?{_N.format('from')} ?plus",
    rf"{_CHILD}(?: is| are| of)? {_N.format('at2')}{_NO_AMOUNT}{_UNIT}",
    rf"(?:{_DZIECKO}(?: ma)?|ma) {_N.format('at11')}(?! (?:na\b|1|2|mies|dzie|syn|cor|chlop))"
    rf"{_UNIT}",
    rf"(?:is|be)(?: only| now| just| about)? {_N.format('at7')}{_NO_AMOUNT}(?! 7\b){_UNIT}",
    rf"{_N.format('at5')}(?= {_WITH}\b(?! {_PEOPLE}\b))",
    rf"(?<!\d )(?:year |yr ?|y){_N.format('class')}s?",
    rf"(?:{_NOT_YET})at {_N.format('at3')}",
)
AGE = re.compile("|".join(rf"(?:\b{pattern}\b)" for pattern in PATTERNS))
FIGURE = re.compile(r"\d")
ALSO = re.compile(
    r"(?: \w+){0,3}? (?:and|plus|i|oraz)(?: (?:an?|my|our|the|h[ei][rs]|another|moj[ae]?))* "
    r"(?!turn|nearly|almost|prawie|konczy|\d+ years?\b(?! old))"
)
"""What leads on to the age of a second child: two years on a list are none."""
RANGE = re.compile(r"(?<![\d:./-])(\d{1,2}) ?[-\N{EN DASH}] ?([4-9]|1\d|2[0-5])s?(?![\w:./-])")
"""`11-16` is said `11 to 16`, but `1-1` and `2-1` are no ages."""
PLUS = re.compile(r"(?<=\d)\+")
HALF = re.compile(r"(?<=\d)(?:\.5\b|½| 1/2\b)")
POUNDS = re.compile(r"£ ?(\d+)(?![\d.])")


def spelt_out(text: str) -> str:
    """The text with what stands beside its numbers in words."""
    if not FIGURE.search(text):
        return text
    text = HALF.sub(" and a half", PLUS.sub(" plus", text))
    return RANGE.sub(r"\1 to \2", POUNDS.sub(r"\1 pounds", text))


class Heard(NamedTuple):
    """An age: whole years, both ends in, and the places of the words that say so."""

    low: int
    high: int
    spent: frozenset[int]
    are_two: bool = False
    """Whether these are the ages of two children, so that both must be taken."""
    is_own: bool = False
    """Whether it is the age of whoever types."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The ages as numbers of years, or as the bands they touch."""
        if self.low == self.high:
            return (str(self.low),)
        if self.are_two:
            return (str(self.low), str(self.high))
        bands = (band for band in AGE_BANDS if band.low <= self.high and self.low <= band.high)
        return tuple(band.code for band in bands)


def hear_age(typed: Sequence[str]) -> Heard | None:
    """The child's age spoken of in these words, if any. The first one said counts."""
    line = " ".join(map(_in_figures, typed))
    said = (_of_both(line, match) for match in AGE.finditer(line)) if FIGURE.search(line) else ()
    return next((heard for heard in said if heard.low <= OLDEST), None) or next(_named(typed), None)


def _in_numbers(line: str, match: re.Match[str]) -> Heard:
    """An age that is said in numbers, where it stands in a line of words."""
    first = line[: match.start()].count(" ")
    spent = frozenset(range(first, first + match.group().count(" ") + 1))
    low, high = _span({name.rstrip(digits): int(n) for name, n in match.groupdict().items() if n})
    said, before = match.group().split(), line[: match.start()].split()[-1:]
    are_two = low != high and not AND.isdisjoint(said) and BETWEEN.isdisjoint(before + said)
    is_own = match.group().startswith(OWN) and high <= OLDEST_CHILD
    return Heard(min(low, high), max(low, high), spent, are_two, is_own)


def _of_both(line: str, match: re.Match[str]) -> Heard:
    """An age, with that of a second child where it follows."""
    heard, link = _in_numbers(line, match), ALSO.match(line, match.end())
    second = link and AGE.match(line, link.end())
    is_of_a_child = heard.low == heard.high <= OLDEST and not match.group().startswith(OWN)
    if not (is_of_a_child and second):
        return heard
    other = _in_numbers(line, second)
    if other.low != other.high or other.low in (heard.low, 0) or other.low > OLDEST:
        return heard
    low, high = sorted((heard.low, other.low))
    return Heard(low, high, heard.spent | other.spent, are_two=True)


def is_number(word: str) -> bool:
    """Whether a word begins with a number or says one."""
    return _in_figures(word)[:1].isdigit()


def _in_figures(word: str) -> str:
    """A word with its number, if it says one, in figures."""
    return NUMBERS.get(word) or ONE_WORD.sub(lambda match: JOINED[match.group()], word)


def _named(typed: Sequence[str]) -> Iterator[Heard]:
    """Ages that are said by a word, or a few."""
    for place, word in enumerate(typed):
        if word in AGE_WORDS:
            yield Heard(*AGE_WORDS[word], frozenset([place]))
        for length in (1, 2, 3):
            if span := AGE_PHRASES.get(" ".join(typed[place : place + length])):
                yield Heard(*span, frozenset(range(place, place + length)))


def _span(said: dict[str, int]) -> tuple[int, int]:
    """Youngest and oldest, from the numbers of a pattern."""
    match said:
        case {"low": low, "high": high}:
            span = low, high
        case {"under": years}:
            span = 0, max(years - 1, 0)
        case {"most": years}:
            span = 0, years
        case {"over": years} | {"from": years}:
            span = years, max(OLDEST, years)
        case {"months": months}:
            span = months // 12, months // 12
        case {"class": year}:
            span = year + FIRST_SCHOOL_YEAR, year + FIRST_SCHOOL_YEAR + 1
        case _:
            span = said["at"], said["at"]
    return span
