"""What waits on the desks: changes in every state, requests, reports, marks, counts, reminders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from app import draft as drafts
from app import reviewing
from app.audit import Work
from app.database import now, write
from app.draft import Draft
from app.draft_records import draft_of
from app.extensions import db
from app.freshness.links import new_word, print_of
from app.models import (
    Account,
    Cancellation,
    DayCount,
    Feedback,
    JoinRequest,
    QualityMark,
    Reminder,
    Revision,
    Service,
    WishCount,
)
from app.provider.places import key_of
from app.publishing import publish, unpublish
from app.site import Site
from app.states import Answer, Status
from app.versions import publish_version
from app.vocabulary import ACCESS, MARKS
from tests.browser.listings import LONG_NAME
from tests.moderation import actor_of, save, sent_edit, sent_new

QUEUED, REQUESTS, RUNG_ABOUT = 30, 55, 30
"""More than one page of the queue, of the requests, and of the list to ring about."""
WORDS = "We open the gate at ten. Bring a coat, and someone who likes mud. " * 5
PRIVATE = "Ask Priya on 07700 900123 or at priya.home@example.org."
HARD = "Notwithstanding organisational prerequisites, participation necessitates authorisation."
SUPPORT = tuple(
    drafts.Support(feature, Answer.ASK, "Ring us first.", date.today()) for feature in ACCESS
)
EVERYTHING = {
    "about__name": f"Otter Club of {LONG_NAME}"[:255],
    "about__summary": PRIVATE,
    "about__description": f"{WORDS}\n\n{HARD}",
    "about__url": "https://example.org/" + "a-very-long-address-" * 12,
    "who__min_age": 3,
    "could__support": SUPPORT,
    "joining__steps": "Ring us.\nCome and look.\nBring your child.",
    "cost__prices": (drafts.Price(750, "session", "child"), drafts.Price(None, note="Ask us.")),
    "contact__contacts": (drafts.Contact("Dawn", "bookings", ("01632 960777",), "d@example.org"),),
}
ASKED = {
    "about.summary": "Please say what children do there. " * 4,
    "could.support": "You say yes to the hoist. Is that still right?",
    "contact.contacts": "This number rings out.",
}


def add_work(
    site: Site, ids: dict[str, str], people: Mapping[str, Account], listings: Mapping[str, Service]
) -> None:
    """Everything, with the ids of what has a page of its own."""
    priya, sam = people["provider"], people["moderator"]
    decided, hidden, twin, versioned, *others = _demo(QUEUED + RUNG_ABOUT + 4)
    ids |= {"twin": twin.slug, "versions": versioned.slug, "hidden": hidden.slug}
    _queue(site, others[:QUEUED], priya)
    _theirs(site, ids, priya, listings)
    _decided(site, ids, sam, decided, versioned)
    _taken(site, ids, people["administrator"], others[QUEUED])
    _take_off(hidden)
    _grow_old(site, others[QUEUED + 1 :])
    _ask_to_join(ids, listings["rich"], people["administrator"])
    _say_wrong(listings)
    _comment(ids, sam)
    _facts_of(site, listings["rich"])
    _remind(site, ids, listings["rich"])


def _demo(count: int) -> list[Service]:
    found = select(Service).where(Service.source == "demo", Service.status == Status.PUBLISHED)
    return list(db.session.scalars(found.order_by(Service.id).limit(count)))


def _queue(site: Site, services: Sequence[Service], author: Account) -> None:
    """Many changes that wait, some of them for long, some with something the checks found."""
    for number, service in enumerate(services):
        words = PRIVATE if number % 7 == 0 else WORDS[: 60 + number]
        revision = sent_edit(site, service, author, about__summary=words)
        _sent(revision, days=number // 3)


def _sent(revision: Revision, days: int) -> None:
    with write() as database:
        held = database.get_one(Revision, revision.id)
        held.submitted_at = now() - timedelta(days=days)


def _theirs(
    site: Site, ids: dict[str, str], priya: Account, listings: Mapping[str, Service]
) -> None:
    """What Priya writes: begun, sent back, sent whole, new, refused."""
    ids["edit"] = _begun(site, priya, listings["rich"], about__summary="Now on Sundays too.")
    ids["asked"] = _sent_back(site, priya, listings["long"])
    sent = sent_edit(site, listings["stale"], priya, **EVERYTHING)
    ids["sent"] = sent.id
    ids["sent_organisation"] = sent.organisation_id
    own = ids["rich_organisation"]
    ids["new_sent"] = sent_new(site, own, priya).id
    with write() as database:
        work = Work(database, site, actor_of(priya))
        ids["new"] = reviewing.start_new(work, own, "").id
        refused = reviewing.start_new(work, own, LONG_NAME)
        reviewing.submit(work, refused)
        reviewing.reject(work, refused, "This is a shop. " * 6)
        ids["refused"] = refused.id
    with write() as database:
        _places_of(ids, drafts.from_json(database.get_one(Revision, ids["edit"]).content))


def _places_of(ids: dict[str, str], draft: Draft) -> None:
    place = draft.when.places[0]
    ids |= {"place": key_of(place), "time": key_of(place.sessions[0])}


def _begun(site: Site, author: Account, service: Service, **edits: str) -> str:
    with write() as database:
        work = Work(database, site, actor_of(author))
        revision = reviewing.start_edit(work, database.get_one(Service, service.id))
        save(work, revision, edits)
        return revision.id


def _sent_back(site: Site, author: Account, service: Service) -> str:
    revision = sent_edit(site, service, author, about__summary="Now on Sundays too. " * 20)
    with write() as database:
        work = Work(database, site, actor_of(None))
        held = database.get_one(Revision, revision.id)
        reviewing.ask_for_changes(work, held, ASKED, "Nearly there. " * 8)
    return revision.id


def _decided(
    site: Site, ids: dict[str, str], sam: Account, decided: Service, versioned: Service
) -> None:
    """One that was approved, and a listing of several versions."""
    approved = sent_edit(site, decided, None, about__summary="We meet by the pond.")
    ids |= {"approved": approved.id, "decided_slug": decided.slug}
    with write() as database:
        work = Work(database, site, actor_of(sam))
        reviewing.approve(work, database.get_one(Revision, approved.id))
        held = database.get_one(Service, versioned.id)
        for words in ("First words.", "Second words.", WORDS):
            before = draft_of(held)
            about = drafts.with_section(before, "about", _summary(before, words))
            publish_version(work, held, about, why="a test of long reasons " * 5)


def _summary(draft: Draft, words: str) -> drafts.About:
    about = draft.about
    return drafts.About(name=about.name, summary=words, breaks=about.breaks)


def _taken(site: Site, ids: dict[str, str], ada: Account, service: Service) -> None:
    """One that a colleague has taken."""
    revision = sent_edit(site, service, None, about__summary="We have a new gate.")
    ids |= {"taken": revision.id, "one_organisation": service.organisation_id}
    with write() as database:
        reviewing.take(Work(database, site, actor_of(ada)), database.get_one(Revision, revision.id))


def _take_off(service: Service) -> None:
    with write() as database:
        unpublish(database, database.get_one(Service, service.id))


def _grow_old(site: Site, services: Sequence[Service]) -> None:
    """Listings that nobody has spoken for since more than a year."""
    with write() as database:
        for service in services:
            held = database.get_one(Service, service.id)
            held.assured_date = date.today() - timedelta(days=500)
            publish(database, held, site.centre_of)


def _ask_to_join(ids: dict[str, str], rich: Service, ada: Account) -> None:
    """Many who ask to join, one who says that a listing is theirs, one refused already."""
    asks = [
        JoinRequest(
            kind="join",
            organisation_name=LONG_NAME if number == 1 else f"Heron Club {number}",
            name="Nia",
            email=f"nia{number}@example.org",
            words=WORDS,
        )
        for number in range(REQUESTS)
    ]
    claim = JoinRequest(
        kind="claim", organisation_name="Wagtail Trust", service_id=rich.id, words="I run it.",
        name="Nia", email="nia@example.org", phone="01632 960555",
    )  # fmt: skip
    refused = JoinRequest(
        kind="join", organisation_name="A shop", name="Bo", email="bo@example.org", words="Sales.",
        status="refused", decided_by=ada.id, decided_at=now(), reason="You sell prams. " * 9,
    )  # fmt: skip
    with write() as database:
        database.add_all([*asks, claim, refused])
        database.flush()
        ids |= {"join": asks[1].id, "claim": claim.id, "join_refused": refused.id}


def _say_wrong(listings: Mapping[str, Service]) -> None:
    """Three people say that one listing is wrong, one says it of another."""
    with write() as database:
        for number in range(3):
            database.add(
                Feedback(
                    service_id=listings["rich"].id, about="times", words=WORDS,
                    reporter=f"reader {number}", reply_to=f"reader{number}@example.org",
                )
            )  # fmt: skip
        database.add(Feedback(service_id=listings["long"].id, about="", words="It is shut."))


def _comment(ids: dict[str, str], sam: Account) -> None:
    """What families say about the site: some of it dealt with."""
    waiting = Feedback(words=WORDS, reply_to="reader@example.org")
    dealt = Feedback(words="Lovely. " * 40, settled_at=now(), settled_by=sam.id)
    with write() as database:
        database.add_all([waiting, dealt, Feedback(words="W" * 90)])
        database.flush()
        ids |= {"comment": waiting.id, "comment_dealt": dealt.id}


def _facts_of(site: Site, rich: Service) -> None:
    """Marks, closed days, counts, and what families look for."""
    today = date.today()
    with write() as database:
        held = database.get_one(Service, rich.id)
        held.closed_until = today + timedelta(days=20)
        for days in (30, 60):
            note = "The hall is being painted." if days == 30 else ""
            day = today + timedelta(days=days)
            database.add(Cancellation(service_id=rich.id, on=day, note=note))
        for number, kind in enumerate(MARKS):
            ends = today - timedelta(days=3) if number == 1 else None
            given = today - timedelta(days=90)
            mark = QualityMark(
                service_id=rich.id, kind=kind, given_on=given, ends_on=ends, note=WORDS[:255]
            )
            database.add(mark)
        for months in range(3):
            first = today.replace(day=1) - relativedelta(months=months)
            counted = {"shown": 12_345 * months, "opened": 321, "contacted": 45}
            database.add(DayCount(service_id=rich.id, day=first, **counted))
            for feature in ("changing_places", "hoist", "bsl"):
                wish = f"access:{feature}"
                database.add(WishCount(month=first, locality="exeter", wish=wish, times=40))
        database.flush()
        database.refresh(held)
        publish(database, held, site.centre_of)


def _remind(site: Site, ids: dict[str, str], rich: Service) -> None:
    """Links of reminders: open, used, too old."""
    key = site.settings.secret_key
    with write() as database:
        for name, days, is_used in (("right", 60, False), ("used", 60, True), ("old", -1, False)):
            ids[f"word_{name}"] = word = new_word(key)
            database.add(
                Reminder(
                    service_id=rich.id, stage=6, assured=None, email="priya@example.org",
                    link_hash=print_of(key, word), expires_at=now() + timedelta(days=days),
                    used_at=now() if is_used else None,
                )
            )  # fmt: skip
