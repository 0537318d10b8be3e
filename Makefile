# `make help` lists what there is. Everything happens in .venv; nothing needs an administrator.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8501
# Side by side, by file; browsers afterwards and alone, which need both cores for what they time.
WORKERS ?= 2
BIN := .venv/bin
PREPARE = python=$$(scripts/find_python) && "$$python" scripts/prepare_environment.py
PYTHON_FILES := midime_engine midime_ui pages tests benchmarks scripts streamlit_app.py

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: install ## Serve the app on http://localhost:8501 (another port: make run PORT=8600)
	@$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

.PHONY: install
install: ## Create .venv with what the app and the `midime` command need
	@$(PREPARE) run

.PHONY: install-dev
install-dev: ## The same, with what the checks need
	@$(PREPARE) dev

.PHONY: install-gpu
install-gpu: ## The same, with TensorFlow's CUDA libraries (Linux with an NVIDIA driver)
	@$(PREPARE) gpu

.PHONY: test
test: check pytest ## Everything: lint, format, types, import rules and all tests

.PHONY: check
check: install-dev lint types boundaries ## All of `make test` but the tests themselves

.PHONY: lint
lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: install-dev
	$(BIN)/mypy

.PHONY: boundaries
boundaries: install-dev
	$(BIN)/lint-imports

.PHONY: pytest
pytest: install-dev ## The tests alone (some of them: make pytest ARGS="tests/unit/cli -k sample")
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(or $(ARGS),tests --ignore=tests/browser)
	$(if $(ARGS),,$(BIN)/python -m pytest tests/browser)

.PHONY: format
format: install-dev ## Repair what lint and format can repair by themselves
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

.PHONY: screenshots
screenshots: install-dev ## Photograph every page anew, for docs/screenshots
	$(BIN)/python scripts/make_screenshots.py

.PHONY: lock
lock: install-dev ## Pin the newest versions that the requirements*.in allow
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13'
	@for name in requirements requirements-dev requirements-gpu; do \
		UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade --universal \
			--python-version 3.11 --no-emit-index-url --no-emit-find-links \
			$$name.in --output-file $$name.txt || exit 1; \
	done

.PHONY: clean
clean: ## Remove .venv, caches and build leftovers
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
