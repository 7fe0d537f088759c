"""Chips: what was understood and what is in force, each with the search without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.council import load_council
from app.directory.asked import Asked, read_asked
from app.directory.chips import chips, meaning_of, phrases
from app.directory.views import Chip
from app.labels import label_of
from app.places import Place
from app.search.criteria import Results, Understood
from app.search.slots import NIGHTS
from app.search.words import understand
from tests.factories import speaking_app

LABEL = label_of(load_council("devon"))
EXETER = Place("Exeter", 292000.0, 92000.0, "", "", "exeter")
NOTHING = Results(hits=[], total=0, facets={})


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    app = speaking_app()
    with app.app_context():
        yield app


def read(q: str) -> Results:
    """What the search understands of a text."""
    return replace(NOTHING, understood=understand(q).understood)


def of(asked: Asked, place: Place | None = None) -> tuple[Chip, ...]:
    return chips(asked, read(asked.q), place, LABEL)


def words(made: tuple[Chip, ...]) -> list[str]:
    return [chip.words for chip in made]


def address(made: tuple[Chip, ...], said: str) -> str:
    (found,) = (chip.url for chip in made if chip.words == said)
    return found


def test_each_thing_understood_is_a_chip_without_its_own_words() -> None:
    made = of(Asked(q="Swiming for my autistic son on saturdays"))
    assert words(made) == ["Swimming", "Autism", "Saturdays"]
    assert address(made, "Swimming") == "/services?q=for+my+autistic+son+on+saturdays"
    assert address(made, "Autism") == "/services?q=Swiming+for+my+son+on+saturdays"
    assert address(made, "Saturdays") == "/services?q=Swiming+for+my+autistic+son+on"


def test_several_of_a_kind_are_a_chip_each() -> None:
    made = of(Asked(q="football swimming drama"))
    assert words(made) == ["Football", "Swimming", "Drama and theatre"]
    assert address(made, "Swimming") == "/services?q=football+drama"
    assert address(made, "Football") == "/services?q=swimming+drama"


def test_what_is_said_twice_goes_at_once() -> None:
    made = of(Asked(q="swimming lessons in a swimming pool"))
    swimming = [chip for chip in made if chip.words == "Swimming"]
    assert len(swimming) == 1
    assert "swim" not in swimming[0].url


def test_a_phrase_taken_for_several_things_is_one_chip() -> None:
    teens = of(Asked(q="football for a teenager"))
    assert words(teens) == ["Age 11 to 15 or Age 16 to 17", "Football"]
    assert address(teens, "Age 11 to 15 or Age 16 to 17") == "/services?q=football+for+a"
    either = replace(NOTHING, understood=(
        Understood("weekend", "when", "saturday", "club"),
        Understood("weekend", "when", "sunday", "club"),
    ))  # fmt: skip
    assert phrases(either, LABEL) == [("Saturdays or Sundays", "club")]
    nights = tuple(Understood("away", "break", code, "") for code in NIGHTS)
    assert phrases(replace(NOTHING, understood=nights), LABEL) == [("A night away", "")]


def test_words_of_which_nothing_was_understood_are_one_chip() -> None:
    assert of(Asked(q="quokka", years=(7,))) == (
        Chip("“quokka”", "/services?age=7"),
        Chip("Age 7", "/services?q=quokka"),
    )


def test_a_chip_without_a_plainer_name_repeats_the_words() -> None:
    assert meaning_of(Understood("ehcp", "process", "ehcp"), LABEL) == "“ehcp”"
    assert meaning_of(Understood("exeter", "place", "Exeter"), LABEL) == "Near Exeter"
    assert meaning_of(Understood("7 year old", "age", "7"), LABEL) == "Age 7"
    assert meaning_of(Understood("teen", "age", "11-15"), LABEL) == "Age 11 to 15"
    assert meaning_of(Understood("weekend away", "break", "overnight_family"), LABEL) == (
        "A night away"
    )
    assert meaning_of(Understood("cheap", "cost", "free"), LABEL) == "Free or low cost"
    assert meaning_of(Understood("odd", "need", "not_on_the_list"), LABEL) == "“odd”"


def test_filters_the_place_and_the_distance_are_chips_too() -> None:
    asked = Asked(near="Exeter", within=5, years=(7, 9), codes={"age": ("0-4",), "tier": (
        "targeted", "universal")})  # fmt: skip
    made = of(asked, EXETER)
    assert words(made) == [
        "Within 5 miles of Exeter",
        "Age 7", "Age 9", "Extra help", "Open to everyone", "Age 0 to 4",
    ]  # fmt: skip
    assert "within" not in made[0].url and "near=Exeter" in made[0].url
    assert address(made, "Age 7").count("age=") == 2
    assert "targeted" not in address(made, "Extra help")
    assert "universal" in address(made, "Extra help")


def test_a_distance_without_a_place_is_no_chip() -> None:
    assert words(of(Asked(within=5))) == []
    measured = chips(Asked(within=1), replace(NOTHING, centre="Tiverton"), None, LABEL)
    assert [chip.words.replace("\xa0", " ") for chip in measured] == ["Within 1 mile of Tiverton"]


def test_every_chip_leads_to_the_first_page_and_keeps_all_else() -> None:
    asked = Asked(q="swimming", near="Exeter", sort="name", page=4, exact=False,
                  codes={"need": ("autism",)})  # fmt: skip
    for chip in of(asked, EXETER):
        assert "page=" not in chip.url
        assert "sort=name" in chip.url
        assert ("need=autism" in chip.url) == (chip.words != "Autism")


def test_nothing_asked_has_no_chips() -> None:
    assert of(Asked()) == ()


@pytest.mark.parametrize(
    "typed", ["<b>swimming</b>", "swimming & \"autism\"", "100% swimming?", "swimming #1 + dance",
              "pływanie dla syna", "swimming 🏊"],
)  # fmt: skip
def test_what_was_typed_comes_through_the_address_whole(typed: str) -> None:
    asked = Asked(q=typed)
    for (_, rest), chip in zip(phrases(read(typed), LABEL), of(asked), strict=True):
        pairs = MultiDict(parse_qsl(urlsplit(chip.url).query))
        assert read_asked(pairs, load_council("devon")).q == rest
