# make run            set up, migrate, fill the demo if empty, serve at http://localhost:6543 (PORT=... to change)
# make test           set up and run every test
# make check          formatting, types, import floors, templates
# make bench          how fast, as ratios measured side by side
# make setup          only set up
# make messages       bring the translation catalogues up to date

SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 6543
BIN := .venv/bin
# Half of what tests do is waiting, for a browser, a server or a disk.
WORKERS = $(shell $(PYTHON) -c 'import os; print(2 * len(os.sched_getaffinity(0)))')

# Tests start hundreds of processes, each of which would compile the whole application anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check bench setup setup-test messages screenshots clean
.DEFAULT_GOAL := run

run: setup
	@$(BIN)/consult -c development.ini migrate
	@$(BIN)/consult -c development.ini demo --if-empty
	@exec $(BIN)/consult -c development.ini serve --port $(PORT)

test: setup-test
	@.ci/provide postgresql
	@.ci/provide redis
	@.ci/provide nginx
	@.ci/provide systemd
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(ARGS)

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint --quiet --lint consult

bench: setup-test
	@$(BIN)/python -m tests.bench $(ARGS)

messages: setup
	@$(BIN)/python -m consult.locale.catalogues

screenshots: setup-test
	@$(BIN)/python -m tests.screenshots

setup: .venv/installed static/vendor/installed consult/locale/compiled

setup-test: setup
	@.ci/provide chromium

.venv/installed: requirements.lock setup.py
	@.ci/provide python $(PYTHON)
	@$(PYTHON) -m venv .venv
	@echo "Installing Python packages ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

static/vendor/installed: package-lock.json consult/layout/assets.py | .venv/installed
	@.ci/provide node
	@echo "Installing style sheets and scripts ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@$(BIN)/python -m consult.layout.assets
	@touch $@

consult/locale/compiled: consult/locale/consult.pot $(wildcard consult/locale/*/LC_MESSAGES/*.po) | .venv/installed
	@$(BIN)/python -m consult.locale.compiling
	@touch $@

clean:
	rm -rf .venv node_modules static/vendor var consult/locale/compiled
