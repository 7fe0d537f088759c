"""Commands that write the directory work on a machine that has nothing yet."""

from __future__ import annotations

from pathlib import Path

from app import create_app
from tests.conftest import close, settings_in
from tests.databases import table_names


def test_a_newcomer_loads_a_directory_without_preparing_anything(tmp_path: Path) -> None:
    """No folder, no tables, no index before; a directory that can be searched after."""
    new = tmp_path / "new"
    settings = settings_in(new, database_url=f"sqlite:///{new / 'deep' / 'x.db'}")
    app = create_app(settings, testing=True)
    run = app.test_cli_runner()
    loaded = run.invoke(args=["demo", "load", "--services", "20", "--seed", "3"])
    assert loaded.exit_code == 0, loaded.output
    assert "Loaded 20 made-up services (seed 3)." in loaded.output
    assert run.invoke(args=["search", "check"]).exit_code == 0
    with app.app_context():
        assert app.extensions["search"].is_ready()
    close(app)


def test_asking_for_help_makes_nothing(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    app = create_app(settings, testing=True)
    assert app.test_cli_runner().invoke(args=["demo", "load", "--help"]).exit_code == 0
    close(app)
    assert table_names(tmp_path) == []
