# Everything below sets itself up: `make run` and `make test` work on a fresh machine with Python >= 3.11.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test faults lint bench serve

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/ready ## the virtual environment, as pinned in constraints.txt

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable '.[sql]'
	touch $@

run: setup ## play the demonstration sites, ingest them, report
	$(BIN)/zamena demo

test: setup ## the tests, on two processors
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

faults: setup ## the faults that take minutes to play: full disks, restarts of PostgreSQL, Prefect's server gone
	$(BIN)/python -m pytest -m slow

lint: setup ## style, types and the contract between the rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## quality, speed and cost
	$(BIN)/python -m benchmarks

serve: setup ## the web pages over the demonstration
	$(BIN)/zamena serve --demo
