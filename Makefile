# make run   set up and clean the seed texts in fixtures/, showing what was removed
# make test  set up and run the whole test suite
# make check what `make test` does, after formatting and compiling the rules
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test lint check rules clean

run: $(READY) rules
	@$(BIN)/newsclean explain fixtures/seeds
	@echo
	@$(BIN)/newsclean check fixtures/documents fixtures/untouched

test: $(READY) rules lint
	$(BIN)/pytest -n auto

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(MAKE) test

rules: $(READY)
	@$(BIN)/newsclean rules compile
	@$(BIN)/python -m newsclean.native.building >/dev/null || echo "going on without the kernel: slower, with the same results"

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@
