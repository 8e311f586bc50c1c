# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# PyTorch's own index of CPU builds, for the tests of the optional `torch` extra; where it cannot be reached, the
# default index decides.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH = $(shell grep -E '^torch==' requirements-dev.lock)
# Processes that the tests run in: two share the models' memory on a small machine.
WORKERS ?= 2
PIP = $(BIN)/pip install --quiet --no-compile --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help venv models demo dev test lint format bench bench-peers bench-quality lock docs clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

venv: $(VENV)/.complete ## the environment: .venv with the locked dependencies and `huimai` in it

$(VENV)/.complete: requirements.lock pyproject.toml
	@echo "Making the environment in $(VENV): about 960 MB, a minute or two the first time"
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.developer: requirements-dev.lock $(VENV)/.complete
	@echo "Adding what the tests and linters need: about 1.3 GB"
	$(PIP) --no-deps --retries 0 --timeout 20 --index-url $(TORCH_INDEX) "$(TORCH)" 2>/dev/null \
		|| echo "PyTorch's CPU index cannot be reached; using the default index"
	$(PIP) -r requirements-dev.lock
	@touch $@

models: venv ## the default models (1.4 GB, once)
	$(BIN)/huimai models pull

demo: models ## ingest the sample meetings, ask about them, then serve (DEMO_SERVE=0 ends instead)
	PATH="$(CURDIR)/$(BIN):$$PATH" sh samples/demo.sh

dev: models ## the server, with tracebacks and every log record
	$(BIN)/huimai --debug serve

test: models $(VENV)/.developer ## every test
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/.developer ## formatting, lint, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(VENV)/.developer ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: models $(VENV)/.developer ## every benchmark; results go to docs/benchmarks.md by hand
	$(BIN)/python -m benchmarks

bench-peers: models $(VENV)/.developer ## search beside the plain recipe and LangChain's, on public data (ARGS="--scope project")
	$(BIN)/huimai models pull all-MiniLM-L6-v2
	$(BIN)/python -m benchmarks.peers $(ARGS)

bench-quality: models $(VENV)/.developer ## every figure of retrieval and answers beside its goal (ARGS="--only NAME... --fresh")
	$(BIN)/huimai models pull all-MiniLM-L6-v2
	$(BIN)/python -m benchmarks.quality $(ARGS)

lock: ## pin the newest versions that pyproject.toml allows
	rm -rf build/lock && $(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet --upgrade pip
	build/lock/bin/pip install --quiet --no-compile .
	build/lock/bin/pip freeze --exclude huimai > requirements.lock
	build/lock/bin/pip install --quiet --no-compile --index-url $(TORCH_INDEX) torch || build/lock/bin/pip install --quiet torch
	build/lock/bin/pip install --quiet --no-compile --group dev
	build/lock/bin/pip freeze --exclude huimai | sed 's/+cpu$$//' | grep -vxF -f requirements.lock > requirements-dev.lock

docs: venv ## the generated pages of docs/
	$(BIN)/python -m server.settings_doc > docs/settings.md
	$(BIN)/python -m server.models_doc docs/models.md

clean: ## remove the environment and caches; the data home and the models stay
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache build dist
