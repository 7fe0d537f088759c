"""The life of a revision: each step from each state, what publishes itself, who wins a race."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace as other
from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import func, select

from app import draft as drafts
from app import reviewing
from app.audit import Actor, Work, find_break
from app.council_habits import Moderation
from app.database import write
from app.draft import StaffOnly
from app.extensions import db
from app.models import AuditEntry, ListingVersion, PublishedListing, Revision, Service
from app.reviewing import TakenError, WrongStateError
from app.site import Site, current_site, set_site
from app.states import RevisionStatus, Role, Status
from app.versions import StaleError
from tests import factories
from tests.moderation import NEW, actor_of, changed, save, sent_edit, sent_new
from tests.people import person

NOBODY = Actor("", "a test", "")
Step = Callable[[Work, Revision], Any]
STEPS: dict[str, Step] = {
    "submit": reviewing.submit,
    "withdraw": reviewing.withdraw,
    "take": reviewing.take,
    "hand_back": reviewing.hand_back,
    "ask_for_changes": lambda work, revision: reviewing.ask_for_changes(work, revision, {}, "?"),
    "reject": lambda work, revision: reviewing.reject(work, revision, "No"),
    "approve": reviewing.approve,
}
ALLOWED = {
    RevisionStatus.DRAFT: {"submit", "withdraw"},
    RevisionStatus.CHANGES_ASKED: {"submit", "withdraw"},
    RevisionStatus.SUBMITTED: {*STEPS} - {"submit"},
    RevisionStatus.APPROVED: set(),
    RevisionStatus.REJECTED: set(),
    RevisionStatus.WITHDRAWN: set(),
}


@pytest.fixture
def otters(app: Flask, site: Site) -> Service:
    return factories.published(site, "Otter Club", slug="otters")


@pytest.fixture
def self_publishing(app: Flask) -> Site:
    """A council that lets two fields publish themselves."""
    here = current_site()
    habits = Moderation(self_publish=("joining.steps", "cost.cost_note"))
    site = other(here, council=replace(here.council, moderation=habits))
    set_site(app, site)
    return site


def listing(service: Service) -> str:
    db.session.expire_all()
    return db.session.get_one(PublishedListing, service.id).document


@pytest.mark.parametrize("status", RevisionStatus)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_from_each_state(
    site: Site, otters: Service, status: RevisionStatus, step: str
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    with write():
        revision.status = status
    entries = db.session.scalar(select(func.count()).select_from(AuditEntry))
    actor = actor_of(person(Role.MODERATOR))
    if step in ALLOWED[status]:
        with write() as database:
            STEPS[step](Work(database, site, actor), revision)
        return
    with pytest.raises(WrongStateError), write() as database:
        STEPS[step](Work(database, site, actor), revision)
    assert db.session.get_one(Revision, revision.id).status == status
    assert db.session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_what_somebody_has_taken_nobody_else_decides(site: Site, otters: Service) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    sam, kim = (actor_of(person(Role.MODERATOR)) for _ in range(2))
    with write() as database:
        reviewing.take(Work(database, site, sam), revision)
    for step in ("take", "ask_for_changes", "reject", "approve"):
        with pytest.raises(TakenError) as told, write() as database:
            STEPS[step](Work(database, site, kim), revision)
        assert told.value.by == sam.id
    with write() as database:
        reviewing.approve(Work(database, site, sam), revision)
    assert "On Sundays." in listing(otters)


def test_a_provider_never_sets_what_only_staff_set(site: Site, otters: Service) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    with write():
        forged = drafts.from_json(revision.content)
        forged = drafts.with_section(forged, "staff", StaffOnly("specialist", (False,)))
        revision.content = drafts.to_json(forged)
    with write() as database:
        service = reviewing.approve(Work(database, site, NOBODY), revision)
    assert service.tier == "universal" and service.places[0].location.withheld is None


def test_a_withheld_address_stays_withheld_when_the_place_before_it_goes(
    app: Flask, site: Site
) -> None:
    """Withheld places are kept by position: taking one away must not move the word to another."""
    home = factories.place(name="Secret House", address="1 Hidden Lane", withheld=True)
    service = factories.published(site, "Nights", places=[factories.place(), home])
    assert "Secret House" not in listing(service)
    last = drafts.WhenWhere((drafts.Place(),))
    revision = sent_edit(site, service, when__places=last.places)
    with write():
        draft = drafts.from_json(revision.base)
        kept = drafts.WhenWhere((draft.when.places[1],))
        revision.content = drafts.to_json(drafts.with_section(draft, "when", kept))
    with write() as database:
        reviewing.approve(Work(database, site, NOBODY), revision)
    said = listing(service)
    assert "Secret House" not in said and "Hidden Lane" not in said


def test_what_changed_in_another_field_meanwhile_stays(site: Site, otters: Service) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    with write() as database:
        database.get_one(Service, otters.id).joining = "Ring first."
    with write() as database:
        service = reviewing.approve(Work(database, site, NOBODY), revision)
    assert (service.summary, service.joining) == ("On Sundays.", "Ring first.")


def test_the_same_field_changed_meanwhile_is_stale_and_nothing_happens(
    site: Site, otters: Service
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    with write() as database:
        database.get_one(Service, otters.id).summary = "On Mondays."
    with pytest.raises(StaleError) as told, write() as database:
        reviewing.approve(Work(database, site, NOBODY), revision)
    assert told.value.fields == ("about.summary",)
    assert db.session.get_one(Revision, revision.id).status == RevisionStatus.SUBMITTED


def test_safe_fields_publish_themselves_and_it_is_logged(
    self_publishing: Site, otters: Service
) -> None:
    revision = sent_edit(self_publishing, otters, joining__steps="Ring.\nCome.")
    assert revision.status == RevisionStatus.APPROVED and revision.decided_by is None
    assert "Come." in listing(otters)
    actions = {*db.session.scalars(select(AuditEntry.action))}
    assert {"revision.published_itself", "listing.published"} <= actions


@pytest.mark.parametrize(
    "edits",
    [
        {"joining__steps": "Ring.", "about__summary": "On Sundays."},
        {"about__name": "Otters"},
        {"joining__steps": "Write to dawn@example.org, born 3 May 2015."},
        {"joining__steps": "Write to dawn@example.org."},
        {"joining__steps": "Ring 01632 960555."},
    ],
)
def test_anything_else_waits_for_staff(
    self_publishing: Site, otters: Service, edits: dict[str, str]
) -> None:
    revision = sent_edit(self_publishing, otters, **edits)
    assert revision.status == RevisionStatus.SUBMITTED
    assert "Ring." not in listing(otters)


def test_nothing_publishes_itself_that_is_new_or_off_the_site(
    self_publishing: Site, otters: Service
) -> None:
    assert sent_new(self_publishing, otters.organisation_id).status == RevisionStatus.SUBMITTED
    with write() as database:
        database.get_one(Service, otters.id).status = Status.UNPUBLISHED
    revision = sent_edit(self_publishing, otters, joining__steps="Ring.")
    assert revision.status == RevisionStatus.SUBMITTED


def test_without_the_council_s_word_nothing_publishes_itself(site: Site, otters: Service) -> None:
    assert sent_edit(site, otters, joining__steps="Ring.").status == RevisionStatus.SUBMITTED


def test_what_the_checks_found_is_kept_with_it(site: Site, otters: Service) -> None:
    contact = drafts.Contact("Dawn", "", ("01632 960999",))
    revision = sent_edit(site, otters, contact__contacts=(contact,), about__summary="")
    assert revision.flags.split() == ["missing", "contact"]


def test_every_published_version_is_kept_with_the_one_before_the_first_edit(
    site: Site, otters: Service
) -> None:
    revision = sent_edit(site, otters, about__summary="On Sundays.")
    with write() as database:
        reviewing.approve(Work(database, site, NOBODY), revision)
    kept = list(db.session.scalars(select(ListingVersion).order_by(ListingVersion.number)))
    said = [drafts.from_json(version.content).about.summary for version in kept]
    assert said == ["A club on Saturdays.", "On Sundays."]
    assert kept[1].revision_id == revision.id


def test_a_new_service_is_published_whole(site: Site, otters: Service) -> None:
    revision = sent_new(site, otters.organisation_id)
    with write() as database:
        service = reviewing.approve(Work(database, site, NOBODY), revision)
    assert service.slug == "puffin-club" and service.assured_date is not None
    assert revision.service_id == service.id and NEW.about.summary in listing(service)


def test_sections_saved_from_an_old_page_are_refused(site: Site, otters: Service) -> None:
    with write() as database:
        work = Work(database, site, NOBODY)
        revision = reviewing.start_edit(work, otters)
        mark = reviewing.section_mark(drafts.from_json(revision.content), "about")
        save(work, revision, {"about__summary": "On Sundays."})
        stale = changed(drafts.from_json(revision.content), about__summary="On Mondays.").about
        with pytest.raises(StaleError):
            reviewing.save_section(work, revision, "about", stale, mark)


def race(app: Flask, key: str, deeds: list[Step], actors: list[Actor]) -> Counter[str]:
    """Several people decide one revision at the same moment; gives what became of each."""
    results: Counter[str] = Counter()
    start = threading.Barrier(len(deeds))

    def act(deed: Step, actor: Actor) -> None:
        with app.app_context():
            start.wait()
            try:
                with write() as database:
                    revision = reviewing.locked(database, key)
                    assert revision is not None
                    deed(Work(database, current_site(), actor), revision)
                results["won"] += 1
            except WrongStateError as told:
                results["told" if told.revision.decided_by else "untold"] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=pair) for pair in zip(deeds, actors, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@pytest.mark.slow
def test_a_hundred_decision_races_have_exactly_one_winner_each(
    app: Flask, site: Site, otters: Service, record_property: Callable[[str, object], None]
) -> None:
    actors = [actor_of(person(Role.MODERATOR)) for _ in range(3)]
    told = 0
    deeds = [STEPS["approve"], STEPS["reject"], STEPS["ask_for_changes"]]
    service_id = otters.id
    for number in range(100):
        service = db.session.get_one(Service, service_id)
        revision = sent_edit(site, service, about__summary=f"Summary {number}.")
        key = revision.id
        db.session.remove()
        turn = number % 3
        results = race(app, key, deeds[turn:] + deeds[:turn], actors)
        assert results == {"won": 1, "told": 2}, number
        told += results["told"]
        with write() as database:
            left = database.get_one(Revision, key)
            shown = database.get_one(PublishedListing, service_id).document
            is_shown = f"Summary {number}." in shown
            assert is_shown == (left.status == RevisionStatus.APPROVED), "what was decided is so"
            assert left.decided_by in {actor.id for actor in actors}
            if left.status == RevisionStatus.CHANGES_ASKED:
                reviewing.withdraw(Work(database, site, NOBODY), left)
    decided = ("revision.approved", "revision.rejected", "revision.changes_asked")
    entries = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.in_(decided)))
    counts = Counter(entries)
    assert counts.total() == 100 and set(counts) == {*decided}
    said = ", ".join(f"{action} {count}" for action, count in sorted(counts.items()))
    record_property(
        "for_people", f"decision races: 100, one winner each ({said}), told who was first: {told}"
    )
    assert find_break(db.session(), site.settings.secret_key) is None
