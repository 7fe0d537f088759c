"""Every sentence can be translated, the catalogues are true, and Polish is complete."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from app.languages import LANGUAGES
from app.site import current_site
from app.translations import catalogues
from app.vocabulary import ACCESS
from tests.databases import Template
from tests.sweeps.greek import HOST, POSTCODE, greek_site
from tests.sweeps.pseudo import (
    CODE,
    council_words,
    outside,
    pseudo,
    speaking_pseudo,
    unmarked,
)

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
KNOWN = [HOST, POSTCODE, "Q"]
"""What stands in Latin letters: of the test's own listings, and a letter of the alphabet."""
ADDRESSES = (
    "/",
    "/what-is-hard",
    "/browse",
    "/browse/other",
    "/browse/q",
    "/services",
    "/services?page=2",
    "/services?q=αβγ&near=Exeter&within=5&age=9&need=autism&sort=distance",
    "/services?" + "&".join(f"access={code}" for code in ACCESS.codes[:12]),
    "/services?age=5-10&tier=universal&tier=targeted&locality=exeter&when=saturday",
    "/services?q=ζζζζζ&near=Exeter&within=3&age=3&access=hydro_pool&cost=free",
    "/services?q=" + "α" * 300,
    "/services?near=ZZ99+9ZZ&age=200&age=αβ&within=0&tier=9&sort=9&page=99",
    "/services?near=12345&page=-1",
    "/services?within=5&sort=distance",
    "/services/rich",
    "/services/sparse",
    "/services/withheld",
    "/services/stale",
    "/services/full",
    "/services/rich/wrong",
    "/services/rich/wrong/thank-you",
    "/feedback",
    "/feedback/thank-you",
    "/about",
    "/about/privacy",
    "/about/cookies",
    "/about/accessibility",
    "/about/how-we-decide",
    "/about/short-breaks-statement",
    "/nowhere",
)
"""Every kind of page."""
BAD_FORMS = (
    ("/services/rich/wrong", {}),
    ("/services/rich/wrong", {"about": "times", "words": "α" * 4000, "reply_to": "α"}),
    ("/feedback", {}),
    ("/feedback", {"words": "α", "reply_to": "9" * 300}),
)


@pytest.fixture(scope="module")
def greek_app(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Template
) -> Iterator[Flask]:
    """A site that speaks the made-up language, on a directory written in Greek letters."""
    folder = tmp_path_factory.mktemp("greek")
    with greek_site(folder, empty_database) as app, speaking_pseudo(app):
        yield app


@pytest.fixture
def greek(greek_app: Flask) -> FlaskClient:
    """A browser in the made-up language."""
    client = greek_app.test_client()
    client.set_cookie("lang", CODE)
    return client


@pytest.fixture
def known(greek_app: Flask) -> list[str]:
    """What may stand on a page as it is."""
    with greek_app.app_context():
        return [*council_words(current_site().council), *KNOWN]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_shows_an_unmarked_sentence(
    greek: FlaskClient, known: list[str], address: str
) -> None:
    response = greek.get(address)
    assert response.status_code in {200, 404}
    page = response.get_data(as_text=True)
    assert "⟦" in page
    assert not unmarked(page, known)


@pytest.mark.parametrize(("address", "form"), BAD_FORMS)
def test_no_form_complains_in_an_unmarked_sentence(
    greek: FlaskClient, known: list[str], address: str, form: dict[str, str]
) -> None:
    page = greek.post(address, data=form).get_data(as_text=True)
    assert "govuk-error-summary" in page
    assert not unmarked(page, known)


def test_no_refusal_is_unmarked(greek: FlaskClient, known: list[str]) -> None:
    response = greek.post("/feedback", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not unmarked(response.get_data(as_text=True), known)


@pytest.mark.parametrize("code", [400, 405, 413, 429, 500, 503])
def test_no_error_is_unmarked(
    greek: FlaskClient, known: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(greek.application.view_functions, "directory.start", lambda: abort(code))
    response = greek.get("/")
    assert response.status_code == code
    assert not unmarked(response.get_data(as_text=True), known)


def test_no_page_is_unmarked_while_the_index_is_away(
    greek: FlaskClient, known: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    away = greek.application.extensions["search"].__class__(greek.application, Path("nowhere"))
    monkeypatch.setitem(greek.application.extensions, "search", away)
    page = greek.get("/services?q=αβγ").get_data(as_text=True)
    assert pseudo("Our search is resting.")[:-1] in page
    assert not unmarked(page, known)


def test_the_sweep_sees_a_word_nobody_marked() -> None:
    page = "<!doctype html><title>⟦Á⟧</title><h1>⟦Á⟧</h1><p>⟦Rún bý Αβ⟧ near <b>Exeter</b></p>"
    assert unmarked(page, ["Exeter"]) == ["⟦Rún bý Αβ⟧ near"]
    assert unmarked(page.replace("near", "+"), ["Exeter"]) == []
    assert unmarked(page, []) == ["⟦Rún bý Αβ⟧ near", "Exeter"]


def test_the_made_up_language_keeps_what_a_program_fills_in() -> None:
    assert pseudo("%(num)s a <b>") == "⟦%(num)s á <b>⟧"
    assert outside("é⟦a ⟦b⟧ c⟧") == ("é         ", 0)


def test_making_the_catalogues_again_changes_nothing(tmp_path: Path) -> None:
    """If this fails, run `make messages` and translate what it names."""
    for path in catalogues.FOLDER.rglob("messages.po"):
        copy = tmp_path / path.relative_to(catalogues.FOLDER)
        copy.parent.mkdir(parents=True)
        shutil.copy(path, copy)
    missing = catalogues.refresh(tmp_path)
    assert not any(missing.values()), missing
    for path in [path for path in tmp_path.rglob("messages.*") if path.is_file()]:
        kept = catalogues.FOLDER / path.relative_to(tmp_path)
        assert path.read_bytes() == kept.read_bytes(), f"{kept.name} is not true any more"


def test_catalogues_name_no_place_day_or_person() -> None:
    for path in catalogues.FOLDER.rglob("messages.po*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^#: |-Date:|Translator|Generated|@[a-z]+\.(?!org)", text, re.M)


def test_every_language_of_the_site_has_a_catalogue() -> None:
    assert {*catalogues.languages_in(catalogues.FOLDER), "en"} == set(LANGUAGES) - {CODE}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_translations_keep_what_a_program_fills_in(language: str) -> None:
    path = catalogues.FOLDER / language / "LC_MESSAGES" / "messages.po"
    for message in catalogues.sentences(catalogues.read(path, language)):
        many = message.id[-1] if message.pluralizable else message.id
        said = message.string if message.pluralizable else (message.string,)
        wanted = sorted(PLACEHOLDER.findall(many))
        for words in said:
            assert sorted(PLACEHOLDER.findall(words)) == wanted, many
