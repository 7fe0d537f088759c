"""A parent who reads Polish finds every page in Polish, and providers' words marked English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import ngettext

from app import listing_words as wording
from app.listing import Session
from app.selfcheck.answers import PATH
from tests.databases import Template
from tests.factories import listing
from tests.selfcheck import walk
from tests.strict import XHTML, parse
from tests.sweeps.greek import greek_site
from tests.sweeps.pseudo import ADDRESS, visible_texts

GREEK = re.compile(r"[Α-Ωα-ω]")
SERVICES = ("rich", "sparse", "withheld", "stale", "full")
PAGES = (
    "/",
    "/services",
    "/services?age=9&near=Exeter",
    "/browse/other",
    *(f"/services/{slug}" for slug in SERVICES),
    "/services/rich/wrong",
    "/services/rich/wrong/thank-you",
)
ENGLISH = re.compile(r"\b(the|and|you|your|with|for|of|is|are|they|we|have|not)\b", re.IGNORECASE)
ENGLISH_NAMES = re.compile(
    r"Licence|Commission|Support Service|Public Sector|Information Commissioner|SEND|Devon"
    r"| Act \d{4}|Ombudsman|Children with Disabilities|\.gov\.uk/"
)
"""Names of bodies, laws and licences keep their English, with Polish beside them."""
FACTS: dict[str, object] = {
    "danger_now": "no",
    "who": "parent_carer",
    "lives_in": "devon",
    "age": 9,
    "needs": ["autism"],
    "diagnosis": "waiting",
    "help_vs_same_age": "lot_more",
    "clubs": "needs_support",
    "nights": "some_nights",
    "safety_behaviour": "some",
    "health": "none",
    "family": ["child_helps_care"],
    "coping": "hard",
    "wants": ["overnight"],
    "evidence": ["ehcp"],
}
FAMILIES: tuple[dict[str, object], ...] = (
    {},
    {"who": "young_person", "age": 16, "coping": "cannot_carry_on"},
    {"who": "professional", "lives_in": "wales"},
    {"who": "foster_or_kinship", "lives_in": "herefordshire", "age": 3},
    {"age": 19},
)
"""One for each voice, and for each law."""


@pytest.fixture(scope="module")
def polish_app(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Template
) -> Iterator[Flask]:
    """A site whose directory speaks Greek, so that its words can be told from the site's."""
    with greek_site(tmp_path_factory.mktemp("polish"), empty_database) as app:
        yield app


@pytest.fixture
def polish(polish_app: Flask) -> FlaskClient:
    """A browser whose reader has chosen Polish."""
    client = polish_app.test_client()
    client.get("/?lang=pl")
    return client


@pytest.fixture
def in_polish(polish_app: Flask) -> Iterator[None]:
    """A request of that reader."""
    with polish_app.test_request_context("/?lang=pl"):
        yield


def page_of(client: FlaskClient, address: str) -> Element:
    return parse(client.get(address).get_data(as_text=True))


def texts_not_marked_english(page: Element) -> list[str]:
    body = next(page.iter(f"{XHTML}body"))
    return [ADDRESS.sub("", text) for text in visible_texts(body, "pl")]


@pytest.mark.parametrize("address", PAGES)
def test_a_screen_reader_is_told_which_words_are_a_providers(
    polish: FlaskClient, address: str
) -> None:
    found = texts_not_marked_english(page_of(polish, address))
    assert not [text for text in found if GREEK.search(text)]


@pytest.mark.parametrize(
    "address",
    [
        *PAGES,
        "/what-is-hard",
        "/about/privacy",
        "/about/cookies",
        "/about/how-we-decide",
        "/about/short-breaks-statement",
        "/feedback",
        "/no",
    ],
)
def test_a_parent_meets_no_english_sentence(polish: FlaskClient, address: str) -> None:
    found = texts_not_marked_english(page_of(polish, address))
    assert not [text for text in found if ENGLISH.search(text) and not ENGLISH_NAMES.search(text)]


@pytest.mark.parametrize("own", FAMILIES)
def test_a_family_meets_no_english_sentence_in_the_self_check(
    polish: FlaskClient, own: dict[str, object]
) -> None:
    assert walk(polish, {**FACTS, **own}) == "check-answers"
    for page in ("", "/who", "/needs", "/check-answers", "/result", "/sheet"):
        found = texts_not_marked_english(page_of(polish, f"{PATH}{page}"))
        said = [text for text in found if not ENGLISH_NAMES.search(text)]
        assert not [text for text in said if ENGLISH.search(text)], page


@pytest.mark.parametrize("address", ["/", "/services", "/services/rich", "/about", "/nowhere"])
def test_a_page_says_once_in_both_languages_that_nobody_checked_it(
    polish: FlaskClient, address: str
) -> None:
    html = polish.get(address).get_data(as_text=True)
    assert '<html lang="pl" dir="ltr">' in html
    assert html.count("Tego tłumaczenia nie sprawdził jeszcze człowiek.") == 1
    said = '<span lang="en">A person has not checked this translation yet.</span>'
    assert html.count(said) == 1
    assert html.count("Organizatorzy piszą po angielsku.") == 1


def test_english_pages_carry_neither_line_nor_marks(polish_app: Flask) -> None:
    html = polish_app.test_client().get("/services/rich").get_data(as_text=True)
    assert "A person has not checked" not in html
    assert "Providers write in English" not in html
    assert '<span lang="en">' not in html


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 usługa"),
        (2, "2 usługi"),
        (4, "4 usługi"),
        (5, "5 usług"),
        (12, "12 usług"),
        (14, "14 usług"),
        (21, "21 usług"),
        (22, "22 usługi"),
        (112, "112 usług"),
        (1200, "1200 usług"),
    ],
)
@pytest.mark.usefixtures("in_polish")
def test_numbers_take_the_right_one_of_three_forms(number: int, words: str) -> None:
    assert ngettext("%(num)s service", "%(num)s services", number) == words


@pytest.mark.usefixtures("in_polish")
def test_days_and_times_are_written_as_in_poland() -> None:
    night = Session(period="term", days=("FR", "SA"), opens="19:00", closes="07:00")
    words = wording.session_words(night).replace("\u00a0", " ")
    assert words == "Piątki i soboty, od 19:00 do 07:00 następnego dnia"
    assert wording.day(date(2026, 11, 22)).replace("\u00a0", " ") == "22 listopada 2026"
    assert "marzec 2026" in wording.stale_words(date(2026, 3, 1)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("years", "words"), [(1, "Wiek: 1 rok"), (3, "Wiek: 3 lata"), (8, "Wiek: 8 lat")]
)
@pytest.mark.usefixtures("in_polish")
def test_years_take_the_right_word(years: int, words: str) -> None:
    said = wording.ages(listing(min_age=years, max_age=years))
    assert said.replace("\u00a0", " ") == words


@pytest.mark.usefixtures("in_polish")
def test_distances_and_waits_read_well() -> None:
    said = [wording.miles_words(miles).replace("\u00a0", " ") for miles in (0.2, 1, 3, 5, 23)]
    assert said == ["mniej niż mila", "1 mila", "3 mile", "5 mil", "23 mile"]
    waits = [wording.weeks_to_wait(weeks).replace("\u00a0", " ") for weeks in (1, 3, 26)]
    assert waits == ["około 1 tygodnia", "około 3 tygodni", "około 6 miesięcy"]


def test_a_form_with_errors_says_so_in_its_title(polish: FlaskClient) -> None:
    page = polish.post("/feedback", data={}).get_data(as_text=True)
    assert "<title>Błąd: Powiedz nam, co myślisz" in page
