# Everything a developer does, by name. `make help` lists it.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
export SAM_CLI_TELEMETRY := 0

# The first Python that is new enough; `make PYTHON=python3.13 …` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
BIN := .venv/bin
UI := functions/web/ui
UI_SOURCES := $(shell find $(UI) -type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: help run test lint format bench bench-claims e2e faults schedules build deploy clean install ui requirements

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: install ui ## Start the whole product on this machine and print where the inbox is
	@$(BIN)/heartline up

test: install ui ## Unit, functional and contract tests, of the inbox too
	npm --prefix $(UI) run --silent test
	$(BIN)/python -m pytest tests --ignore=tests/e2e --ignore=tests/faults -n auto

lint: install ui ## Every static check: style, types, import contracts, template
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cfn-lint template.yaml infra/*.yaml
	AWS_DEFAULT_REGION=us-east-1 $(BIN)/sam validate --lint
	npm --prefix $(UI) run --silent typecheck
	npm --prefix $(UI) run --silent lint

format: install ## Rewrite the sources in the one format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: install ## Count the work per message and print it beside the targets
	$(BIN)/python -m tests.bench

bench-claims: install ## Only that: 1, 4 and 16 matchers claim at once, against MiniStack
	$(BIN)/python -m tests.bench.claims

e2e: install ui ## The deployed template and the browser, against a stack of their own
	$(BIN)/python -m pytest tests/e2e

faults: install ## Kill, duplicate and shuffle, then check the invariants
	$(BIN)/python -m pytest tests/faults -n auto --dist worksteal

SEEDS ?= 20000

schedules: install ## More schedules of routing, from a new seed: make schedules SEEDS=20000
	$(BIN)/python -m tests.faults.schedules --count $(SEEDS)

build: install ui ## Build the template for AWS (arm64, Python 3.13)
	HEARTLINE_TARGET=aws $(BIN)/sam build

deploy: build ## Deploy to the AWS account of your credentials; asks the first time
	$(BIN)/sam deploy $(if $(wildcard samconfig.local.toml),--config-file samconfig.local.toml,--guided --config-file samconfig.local.toml)

clean: ## Remove what builds and tools leave behind; the local stack's data stays
	rm -rf .aws-sam build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache functions/web/static
	find . -name __pycache__ -not -path './.venv/*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +

install: .venv/.installed

.venv/.installed: requirements-dev.txt pyproject.toml infra/install.py
	@$(PYTHON) infra/install.py
	@touch $@

ui: $(if $(UI_SOURCES),functions/web/static/.built)

$(UI)/node_modules/.installed: $(UI)/package-lock.json $(UI)/package.json
	@echo "setup: installing the inbox's packages" >&2
	npm --prefix $(UI) ci --prefer-offline --no-audit --no-fund --loglevel=error
	@touch $@

functions/web/static/.built: $(UI_SOURCES) $(UI)/node_modules/.installed
	@echo "setup: building the inbox" >&2
	npm --prefix $(UI) run --silent build
	@touch $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links

requirements: install ## Pin and hash the requirements anew, within what the *.in files allow
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	@for set in layers/dependencies/*/requirements.in; do \
		$(COMPILE) --no-deps -c requirements-dev.txt $$set -o $${set%.in}.txt; done
