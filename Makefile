# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# PyTorch's own index of CPU builds; where it cannot be reached, the default index decides.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := $(shell grep -E '^torch==' requirements.lock)

.DEFAULT_GOAL := help
.PHONY: help venv models demo dev test lint format bench lock docs clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

venv: $(VENV)/.complete ## the environment: .venv with the locked dependencies and `huimai` in it

$(VENV)/.complete: requirements.lock pyproject.toml
	@echo "Making the environment in $(VENV) (about 2 GB, a few minutes the first time)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-compile --no-deps --retries 0 --timeout 20 --index-url $(TORCH_INDEX) "$(TORCH)" 2>/dev/null \
		|| echo "PyTorch's CPU index cannot be reached; using the default index"
	$(BIN)/pip install --quiet --no-compile -r requirements.lock
	$(BIN)/pip install --quiet --no-compile --no-deps --editable .
	@touch $@

models: venv ## the default models (1.4 GB, once)
	$(BIN)/huimai models pull

demo: models ## ingest the sample meetings, ask about them, then serve (DEMO_SERVE=0 ends instead)
	PATH="$(CURDIR)/$(BIN):$$PATH" sh samples/demo.sh

dev: models ## the server, started anew when a file changes
	$(BIN)/uvicorn --factory server.app:development --reload --reload-dir server --reload-dir agents --reload-dir retrieval --reload-dir ingestion

test: models ## every test
	$(BIN)/pytest

lint: venv ## formatting, lint, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: venv ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: models ## every benchmark; results go to docs/benchmarks.md by hand
	$(BIN)/python -m benchmarks

lock: ## pin what is installed now
	$(BIN)/pip freeze --exclude-editable --exclude huimai | grep -v '^pip=' > requirements.lock

docs: venv ## the generated pages of docs/
	$(BIN)/python -m server.settings_doc > docs/settings.md

clean: ## remove the environment and caches; the data home and the models stay
	rm -rf $(VENV) .pytest_cache .ruff_cache build dist
