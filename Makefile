# Two commands for a newcomer: `make run` and `make test`. `make` alone lists the others.

PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
# Processes for the tests; ARGS go to pytest: make test ARGS="-k status"
JOBS ?= 2
ARGS ?=
# Which tests: `make test-slow` takes the others.
PART ?= not slow
# Public records of `make bench-large`.
ROWS ?= 10000,100000,1000000
CLOCK ?= 2028-02-29T23:59Z

BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# Directories too: their time changes when a file is taken away.
STATIC := $(shell find static initiatives/static 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/upstream/*/LC_MESSAGES/*.po))

# What `make lint` runs, in this order; .pre-commit-config.yaml has the same ones.
CHECKS := lint-style lint-format lint-templates lint-types lint-floors lint-migrations lint-deployment

# For commands that read the settings but serve nobody: they need no .env and touch no data.
NOWHERE = env ENVIRONMENT=production ALLOWED_HOSTS=tracker.example.org \
	DATABASE_URL=sqlite://:memory: DEMO=false \
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')"

.DEFAULT_GOAL := help
# The order of the prerequisites is the order of the steps.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run demo install test test-slow test-sqlite test-postgresql test-at lint $(CHECKS) mutants bench bench-large soak requirements sbom image audit messages clean python local

help:
	@echo 'make run         the tracker at http://127.0.0.1:8000/ (another port: make run PORT=8123)'
	@echo 'make demo        a training copy with invented records, in demo.sqlite3 (made anew: FRESH=1)'
	@echo 'make install     what a server needs: packages, texts, static files; see docs/operations.md'
	@echo 'make test        the tests, on SQLite and then on a PostgreSQL of their own'
	@echo 'make test-slow   what is slow by nature: invented input, memory, kills, whole matrices, measuring'
	@echo 'make test-at     the tests at another instant: make test-at CLOCK=2028-02-29T23:59Z'
	@echo 'make lint        style, templates, types, floors, migrations, deployment settings'
	@echo 'make mutants     which small faults no test would find: make mutants ARGS="--sample 50 --seed 1"'
	@echo 'make bench       pages, files and imports, timed at 10,000 initiatives on both databases'
	@echo 'make bench-large the public side with 10,000 to a million records: make bench-large ROWS=10000'
	@echo 'make soak        readers at a steady rate while an editor saves: make soak ARGS="--minutes 5 --rate 100"'
	@echo 'make requirements pins what requirements*.in ask for, with the hashes of their files'
	@echo 'make sbom        the bill of materials of what the tracker runs with, in CycloneDX: sbom.json'
	@echo 'make image       the image of the site, by Docker, podman or buildah, and whether it is too large'
	@echo 'make audit       which weaknesses of these are known; says loudly where nobody can be asked'
	@echo 'make messages    collect the texts to translate into locale/ (needs gettext)'
	@echo 'make clean       remove what the others made; data and .env stay'

# --- Run --------------------------------------------------------------------------------------

# The port is looked at first: a busy one is told before anything is installed. `exec` makes the
# server a child of make itself, which tracker/serve.py relies on.
run: python local $(VENV)/runtime.stamp $(CATALOGUES) staticfiles/staticfiles.json
	@umask 077 && $(MANAGE) migrate --verbosity 0
	@$(MANAGE) prepare_local
	@exec $(BIN)/python -m tracker.serve "$(PORT)"

# DEMO names a database of its own and marks every page; `.env` has no say in it. FRESH=1 empties that one.
FRESH ?=
demo: export DEMO = true
demo: export MEDIA_ROOT = $(CURDIR)/demo-documents
demo: python local $(VENV)/runtime.stamp $(CATALOGUES) staticfiles/staticfiles.json
	@umask 077 && $(BIN)/python -m demo $(if $(FRESH),--fresh)
	@exec $(BIN)/python -m tracker.serve "$(PORT)"

# For a site: it makes no .env, no database and no account.
install: python $(VENV)/runtime.stamp $(CATALOGUES) staticfiles/staticfiles.json

local:
	@$(PYTHON) -m tracker.local "$(PORT)"

# Hashing and compressing takes seconds, so only when a file or the admin's version has changed.
staticfiles/staticfiles.json: $(STATIC) $(VENV)/runtime.stamp
	@echo 'Collecting static files …'
	@$(NOWHERE) $(MANAGE) collectstatic --no-input --verbosity 0

# Babel and not gettext's msgfmt: it comes with the requirements.
%.mo: %.po | $(VENV)/runtime.stamp
	@$(BIN)/python -m babel.messages.frontend --quiet compile --input-file=$< --output-file=$@

# --- Install ----------------------------------------------------------------------------------

python:
	@command -v $(PYTHON) >/dev/null || { echo '$(PYTHON) is not found. Install Python 3.11 or newer, or name yours: make run PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, but $(PYTHON) is %d.%d. Install it, or name another: make run PYTHON=python3.12" % sys.version_info[:2])'

$(VENV)/made.stamp: | python
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is not installed. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@echo 'Installing into $(VENV) …'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/runtime.stamp: requirements.txt $(VENV)/made.stamp
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	@$(PIP) install --require-hashes --requirement $<
	@touch $@

# --- Check ------------------------------------------------------------------------------------

# Where Python is told to keep no bytecode, each process of the tests would compile all of them anew.
TESTING = env -u PYTHONDONTWRITEBYTECODE

# Both always run, and one failure fails the whole.
test:
	@$(MAKE) --no-print-directory --keep-going test-sqlite test-postgresql

test-slow:
	@$(MAKE) --no-print-directory --keep-going PART=slow test-sqlite test-postgresql

test-sqlite: python $(VENV)/dev.stamp $(CATALOGUES)
	@echo '=== Tests on SQLite ==='
	@exec $(TESTING) -u DATABASE_URL $(BIN)/python -m pytest --quiet -n $(JOBS) -m '$(PART)' $(ARGS)

# What does not depend on the database (the browser, these very commands) has been tested above.
test-postgresql: python $(VENV)/dev.stamp $(CATALOGUES)
	@echo '=== Tests on PostgreSQL ==='
	@exec $(TESTING) $(BIN)/python -m tests.postgres -- \
		$(BIN)/python -m pytest --quiet -n $(JOBS) -m '$(PART) and not browser and not once' $(ARGS)

# For example make test-at CLOCK=2028-02-29T23:59Z TZ=Pacific/Honolulu
test-at: python $(VENV)/dev.stamp $(CATALOGUES)
	@exec env -u DATABASE_URL $(BIN)/python -m tests.clock "$(CLOCK)" -- \
		$(BIN)/python -m pytest --quiet -n $(JOBS) -m 'not browser and not server' $(ARGS)

# All of them run, whatever fails before, and the last line names what failed.
lint: python $(VENV)/dev.stamp
	@failed=; \
	for check in $(CHECKS); do \
		echo "=== $$check ==="; $(MAKE) --no-print-directory $$check || failed="$$failed $$check"; \
	done; \
	[ -z "$$failed" ] || { echo "Failed:$$failed" >&2; exit 1; }

lint-style: python $(VENV)/dev.stamp
	@$(BIN)/python -m ruff check

lint-format: python $(VENV)/dev.stamp
	@$(BIN)/python -m ruff format --check

lint-templates: python $(VENV)/dev.stamp
	@$(BIN)/python -m djlint --lint --quiet templates

lint-types: python $(VENV)/dev.stamp
	@$(BIN)/python -m mypy

lint-floors: python $(VENV)/dev.stamp
	@$(BIN)/lint-imports

lint-migrations: python $(VENV)/dev.stamp
	@$(NOWHERE) $(MANAGE) makemigrations --check --dry-run

lint-deployment: python $(VENV)/dev.stamp
	@$(NOWHERE) $(MANAGE) check --deploy --fail-level WARNING

# Hours without a sample. It works on a copy of the tree, and CI does not run it.
mutants: python $(VENV)/dev.stamp $(CATALOGUES)
	@exec $(BIN)/python -m mutants $(ARGS)

bench: python $(VENV)/dev.stamp $(CATALOGUES)
	@exec $(BIN)/python -m benchmarks $(ARGS)

# Hours and 20 GB at a million; the server of the last part needs the static files.
bench-large: python $(VENV)/dev.stamp $(CATALOGUES) staticfiles/staticfiles.json
	@exec $(BIN)/python -m benchmarks.large --rows "$(ROWS)" $(ARGS)

soak: python $(VENV)/dev.stamp $(CATALOGUES)
	@exec $(BIN)/python -m benchmarks.soak $(ARGS)

# --- Keep -------------------------------------------------------------------------------------

# After a change in a requirements*.in. What is pinned stays: ARGS="--upgrade-package NAME" moves what
# others bring in. One file for every Python and processor, so that hashes are the same everywhere.
requirements: python $(VENV)/dev.stamp
	@for name in requirements requirements-sentry requirements-dev requirements-bench; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--custom-compile-command 'make requirements' $(ARGS) $$name.in --output-file $$name.txt \
			|| exit 1; \
	done

# Of requirements.txt and no more, the same bytes for the same requirements.
sbom: python $(VENV)/dev.stamp
	@$(BIN)/python -m cyclonedx_py requirements requirements.txt --output-reproducible --of JSON -o sbom.json

image: python
	@$(PYTHON) -m tools.image $(ARGS)

audit: python $(VENV)/dev.stamp
	@$(BIN)/python -m tools.audit

messages: python $(VENV)/runtime.stamp
	@command -v xgettext >/dev/null || { echo 'gettext is not installed. On Debian and Ubuntu: sudo apt install gettext' >&2; exit 1; }
	@for domain in django djangojs; do \
		$(NOWHERE) $(MANAGE) makemessages --domain $$domain --locale ru --locale uz --locale kk \
			--add-location file --ignore '.venv/*' --ignore 'staticfiles/*' --ignore 'static/vendor/*' \
			|| exit 1; \
	done

clean:
	rm -rf .venv staticfiles .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	rm -f $(CATALOGUES) sbom.json
	find initiatives tracker tests benchmarks demo mutants -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
