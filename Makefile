# What the README promises, and what .ci/run calls. Needs Python 3.11 to 3.14, its venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install -qq --require-hashes --only-binary :all:
UV := $(BIN)/uv --no-config

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test prove bench model wheel bundle lock lock-check clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' $(MAKEFILE_LIST)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
	 || { echo "Python 3.11 to 3.14 is needed: install one and name it, as in: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	 || { echo "python3-venv is missing: run 'sudo apt install python3-venv', then 'make $(MAKECMDGOALS)' again"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.lock requirements/build.lock
	@echo "Setting up $(VENV): this is done once, and takes about a minute."
	@$(INSTALL) -r requirements/run.lock -r requirements/build.lock
	@touch $@

# pyproject.toml holds the entry points, so a change of it installs the project anew.
$(VENV)/.project: $(VENV)/.run pyproject.toml
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.project requirements/test.lock
	@echo "Setting up the checks."
	@$(INSTALL) -r requirements/test.lock
	@touch $@

demo: $(VENV)/.project ## read sample_reports/ and write demo_output/evidence.xlsx
	@$(BIN)/ultrasound run sample_reports --out demo_output

test: $(VENV)/.test ## every check: style, types, imports, tests
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest --quiet -n auto --dist worksteal

prove: $(VENV)/.test ## the longer proofs: more random cases, and whatever is too slow for every day
	@HYPOTHESIS_PROFILE=prove $(BIN)/python -m pytest --quiet -n auto --dist worksteal -m "prove or not prove"

bench: $(VENV)/.project ## time the reading of text beside other programs, into docs/benchmarks.md; installs them in build/
	@$(BIN)/python -m benchmarks.text_speed --write

model: $(VENV)/.test ## save models/venous_duplex anew, after a change of the knowledge tables
	@$(BIN)/python -m tools.build_model

wheel: $(VENV)/.project ## build the wheel into dist/
	@rm -f dist/*.whl
	@$(BIN)/python -m hatchling build --target wheel --directory dist

TARGET ?= here
bundle: wheel ## wheels and one install command for a PC without internet; TARGET=windows-x86_64-3.12
	@$(BIN)/python -m tools.make_bundle --target $(TARGET) --out dist/bundle
ifeq ($(TARGET),here)
	@$(BIN)/python -m tools.try_bundle dist/bundle --samples sample_reports/dicom
endif

COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --no-annotate
lock: $(VENV)/.test ## take the newest versions into requirements/*.lock
	@$(UV) $(COMPILE) --upgrade pyproject.toml --extra test requirements/build.in -o requirements/test.lock
	@$(UV) $(COMPILE) --upgrade pyproject.toml -c requirements/test.lock -o requirements/run.lock
	@$(UV) $(COMPILE) --upgrade requirements/build.in -c requirements/test.lock -o requirements/build.lock

lock-check: $(VENV)/.test ## are there wheels for every platform and Python that we name?
	@$(BIN)/python -m tools.check_lock

clean: ## remove what make and the checks have written
	rm -rf $(VENV) demo_output dist build .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
