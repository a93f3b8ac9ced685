# make serve   sets everything up, builds the index from corpus/ and opens the chat
# make test    sets everything up and runs the tests
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
# The index of a torch build other than the default one, e.g. a CPU or CUDA build: make install TORCH_INDEX=<its address>
TORCH_INDEX ?=

.PHONY: install serve build test browser check eval bench

install: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

build: $(READY)
	$(BIN)/assistant build

serve: build
	$(BIN)/assistant serve --open

test: $(READY)
	$(BIN)/python -m pytest -m "not browser"

# Needs a Chromium (Debian: apt-get install chromium fonts-noto-cjk); CHROMIUM names another one.
browser: $(READY)
	$(BIN)/python -m pytest -m browser

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: build
	$(BIN)/assistant eval

bench: build
	$(BIN)/python -m evals.bench
