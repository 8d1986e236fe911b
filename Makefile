# Dateline: `make run` shows it, `make test` proves it. Needs Python 3.11 and make, nothing else.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Threads of BLAS only get into each other's way on pages.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
PYTEST := $(BIN)/python -m pytest -q --dist loadgroup -n 2

# $(1) lock file: install it; pip's warnings about paths are of no use to anybody, its errors are.
define install
	@$(MAKE) --no-print-directory check-python
	@echo "Installing what $(1) pins into $(VENV) (once; takes a minute or two)"
	@$(BIN)/python -c "" 2>/dev/null || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --no-deps --require-hashes -r $(1) 2>$(VENV)/pip.log \
	  || { grep -v '^WARNING' $(VENV)/pip.log >&2; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation -e . 2>$(VENV)/pip.log \
	  || { grep -v '^WARNING' $(VENV)/pip.log >&2; exit 1; }
endef

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-18s %s\n", $$1, $$2}'

setup: $(VENV)/.installed  ## make .venv with everything that running needs

run: $(VENV)/.installed  ## load the sample, or PAGES=path, through Airflow and show what was found
	@$(BIN)/python -m dateline.first_run $(if $(PAGES),"$(PAGES)")

ui: $(VENV)/.installed  ## Airflow with its web pages on http://127.0.0.1:8080 (PORT=number takes another port)
	@$(BIN)/python -m dateline.ui $(PORT)

test: $(VENV)/.installed-dev  ## the fast tests
	@$(PYTEST) -m "not slow"

test-slow: $(VENV)/.installed-dev  ## the proofs that take long
	@$(PYTEST) -m slow

test-all: test test-slow  ## all tests

bench: $(VENV)/.installed-dev  ## measure speed against two stacks of other tools; writes docs/speed.md
	@$(BIN)/python -m bench.speed

eval: $(VENV)/.installed-dev  ## score quality on the evaluation data, if it is there; writes docs/scorecard.md
	@$(BIN)/python -m bench.evaluate

lint: $(VENV)/.installed-dev  ## style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev  ## types
	@$(BIN)/mypy

clean:  ## remove caches, .airflow and .venv; lake and raw stay
	@rm -rf $(VENV) .airflow build include/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

check-python:
	@test -n "$(PYTHON)" || { echo "No python3 found: install Python 3.11, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || test "$(DATELINE_ANY_PYTHON)" = 1 \
	  || { echo "$(PYTHON) is $$($(PYTHON) -V); Dateline is tested with 3.11. Name one with make PYTHON=/path/to/python3.11," \
	  "or try this one with DATELINE_ANY_PYTHON=1" >&2; exit 1; }

$(VENV)/.installed: requirements.txt pyproject.toml
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt pyproject.toml
	$(call install,requirements-dev.txt)
	@touch $@ $(VENV)/.installed

.PHONY: help setup run ui test test-slow test-all bench eval lint types clean check-python
