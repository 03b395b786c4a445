# What is done again and again. `make setup` once, then the others; .ci/run does all of it in a clean copy.
BIN := .venv/bin
.PHONY: help setup fast test slow lint types contracts bench lock ci

help:
	@grep -E '^[a-z]+:.*##' Makefile

setup: ## an environment with exactly what the lock file names
	python3 -m venv .venv
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps -e .

fast: ## under a minute: rules, law, formats, the store, the house
	$(BIN)/python -m pytest tests/rules tests/law tests/store tests/formats tests/house --ignore tests/house/test_acts.py --ignore tests/house/test_keys.py

test: ## everything that a change can break
	$(BIN)/python -m pytest

slow: ## kills, power cuts, full disks, random keys, hostile names, real files
	$(BIN)/python -m pytest tests/slow

lint: ## ruff: rules and format
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check -q src tests

types: ## mypy, strict
	$(BIN)/mypy

contracts: ## which room may import which
	$(BIN)/lint-imports

bench: ## speed beside limits and peers measured in the same run
	$(BIN)/python -m tests.bench

lock: ## the lock file anew, from the ranges in pyproject.toml
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra test pyproject.toml -o requirements.lock

ci: ## all of it, as before a change lands
	.ci/run
