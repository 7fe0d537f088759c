"""Two hundred races of two colleagues for one section, on a real file: one wins, none is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from app import draft as drafts
from app.access import Person
from app.audit import find_break
from app.draft import Draft
from app.extensions import db
from app.models import Revision
from app.provider import actions
from app.reviewing import section_mark
from app.site import Site
from app.states import Role
from app.versions import StaleError
from tests import factories
from tests.people import actions as actions_in_log
from tests.people import person

RACES = 200


def somebody(name: str, organisation: str) -> Person:
    """Somebody stored who acts for an organisation."""
    account = person(organisations=[organisation], name=name)
    return Person(account.id, account.email, name, Role.PROVIDER, "", {organisation: False}, False)


def stored(revision_id: str) -> Draft:
    db.session.expire_all()
    revision = db.session.get(Revision, revision_id)
    assert revision is not None
    found = drafts.from_json(revision.content)
    db.session.commit()
    return found


@pytest.mark.slow
def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(
    app: Flask, site: Site, record_property: Callable[[str, object], None]
) -> None:
    service = factories.published(site)
    people = [somebody(name, service.organisation_id) for name in ("Ann", "Ben")]
    revision_id = actions.begin_edit(people[0], service.id)
    lost = told = 0
    with ThreadPoolExecutor(2) as pool:
        for race in range(RACES):
            mark = section_mark(stored(revision_id), "about")
            start = Barrier(2)

            def save(
                someone: Person, race: int = race, mark: str = mark, start: Barrier = start
            ) -> bool:
                words = f"{someone.name} in race {race}"
                with app.app_context():
                    start.wait()
                    try:
                        actions.save(
                            someone, revision_id, "about", lambda draft: put(draft, words), mark
                        )
                    except StaleError as error:
                        assert error.stored.about.summary.endswith(f"in race {race}")
                        return False
                    return True

            won = list(pool.map(save, people))
            kept = stored(revision_id).about.summary
            winner = people[won.index(True)]
            assert won.count(True) == 1, f"race {race}"
            lost += kept != f"{winner.name} in race {race}"
            told += won.count(False)
    said = f"edit races: {RACES}, lost updates {lost}, winners one each, told they were late {told}"
    record_property("for_people", said)
    assert (lost, told) == (0, RACES)
    revision = db.session.get_one(Revision, revision_id)
    assert revision.saved == 1 + RACES, "each winner saved once, and nobody else"
    assert actions_in_log().count("revision.saved") == RACES
    assert find_break(db.session(), site.settings.secret_key) is None


def put(draft: Draft, words: str) -> Draft:
    """The draft with another summary."""
    about = drafts.About(draft.about.name, words, breaks=draft.about.breaks)
    return drafts.with_section(draft, "about", about)
