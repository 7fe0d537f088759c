"""What the site writes when it asks whether a listing is still right: plain, short and kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app import listing_words as wording
from app.council import Council
from app.languages import gettext as _
from app.listing import Listing
from app.listing_places import where_in_short
from app.site import Site

DAYS_OPEN = 60
EDIT = "/provider/listings/{id}"
"""Where its people edit a listing; who is not signed in is asked to sign in first."""


def facts(listing: Listing, council: Council) -> Iterator[tuple[str, str]]:
    """What a listing says, in short: pairs of a name and words. What is not said is left out."""
    phones = [number for contact in listing.contacts for number in contact.phones]
    emails = [contact.email for contact in listing.contacts if contact.email]
    said = (
        (_("Name"), listing.name),
        (_("What it is"), listing.summary),
        (_("Ages"), wording.ages(listing)),
        (_("When"), str(wording.when_in_short(listing))),
        (_("Where"), where_in_short(listing, council)),
        (_("Cost"), wording.cost_in_short(listing)),
        (_("Places"), wording.space_words(listing.availability)),
        (_("Phone"), ", ".join(phones)),
        (_("Email"), ", ".join(emails)),
        (_("Website"), listing.url),
    )
    return ((name, " ".join(words.split())) for name, words in said if words.strip())


def subject(listing: Listing, *, is_last: bool) -> str:
    """The line people see first."""
    if is_last:
        return _("We will stop showing “%(name)s” soon", name=listing.name)
    return _("Is “%(name)s” still right?", name=listing.name)


def reminder(
    site: Site, listing: Listing, word: str, others: Iterable[str], ends: date | None
) -> str:
    """The mail. `others`: who else got one; `ends`: when families stop seeing it, if they do."""
    council = site.council
    lines = [f"  {name}: {words}" for name, words in facts(listing, council)]
    parts = [
        _("Hello,"),
        _why(listing, council),
        _ending(ends),
        "\n".join([_("This is what families read:"), *lines]),
        _("STILL RIGHT? Open this link and press the button. You need not sign in."),
        site.address_of(f"/still-right/{word}"),
        _("It works once, for %(days)s days.", days=DAYS_OPEN),
        _("SOMETHING CHANGED? Sign in and change it here:"),
        site.address_of(EDIT.format(id=listing.id)),
        _no_account(site, listing),
        _also(others),
        _("Thank you. It helps families to trust what they read."),
        _("%(site)s, %(council)s", site=council.site_name, council=council.name),
    ]
    return "\n\n".join(part for part in parts if part).replace("\u00a0", " ") + "\n"


def _why(listing: Listing, council: Council) -> str:
    if listing.assured is None:
        return (
            _("“%(name)s” is on %(site)s.", name=listing.name, site=council.site_name)
            + " "
            + _("We do not know when somebody last checked it.")
        )
    return _(
        "“%(name)s” is on %(site)s. It was last checked on %(day)s.",
        name=listing.name,
        site=council.site_name,
        day=wording.day(listing.assured),
    )


def _ending(ends: date | None) -> str:
    if ends is None:
        return ""
    return _(
        "We have asked several times. If nobody answers, families will not see it from %(day)s.",
        day=wording.day(ends),
    )


def _no_account(site: Site, listing: Listing) -> str:
    words = _("Have you no account? Tell us what changed here:")
    return f"{words}\n{site.address_of(f'/services/{listing.slug}/wrong')}"


def _also(others: Iterable[str]) -> str:
    names = ", ".join(others)
    return _("We have also asked %(names)s. One answer is enough.", names=names) if names else ""
