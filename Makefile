# The tasks of a contributor; `make` lists them. T is a test or a file: make test T=tests/test_spans.py

PYTHON := .venv/bin/python
T ?= tests

help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: .venv/ready ## Make the virtual environment with everything for development

.venv/ready: pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[dev]'
	touch $@

test: setup ## Run all tests, or T: make test T=tests/test_spans.py::test_name
	$(PYTHON) -m pytest -q $(if $(findstring ::,$(T)),,-n 4) $(T)

slow: setup ## Run the tests that take long
	$(PYTHON) -m pytest -q -n 4 -m slow

snapshots: setup ## Update the pictures of the screens; look at each before you commit
	$(PYTHON) -m pytest -q -n 4 tests/tui --snapshot-update

check: setup ## Check style, types and the directions of imports
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: setup ## Format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

keys: setup ## Write docs/keys.md from the registry of keys
	$(PYTHON) -m tui.keys.tables > docs/keys.md

bench: setup ## Run one bench: make bench B="app paint keys"
	$(PYTHON) bench/$(firstword $(B)).py $(wordlist 2,99,$(B))

ci: ## Run everything that CI runs, in a fresh environment
	bash .ci/run

.PHONY: help setup test slow snapshots check format keys bench ci
