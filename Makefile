# What a person types. Every target but help, lock and clean first makes .venv from the lock file.
#   make build DOCUMENTS=/some/folder DATA=/some/data STRICT=1 LOG=json OPTIONS="--memory 4096"
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
DOCUMENTS ?= seeds/documents
DATA ?= data
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_FOR_TESTS := $(VENV)/.installed-for-tests
INSTALLED_SERVER := $(VENV)/.installed-server
INSTALLED_SUPERSET := $(VENV)/.installed-superset
INSTALLED_FUZZER := $(VENV)/.installed-fuzzer
INSTALLED_SPARK := $(VENV)/.installed-spark
INSTALLED_BENCH := $(VENV)/.installed-bench
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

export DOCUMENTS DATA STRICT LOG ENGINE TARGET LAKE SPARK_MASTER

.PHONY: accuracy bench fuzz bench-build bench-queries bench-spark test-spark help build export docs docs-serve serve test test-bi torture lint status doctor rollback lock clean

help: ## list the targets
	@echo "make TARGET [DOCUMENTS=folder of PDFs] [DATA=folder of results] [STRICT=1] [LOG=json]"
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

build: $(INSTALLED) $(if $(filter spark,$(ENGINE) $(TARGET)),$(INSTALLED_SPARK)) ## read DOCUMENTS, test the result and publish it as DATA/warehouse.duckdb
	@$(BIN)/shisaku build $(OPTIONS)

export: $(INSTALLED) ## write every table as Parquet and CSV, with a data package, to DATA/export/
	@$(BIN)/shisaku export

docs: $(INSTALLED) ## write the documentation site with its lineage to DATA/docs/
	@$(BIN)/shisaku docs

docs-serve: $(INSTALLED) ## show the documentation site in a browser
	@$(BIN)/shisaku docs --serve

status: $(INSTALLED) ## say what is published, from which documents, and what was left out
	@$(BIN)/shisaku status

doctor: $(INSTALLED) ## say what is wrong with this machine's setup, and what to do
	@$(BIN)/shisaku doctor

rollback: $(INSTALLED) ## publish the build before the present one again
	@$(BIN)/shisaku rollback

serve: $(INSTALLED_SERVER) ## offer the warehouse, read-only, to several people at once
	@$(BIN)/shisaku serve

test: $(INSTALLED_FOR_TESTS) ## run the tests
	@$(BIN)/python -m pytest -n auto --dist loadgroup

test-bi: $(INSTALLED_FOR_TESTS) $(INSTALLED_SUPERSET) ## make a chart in Apache Superset and look at it (minutes; needs Chromium)
	@$(BIN)/python tests/bi/superset.py $(VENV)/superset/bin/superset $(PICTURE)

accuracy: $(INSTALLED_FOR_TESTS) ## read N synthetic sheets and count what is exact, wrong and put aside (N=200)
	@$(BIN)/python -m tests.synthetic accuracy --n $(or $(N),200)

test-spark: $(INSTALLED_FOR_TESTS) $(INSTALLED_SPARK) ## hold Spark's marts against DuckDB's, row for row (needs Java)
	@$(BIN)/python -m pytest -m spark

bench: $(INSTALLED_FOR_TESTS) $(INSTALLED_BENCH) ## measure pages a second beside other tools, and notations (N=200 SAMPLE=20)
	@$(BIN)/python -m tests.bench pages --n $(or $(N),200) --sample $(or $(SAMPLE),20) $(if $(PICTURE),--picture $(PICTURE))
	@$(BIN)/python -m tests.bench.notations

bench-build: $(INSTALLED_FOR_TESTS) ## measure whole builds, and what a change costs (N=1000)
	@$(BIN)/python -m tests.bench builds --n $(or $(N),1000)

bench-queries: $(INSTALLED_FOR_TESTS) ## measure marts and documented queries on many facts (FACTS=10000000)
	@$(BIN)/python -m tests.bench queries --facts $(or $(FACTS),10000000)

bench-spark: $(INSTALLED_FOR_TESTS) $(INSTALLED_SPARK) ## measure the same build by DuckDB and by Spark (N=100)
	@$(BIN)/python -m tests.bench engines --n $(or $(N),100)

torture: $(INSTALLED_FOR_TESTS) ## kill, starve and besiege builds for an hour (TORTURE_KILLS=100)
	@$(BIN)/python -m pytest -m torture -v -s --durations=0

fuzz: $(INSTALLED_FOR_TESTS) $(INSTALLED_FUZZER) ## let a fuzzer loose on form reading and the grammar (RUNS=100000; Linux)
	@for what in forms notations; do \
		PYTHONPATH=$(VENV)/fuzzer $(BIN)/python -m tests.fuzz $$what --runs $(or $(RUNS),100000); done

lint: $(INSTALLED_FOR_TESTS) ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@mkdir -p $(VENV)/lint
	@SHISAKU_DATABASE=$(CURDIR)/$(VENV)/lint/warehouse.duckdb DBT_TARGET_PATH=$(CURDIR)/$(VENV)/lint \
		DBT_LOG_PATH=$(CURDIR)/$(VENV)/lint DBT_SEND_ANONYMOUS_USAGE_STATS=false \
		$(BIN)/sqlfluff lint --processes 2 dbt_project/models dbt_project/tests

lock: ## pin every dependency anew (needs uv)
	@$(LOCK) --group build --group test -o tests/requirements.lock
	@$(LOCK) --group build -c tests/requirements.lock -o requirements.lock
	@$(LOCK) --group build --extra spark -c tests/requirements.lock -o pipelines/spark/requirements.lock
	@$(LOCK) --group build --group bench -c tests/requirements.lock -o tests/bench/requirements.lock
	@printf 'duckdb==%s\nduckdb-extension-quack==%s\nduckdb-extension-httpfs==%s\n' 1.5.5 1.5.5 1.5.5 | \
		$(LOCK:pyproject.toml=-) -o pipelines/serving/requirements.lock
	@for version in 1.4 1.5; do echo "duckdb==$$version.*" | \
		$(LOCK:pyproject.toml=-) -o tests/duckdb-$$version.lock; done
	@echo 'atheris==3.0.*' | $(LOCK:pyproject.toml=-) -o tests/fuzz/requirements.lock
	@printf '%s\n' 'duckdb-engine==0.17.*' 'sqlalchemy==1.4.*' | \
		$(LOCK:pyproject.toml=-) --no-deps -o tests/sqlalchemy.lock
	@printf '%s\n' 'apache-superset==6.1.*' rich 'Flask-Caching<2.4' cachetools 'duckdb-engine==0.17.*' 'duckdb>=2.0,<3' | \
		$(LOCK:pyproject.toml=-) -o tests/bi/requirements.lock

clean: ## remove the environment and what tools cache; DATA stays
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Both locks are resolved together, so that tests run on the very versions that a build uses.
LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-strip-extras --no-annotate --no-header

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: 3.11 or newer is needed. Name one: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing (Debian: apt-get install python3-venv)."; exit 2; }

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what requirements.lock names into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The published file is also opened with the versions that BI tools still carry.
$(INSTALLED_FOR_TESTS): tests/requirements.lock tests/duckdb-1.4.lock tests/duckdb-1.5.lock tests/sqlalchemy.lock \
		$(INSTALLED_SERVER)
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) install --require-hashes -r tests/requirements.lock
	@for version in 1.4 1.5; do $(PIP) install --upgrade --require-hashes \
		--target $(VENV)/duckdb-$$version -r tests/duckdb-$$version.lock; done
	@$(PIP) install --upgrade --no-deps --require-hashes --target $(VENV)/sqlalchemy \
		-r tests/sqlalchemy.lock
	@touch $@

# DuckDB's server is packaged for one version of DuckDB, which is not the one that builds.
$(INSTALLED_SERVER): pipelines/serving/requirements.lock $(INSTALLED)
	@$(PIP) install --upgrade --require-hashes --target $(VENV)/server -r $<
	@touch $@

$(INSTALLED_FUZZER): tests/fuzz/requirements.lock | $(BIN)/python
	@$(PIP) install --upgrade --no-deps --require-hashes --target $(VENV)/fuzzer -r $<
	@touch $@

$(INSTALLED_SPARK): pipelines/spark/requirements.lock $(INSTALLED)
	@echo "Installing Apache Spark into $(VENV) ..."
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(INSTALLED_BENCH): tests/bench/requirements.lock $(INSTALLED_FOR_TESTS)
	@echo "Installing what the bench measures beside into $(VENV) ..."
	@$(PIP) install --require-hashes -r $<
	@touch $@

# Superset 6.1 does not name rich, cachetools and the Flask-Caching that it starts with.
$(INSTALLED_SUPERSET): tests/bi/requirements.lock | $(BIN)/python
	@echo "Installing Apache Superset into $(VENV)/superset ..."
	@$(PYTHON) -m venv $(VENV)/superset
	@$(VENV)/superset/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r $<
	@touch $@
