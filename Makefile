# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install demo test quick lint format docs pictures real clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: .venv/.installed  ## Install djup and what its development needs into .venv

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: install  ## Upgrade a bundled Django 2.2 project end to end and show the report
	$(BIN)/python scripts/demo.py

test: install  ## Run all tests, real upgrades included
	$(BIN)/python -m pytest -n 2 --dist worksteal --durations 15

quick: install  ## Run the quick part of the tests (under 3 minutes)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m 'not slow'

lint: install  ## Run ruff, mypy and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install  ## Format the code and apply safe lint fixes
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: install  ## Write the pages that are made from the code and the data
	$(BIN)/python scripts/command_docs.py
	$(BIN)/python scripts/change_docs.py

pictures: install  ## Take the pictures of the lifecycle site anew (needs Chromium)
	$(BIN)/python scripts/lifecycle_pictures.py

real: install  ## Upgrade real projects from the package index and print a row for each
	$(BIN)/python benchmarks/real.py

clean:  ## Remove what install and the tools made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
