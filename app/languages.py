"""Which language a page is in, and how a reader changes it.

English unless the reader chooses. Choosing is a link with `?lang=`; only then is a
cookie set, which holds the code of the language and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from urllib.parse import urlencode

from flask import Flask, Response, current_app, has_request_context, request
from flask_babel import LazyString, force_locale, get_translations
from markupsafe import Markup, escape

STORE = "local-offer-words"
COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: its code, its own name and its direction."""

    code: str
    name: str
    direction: str = "ltr"
    is_checked: bool = True
    """Whether a person has checked the translation."""


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", "English"),
        Language("pl", "Polski", is_checked=False),
    )
}
DEFAULT = LANGUAGES["en"]


def current_language() -> Language:
    """The reader's language: asked for in the address, else remembered, else English."""
    chosen = _language.get()
    if chosen is not None or not has_request_context():
        return chosen or DEFAULT
    remembered = LANGUAGES.get(request.cookies.get(COOKIE, ""), DEFAULT)
    return LANGUAGES.get(request.args.get("lang", ""), remembered)


_language: ContextVar[Language | None] = ContextVar("language", default=None)
_words: ContextVar[NullTranslations | None] = ContextVar("words", default=None)


def current_words() -> NullTranslations:
    """The catalogue of the reader's language: found once for a request, then at hand."""
    return _words.get() or get_translations()


def gettext(words: str, /, **values: object) -> str:
    """A sentence in the reader's language, with its values put in."""
    said = current_words().gettext(words)
    return said % values if values else said


def lazy_gettext(words: str) -> LazyString:
    """A sentence that is translated when it is shown, for tables made before any request."""
    return LazyString(gettext, words)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """A sentence with a number in it, in the reader's language."""
    return current_words().ngettext(one, many, num) % {"num": num, **values}


def say(words: str, /, **values: object) -> Markup:
    """A sentence as templates show it: its values made safe. One without any is kept ready."""
    if values:
        return _format(current_words(), words) % values
    return _sentence(current_words(), words)


def say_number(one: str, many: str, num: int, /, **values: object) -> Markup:
    """The same for a sentence with a number in it."""
    said = Markup(current_words().ngettext(one, many, num))  # noqa: S704 - our own words
    return said % {"num": num, **values}


@lru_cache(maxsize=4096)
def _format(catalogue: NullTranslations, words: str) -> Markup:
    return Markup(catalogue.gettext(words))  # noqa: S704 - our own words


@lru_cache(maxsize=4096)
def _sentence(catalogue: NullTranslations, words: str) -> Markup:
    return _format(catalogue, words) % {}


def choose_words() -> None:
    """Find the language and the catalogue of this request; catalogues are kept at hand."""
    store: dict[str, NullTranslations] = current_app.extensions[STORE]
    _language.set(None)
    _language.set(current_language())
    code = locale_code()
    if code not in store:
        _words.set(None)
        store[code] = get_translations()
    _words.set(store[code])


@contextmanager
def in_english() -> Iterator[None]:
    """Speak English for a while, to staff: they need not read the language of who writes."""
    token = _words.set(NullTranslations())
    try:
        with force_locale(DEFAULT.code):
            yield
    finally:
        _words.reset(token)


def forget_words(_error: BaseException | None = None) -> None:
    """Leave nothing behind for the next request of the thread."""
    _language.set(None)
    _words.set(None)


def locale_code() -> str:
    """The locale for translations and dates."""
    return current_language().code


def theirs(words: str) -> Markup:
    """Words of a provider or the council, which are English on pages in any language.

    There they say so, so that a screen reader changes its voice.
    """
    if not words or current_language() is DEFAULT:
        return escape(words)
    return Markup('<span lang="en">{}</span>').format(words)


def with_theirs(sentence: str, **words: str) -> Markup:
    """A translated sentence whose gaps are filled with words of a provider."""
    return escape(sentence) % {gap: theirs(said) for gap, said in words.items()}


def address_in() -> str:
    """This page's address in any language, whose code goes at its end."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "lang"]
    return f"{request.path}?{urlencode(pairs)}{'&' if pairs else ''}lang="


def remember_language(response: Response) -> Response:
    """Set the one cookie when, and only when, the reader has just chosen a language."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES and request.cookies.get(COOKIE) != asked:
        response.set_cookie(
            COOKIE,
            asked,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    return response


def init_languages(app: Flask) -> None:
    """Make the language known to templates and to the answer."""
    app.extensions[STORE] = {}
    app.before_request(choose_words)
    app.after_request(remember_language)
    app.teardown_request(forget_words)
    app.jinja_env.globals.update(
        _=say,
        gettext=say,
        ngettext=say_number,
        current_language=current_language,
        languages=LANGUAGES,
        address_in=address_in,
        theirs=theirs,
    )
