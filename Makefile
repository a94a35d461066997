# Two commands: `make run` and `make test`. Works with GNU make 3.81 and newer.
# Every path is relative, so that the checkout may stand in a folder whose name has spaces.

PYTHON ?= python3
# One worker a core; 0 runs the tests in one process, for a debugger.
PYTEST_WORKERS ?= auto

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Inside the environment: whoever deletes it deletes them too, and the next run installs again.
STAMPS := $(VENV)/.stamps

# The Dockerfile's CMD is the same command; a test compares them.
SERVE := gunicorn --config gunicorn.conf.py app:server

# Made-up extracts stand in where there are no real ones, so that regional and local views of the 13 measures are alive.
ILLUSTRATE := { ls data/extracts/capacity-tracker-*/*.csv >/dev/null 2>&1 || $(PY) -m etl synthesise; }

FAST_TESTS := tests/unit tests/property tests/contract tests/golden tests/integration

INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test bench bench-speed audit built lint format build check status lock clean browser office tools

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: built ## install what is missing, build the figures if there are none, serve (HOST, PORT)
	@test -e data/snapshots/CURRENT || { $(ILLUSTRATE) && $(PY) -m etl build --yes; }
	@$(PY) gunicorn.conf.py
	@$(BIN)/$(SERVE)

test: $(STAMPS)/dev built browser office tools lint ## install what the tests need, then run all of them
	$(PY) -m pytest --numprocesses $(PYTEST_WORKERS) --dist worksteal $(FAST_TESTS)
	$(PY) -m pytest tests/browser --numprocesses $(PYTEST_WORKERS) --dist worksteal

# Takes some minutes and the whole machine. Kills a build 200 times as well, where the tests are content with 20.
bench: $(STAMPS)/dev bench-speed ## measure rebuilds, serving and the pages in a browser; results in docs/performance.md
	$(PY) tests/benchmarks/returns.py --output docs/performance.md
	$(PY) tests/benchmarks/open_data.py
	$(PY) tests/benchmarks/briefing.py --output docs/performance.md
	$(PY) tests/benchmarks/signals.py --output docs/methods.md
	KILLS=200 $(PY) -m pytest tests/integration/returns/test_killed_builds.py

audit: $(STAMPS)/dev ## known vulnerabilities and licences of what is installed; fails where it cannot ask
	@$(PY) tests/audit/licences.py; licences=$$?; $(PY) tests/audit/advisories.py && exit $$licences

# SPEED_FLAGS=--full takes some two hours: 10 minutes of 500 users, 30 of half the load, a snapshot drawn ahead.
bench-speed: $(STAMPS)/dev built browser ## measure serving and the pages in a browser only (SPEED_FLAGS=--full)
	$(PY) tests/benchmarks/speed.py --output docs/performance.md $(SPEED_FLAGS)

lint: $(STAMPS)/dev ## style and likely mistakes, nothing changed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMPS)/dev ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

build: $(STAMPS)/runtime ## build a snapshot of the figures and make it live
	$(PY) -m etl build --yes

check: $(STAMPS)/runtime ## check the catalogue and the input files, change nothing
	$(PY) -m etl check

status: $(STAMPS)/runtime ## what is live, how old it is, what was refused
	$(PY) -m etl status

# Versions stay as they are unless asked: make lock LOCK_FLAGS=--upgrade
# One version of a package for every Python: the same figures on each.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(LOCK_FLAGS)

lock: $(STAMPS)/dev ## compile requirements*.in into exact versions with hashes
	$(LOCK) --output-file requirements.txt requirements.in
	$(LOCK) --output-file requirements-dev.txt requirements-dev.in

clean: ## remove the environment and what tools left behind; snapshots stay
	rm -rf $(VENV) data/built/compressed data/built/*.js .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/runtime: requirements.txt | $(PY)
	@echo "Installing what the dashboard needs (a minute or two, once)"
	@$(INSTALL) -r requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: $(STAMPS)/runtime requirements-dev.txt
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

# What browsers are sent, compressed as well as can be; and the small plotly.js, where npm can bring it. Both are looked
# for when the dashboard starts, which does without them.
built: $(STAMPS)/built

$(STAMPS)/built: $(STAMPS)/runtime $(wildcard assets/*) dashboard/plotly_script.py
	@$(PY) -m dashboard.fetch_plotly
	@$(PY) -m dashboard.precompress
	@touch $@

# An environment half made (Debian without python3-venv leaves one) would pass for a whole one the next time.
$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Python 3.11 or newer is needed, and there is no '$(PYTHON)' here. Name yours: make run PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, and %s is %s. Name another: make run PYTHON=python3.12" % (sys.executable, sys.version.split()[0]))'
	@"$(PYTHON)" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

# Never fails by itself: the other tests are worth running, and those that need what is missing then fail and say so.
# $(1): what to look for, any of them; $(2): the packages to install; $(3): what it is for.
define install_program
	@for name in $(1); do command -v $$name >/dev/null && exit 0; done; \
	if ! command -v apt-get >/dev/null; then \
	  echo "None of $(1) on the PATH, and no apt-get to install it with: install it by hand. Until then $(3) fail."; exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then root=; \
	elif sudo -n true 2>/dev/null; then root="sudo -n"; \
	else \
	  echo "None of $(1) on the PATH, and installing takes root: sudo apt-get install $(2). Until then $(3) fail."; exit 0; \
	fi; \
	echo "Installing $(firstword $(2)) for $(3)"; \
	{ $$root apt-get update -qq \
	  && $$root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(2); } \
	|| echo "$(firstword $(2)) could not be installed; apt-get says why above. Until it is, $(3) fail."
endef

browser:
	$(call install_program,chromium chromium-browser google-chrome,chromium fonts-liberation,the tests in tests/browser)

# Readers of another make for what is exported: spreadsheets and slides are opened, converted and read as PDF.
office:
	$(call install_program,soffice libreoffice,libreoffice-calc-nogui libreoffice-impress-nogui,the tests of spreadsheets and slides)

# What the dashboard is run with elsewhere, and a clock that can be moved: tests/integration/operation and faults.
tools:
	$(call install_program,nginx,nginx,the tests behind nginx)
	$(call install_program,openssl,openssl,the tests behind nginx)
	$(call install_program,systemd-analyze,systemd,the tests of the systemd units)
	$(call install_program,faketime,faketime,the tests of a moved clock)
