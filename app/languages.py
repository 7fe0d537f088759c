"""Which language a page is in, and how a reader changes it.

English unless the reader chooses. Choosing is a link with `?lang=`; only then is a
cookie set, which holds the code of the language and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, Response, g, has_request_context, request

COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
PSEUDO = "en_XA"
"""The pseudo-language of the tests: every marked sentence comes out altered."""


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
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        asked = request.args.get("lang") or request.cookies.get(COOKIE, "")
        g.language = LANGUAGES.get(asked, DEFAULT)
    language: Language = g.language
    return language


def locale_code() -> str:
    """The locale for translations and dates."""
    return current_language().code


def address_in(language: Language) -> str:
    """This page's address in another language."""
    pairs = [
        (key, value) for key, value in request.args.items(multi=True) if key != "lang"
    ]
    return f"{request.path}?{urlencode([*pairs, ('lang', language.code)])}"


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
    app.after_request(remember_language)
    app.jinja_env.globals.update(
        current_language=current_language, languages=LANGUAGES, address_in=address_in
    )
