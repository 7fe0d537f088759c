"""The access matrix and the log, over every address: see `matrix.py` for how each cell is tried.

Nothing of another organisation is there (404), nor is what a role may not do. Who is not signed
in is led to the sign-in page, or keeps what was typed (401); staff show their second factor first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from tests.conftest import settings_in
from tests.databases import Template
from tests.sweeps.expected import FOR_LEADS, SHADOWED
from tests.sweeps.matrix import LOG, Cell, Store, cells, watched
from tests.sweeps.posts import FORMS
from tests.sweeps.test_access import ACCESS
from tests.sweeps.world import COLUMNS, Column, World, world_of

UNLOGGED = {
    "directory.report": "a visitor's words are kept as a record; that staff settle it is logged",
    "pages.feedback": "the same",
    "accounts.link": "a key that opens nothing is only counted, against guessing",
}
"""Posts that write and leave nothing in the log of who did what, each with its reason."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, empty_database: Template) -> Iterator[World]:
    """Everything an address can name, and everybody who may come; as it was before each try."""
    folder = tmp_path_factory.mktemp("matrix")
    empty_database.copy_to(folder)
    with world_of(settings_in(folder)) as made:
        yield made


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_address_answers_everybody_as_the_table_says(
    world: World, column: Column, record_property: Callable[[str, object], None]
) -> None:
    tried = list(cells(world, column))
    wrong = [cell for cell in tried if not cell.is_right]
    said = (
        f"access matrix, {column.name}: {len(tried)} cells, {len(tried) - len(wrong)} as expected"
    )
    record_property("for_people", said)
    assert not wrong, "\n".join(map(str, wrong))
    assert len({cell.endpoint for cell in tried}) == len(ACCESS)
    silent = [cell for cell in tried if is_silent(cell)]
    assert not silent, "\n".join(map(str, silent))
    doers = {cell.doer for cell in tried if LOG in cell.wrote}
    assert doers <= {"" if column.is_out else str(column.role)}, "logged under who did it"


def is_silent(cell: Cell) -> bool:
    """Whether a post changed something and the log says nothing of it."""
    return bool(cell.wrote) and LOG not in cell.wrote and cell.endpoint not in UNLOGGED


def test_who_may_do_most_does_what_each_form_is_for(world: World) -> None:
    """Every guarded form writes when a lead of its own organisation, or else staff, sends it."""
    lead, administrator = (
        next(column for column in COLUMNS if column.name == name)
        for name in ("lead, own", "administrator")
    )
    wrote = {
        (cell.endpoint, cell.path)
        for column in (lead, administrator)
        for cell in cells(world, column, methods=("POST",))
        if cell.wrote
    }
    guarded = {
        key for key, (methods, who) in ACCESS.items() if "POST" in methods and who != "public"
    }
    assert guarded <= {endpoint for endpoint, _path in wrote}


def test_the_lists_beside_the_table_name_what_is_in_it() -> None:
    named = {*SHADOWED, *UNLOGGED, *FORMS, *(endpoint for endpoint, _method in FOR_LEADS)}
    named |= {other for other, _answer in SHADOWED.values()}
    assert named <= ACCESS.keys()


def test_a_write_is_noticed_and_put_back(world: World) -> None:
    client = FlaskClient(world.app, world.app.response_class)
    with world.app.app_context():
        store = Store()
    origin = {"Sec-Fetch-Site": "same-origin"}
    with watched(world) as wrote:
        client.get("/services/otters")
        assert not wrote
        client.post("/feedback", data={"words": "Thank you."}, headers=origin)
    assert wrote == {"feedback", "outgoing_mail"}
    with world.app.app_context():
        assert Store().rows != store.rows
        store.put_back(frozenset(wrote))
        assert Store().rows == store.rows
