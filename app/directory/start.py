"""The start page's tiles, and the way in for families who do not know what they need."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.directory.asked import Asked
from app.directory.queries import search_engine
from app.directory.views import Tile
from app.pebbles import ICON_OF_BREAK, STONE_OF_BREAK, Pebble
from app.search.criteria import Criteria
from app.search.slots import NIGHTS

TILES: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (_l("After-school clubs"), ("after_school",)),
    (_l("Saturday and weekend clubs"), ("saturday_club",)),
    (_l("Holiday clubs and playschemes"), ("holiday_club",)),
    (_l("Everyday clubs that include everyone"), ("inclusive_mainstream",)),
    (_l("Someone to go out with"), ("enabling",)),
    (_l("Help in your home"), ("home_support",)),
    (
        _l("A night away"),
        NIGHTS,
    ),
    (_l("Money to arrange your own break"), ("direct_payment", "allowance")),
)


@dataclass(frozen=True, slots=True)
class HardThing:
    """Something that is hard at home, and the search that may help."""

    words: LazyString
    group: str
    codes: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address of that search."""
        return Asked(codes={self.group: self.codes}).address()


HARD_THINGS: tuple[tuple[LazyString, tuple[HardThing, ...]], ...] = (
    (
        _l("My child"),
        (
            HardThing(_l("My child has nothing to do after school"), "break", ("after_school",)),
            HardThing(_l("My child has no friends to be with"), "activity", ("youth_social",)),
            HardThing(_l("My child runs off"), "access", ("secure_site",)),
            HardThing(
                _l("My child finds noise and crowds hard"),
                "access",
                ("relaxed_session", "quiet_space"),
            ),
            HardThing(
                _l("My child needs help with the toilet or washing"), "access", ("personal_care",)
            ),
            HardThing(_l("My child needs medicine while I am not there"), "access", ("medicine",)),
            HardThing(_l("My child was turned away from a club"), "tier", ("targeted",)),
            HardThing(_l("My child is nearly grown up"), "activity", ("life_skills",)),
        ),
    ),
    (
        _l("Me"),
        (
            HardThing(_l("The school holidays are too long"), "break", ("holiday_club",)),
            HardThing(_l("I need a few hours to myself"), "access", ("parent_leaves",)),
            HardThing(_l("Nights are hard"), "break", NIGHTS),
            HardThing(_l("I need help in my home"), "break", ("home_support",)),
            HardThing(_l("I want to talk to other parents"), "break", ("parent_support",)),
            HardThing(_l("I cannot pay much"), "cost", ("free", "haf_free", "donation")),
        ),
    ),
    (
        _l("My family"),
        (
            HardThing(_l("We never do things all together"), "break", ("whole_family",)),
            HardThing(_l("My other children miss out"), "break", ("sibling_group",)),
            HardThing(
                _l("I want money to choose my own help"), "break", ("direct_payment", "allowance")
            ),
        ),
    ),
)


def start_tiles() -> tuple[Tile, ...]:
    """Kinds of break with how many there are of each."""
    engine = search_engine()
    return tuple(
        Tile(
            words=str(words),
            count=engine.count(Criteria(break_=breaks)),
            url=Asked(codes={"break": breaks}).address(),
            pebble=Pebble(ICON_OF_BREAK[breaks[0]], STONE_OF_BREAK.get(breaks[0], "day")),
        )
        for words, breaks in TILES
    )
