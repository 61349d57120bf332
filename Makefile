# Everything a developer or an operator starts. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

USABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(USABLE)' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Given on the command line or in the environment, read by the programs started here.
export PORT STACK_PORT FRESH STAGE REGION REGULATION MAIL_SENDER MAIL_INBOUND_DOMAIN PUBLIC_URL ANSWER_MODEL
export PYTHONDONTWRITEBYTECODE := 1
# What runs here is reached directly, whatever proxy the packages come through.
export NO_PROXY := $(NO_PROXY),127.0.0.1
export no_proxy := $(NO_PROXY)

.DEFAULT:
	@echo "make: there is no target '$@'; make alone lists them" >&2; exit 2

.PHONY: help setup run demo agency previews export replay test check stress bench package deploy clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: ## Make .venv and .venv-ministack (done by every target that needs them)
	@[ -n "$(PYTHON)" ] || { echo "setup: no Python 3.11, 3.12 or 3.13 with venv found: apt-get install python3 python3-venv, or PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) infra/venvs.py

run: setup ## Run everything on this machine; PORT=8022 STACK_PORT=4722 FRESH=1 REGULATION=ha_noi
	@exec $(BIN)/python -m infra.run

demo: setup ## Play the demonstration against a running `make run`; REGULATION=ha_noi
	@$(BIN)/python -m examples.demo

agency: setup ## Let the reference agency work with a running `make run`: UNIT=so_tai_nguyen_moi_truong
	@$(BIN)/python -m examples.agency_process "$(or $(UNIT),so_tai_nguyen_moi_truong)"

previews: setup ## Every letter as a file, to look at: .build/previews/index.html; REGULATION=hoa_binh
	@$(BIN)/python -m examples.previews

export: setup ## Write the log of a period's cases to a file: FROM=2026-11-01 TO=2026-11-30 FILE=export.jsonl
	@$(BIN)/python -m replay.export "$(FROM)" "$(TO)" "$(or $(FILE),export.jsonl)"

replay: setup ## Judge an export by other rules: EVENTS=export.jsonl REGULATION=other.yaml CALENDAR=days.yaml (docs/replay.md)
	@$(BIN)/python -m replay "$(EVENTS)" --regulation "$(REGULATION)" --calendar "$(CALENDAR)"

test: setup ## Unit, integration, structural, stack and browser tests
	@# What has a cloud of its own runs side by side; nothing runs beside what is deployed. Each says all that is wrong.
	@failed=0; set -x; \
	$(BIN)/python -m pytest -m "not stress and not stack and not browser" -n auto --maxprocesses 8 --dist loadfile || failed=1; \
	$(BIN)/python -m pytest -m "stack or browser" || failed=1; \
	exit $$failed

check: setup ## Lint, format, types, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m infra.public_holidays --check
	$(BIN)/python -m infra.package check --templates
	$(BIN)/cfn-lint .build/check/data.json .build/check/app.json
	$(BIN)/python -m chalicelib.entrypoints.openapi --check docs/openapi.json
	$(BIN)/python -m chalicelib.entrypoints.asyncapi --check docs/asyncapi.json

stress: setup ## Races, redelivery, crashes between steps
	$(BIN)/python -m pytest -m stress

bench: setup ## Measure speed and reckon costs
	@$(PYTHON) infra/venvs.py .venv-bench
	$(BIN)/python -m benchmarks

package: setup ## Build a release for AWS: STAGE=dev
	$(BIN)/python -m infra.package $(or $(STAGE),dev)

deploy: setup ## Deploy to an AWS account: STAGE=dev REGION=ap-southeast-1 MAIL_SENDER=a@b (docs/deploy.md)
	@$(BIN)/python -m infra.deploy

clean: ## Remove what was built, the local data and the environments
	rm -rf .build .local .venv .venv-ministack .venv-bench .chalice/deployments .chalice/deployed .pytest_cache .mypy_cache .ruff_cache .hypothesis
