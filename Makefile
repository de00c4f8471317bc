# Heard on Debian 12. Each target installs what it needs; only `apt-get` asks for root (by sudo).
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo test bench soak translations lint lock clean browser

AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get -qq -y
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.ready ## Run the whole site with made-up people, mail and courier; Ctrl-C ends it
	@exec .venv/bin/heard demo

test: browser ## Run the tests: both databases, real mail, real browser (ARGS="-k word")
	@exec .venv/bin/pytest $(ARGS)

bench: .venv/.ready ## Measure speed and size, write bench.json (LONG=1 for the long run)
	@exec .venv/bin/python -m tests.bench

soak: browser ## Kill things for a long time and look for what was lost (ARGS="-k word")
	@HEARD_SOAK=1 exec .venv/bin/pytest tests/soak tests/casework/test_chasing_model.py $(ARGS)

translations: .venv/.ready ## Bring every translations/*/messages.po up to date with the sources
	@exec .venv/bin/python -m app.i18n.catalogues

lint: .venv/.ready ## Look for mistakes, untidiness and wrong types
	@.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

lock: .venv/.ready ## Write requirements.lock from pyproject.toml (UPGRADE=1 takes newer versions)
	@.venv/bin/pip-compile --quiet --generate-hashes --extra dev --allow-unsafe --strip-extras --no-header \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		$(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml

clean: ## Remove the environment and what tools left; data under var/ stays
	@rm -rf .venv build heard.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis bench.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One lock for everything. To install without the tools for demo and tests, from the same checked files:
#   pip download --require-hashes --only-binary :all: --dest wheels --requirement requirements.lock
#   pip install --no-index --find-links wheels --editable .
.venv/.ready: requirements.lock pyproject.toml
	@find_python() {
		for name in python3.11 python3; do
			if "$$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
				command -v "$$name"
				return
			fi
		done
		return 1
	}
	if ! python=$$(find_python) || ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then
		echo "Installing python3.11 and python3.11-venv ..."
		command -v apt-get >/dev/null || { echo "Heard needs Python 3.11 with venv: install it, then try again." >&2; exit 1; }
		$(APT) update
		$(APT) install --no-install-recommends python3.11 python3.11-venv >/dev/null
		python=$$(find_python) || { echo "Heard needs Python 3.11: this system's apt-get has none." >&2; exit 1; }
	fi
	echo "Installing the libraries of requirements.lock into .venv ..."
	"$$python" -m venv .venv
	.venv/bin/pip install --quiet --require-hashes --requirement requirements.lock
	.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Chromium, letters for Arabic, and a library that Playwright's own Node needs and its package lacks.
browser: .venv/.ready
	@if [ -x /usr/bin/chromium ] && .venv/bin/python -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null; then
		exit
	fi
	echo "Installing chromium for the browser tests ..."
	command -v apt-get >/dev/null || { echo "The browser tests need /usr/bin/chromium and libatomic." >&2; exit 1; }
	$(APT) update
	$(APT) install --no-install-recommends chromium fonts-dejavu-core libatomic1 >/dev/null
