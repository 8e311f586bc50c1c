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
WEB = $(shell find web/src web/index.html web/vite.config.ts -type f ! -name schema.d.ts)
NPM = cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent
# Byte code is kept, even where the environment forbids it: to compile every module takes longer than most commands.
unexport PYTHONDONTWRITEBYTECODE
PIP = $(BIN)/pip install --quiet --no-compile --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help venv web models demo dev test e2e measure screens lint format bench bench-peers bench-quality lock docs clean

help: ## this list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

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

web: $(VENV)/.web ## the web app, built into server/web

$(VENV)/.web: web/.npmrc web/package-lock.json requirements-web.lock $(WEB) $(VENV)/.complete
	@echo "Building the web app: about 70 MB of Node.js and 120 MB of packages the first time, a minute"
	$(PIP) -r requirements-web.lock
	mkdir -p build && $(BIN)/python -m server.api_doc > build/openapi.json
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	$(NPM) api
	$(NPM) build
	@touch $@

models: venv ## the default models (1.4 GB, once)
	$(BIN)/huimai models pull

demo: models web ## ingest the sample meetings, ask about them, then serve (DEMO_SERVE=0 ends instead)
	PATH="$(CURDIR)/$(BIN):$$PATH" sh samples/demo.sh

dev: models web ## the server, with tracebacks and every log record
	$(BIN)/huimai --debug serve

test: models web $(VENV)/.developer ## every test but those in a browser, which are `make e2e`
	$(NPM) test
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

e2e: models web $(VENV)/.developer ## the web app in a real Chromium against the real server (ARGS="e2e/ask.test.ts")
	$(NPM) e2e -- $(ARGS)

measure: models web $(VENV)/.developer ## how quick the web app is, in a real Chromium
	$(NPM) measure

screens: models web $(VENV)/.developer ## a picture of every screen of the web app, into docs/screens
	$(NPM) screens

lint: web $(VENV)/.developer ## formatting, lint, types and the direction of imports
	$(NPM) lint
	$(NPM) check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: web $(VENV)/.developer ## format the code
	$(NPM) format
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

clean: ## remove the environment, builds and caches; the data home and the models stay
	rm -rf $(VENV) web/node_modules server/web .pytest_cache .ruff_cache .import_linter_cache build dist
