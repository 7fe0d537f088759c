"""Canaries: answers that stand nowhere else, so that wherever one is found, it leaked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from playwright.sync_api import APIResponse, BrowserContext, Response

from app.selfcheck.answers import COOKIE
from tests.databases import KIND, POSTGRESQL, everything
from tests.walk import TOKEN

TYPED = ("Hatherleigh", "TQ9 6XX", "Quibblecombe", "Xyzzy-on-the-Hill")
"""Two places that are on the map and in no listing, and two that are on no map."""
FACTS = {
    "danger_now": "yes",
    "carried_on": True,
    "who": "foster_or_kinship",
    "place": TYPED[0],
    "age": 13,
    "needs": ["autism", "mental_health"],
    "diagnosis": "waiting",
    "main_issue": "disability",
    "help_vs_same_age": "all_the_time",
    "clubs": "cannot_yet",
    "nights": "most_nights",
    "safety_behaviour": "serious",
    "health": "nursing",
    "family": ["one_carer", "no_backup", "brothers_sisters_missing_out"],
    "coping": "cannot_carry_on",
    "wants": ["break_for_carer", "overnight"],
    "evidence": ["dla_high", "ehcp", "professional_letter"],
    "has_social_worker": True,
    "free_school_meals": True,
}
CODES = (
    "foster_or_kinship", "all_the_time", "cannot_yet", "most_nights", "serious", "one_carer",
    "no_backup", "brothers_sisters_missing_out", "cannot_carry_on", "break_for_carer", "dla_high",
    "ehcp", "professional_letter", "danger_now", "carried_on", "lives_in", "has_social_worker",
    "free_school_meals", "help_vs_same_age", "main_issue", "safety_behaviour",
)  # fmt: skip
"""Answers and names of questions that stand in no listing."""
ALSO_IN_LISTINGS = ("autism", "mental_health", "waiting", "nursing", "overnight", "specialist")
"""Answers, and the outcome, that listings speak of too: looked for in logs and addresses."""
AGE = re.compile(r"\bage\W{1,4}13\b|\b13 years\b")
IN_THE_LIST = {"age", "locality", "need"}
"""All that the address of *See all services* may hold."""


@dataclass
class Trail:
    """Everything that was asked for, and every cookie and token that came back."""

    addresses: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Note whatever a browser asks for from now on."""
        context.on("response", self._keep)

    def _keep(self, response: Response) -> None:
        self._note(response.url, response.status, response.all_headers())

    def note(self, response: APIResponse) -> APIResponse:
        """Note one answer to a plain client."""
        self._note(response.url, response.status, response.headers)
        self.secrets.update(TOKEN.findall(response.text()) if response.status == 200 else ())
        return response

    def _note(self, url: str, status: int, headers: dict[str, str]) -> None:
        self.addresses += [url, *([headers["location"]] if "location" in headers else [])]
        self.statuses.append(status)
        for sealed in re.findall(rf"{COOKIE}=([\w=-]{{60,}})", headers.get("set-cookie", "")):
            self.secrets.add(sealed[20:60])

    @property
    def lists(self) -> list[dict[str, str]]:
        """What stands in the addresses of lists of services."""
        queries = [urlsplit(item) for item in self.addresses]
        return [dict(parse_qsl(item.query)) for item in queries if item.path == "/services"]


def forms(words: str) -> set[str]:
    """A canary in each form it may be written in, in small letters."""
    plain = words.lower()
    spaced = {plain, plain.replace(" ", ""), plain.replace(" ", "-"), plain.replace(" ", "_")}
    return spaced | {quote(plain).lower(), quote_plus(plain).lower()}


def found_in(text: str, canaries: Iterable[str]) -> list[str]:
    """The canaries in a text, an age of 13 among them."""
    small = text.lower()
    hits = [words for words in canaries if any(form in small for form in forms(words))]
    return hits + [hit[0] for hit in AGE.finditer(small)]


def leaks(
    folder: Path, secrets: Iterable[str] = (), *, has_database: bool = True
) -> dict[str, list[str]]:
    """Each file below a folder that holds an answer, and which."""
    everywhere = (*TYPED, *CODES, *secrets)
    found = {}
    for name, text in texts_in(folder, has_database):
        is_log = name.endswith(".log")
        hits = found_in(text, (*everywhere, *(ALSO_IN_LISTINGS if is_log else ())))
        if hits := hits if is_log else [hit for hit in hits if not hit.startswith("13 ")]:
            found[name] = hits
    return found


def texts_in(folder: Path, has_database: bool) -> Iterator[tuple[str, str]]:
    """What every file below a folder holds, and its database where that is no file."""
    for path in files_in(folder):
        yield str(path.relative_to(folder)), path.read_bytes().decode("utf-8", "replace")
    if has_database and KIND == POSTGRESQL:
        yield "database", everything(folder)


def told_by(addresses: Iterable[str]) -> list[str]:
    """The addresses that say more than they may."""
    return list(_telling(addresses))


def _telling(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        allowed = IN_THE_LIST if parts.path == "/services" else {"v"}
        path = unquote(parts.path if parts.path == "/services" else address)
        in_path = found_in(path, (*TYPED, *CODES, *ALSO_IN_LISTINGS))
        in_query = found_in(unquote(parts.query), (*TYPED, *CODES, "specialist"))
        if query.keys() - allowed or in_path or in_query:
            yield address


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def prints(folder: Path) -> dict[str, str]:
    """A fingerprint of every file below a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_in(folder)
    }
