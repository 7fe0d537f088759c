"""What was typed comes back as it was: through a form, and through the records of a service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FieldList, FormField

from app import draft as drafts
from app.council import load_council
from app.draft import Draft
from app.draft_records import apply_draft, draft_of
from app.models import Organisation, Service
from app.provider.editing import FORMS
from app.provider.forms import SectionForm
from app.provider.place_forms import PlaceForm, SessionForm
from tests.factories import speaking_app
from tests.unit.provider import strategies

DEVON = load_council("devon")


@pytest.fixture(scope="module", autouse=True)
def speaking() -> Iterator[Flask]:
    """An application whose words are English."""
    app = speaking_app()
    with app.test_request_context():
        yield app


def sent(form: SectionForm) -> MultiDict[str, str]:
    """What a browser sends of a form that nobody changed; it ends lines its own way."""
    pairs = [pair for field in form for pair in _pairs(field)]
    return MultiDict([(name, value.replace("\n", "\r\n")) for name, value in pairs])


def _pairs(field: Field) -> list[tuple[str, str]]:
    if isinstance(field, FieldList | FormField):
        return [pair for inner in field for pair in _pairs(inner)]
    if isinstance(field, BooleanField):
        return []
    typed = getattr(field, "typed", field.data)
    if isinstance(typed, list):
        return [(field.name, value) for value in typed]
    return [(field.name, "" if typed is None else str(typed))]


@pytest.mark.parametrize("section", FORMS)
@given(data=st.data())
def test_a_section_comes_back_from_its_form_as_it_was(section: str, data: st.DataObject) -> None:
    part: Any = data.draw(strategies.SECTIONS[section])
    shown = FORMS[section].begin(part, DEVON)
    form = FORMS[section].begin(part, DEVON, sent(shown))
    assert form.validate(), form.problems
    assert form.part() == part


@given(place=strategies.place)
def test_a_place_comes_back_from_its_form_as_it_was(place: drafts.Place) -> None:
    form = PlaceForm.begin(place, DEVON, sent(PlaceForm.begin(place, DEVON)))
    assert form.validate(), form.problems
    assert form.place() == place


@given(session=strategies.session)
def test_a_time_comes_back_from_its_form_as_it_was(session: drafts.Session) -> None:
    form = SessionForm.begin(session, DEVON, sent(SessionForm.begin(session, DEVON)))
    assert form.validate(), form.problems
    assert form.session() == session


@given(draft=strategies.draft)
def test_a_draft_comes_back_from_the_records_as_it_was(draft: Draft) -> None:
    service = Service(organisation=Organisation(name="Wagtail Trust"))
    apply_draft(service, draft, lambda _text: None)
    assert _without_ids(draft_of(service)) == _without_ids(draft)
    apply_draft(service, draft_of(service), lambda _text: None)
    assert _without_ids(draft_of(service)) == _without_ids(draft)


@given(draft=strategies.draft)
def test_a_draft_comes_back_from_its_json_as_it_was(draft: Draft) -> None:
    assert drafts.from_json(drafts.to_json(draft)) == draft


def _without_ids(draft: Draft) -> Draft:
    """Records give places ids of their own; staff say nothing of these places."""
    places = tuple(replace(place, id="") for place in draft.when.places)
    bare = drafts.with_section(draft, "when", replace(draft.when, places=places))
    return drafts.with_section(bare, "staff", drafts.StaffOnly())


def test_markup_and_formulas_stay_text() -> None:
    typed = '<script>alert(1)</script> =cmd|"/c calc"!A1'
    form = FORMS["about"].begin(drafts.About(), DEVON, MultiDict({"name": typed, "summary": typed}))
    assert form.validate(), form.problems
    part: Any = form.part()
    assert part.name == typed
    assert "<script>" not in escape(part.name)
