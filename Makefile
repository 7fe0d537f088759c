# The commands of a developer. `make run` and `make test` need nothing but Python 3.11 and make.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt
FLASK := $(BIN)/flask --app wsgi
# Each worker begins with files of its own, so that what a file or folder shares is made once.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal
export PORT

# Records, publishing, search and races: these run on PostgreSQL in `test` too, all in `test-all`.
ON_POSTGRESQL := $(addprefix tests/,unit/provider/test_races.py unit/search/test_engine.py \
	unit/search/test_indexer.py unit/test_audit.py unit/test_backup.py unit/test_database.py \
	unit/test_mail.py unit/test_operations.py unit/test_publishing.py unit/test_reviewing.py \
	unit/test_versions.py pages/test_findable_live.py pages/test_freshness_live.py \
	pages/test_moderation_stories.py pages/test_provider_story.py pages/test_results.py \
	pages/test_hosts.py pages/test_not_saved.py)

.PHONY: run test test-all checks bench relevance messages assets browser postgresql wrk

run: .venv/installed
	@$(FLASK) prepare
	@echo "The site is at http://127.0.0.1:$(PORT)"
	@$(FLASK) people demo-links
	@exec $(BIN)/gunicorn --config python:app.gunicorn_conf wsgi:app

test: checks
	$(PYTEST) -m "not slow"
	TEST_DATABASE=postgresql $(PYTEST) -m "not slow" $(ON_POSTGRESQL)

test-all: checks
	$(PYTEST)
	TEST_DATABASE=postgresql $(PYTEST)

checks: .venv/installed-test browser postgresql
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint app/templates --lint --quiet --profile jinja

bench: .venv/installed-bench postgresql wrk
	$(BIN)/python -m tests.bench

relevance: .venv/installed-test
	$(BIN)/python -m tests.relevance

# Catalogues hold no places in the code and no dates: they change only with the words.
messages: .venv/installed
	$(BIN)/python -m app.translations.catalogues

assets:
	cd app/styles && npm install --no-package-lock --no-audit --no-fund && npm run build

# Installing happens again only when what is asked for has changed, so that all else works offline.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what the site needs…"
	@$(PIP) --editable .
	@touch $@

.venv/installed-test: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing what the tests need…"
	@$(PIP) --editable '.[test,postgres,data,pdf]'
	@touch .venv/installed $@

.venv/installed-bench: .venv/installed-test
	@echo "Installing the engines to measure against…"
	@$(PIP) --editable '.[bench]'
	@touch $@

browser:
	@command -v chromium >/dev/null || ! [ "$$(id -u)" = 0 ] || ! command -v apt-get >/dev/null \
		|| { apt-get update -qq && apt-get install -y -qq chromium; }

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ! [ "$$(id -u)" = 0 ] || ! command -v apt-get >/dev/null \
		|| { apt-get update -qq && apt-get install -y -qq postgresql; }

wrk:
	@command -v wrk >/dev/null || ! [ "$$(id -u)" = 0 ] || ! command -v apt-get >/dev/null \
		|| { apt-get update -qq && apt-get install -y -qq wrk; }
