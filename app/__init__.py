"""The roof: puts the parts together into one application."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.access import Person, current_person, keep_signed_in
from app.accounts.blueprints import BLUEPRINTS as ACCOUNTS
from app.assets import init_assets
from app.cli import register_commands
from app.config import Settings, read_settings
from app.council import load_council
from app.counting import init_counting
from app.criteria.help_cards import load_help_cards
from app.criteria.load import load_criteria
from app.database import engine_options
from app.directory.routes import blueprint as directory
from app.errors import init_errors
from app.extensions import babel, db, migrate
from app.freshness.answer_routes import blueprint as answers
from app.freshness.routes import blueprint as freshness
from app.front import init_front
from app.kept import init_kept
from app.languages import init_languages, locale_code
from app.listing_words import day
from app.logs import init_logs
from app.mail_sender import MailSender
from app.moderation.comment_routes import blueprint as comments
from app.moderation.routes import blueprint as moderation
from app.moderation.routes import listings
from app.moments import moment
from app.pages.health import blueprint as health
from app.pages.routes import blueprint as pages
from app.places import PlaceFinder
from app.provider.routes import blueprint as provider
from app.search.engine import Search
from app.search.towns import make_towns
from app.security import init_security
from app.selfcheck.routes import blueprint as selfcheck
from app.site import Site, current_site, set_site

LANGUAGES_ON_DISK = "translations"


def create_app(settings: Settings | None = None, *, testing: bool = False) -> Flask:
    """The application for one council.

    Raises `SettingError`, `CouncilFileError` or `CriteriaFileError`, each naming what to mend,
    before any request is answered.
    """
    settings = settings or read_settings()
    app = Flask("app", static_url_path="/static")
    app.config.update(
        TESTING=testing,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        TRUSTED_HOSTS=settings.trusted_hosts,
        BABEL_TRANSLATION_DIRECTORIES=LANGUAGES_ON_DISK,
    )
    council = load_council(settings.council)
    load_criteria()
    load_help_cards()
    site = Site(settings, council, PlaceFinder(council))
    set_site(app, site)
    _init_parts(app, site)
    _init_templates(app)
    _register_features(app)
    return app


def _init_parts(app: Flask, site: Site) -> None:
    init_logs(app)
    db.init_app(app)
    migrate.init_app(app, db)
    babel.init_app(app, locale_selector=locale_code)
    init_front(app, site.settings.proxies)
    init_languages(app)
    init_assets(app)
    init_kept(app)
    init_counting(app)
    init_security(app)
    init_errors(app)
    app.after_request(keep_signed_in)
    app.extensions["mail-sender"] = MailSender(app)
    app.extensions["search"] = Search(app, site.settings.search_index, make_towns(site.council))


def _init_templates(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["moment"] = moment

    @app.context_processor
    def site_in_templates() -> dict[str, object]:
        site = current_site()
        return {
            "council": site.council,
            "current_person": _person_in_templates,
            "site": site,
            "is_demo": _is_demo(app),
            "printed_on": lambda: day(date.today()),
        }


def _person_in_templates() -> Person | None:
    """Who is signed in; nobody when nothing can say, so that errors have a page."""
    try:
        return current_person()
    except SQLAlchemyError:
        return None


def _is_demo(app: Flask) -> bool:
    """Whether made-up services are shown; no when nothing can say, so that errors have a page."""
    engine: Search = app.extensions["search"]
    try:
        return engine.demo
    except SQLAlchemyError:
        return False


def _register_features(app: Flask) -> None:
    for blueprint in (
        directory,
        pages,
        selfcheck,
        health,
        *ACCOUNTS,
        moderation,
        listings,
        comments,
        provider,
        freshness,
        answers,
    ):
        app.register_blueprint(blueprint)
    register_commands(app)
