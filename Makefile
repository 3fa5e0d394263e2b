# Everything starts here. `make run` and `make test` do their own set-up; the rest expects it done (`make setup`).
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= $(shell command -v python3.10 || echo python3.10)
VENV := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: help run test train check bench setup setup-dev lock format

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: setup ## set up what is missing, then start everything; Ctrl-C stops it
	@$(VENV)/dialoogcoach run

test: setup-dev ## set up what is missing, then run every test
	@$(VENV)/dialoogcoach train
	PYTHONHASHSEED=0 $(VENV)/python -m pytest -n 2 --dist loadfile

train: setup ## train the model, if anything it is made of has changed
	@$(VENV)/dialoogcoach train

check: setup-dev ## lint, types, import rules, content, training data
	@$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(VENV)/dialoogcoach guide check
	$(VENV)/dialoogcoach scenarios check
	$(VENV)/rasa data validate --fail-on-warnings 2>var/log/validate.log || { tail -40 var/log/validate.log; exit 1; }
	echo "make check: all is well"

bench: setup-dev ## this project beside the stock Rasa pipeline: training, start-up, memory, reply time
	@$(VENV)/python -m tests.bench.run

format: setup-dev ## put the code in its usual shape
	@$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

setup: .venv/.runtime bot/web/static/vendor/.made ## what running needs
setup-dev: setup .venv/.dev ## what testing needs as well

.venv/bin/uv: .python-version
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.10 is needed (Rasa 3.6 stops there). Install it, or name it: make PYTHON=/path/to/python3.10"; exit 1; }
	echo "Set-up: virtual environment"
	$(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --disable-pip-version-check "uv==0.9.*"

.venv/.runtime: requirements.txt pyproject.toml | .venv/bin/uv
	@echo "Set-up: Python packages (about 3 GB, mostly TensorFlow, which Rasa imports)"
	$(VENV)/uv pip install --python $(VENV)/python --compile-bytecode --require-hashes -r requirements.txt
	$(VENV)/uv pip install --python $(VENV)/python --no-deps --no-build-isolation -e .
	mkdir -p var/log
	touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Set-up: test tools"
	$(VENV)/uv pip install --python $(VENV)/python --compile-bytecode --require-hashes -r requirements-dev.txt
	touch $@

bot/web/static/vendor/.made: package-lock.json .venv/.runtime
	@command -v npm >/dev/null || { echo "Node.js with npm is needed for the style sheets (NL Design System). Install Debian's packages nodejs and npm."; exit 1; }
	echo "Set-up: style sheets"
	npm ci --silent --no-audit --no-fund --ignore-scripts
	$(VENV)/python -m bot.web.assets
	touch $@

lock: ## compile the requirement files anew from pyproject.toml
	@$(VENV)/uv pip compile -q --python-version 3.10 --no-emit-index-url --generate-hashes --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(VENV)/uv pip compile -q --python-version 3.10 --no-emit-index-url --generate-hashes --custom-compile-command "make lock" pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
