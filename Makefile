# nnlab: `make lab` starts it, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# In processes of its own: hundreds of programs that were opened before make each collection of garbage long.
RANDOM_USE := tests/tui/test_random_use.py
STAMP := $(VENV)/.installed
# One process more than there are cores: many tests wait for a program that they have started.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: install lab test soak pictures clean

install: $(STAMP)
	@$(BIN)/python -m tui.locale.compile

$(STAMP): pyproject.toml constraints.txt setup.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --upgrade pip
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[test]"
	@touch $(STAMP)

lab: install
	@$(BIN)/nnlab

test: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(WORKERS) --ignore=$(RANDOM_USE)
	$(BIN)/python -m pytest -n auto $(RANDOM_USE)

soak: install
	$(BIN)/python -m pytest -m soak -n auto

pictures: install
	$(BIN)/python scripts/make_pictures.py

clean:
	rm -rf $(VENV) build dist pictures *.egg-info
