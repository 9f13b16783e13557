# Every command that a person types. Needs Python 3.11 or newer with pip, and make; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
HOMES ?= 2000

.PHONY: help demo test check lint types laws format reference work lock vendor bench clean

help:            ## what there is to type
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

.venv/run.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Koppelkans needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/dev.ready: .venv/run.ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

demo: .venv/run.ready      ## set up, make an invented town and walk the whole corridor with it (HOMES=2000)
	$(BIN)/koppelkans demo --homes $(HOMES) --out demo

test: .venv/dev.ready      ## set up and run every check and every test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n 2 --dist worksteal

laws: .venv/dev.ready      ## try the dear laws on ten times as many cases
	KOPPELKANS_LAWS=10 $(BIN)/python -m pytest -n 2 --dist worksteal tests/laws tests/core/programme tests/core/context

check: .venv/dev.ready     ## the quick checks only: form, style, types, who may know whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/dev.ready    ## put code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

reference: .venv/dev.ready ## write docs/reference from the code
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/profile.py

work: .venv/dev.ready      ## count the work of fixed cases anew, where more of it is worth its price
	$(BIN)/python tools/work.py

lock:            ## renew the lock files from pyproject.toml
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock
	rm -r .venv-lock

vendor:          ## fetch the vendored JavaScript again from npm packages, and check licence and hash
	$(PYTHON) tools/vendor.py

bench: .venv/dev.ready     ## measure; figures go to docs/benchmarks.md
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script; done

clean:           ## remove what was made
	rm -rf .venv demo
