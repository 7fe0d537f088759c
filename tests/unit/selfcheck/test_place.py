"""Where a family lives, from what it types: the council and the district, and no more."""

from __future__ import annotations

import pytest

from app.selfcheck.place import Home, OnABorder, find_home
from app.selfcheck.wording import home_words


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("EX16 6DH", Home("devon", "mid-devon")),
        ("honiton", Home("devon", "east-devon")),
        ("Woking", Home("surrey", "woking")),
        ("GU21 6XR", Home("surrey", "woking")),
        ("Leominster", None),
        ("Taunton", Home("other")),
    ],
)
def test_a_place_gives_its_council(text: str, home: Home | None) -> None:
    found = find_home(text, "devon")
    assert isinstance(found, Home)
    if home is not None:
        assert found == home
    else:
        assert found.lives_in == "herefordshire" and found.district


@pytest.mark.parametrize(
    "text", ["", " ", "Xyzzy", "ZZ99 9ZZ", "12345", "<b>", "\u202e", "x" * 999]
)
def test_a_place_on_no_map_is_not_guessed(text: str) -> None:
    assert find_home(text, "devon") is None


def test_half_a_postcode_of_two_councils_asks_for_all_of_it() -> None:
    assert isinstance(find_home("HR3", "herefordshire"), OnABorder)


def test_a_place_in_wales_is_in_wales() -> None:
    assert find_home("Hay-on-Wye", "herefordshire") == Home("wales")


@pytest.mark.parametrize("site", ["devon", "surrey", "herefordshire"])
def test_every_site_knows_the_others_places(site: str) -> None:
    assert find_home("Honiton", site) == Home("devon", "east-devon")


def test_a_home_is_shown_with_its_district_when_known() -> None:
    assert home_words("devon", "mid-devon", "said") == "Devon (Mid Devon)"
    assert home_words("devon", None, "said") == "Devon"
    assert home_words("devon", "gone", "said") == "Devon"
    assert home_words("other", None, "Somewhere else in England") == "Somewhere else in England"
