# Lipei. `make` alone lists what can be made.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo up test lint format setup setup-dev test-packages train lock clean

# The first of these that runs is used to make the app environment; a name on PATH may be a shim that does not.
PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$each; break; }; done)
APP := .venv/bin
ENGINE := bot/.venv/bin

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-15s %s\n", $$1, $$2}'

demo: setup ## Everything from nothing: environments, database, demo data, model; then all processes
	@exec $(APP)/lipei demo

up: setup ## The same without demo data, on the configured database
	@exec $(APP)/lipei up

test: setup-dev test-packages lint train ## The whole test suite, in both environments
	@$(PYTHON) scripts/run_tests.py

lint: setup-dev ## Style, types and import rules
	$(APP)/ruff check .
	$(APP)/ruff format --check .
	$(APP)/mypy
	$(APP)/lint-imports

format: setup-dev ## Put every file into the house style
	$(APP)/ruff check --fix .
	$(APP)/ruff format .

setup: python ## Both environments: .venv and bot/.venv
	@$(PYTHON) scripts/setup.py

setup-dev: python ## The same with the tools for tests and linting
	@$(PYTHON) scripts/setup.py --dev

test-packages: python
	@$(PYTHON) scripts/test_packages.py

train: setup ## Train the model, unless one with the same inputs is there
	@$(APP)/lipei train

lock: python ## Resolve requirements*.in again and write the lock files
	@$(PYTHON) scripts/lock.py

clean: ## Remove environments, models and caches (keeps the database, keys and attachments in var/)
	rm -rf .venv bot/.venv var/models var/faq var/embeddings var/log .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "lipei: Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
