"""What staff should look at before they decide: findings in words, the gravest first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from sqlalchemy.orm import Session

from app.draft import Draft
from app.flags import AIM, Flag, Level, find_flags
from app.languages import gettext
from app.languages import lazy_gettext as _l
from app.moderation.fields import label_of
from app.moderation.twins import Twin, find_twin
from app.vocabulary import ACCESS

ORDER: dict[Level, int] = {"must": 0, "look": 1, "fine": 2}
LEVEL_WORDS: dict[Level, LazyString] = {
    "must": _l("To mend:"),
    "look": _l("To look at:"),
    "fine": _l("Fine:"),
}
CHANGED_WAYS = {"phone": _l("telephone"), "mail": _l("email"), "link": _l("website")}
PRIVATE = {
    "nhs": _l("an NHS number"),
    "birth": _l("a date of birth"),
    "mail": _l("an email address"),
    "phone": _l("a telephone number"),
}
ICONS: dict[Level, str] = {"must": "must", "look": "warn", "fine": "tick"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line beside the comparison: how grave, what, where, and a page to look at."""

    level: Level
    title: str
    words: str = ""
    link: str = ""
    link_words: str = ""

    @property
    def icon(self) -> str:
        """The sign of its level in the sprite."""
        return ICONS[self.level]

    @property
    def level_words(self) -> str:
        """The level, for those who do not see the sign."""
        return str(LEVEL_WORDS[self.level])


def check(
    database: Session, draft: Draft, before: Draft | None, service_id: str | None
) -> list[Finding]:
    """Everything staff should look at; what was looked for and not found is fine."""
    flags = find_flags(draft, before)
    found = [_in_words(flag) for flag in flags]
    twin = find_twin(database, draft, service_id)
    if twin is not None:
        found.append(_twin_words(twin))
    found += _fine({flag.code for flag in flags}, twin, is_new=before is None)
    return sorted(found, key=lambda item: ORDER[item.level])


def find_faults(draft: Draft) -> list[Finding]:
    """What must be mended in a draft."""
    return [_in_words(flag) for flag in find_flags(draft, None) if flag.level == "must"]


def _in_words(flag: Flag) -> Finding:
    where = label_of(flag.field)
    if flag.code == "missing":
        if flag.what:
            words = gettext("when “%(what)s” was checked.", what=ACCESS.label(flag.what))
            return Finding(flag.level, gettext("Must-have missing:"), words)
        return Finding(flag.level, gettext("Must-have missing:"), where)
    if flag.code == "unreadable":
        words = f"“{flag.what}” ({where})"
        return Finding(flag.level, gettext("Does not look right:"), words)
    if flag.code == "private":
        what = str(PRIVATE[flag.what])
        words = gettext("%(what)s in “%(where)s”.", what=what, where=where)
        return Finding(flag.level, gettext("Personal details:"), words)
    if flag.code == "hard":
        title = gettext("Reading age %(age)s", age=flag.what)
        words = gettext("in “%(where)s”. Aim for %(aim)s.", where=where, aim=AIM)
        return Finding(flag.level, title, words)
    return Finding(flag.level, gettext("Contact details changed:"), f"{CHANGED_WAYS[flag.what]}.")


def _twin_words(twin: Twin) -> Finding:
    place = gettext("same postcode") if twin.is_same_place else gettext("almost the same name")
    return Finding(
        "look",
        gettext("Possible twin:"),
        f"“{twin.name}”, {place}.",
        url_for("staff_listings.show", slug=twin.slug),
        gettext("Look at it"),
    )


def _fine(codes: set[str], twin: Twin | None, *, is_new: bool) -> list[Finding]:
    """What was looked for and is in order."""
    good = {
        "missing": gettext("Nothing that must be there is missing"),
        "unreadable": gettext("Links, mail and telephone look right"),
        "private": gettext("No personal details in the text"),
        "hard": gettext("Easy enough to read"),
    }
    if not is_new:
        good["contact"] = gettext("Contact details as before")
    fine = [Finding("fine", words) for code, words in good.items() if code not in codes]
    return fine if twin else [*fine, Finding("fine", gettext("No twin in the directory"))]
