"""What the site writes to people who sign in: plain, short and kind."""

from __future__ import annotations

from app.audit import Work
from app.languages import gettext as _
from app.languages import in_english
from app.mail import queue_mail
from app.models import OutgoingMail


def write_mail(work: Work, to: str, subject: str, *parts: str) -> OutgoingMail:
    """Queue a mail of short paragraphs, with a greeting before and who wrote it after them."""
    council = work.site.council
    ending = _("%(site)s, %(council)s", site=council.site_name, council=council.name)
    body = "\n\n".join([_("Hello,"), *parts, ending]) + "\n"
    return queue_mail(work.database, work.site, subject=subject, body=body, to=to)


def link_and_code(work: Work, to: str, link: str, code: str) -> OutgoingMail:
    """The two ways to sign in; the link alone when there is no code."""
    words = _("Or type this code on the page where you asked for it: %(code)s", code=code)
    never = _("We will never ask you for this code by phone or by mail.")
    return write_mail(
        work,
        to,
        _("Sign in to %(site)s", site=work.site.council.site_name),
        _("Open this link to sign in. It works once, and for 15 minutes:"),
        link,
        *((words, never) if code else ()),
        _("Did you not ask for this? Then you can leave this mail alone."),
    )


def invitation(work: Work, to: str, link: str, where: str) -> OutgoingMail:
    """Somebody may join. `where`: an organisation, or the council's team."""
    return write_mail(
        work,
        to,
        _("You are invited to %(site)s", site=work.site.council.site_name),
        _("%(who)s has invited you to join %(where)s.", who=work.actor.name, where=where)
        if work.actor.id
        else _("You are invited to join %(where)s.", where=where),
        _("Open this link to say yes. It works once, and for 48 hours:"),
        link,
        _("You need no password. When you sign in, we send you a link by mail."),
        _("Do you not know what this is? Then you can leave this mail alone."),
    )


def membership_ended(work: Work, to: str, organisation: str) -> OutgoingMail:
    """Somebody no longer acts for an organisation."""
    return write_mail(
        work,
        to,
        _("You no longer act for %(name)s", name=organisation),
        _("You can no longer change the services of %(name)s here.", name=organisation),
        _("Is this a mistake? Ask a colleague there, or answer this mail."),
    )


def factor_changed(work: Work, to: str, what: str) -> OutgoingMail:
    """Something about the second factor changed, in case it was not they."""
    return write_mail(
        work,
        to,
        _("A change to how you sign in"),
        what,
        _("Was this not you? Tell an administrator at once."),
    )


def request_received(work: Work, to: str) -> OutgoingMail:
    """A request to join has arrived. Says nothing that was typed, since anyone can type."""
    return write_mail(
        work,
        to,
        _("We have your request"),
        _("Somebody asked us to add or link a service, and gave this address."),
        _("A person at the council will read it. We will write to you again."),
        _("Was this not you? Then you can leave this mail alone."),
    )


def request_refused(work: Work, to: str, reason: str) -> OutgoingMail:
    """A request to join was not accepted, and why."""
    return write_mail(
        work,
        to,
        _("About your request"),
        _("Thank you for asking. We could not say yes this time. This is why:"),
        reason,
        _("Do you think we are wrong? Please answer this mail."),
    )


def request_waits(work: Work, organisation: str, address: str, *, is_claim: bool) -> OutgoingMail:
    """Tells staff that a request waits."""
    with in_english():
        subject = _("A request to join: %(name)s", name=organisation)
        words = _("%(name)s asks to join. Please look at it here:", name=organisation)
        if is_claim:
            subject = _("Somebody says a listing is theirs: %(name)s", name=organisation)
            words = _("They say that it is theirs. Please look at it here:")
        return write_mail(work, "", subject, words, work.site.address_of(address))
