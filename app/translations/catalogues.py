"""Keeps the catalogues true to the words in code and criteria: run by `make messages`.

A catalogue holds every marked sentence and nothing that changes by itself: no lines of
code, no dates, no versions. So making it again without new words changes nothing.
Each language's folder has `messages.po`, which people edit, and `messages.mo`, made from it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.criteria.help_cards import load_help_cards
from app.criteria.load import load_criteria
from app.criteria.wording import find_sayings

APP = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).resolve().parent
TEMPLATE = "messages.pot"
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}


class PlainCatalog(Catalog):
    """A catalogue whose header says only what a program needs to read it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Language, plural forms and encoding, in a settled order."""
        headers = [("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8")]
        headers.append(("Content-Transfer-Encoding", "8bit"))
        if self.locale is None:
            return headers
        return [("Language", str(self.locale)), *headers, ("Plural-Forms", self.plural_forms)]


def marked_sentences() -> Catalog:
    """Every sentence marked for translation in code and templates, and those of the criteria."""
    catalog = PlainCatalog(charset="utf-8", fuzzy=False)
    for _file, _line, words, _notes, context in extract_from_dir(
        APP, METHODS, OPTIONS, KEYWORDS, comment_tags=()
    ):
        catalog.add(words, context=context)
    for said in criteria_sentences():
        catalog.add(said)
    return catalog


def criteria_sentences() -> Iterator[str]:
    """What the files of the self-check say to families, in each of their voices."""
    criteria = load_criteria()
    parts = [
        *(rule.row for rule in criteria.rules),
        *(rule.row for rule in criteria.signposts),
        *(question.row for question in criteria.questions),
        *criteria.outcomes,
        *(step.row for step in criteria.steps.values()),
        *criteria.rights,
        criteria.guide,
        *load_help_cards().values(),
    ]
    for saying in find_sayings(parts):
        yield from saying
    for version in criteria.versions:
        yield from version.changed


def kept(wanted: Catalog, old: Catalog) -> Catalog:
    """The wanted sentences with what the old catalogue says for each; the rest is dropped."""
    comment = old.header_comment
    new = PlainCatalog(locale=old.locale, charset="utf-8", fuzzy=False, header_comment=comment)
    for message in sentences(wanted):
        known = old.get(message.id, message.context)
        said = known.string if known is not None and not known.fuzzy else None
        same_kind = known is not None and known.pluralizable == message.pluralizable
        new.add(message.id, said if same_kind else None, context=message.context)
    return new


def sentences(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def untranslated(catalog: Catalog) -> list[str]:
    """The sentences that have no words, or not one for each plural form, in a language."""
    return [_first(message.id) for message in sentences(catalog) if not _is_said(message, catalog)]


def _is_said(message: Message, catalog: Catalog) -> bool:
    if isinstance(message.string, str) or not message.string:
        return bool(message.string)
    return len(message.string) == catalog.num_plurals and all(message.string)


def _first(words: str | Iterable[str]) -> str:
    return words if isinstance(words, str) else next(iter(words))


def read(path: Path, locale: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    if not path.exists():
        comment = f"# {Locale.parse(locale).english_name}."
        return PlainCatalog(locale=locale, charset="utf-8", header_comment=comment)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def as_po(catalog: Catalog) -> bytes:
    """The catalogue for people, in alphabetical order."""
    text = BytesIO()
    write_po(text, catalog, width=0, no_location=True, sort_output=True)
    return text.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue for the site."""
    binary = BytesIO()
    write_mo(binary, catalog)
    return binary.getvalue()


def refresh(folder: Path) -> dict[str, list[str]]:
    """Write every catalogue of a folder anew; gives each language's untranslated sentences."""
    wanted = marked_sentences()
    wanted.header_comment = "# Every sentence of the site. Made by `make messages`."
    (folder / TEMPLATE).write_bytes(as_po(wanted))
    missing = {}
    for language in languages_in(folder):
        path = folder / language / "LC_MESSAGES" / "messages.po"
        catalog = kept(wanted, read(path, language))
        path.write_bytes(as_po(catalog))
        path.with_suffix(".mo").write_bytes(as_mo(catalog))
        missing[language] = untranslated(catalog)
    return missing


def languages_in(folder: Path) -> list[str]:
    """The languages that have a catalogue in a folder."""
    return sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))


def main() -> int:
    """Refresh; exit status 1, naming each sentence, while a language is not complete."""
    missing = refresh(FOLDER)
    for language, words in missing.items():
        for sentence in words:
            sys.stderr.write(f"{language}: not translated yet: {sentence}\n")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
