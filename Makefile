# becalm: what a newcomer types. `make` alone lists the targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PACKAGES := becalm connectors inbox scoring tui
SOURCES := $(shell find $(PACKAGES) -type f -not -path '*/__pycache__/*' 2>/dev/null) pyproject.toml README.md LICENSE
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TEST_WORKERS ?= 2

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z][a-z-]*:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- set-up: a venv from the hashed locks, then our own wheel in it ---------------------------------
.PHONY: python-ok
python-ok:
	@command -v $(PYTHON) >/dev/null || { echo "becalm needs Python 3.11 or newer: '$(PYTHON)' was not found (try: make PYTHON=python3.12)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "becalm needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V) (try: make PYTHON=python3.12)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "becalm needs Python's venv and pip: on Debian or Ubuntu, apt install python3-venv" >&2; exit 1; }

$(VENV)/ok: requirements.lock | python-ok
	@echo "becalm: preparing $(VENV) (first time about half a minute)" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/ok
	@echo "becalm: adding the development tools" >&2
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/installed: $(VENV)/ok $(SOURCES)
	@rm -rf $(VENV)/wheel
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir $(VENV)/wheel .
	@$(PIP) install --no-deps --force-reinstall $(VENV)/wheel/becalm-*.whl
	@$(BIN)/python -P -c 'import scoring._kernel' 2>/dev/null || echo "becalm: no C compiler or no headers of Python here: scoring is the same, only slower" >&2
	@touch $@

.PHONY: install
install: $(VENV)/installed ## set up .venv and install becalm into it

# --- use ------------------------------------------------------------------------------------------
.PHONY: demo
demo: install ## the rehearsal storm, no account needed (ARGS="--seed 7 --speed 2")
	@$(BIN)/becalm demo $(ARGS)

.PHONY: run
run: install ## the desk itself (ARGS="--lang fr")
	@$(BIN)/becalm $(ARGS)

.PHONY: play
play: dev ## a flood of 200 answered in seven keys by the real program, screen by screen (ARGS="--cast FILE" records it)
	@$(BIN)/python tests/support/flood_in_ten_keys.py $(ARGS)

# --- check ----------------------------------------------------------------------------------------
.PHONY: dev
dev: $(VENV)/dev $(VENV)/installed

.PHONY: test
test: dev ## every test, on the installed wheel (ARGS="-k mastodon")
	@$(BIN)/pytest -n $(TEST_WORKERS) -m "not real and not torture" $(ARGS)

.PHONY: real
real: dev ## against real servers, which are installed on first use (minutes); says why it skips what it skips
	@$(BIN)/pytest -n 0 -m real -o timeout_func_only=true $(ARGS)

.PHONY: torture
torture: dev ## 1,000 kills and 300 power cuts, full disks, flipped bits: seeded, some minutes (ARGS="--seed 2"; --help)
	@$(BIN)/python tests/support/torture.py $(ARGS)

.PHONY: load
load: dev ## eight accounts on five platforms, a hundred comments a second (SECONDS=600 for ten minutes), with the figures
	@BECALM_LOAD_SECONDS=$(or $(SECONDS),60) $(BIN)/pytest -n 0 -s -m torture tests/contract/test_load.py

.PHONY: bench
bench: dev ## the tables of bench/, each beside what others do (takes minutes)
	@for script in bench/bench_*.py; do $(BIN)/python $$script || exit 1; echo; done

.PHONY: lint
lint: dev ## ruff, format and import layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache

.PHONY: types
types: dev ## mypy, strict, tests too
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/mypy --no-error-summary tests bench

.PHONY: bench-situations
bench-situations: dev ## situations and waves against the labelled threads (ARGS="--quick", "--stream 1000000")
	@$(BIN)/python bench/bench_situations.py $(ARGS)

.PHONY: docs
docs: dev ## regenerate the generated parts of docs/ and the message catalogues
	@$(BIN)/python tests/hygiene/generate.py

.PHONY: screenshot
screenshot: dev ## make docs/screenshot.svg again, from the running demo
	@$(BIN)/python tests/hygiene/screenshot.py

.PHONY: check
check: lint types test ## everything CI runs

.PHONY: bench-gate
bench-gate: dev ## what the joke gate refuses and allows on the labelled museum set beside the repository
	@PYTHONPATH=bench $(BIN)/python bench/gate_table.py

.PHONY: bench-risk
bench-risk: dev ## how well, how fast and how explainably comments are scored, on the labelled sets beside the repository
	@PYTHONPATH=bench $(BIN)/python bench/risk.py $(ARGS)

.PHONY: lock
lock: ## resolve the two locks again (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build pyproject.toml -o requirements.lock
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build --extra dev pyproject.toml -o requirements-dev.lock

.PHONY: clean
clean: ## remove what make made
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
